"""A proxy before PostgreSQL that loses the answer to a commit, and the connection with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit, urlunsplit

SOCKET = ".s.PGSQL.5432"
COMMIT = b"COMMIT\x00"
"""What PostgreSQL answers to a commit."""
INSERT = b"INSERT 0 "
"""What it answers to a statement that is its own transaction."""
SELECT, UPDATE = b"SELECT ", b"UPDATE "
"""What it answers to a read, and to a change within a transaction."""


class Cutting:
    """Hands everything on, until it is to cut: then the answer is dropped with its connection."""

    def __init__(self, folder: str, host: str, port: int) -> None:
        self._folder, self._host, self._port = folder, host, port
        self._wanted: tuple[bytes, ...] = ()
        self.cuts = 0
        """How many answers were lost."""

    def cut(self, *answers: bytes) -> None:
        """Lose the next of these answers."""
        self._wanted = answers

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection."""
        if self._folder:
            there, back = await asyncio.open_unix_connection(f"{self._folder}/{SOCKET}")
        else:
            there, back = await asyncio.open_connection(self._host, self._port)
        ways = [
            asyncio.ensure_future(self._carry(reader, back, cuts=False)),
            asyncio.ensure_future(self._carry(there, writer, cuts=True)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            for end in (back, writer):
                end.transport.abort()

    async def _carry(
        self, source: asyncio.StreamReader, to: asyncio.StreamWriter, *, cuts: bool
    ) -> None:
        while data := await source.read(1 << 16):
            if cuts and any(answer in data for answer in self._wanted):
                self._wanted = ()
                self.cuts += 1
                return
            to.write(data)
            await to.drain()


@asynccontextmanager
async def cutting(url: str, folder: Path) -> AsyncIterator[tuple[Cutting, str]]:
    """A proxy before the database of ``url``, its socket in ``folder``; the URL through it."""
    parts = urlsplit(url)
    (there,) = parse_qs(parts.query).get("host", [""])
    proxy = Cutting(there, parts.hostname or "127.0.0.1", parts.port or 5432)
    server = await asyncio.start_unix_server(proxy.serve, folder / SOCKET)
    user = parts.netloc.rpartition("@")[0]
    query = f"host={quote(str(folder))}"
    try:
        yield proxy, urlunsplit(parts._replace(netloc=f"{user}@", query=query))
    finally:
        server.close()
