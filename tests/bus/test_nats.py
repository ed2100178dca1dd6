"""The bus over a real nats-server: news arrive; one that dies or hangs is noticed and come back to;
what an operator has to mend is refused in a sentence.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from petitbleu.bus.api import BusRefused
from petitbleu.bus.frames import Sealer
from petitbleu.bus.nats import NatsBus, _examine, open_bus, servers
from petitbleu.tl import api
from tests.kit import cluster as clusters
from tests.kit.nats import NatsServer
from tests.kit.waiting import GUARD, until
from tests.kit.world import Client

SECRET = bytes(range(32))


@pytest.fixture
def nats() -> Iterator[NatsServer]:
    server = NatsServer()
    yield server
    server.close()


@asynccontextmanager
async def _two(nats: NatsServer) -> AsyncIterator[tuple[NatsBus, NatsBus, list[Any]]]:
    """Workers 1 and 2, and what the second took."""
    one, two = await asyncio.gather(
        *(open_bus(nats.url, "test", n, SECRET, os.urandom, lambda: (1, 2)) for n in (1, 2))
    )
    taken: list[Any] = []
    two.on("ev", lambda sender, item: taken.append(item))
    one.on("ev", lambda sender, item: None)
    try:
        yield one, two, taken
    finally:
        await one.close()
        await two.close()


async def test_news_and_questions_go_from_one_worker_to_the_other(nats: NatsServer) -> None:
    async def double(sender: int, item: Any) -> Any:
        return item * 2

    async with _two(nats) as (one, two, taken):
        assert one.up()
        assert two.up()
        two.answer("double", double)
        for n in range(1000):
            one.send(2, "ev", n)
            if n % 7 == 0:
                await asyncio.sleep(0)
        one.all("ev", b"to all")
        await until(lambda: len(taken) == 1001)
        assert [item for item in taken if item != b"to all"] == list(range(1000))
        assert await one.ask(2, "double", 21) == 42
        large = bytes(200_000)
        for _ in range(4):
            one.send(2, "ev", large)
        await until(lambda: taken[-4:] == [large] * 4)


async def test_a_server_that_dies_is_noticed_and_come_back_to(nats: NatsServer) -> None:
    async with _two(nats) as (one, two, taken):
        lost = two.counts.frames_lost
        nats.kill()
        await until(lambda: not one.up() and not two.up())
        one.send(2, "ev", "while it is away")
        await asyncio.sleep(0)
        nats.start()
        await until(lambda: one.up() and two.up())
        one.send(2, "ev", "afterwards")
        await until(lambda: taken == ["afterwards"])
        assert two.counts.frames_lost > lost


async def test_a_server_that_hangs_is_noticed_and_nothing_stale_is_sent(nats: NatsServer) -> None:
    async with _two(nats) as (one, two, taken):
        nats.pause()
        await until(lambda: not one.up() and not two.up())
        lost = two.counts.frames_lost
        one.send(2, "ev", "stale")
        await asyncio.sleep(0)
        nats.go_on()
        await until(lambda: one.up() and two.up())
        one.send(2, "ev", "afterwards")
        await until(lambda: bool(taken))
        assert taken == ["afterwards"]
        assert two.counts.frames_lost > lost


@pytest.mark.sometimes(3)
async def test_with_a_server_that_hangs_the_worker_starts_and_comes_up_later(
    nats: NatsServer,
) -> None:
    """It is connected, and what is sent does not come back: that is not the operator's doing."""
    bus = NatsBus(nats.url, Sealer(SECRET, "test", 1, os.urandom), "test", lambda: (1,))
    try:
        await until(bus.connection.subscribed.is_set)
        nats.pause()
        await _examine(bus, nats.url, "test")
        assert not bus.up()
        nats.go_on()
        await until(bus.up)
    finally:
        await bus.close()


