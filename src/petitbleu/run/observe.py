"""``metrics_listen``: /healthz and /metrics on an address of their own, for a scraper elsewhere."""

from __future__ import annotations

import asyncio
import socket

from starlette.applications import Starlette
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from petitbleu.gateway.http import HttpServer
from petitbleu.gateway.listener import bind
from petitbleu.web.app import Site, observing


class Listening:
    """The open servers of this address."""

    __slots__ = ("_servers", "addresses")

    def __init__(self, servers: list[asyncio.Server], sockets: list[socket.socket]) -> None:
        self._servers = servers
        self.addresses: list[tuple[str, int]] = [sock.getsockname()[:2] for sock in sockets]

    def close(self) -> None:
        """Stop listening."""
        for server in self._servers:
            server.close()


async def start(address: str, site: Site) -> Listening:
    """Serve the two paths on ``address`` to whoever can reach it."""
    http = HttpServer(Starlette(routes=observing(site)))
    sockets = bind(address)
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda: HttpToolsProtocol(http.config, http.state, {}), sock=sock)
        for sock in sockets
    ]
    return Listening(servers, sockets)
