"""Web libraries of others whose WebSocket is dropped while calls run: all are answered, also where
each new one reaches another worker.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from petitbleu.bench import haproxy
from petitbleu.bench.exchange import Address
from petitbleu.bench.server import Server
from tests.clients import environments, server_for_clients
from tests.kit.proxied import ProxiedCluster
from tests.kit.waiting import GUARD

pytestmark = pytest.mark.clients
SECONDS = 20
"""Longest time a round may take: libraries wait between attempts to connect."""
DRIVER = Path(__file__).parent / "drivers" / "web_reconnects.mjs"


Known = tuple[Server | ProxiedCluster, dict[str, Any]]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    process, known = server_for_clients.start(tmp_path_factory.mktemp("web"), "sqlite")
    try:
        yield process, known
    finally:
        process.stop()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Known]:
    process, known = server_for_clients.start_cluster(tmp_path, 3)
    try:
        yield process, known
    finally:
        process.stop()


async def _run(server: Known, client: str, rounds: int, number: int) -> dict[str, Any]:
    process, known = server
    environments.prepare(client)
    at = Address(known["host"], known["port"], known["key"])
    ((fingerprint, key),) = at.trusted().items()
    signed = fingerprint - (1 << 64) if fingerprint >= 1 << 63 else fingerprint
    phone = f"999661{number + (client == 'gramjs') * 10:04d}"
    settings = {
        **known, "client": client, "modules": str(environments.ENVIRONMENTS / client),
        "rounds": rounds, "seconds": SECONDS, "seed": number, "phone": phone,
        "code": "11111", "fingerprint": str(signed), "n": str(key.n), "e": key.e,
    }  # fmt: skip
    words = [*environments.interpreter(client), str(DRIVER), json.dumps(settings)]
    environment = os.environ | {"NODE_EXTRA_CA_CERTS": known["certificate"]}
    running = await asyncio.create_subprocess_exec(
        *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE, env=environment
    )
    try:
        async with asyncio.timeout(GUARD + rounds * SECONDS):
            out, errors = await running.communicate()
    finally:
        if running.returncode is None:
            running.kill()
    assert out, errors.decode()[-3000:]
    done: dict[str, Any] = json.loads(out)
    print(f"{client}: {done['rounds']} rounds, {done['answers']} answers, "
          f"slowest {done['slowest']} ms")  # fmt: skip
    assert not [line for line in process.log().splitlines() if " error " in line.lower()]
    return done


@pytest.mark.turns(2)
@pytest.mark.parametrize("client", ["gramjs", "mtcute_web"])
async def test_every_call_is_answered(server: Known, client: str) -> None:
    done = await _run(server, client, 15, 1)
    assert done["lost"] == [] and done["answers"] >= 15 * 4


@pytest.mark.long
@pytest.mark.parametrize("client", ["gramjs", "mtcute_web"])
async def test_every_call_is_answered_five_hundred_times(server: Known, client: str) -> None:
    done = await _run(server, client, 500, 2)
    assert done["lost"] == []


if haproxy.program():

    @pytest.mark.long
    @pytest.mark.parametrize("client", ["gramjs", "mtcute_web"])
    async def test_every_call_is_answered_by_three_workers_in_turn(
        cluster: Known, client: str
    ) -> None:
        """Each worker has salts of its own: a client learns them anew at each connection."""
        done = await _run(cluster, client, 60, 3)
        assert done["lost"] == []
        process = cluster[0]
        assert isinstance(process, ProxiedCluster)
        calls = await asyncio.to_thread(process.metric, "calls_total")
        print(f"calls answered by each worker: {calls}")
        assert all(calls)
