"""The web application of the port: front page, health, metrics, developer page, static files.

Pages are plain HTML without a script and work without one. Later pages mount here: add their routes
in :func:`create`. The MTProto-over-HTTP application is handed in: this folder knows no sockets.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from email.utils import formatdate
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from petitbleu.app import App
from petitbleu.clock import Clock
from petitbleu.config import Web
from petitbleu.domain.publishing.pages import service as pages_service
from petitbleu.web import hosts
from petitbleu.web.assets import Assets
from petitbleu.web.pages import Pages
from petitbleu.web.public import sites
from petitbleu.web.public.ready import Ready
from petitbleu.web.public.routes import Public
from petitbleu.web.public.sites import SITE, OwnDomain, Sites

_HERE = Path(__file__).resolve().parent
API_PATHS = ("/api", "/apiw", "/apiw1", "/apis", "/api_test", "/apiw1_test")

_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self' data:;"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}


class _Number(IntegerConvertor):
    """``{id:int}`` of an address: no more digits than the store takes. A longer one is no address,
    where Python would fail to read it, or the store to keep it."""

    regex = "[0-9]{1,18}"


register_url_convertor("int", _Number())


class Report(NamedTuple):
    """How the instance is: ``ok`` and one sentence per thing looked at."""

    ok: bool
    lines: list[str]


class Site:
    """What the application is given by the composition root."""

    __slots__ = (
        *("app", "cluster", "codes", "health", "metrics", "more", "mtproto"),
        *("start_info", "unready"),
    )

    def __init__(
        self,
        app: App,
        *,
        mtproto: ASGIApp,
        health: Callable[[], Awaitable[Report]],
        metrics: Callable[[], Awaitable[bytes]],
        start_info: Callable[[], dict[str, str]],
        codes: Callable[[], Awaitable[list[dict[str, str]]]],
        more: Callable[[App, Pages], Iterable[BaseRoute]] = lambda app, pages: (),
    ) -> None:
        self.app = app
        self.mtproto = mtproto
        """ASGI: POST /api and its kin."""
        self.health = health
        self.metrics = metrics
        """The text of ``/metrics``."""
        self.start_info = start_info
        """What the start printed: address, fingerprint, key path, PEM, snippet."""
        self.codes = codes
        """The newest login codes (``--dev`` only): phone, code, until."""
        self.more = more
        """Routes of packages this folder does not know: the desk."""
        self.unready: Callable[[], str] = str
        """Why a proxy is to send nobody here, in words; empty: it may."""
        self.cluster: Callable[[], Awaitable[Report]] | None = None
        """Who is there of several workers, in sentences; None: this server is alone."""


def from_here(request: Request) -> bool:
    """Whether the caller sits at this machine and knows it by one of its own names: a loopback peer
    that no proxy speaks for, and no page of another site in a browser here (DNS rebinding).
    """
    return (
        bool(request.scope.get("petitbleu.loopback"))
        and hosts.is_named(request, hosts.LOCAL)
        and not hosts.is_forwarded(request)
    )


def _host(netloc: str) -> str:
    """A host as a browser names it, without its usual port, its case and the dot behind it."""
    host, colon, port = netloc.lower().partition(":")
    return host.rstrip(".") + (colon + port if port not in ("", "80", "443") else "")


class _Guard:
    """Pure ASGI: safe headers, and the time (RFC 9110 §6.6.1), on everything that is not MTProto;
    where pictures and files, or the web client, have a host name of their own, nothing else is
    found there, and the client nowhere else."""

    def __init__(
        self,
        app: ASGIApp,
        config: Web,
        clock: Clock,
        ready: Ready | None = None,
        sites: Sites | None = None,
        missing: Callable[[Request], Awaitable[Response]] | None = None,
    ) -> None:
        self._app = app
        self._sites = sites
        self._missing = missing
        self._media = _host(urlsplit(config.media_url).netloc)
        self._client = _host(urlsplit(config.app_url).netloc)
        self._client_url = config.app_url.rstrip("/")
        self._clock = clock
        self._ready = ready
        self._date = (-1, b"")

    def _turned_away(self, scope: Scope) -> Response | None:
        """The answer to a request for what is not found on the host that it names."""
        if not (self._media or self._client):
            return None
        named = next((value for name, value in scope["headers"] if name == b"host"), b"")
        host, path = _host(named.decode("latin-1")), scope["path"]
        if self._media and host == self._media and not path.startswith("/m/"):
            return PlainTextResponse("", 404, _HEADERS)
        if not self._client or (path + "/").startswith("/app/") == (host == self._client):
            return None
        if host == self._client and path != "/":
            return PlainTextResponse("", 404, _HEADERS)
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("", 404, _HEADERS)
        to = "/app" if path == "/" else quote(path)
        return Response(status_code=302, headers=_HEADERS | {"location": self._client_url + to})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        site = await self._site(scope)
        if site is None and scope["path"] in API_PATHS:
            await self._app(scope, receive, send)
            return
        turned_away = self._turned_away(scope) if site is None else None
        if turned_away is not None:
            await turned_away(scope, receive, send)
            return
        found = self._ready.find(scope) if self._ready is not None else None
        if found is not None:
            headers = [*found.headers, (b"date", self._now())]
            await send({"type": "http.response.start", "status": found.status, "headers": headers})
            await send({"type": "http.response.body", "body": found.body})
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("date", formatdate(self._clock.now(), usegmt=True))
                if site is not None:
                    del headers["set-cookie"]
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if site is not None and self._sites is not None and self._missing is not None:
            scope[SITE] = await self._sites.opened(site, scope)
            if not await self._sites.serves(site, scope["path"]):
                await (await self._missing(Request(scope)))(scope, receive, guarded)
                return
        await self._app(scope, receive, guarded)

    async def _site(self, scope: Scope) -> OwnDomain | None:
        """The channel's domain by which a request came, noted in its scope."""
        if self._sites is None:
            return None
        site = self._sites.known(scope)
        if site is False:
            site = await self._sites.look_up(scope)
        if not isinstance(site, OwnDomain):
            return None
        scope[SITE] = site
        return site

    def _now(self) -> bytes:
        second = int(self._clock.now())
        if second != self._date[0]:
            self._date = (second, formatdate(second, usegmt=True).encode())
        return self._date[1]


