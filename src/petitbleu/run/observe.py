"""``metrics_listen``: /healthz and /metrics on an address of their own, for a scraper elsewhere;
``domains_listen``: /domains/ask on one of this machine, for a proxy that gets certificates."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from petitbleu.config import Config
from petitbleu.gateway.http import HttpServer
from petitbleu.gateway.listener import bind
from petitbleu.web import hosts
from petitbleu.web.app import Site, asking, observing


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


class _Named:
    """Answers only to the address that was dialled and to the names of the settings."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = {hosts.host_of_setting(name) for name in names} - {""}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        own = hosts.names_of_address((scope.get("server") or ("", 0))[0])
        if hosts.is_named(Request(scope), self._names | own):
            await self._app(scope, receive, send)
            return
        answer = PlainTextResponse("This Host is not served here: see metrics_hosts.\n", 421)
        await answer(scope, receive, send)


async def start(config: Config, site: Site, more: int = 0) -> Listening:
    """Serve the two paths on ``metrics_listen`` to whoever can reach it by its own address, the
    name it is set to or one of ``metrics_hosts``. ``more``: so many ports above, for each worker of
    one supervisor its own.
    """
    routes = observing(site)
    host, _, port = config.metrics_listen.rpartition(":")
    address = f"{host}:{int(port) + more}" if int(port) else config.metrics_listen
    return await _serve(address, routes, config.metrics_hosts)


async def start_asking(config: Config, site: Site, shared_by: int = 0) -> Listening:
    """Serve ``/domains/ask`` on ``domains_listen``; any of ``shared_by`` workers may be asked."""
    return await _serve(config.domains_listen, asking(site.app), (), shared_by)


async def _serve(
    address: str, routes: Sequence[BaseRoute], names: Iterable[str], shared_by: int = 0
) -> Listening:
    app = _Named(Starlette(routes=routes), (address, *names))
    http = HttpServer(app)
    sockets = bind(address, shared_by)
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(lambda: HttpToolsProtocol(http.config, http.state, {}), sock=sock)
        for sock in sockets
    ]
    return Listening(servers, sockets)
