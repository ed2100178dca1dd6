"""Requests of pages take turns; messages wait for none of them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp
import pytest

from petitbleu import turns
from petitbleu.gateway.http import HttpConn
from petitbleu.turns import Slices, Turnstile
from tests.gateway.conftest import Serve
from tests.gateway.wire import Client, Http, exchange
from tests.kit.waiting import until

CROWD = 60


def calm() -> bool:
    """Nothing more urgent is under way."""
    return False


async def test_a_few_pieces_run_at_each_turn_in_the_order_they_came() -> None:
    stile = Turnstile(calm)
    ran: list[int] = []
    now = [n for n in range(10) if stile.free() or not stile.wait(lambda n=n: ran.append(n))]
    assert now == list(range(turns.PER_TURN))
    waiting = list(range(turns.PER_TURN, 10))
    while len(ran) < len(waiting):
        before = len(ran)
        await asyncio.sleep(0)
        assert len(ran) - before <= turns.PER_TURN
        assert ran == waiting[: len(ran)]
    await asyncio.sleep(0)
    assert stile.free()


async def test_what_comes_while_others_wait_stands_behind_them() -> None:
    stile = Turnstile(calm)
    ran: list[str] = []
    while stile.free():
        pass
    assert stile.wait(lambda: ran.append("first"))
    await asyncio.sleep(0)
    assert stile.wait(lambda: ran.append("second"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert ran == ["first", "second"]


async def test_nothing_is_let_in_while_it_is_urgent_but_none_waits_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, urgent = 0.0, True
    monkeypatch.setattr(turns, "time", SimpleNamespace(monotonic=lambda: now))
    stile = Turnstile(lambda: urgent)
    ran: list[float] = []
    assert not stile.free()
    for _ in range(turns.PER_PATIENCE + 3):
        stile.wait(lambda: ran.append(now))
    now = turns.PATIENCE * 0.9
    await asyncio.sleep(turns.PAUSE * 5)
    assert not ran
    now = turns.PATIENCE
    while len(ran) < turns.PER_PATIENCE:
        await asyncio.sleep(turns.PAUSE)
    await asyncio.sleep(turns.PAUSE * 5)
    assert ran == [turns.PATIENCE] * turns.PER_PATIENCE
    urgent = False
    while len(ran) < turns.PER_PATIENCE + 3:
        await asyncio.sleep(turns.PAUSE)


async def test_long_work_in_slices_lets_others_run() -> None:
    others = 0

    async def other() -> None:
        nonlocal others
        while True:
            others += 1
            await asyncio.sleep(0)

    task = asyncio.ensure_future(other())
    slices = Slices(calm)
    for _ in range(10):
        until = time.perf_counter() + turns.SLICE
        while time.perf_counter() < until:
            pass
        await slices.rest()
    task.cancel()
    assert others >= 10


async def test_a_crowd_of_readers_is_served_whole(serve: Serve) -> None:
    async with serve() as server, aiohttp.ClientSession() as readers:

        async def read() -> int:
            async with readers.get(server.url + "/") as answer:
                await answer.read()
                return answer.status

        assert set(await asyncio.gather(*(read() for _ in range(CROWD)))) == {200}


class Closed:
    """A turnstile that lets nobody in before it is told to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def free(self) -> bool:
        return False

    def wait(self, work: Callable[[], None]) -> bool:
        self.waiting.append(work)
        return True


async def test_who_waits_for_a_turn_is_not_read_further(serve: Serve) -> None:
    async with serve() as server:
        gateway, door = server.gateway, Closed()
        gateway.turns = door  # type: ignore[assignment]
        reader, writer = await asyncio.open_connection(*server.address)
        size = 8 << 20
        writer.write(
            b"POST /form HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % size + bytes(size)
        )
        await until(lambda: door.waiting)
        (conn,) = gateway._open
        assert isinstance(conn, HttpConn)
        assert not conn.transport.is_reading()
        assert len(door.waiting) == 1 and 0 < gateway.buffered < size
        answer = asyncio.create_task(reader.readuntil(b"\r\n\r\n"))
        while not answer.done():
            await until(lambda: door.waiting or answer.done())
            if door.waiting:
                door.waiting.pop()()
        assert answer.result().startswith(b"HTTP/1.1 200")
        await until(lambda: not gateway.buffered)
        writer.close()


@pytest.mark.parametrize("path", ["/apifoo", "/api/x", "/apiw12"])
async def test_pages_whose_address_begins_like_messages_wait_too(serve: Serve, path: str) -> None:
    async with serve() as server:
        door = Closed()
        server.gateway.turns = door  # type: ignore[assignment]
        _, writer = await asyncio.open_connection(*server.address)
        writer.write(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".encode())
        await until(lambda: door.waiting)
        writer.close()


async def test_too_many_readers_get_503_with_a_time_and_messages_pass(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PER_TURN", 0)
    monkeypatch.setattr(turns, "WAITING_MAX", 0)
    async with serve() as server:
        carrier = Http(server.url + "/api")
        client = Client(carrier, await exchange(carrier, server.keys))
        assert await client.call(b"echo") == b"echo"
        async with aiohttp.ClientSession() as readers, readers.get(server.url + "/") as answer:
            assert answer.status == 503
            assert int(answer.headers["retry-after"]) > 0
        assert await client.call(b"echo") == b"echo"
        await carrier.close()
