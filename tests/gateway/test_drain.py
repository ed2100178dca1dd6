"""A server that goes away: it answers what runs, takes nothing new, and ends by itself."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from websockets.asyncio.client import connect as ws_connect
from websockets.frames import CloseCode

from petitbleu.gateway.budgets import Origin
from petitbleu.gateway.ws_text import Handshake
from tests.gateway.conftest import Serve
from tests.gateway.wire import Tcp
from tests.kit.waiting import GUARD, guarded, until


async def test_drain_answers_what_runs_and_takes_nothing_new(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.call(b"echo0000")
        call = await client.begin(b"hold1234")
        await until(lambda: server.rooms.begun == 2)
        stopping = asyncio.create_task(server.gateway.stop(5.0))
        await asyncio.sleep(0.05)
        with pytest.raises(OSError):
            await asyncio.open_connection(*server.address)
        server.rooms.gate.set()
        assert await client.result(call) == b"hold1234"
        assert isinstance(client.carrier, Tcp)
        assert await client.carrier.closed()
        await asyncio.wait_for(stopping, GUARD)


async def test_drain_gives_up_on_calls_that_never_end(serve: Serve) -> None:
    async with serve() as server:
        client = await server.client()
        await client.begin(b"hold1234")
        await until(lambda: server.rooms.begun == 1)
        with guarded("giving up after 1.5 s"):
            await server.gateway.stop(1.5)


class Deaf:
    """A door for text and its other end, which have nothing to say."""

    subprotocol = "text"
    message_bytes = 1000

    def __init__(self, conn: Any = None) -> None:
        self.conn = conn
        self.received: list[bytes] = []

    def is_busy(self) -> bool:
        return False

    def refusal(self, handshake: Handshake) -> int:
        return 0

    def accepted(self, handshake: Handshake, conn: Any, origin: Origin) -> Deaf:
        return Deaf(conn)

    def drain(self) -> None:
        if self.conn is not None:
            self.conn.close(CloseCode.SERVICE_RESTART)

    def lost(self) -> None:
        """Nothing is to be done."""


@pytest.mark.parametrize("path", ["/apiws", "/text"])
async def test_drain_hears_the_answer_to_its_goodbye(serve: Serve, path: str) -> None:
    """A WebSocket is closed by both: no clock has to end it."""
    async with serve() as server:
        server.gateway.text_doors["/text"] = Deaf()
        protocol: Any = ["text" if path == "/text" else "binary"]
        async with ws_connect(f"ws://127.0.0.1:{server.address[1]}{path}", subprotocols=protocol):
            at = server.gateway.monotonic()
            server.gateway.monotonic = server.gateway.wheel._monotonic = lambda: at
            try:
                await asyncio.wait_for(server.gateway.stop(), GUARD)
            finally:
                server.gateway.monotonic = time.monotonic