@pytest.mark.sometimes(3)
async def test_without_a_server_the_worker_starts_and_comes_up_later(nats: NatsServer) -> None:
    nats.kill()
    bus = await open_bus(nats.url, "test", 1, SECRET, os.urandom)
    try:
        assert not bus.up()
        nats.start()
        await until(bus.up)
    finally:
        await bus.close()


@pytest.mark.sometimes(2)
async def test_two_clusters_of_one_name_are_refused(nats: NatsServer) -> None:
    first = await open_bus(nats.url, "test", 1, SECRET, os.urandom)
    try:
        with pytest.raises(BusRefused, match="another \\[cluster\\] name"):
            await open_bus(nats.url, "test", 7, bytes(32), os.urandom)
        assert first.counts.unopened
        other = await open_bus(nats.url, "other", 7, bytes(32), os.urandom)
        await other.close()
    finally:
        await first.close()


USER = "authorization: { user: pb, password: secret, permissions: %s }"


async def test_a_wrong_user_is_refused() -> None:
    server = NatsServer(USER % '{ publish: ">", subscribe: ">" }')
    try:
        with pytest.raises(BusRefused, match="does not let this server in"):
            await open_bus(server.url, "test", 1, SECRET, os.urandom)
    finally:
        server.close()


@pytest.mark.parametrize(
    "permissions",
    [
        '{ publish: "pb.other.>", subscribe: "pb.>" }',
        '{ publish: "pb.>", subscribe: "pb.other.>" }',
    ],
    ids=["publish", "subscribe"],
)
async def test_a_user_without_the_subjects_is_refused(permissions: str) -> None:
    config = "authorization: { users: [{ user: pb, password: secret, permissions: %s }] }"
    server = NatsServer(config % permissions, user="pb:secret")
    try:
        with pytest.raises(BusRefused, match=r"pb\.test\.>"):
            await open_bus(server.url, "test", 1, SECRET, os.urandom)
    finally:
        server.close()


@pytest.mark.sometimes(3)
async def test_people_at_two_workers_talk_whatever_becomes_of_the_server(
    nats: NatsServer, tmp_path: Path
) -> None:
    async with clusters.running(tmp_path, 2, nats=nats) as cluster:
        one, two = cluster.workers
        ada, bob = await one.sign_up("Ada"), await two.sign_up("Bob")
        peer = await ada.peer(bob)
        numbers = itertools.count(1)

        async def say(text: str) -> None:
            bob.link.heard_at = cluster.clock.now()
            query = api.messages.SendMessage(peer=peer, message=text, random_id=next(numbers))
            await ada.call(query)
            await until(lambda: text in [u.message.message for u in _new(bob)])

        for n in range(20):
            await say(f"over the bus {n}")
        nats.pause()
        await say("while it hangs")
        nats.kill()
        await until(lambda: not two.app.bus.up())
        await say("while it is away")
        nats.start()
        await until(lambda: one.app.bus.up() and two.app.bus.up())
        await say("over the bus again")
        pts = [update.pts for update in _new(bob)]
        assert pts == list(range(pts[0], pts[0] + len(pts)))


def _new(client: Client) -> list[Any]:
    return client.updates(api.UpdateNewMessage)


async def test_a_bus_that_is_closed_leaves_no_task(nats: NatsServer) -> None:
    async with _two(nats):
        pass
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == {asyncio.current_task()}


def test_a_setting_may_name_several_servers() -> None:
    assert servers("nats://pb:x@n1:4222,n2:4222") == ["nats://pb:x@n1:4222", "nats://pb:x@n2:4222"]
    assert servers("tls://n1") == ["tls://n1"]


def test_a_worker_does_not_load_a_library_for_a_bus_it_cannot_have() -> None:
    """aiohttp, for NATS over WebSocket; who wants it for something else gets it."""
    code = (
        "import sys, petitbleu.bus.nats; print('aiohttp' in sys.modules);"
        " import aiohttp; print(aiohttp.ClientSession.__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=GUARD, check=True
    )
    assert done.stdout.split() == ["False", "ClientSession"]
