"""Readers of public pages, in a process of their own: connections that each ask for one page after
another, and count what comes.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import NamedTuple

from petitbleu.bench.rig import percentile

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
AGENT = "Mozilla/5.0 (bench)"


class Read(NamedTuple):
    """What readers got: pages answered 200, how many others, seconds in all, bytes, and the wait
    for a page in milliseconds."""

    pages: int
    others: int
    seconds: float
    size: int
    p50_ms: float
    p99_ms: float


class _Reader(asyncio.Protocol):
    """One keep-alive connection. A server may end it, e.g. nginx after a thousand requests."""

    def __init__(self, host: str, paths: Iterator[str], until: float) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waits: list[float] = []
        self.others = 0
        self.size = 0
        self._host = host
        self._paths = paths
        self._until = until
        self._buffer = bytearray()
        self._need = -1
        self._asked = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        self._asked = time.perf_counter()
        self._need = -1
        self._transport.write(
            f"GET {next(self._paths)} HTTP/1.1\r\nHost: {self._host}\r\nUser-Agent: {AGENT}\r\n"
            "Accept-Language: fr\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._need < 0:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            found = _LENGTH.search(self._buffer, 0, end + 2)
            if found is None:
                raise ValueError("an answer without Content-Length")
            self._need = end + 4 + int(found[1])
        if len(self._buffer) < self._need:
            return
        now = time.perf_counter()
        if self._buffer.startswith(b"HTTP/1.1 200"):
            self.waits.append(now - self._asked)
        else:
            self.others += 1
        self.size += self._need
        self._buffer.clear()
        if now < self._until:
            self._ask()
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


def read(host: str, port: int, paths: Sequence[str], seconds: float, connections: int) -> Read:
    """Ask for ``paths`` in turn, over and over, for ``seconds`` over ``connections``.

    This process gives way to those whose messages are measured: on two cores it is the third.
    """
    import uvloop

    os.nice(3)
    return uvloop.run(_read(host, port, paths, seconds, connections))


async def _read(
    host: str, port: int, paths: Sequence[str], seconds: float, connections: int
) -> Read:
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    turn = cycle(paths)
    readers: list[_Reader] = []

    async def keep_reading() -> None:
        while time.perf_counter() < began + seconds:
            _, reader = await loop.create_connection(
                lambda: _Reader(f"{host}:{port}", turn, began + seconds), host, port
            )
            readers.append(reader)
            await reader.done

    await asyncio.gather(*(keep_reading() for _ in range(connections)))
    waits = [wait for reader in readers for wait in reader.waits]
    return Read(
        len(waits),
        sum(reader.others for reader in readers),
        time.perf_counter() - began,
        sum(reader.size for reader in readers),
        percentile(waits, 0.5) * 1e3,
        percentile(waits, 0.99) * 1e3,
    )
