"""Connections of web apps that are dropped and come back, on a whole server: no answer is lost."""

from __future__ import annotations

import collections
import ssl
from collections.abc import Iterator

import pytest

from petitbleu.bench.exchange import Address
from tests.clients import server_for_clients
from tests.gateway import reconnecting
from tests.gateway.reconnecting import Lost, Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("reconnects")
    process, known = server_for_clients.start(folder, "sqlite")
    try:
        at = Address(known["host"], known["port"], known["key"])
        yield Server(at, ssl.create_default_context(cafile=known["certificate"]))
        assert '"level":"error"' not in process.log().replace(" ", "").lower()
    finally:
        process.stop()


async def _run_all(server: Server, runs: int, first: int) -> None:
    account = await reconnecting.sign_in(server, first)
    kinds: collections.Counter[str] = collections.Counter()
    lost: list[str] = []
    answers, slowest = 0, 0.0
    for seed in range(first, first + runs):
        if seed % 25 == 24:
            account = await reconnecting.sign_in(server, seed)
        try:
            done = await reconnecting.run(server, account, seed)
        except Lost as error:
            lost.append(f"seed {seed}: {error}")
            continue
        kinds[f"{done.drop} {done.tabs}"] += 1
        answers += done.answers
        slowest = max(slowest, done.slowest)
    print(f"{runs} runs, {answers} answers, slowest {slowest:.2f} s; {dict(sorted(kinds.items()))}")
    assert not lost, "\n".join(lost[:20])


async def test_every_answer_reaches_the_socket(server: Server) -> None:
    await _run_all(server, 30, 0)


@pytest.mark.long
async def test_every_answer_reaches_the_socket_five_hundred_times(server: Server) -> None:
    await _run_all(server, 500, 1000)
