"""A web server on loopback behind a pretended internet: names have public addresses, and connecting
to one of these leads to the server. What is checked in between is the real thing."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from petitbleu.domain.messaging.webpages.guard import Network

PUBLIC = "93.184.216.34"
Handler = Callable[[str, str], bytes | list[bytes | float]]
"""``handler(host, path)`` -> the whole answer, or pieces of it with pauses (seconds) between."""


def answer(
    body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", *more: str
) -> bytes:
    """An HTTP answer."""
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *more]
    return "\r\n".join([*head, "", ""]).encode() + body


class Internet(Network):
    """Resolves from a table; connects public addresses to the server, and notes every attempt."""

    def __init__(self, port: int, names: dict[str, list[str] | Exception]) -> None:
        self.port = port
        self.names = names
        self.connected: list[tuple[str, int]] = []
        self.resolved: list[str] = []

    async def resolve(self, host: str, port: int) -> list[str]:
        self.resolved.append(host)
        found = self.names.get(host)
        if isinstance(found, Exception):
            raise found
        if found is not None:
            return found
        try:
            # Numbers in any spelling, as the operating system understands them.
            infos = socket.getaddrinfo(host, port, flags=socket.AI_NUMERICHOST)
        except socket.gaierror:
            return [PUBLIC]
        return [str(infos[0][4][0])]

    async def connect(self, address: str, port: int) -> socket.socket:
        self.connected.append((address, port))
        return await super().connect("127.0.0.1", self.port)


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[Internet]:
    """The server; ``internet.connected`` tells what was dialled."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = head.split("\r\n")
            host = next(line[6:] for line in lines if line.lower().startswith("host: "))
            given = handler(host, lines[0].split(" ")[1])
            for piece in [given] if isinstance(given, bytes) else given:
                if isinstance(piece, float):
                    await asyncio.sleep(piece)
                else:
                    writer.write(piece)
                    await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield Internet(server.sockets[0].getsockname()[1], {})
    finally:
        server.close()