def observing(site: Site) -> list[BaseRoute]:
    """``/healthz``, ``/readyz``, ``/metrics`` and of a worker ``/clusterz``, for whoever may see
    them.
    """

    async def healthz(request: Request) -> Response:
        return shown(request, await site.health())

    async def clusterz(request: Request) -> Response:
        assert site.cluster is not None
        return shown(request, await site.cluster())

    async def readyz(request: Request) -> Response:
        why = site.unready()
        return PlainTextResponse(f"not ready: {why}\n" if why else "ready\n", 503 if why else 200)

    def shown(request: Request, report: Report) -> Response:
        status = 200 if report.ok else 503
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"ok": report.ok, "lines": report.lines}, status)
        return PlainTextResponse("\n".join([*report.lines, ""]), status)

    async def metrics(request: Request) -> Response:
        text = await site.metrics()
        return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")

    routes: list[BaseRoute] = [
        Route("/healthz", healthz),
        Route("/readyz", readyz),
        Route("/metrics", metrics),
    ]
    return routes if site.cluster is None else [*routes, Route("/clusterz", clusterz)]


def asking(app: App) -> list[BaseRoute]:
    """``/domains/ask?domain=``: 200 for the domain of a channel, else 404: for which names a proxy
    may have certificates."""

    async def ask(request: Request) -> Response:
        domain = pages_service.normal_domain(request.query_params.get("domain", "")[:300])
        channel = await pages_service.channel_on(app, domain) if domain else 0
        return PlainTextResponse("", 200 if channel else 404, {"cache-control": "no-store"})

    return [Route("/domains/ask", ask)]


def _without_slash(request: Request) -> Response | None:
    """To the address without the slash behind it: wherever the reader is, on the same site."""
    path = request.scope["path"]
    bare = "/" + path.strip("/")
    if bare in (path, "/"):
        return None
    query = request.scope["query_string"].decode("latin-1")
    headers = {"location": quote(bare) + (f"?{query}" if query else "")}
    return Response(status_code=308, headers=headers)


_MOVED = {"/favicon.ico": "/static/icon.svg", "/security.txt": "/.well-known/security.txt"}
"""Where programs look that read no page first (RFC 9116 §3 has both places of the second)."""


def _moved(path: str, to: str) -> Route:
    async def answer(request: Request) -> Response:
        where = sites.icon(request.scope) if path == "/favicon.ico" else ""
        headers = {"location": where or to, "cache-control": "public, max-age=86400"}
        return Response(status_code=301, headers=headers)

    return Route(path, answer)


def _only_from_here(route: BaseRoute) -> BaseRoute:
    assert isinstance(route, Route)
    endpoint = route.endpoint

    async def guarded(request: Request) -> Response:
        if not from_here(request):
            raise HTTPException(404)
        response: Response = await endpoint(request)
        return response

    return Route(route.path, guarded)


def create(site: Site) -> ASGIApp:
    """The application."""
    pages = Pages(site.app)
    config = site.app.config

    public = Public(site.app)

    async def front(request: Request) -> Response:
        return await public.front(request, developer=config.dev and from_here(request))

    async def developer(request: Request) -> Response:
        if not (config.dev and from_here(request)):
            raise HTTPException(404)
        return pages.html(
            request, "dev.html", info=site.start_info(), codes=await site.codes(), fresh=True
        )

    async def problem(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status == 404:
            return _without_slash(request) or await public.missing(request)
        page = pages.html(request, "problem.html", status=status)
        if isinstance(error, HTTPException) and error.headers:
            page.headers.update(error.headers)  # 405 says what is allowed (RFC 9110 §15.5.6)
        return page

    routes: list[BaseRoute] = [
        Route("/", front),
        Route("/dev", developer),
        *map(_only_from_here, [*observing(site), *asking(site.app)]),
        *(Route(path, site.mtproto) for path in API_PATHS),
        Mount("/static", Assets(_HERE / "static"), name="static"),
        *(_moved(path, to) for path, to in _MOVED.items()),
        *_rooms(site.app, pages),
        *public.first,
        *site.more(site.app, pages),
        *public.last,
    ]
    starlette = Starlette(routes=routes, exception_handlers={HTTPException: problem, 500: problem})
    # Its own redirect names the scheme and host that a request claims to be for.
    starlette.router.redirect_slashes = False
    ready = Ready(site.app, public.pages, _HEADERS)
    sites = Sites(site.app)
    return _Guard(starlette, config.web, site.app.clock, ready, sites, public.missing)


def _rooms(app: App, pages: Pages) -> list[BaseRoute]:
    """The pages of the rooms."""
    from petitbleu.web import akismet, join

    return [*join.routes(app, pages), *akismet.routes(app)]
