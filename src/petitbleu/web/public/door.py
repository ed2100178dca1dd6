"""What every public page goes through: whom a name belongs to, from where it is read, the cache.

Readers without an account: no cookie is set or read, nothing is loaded from elsewhere, and what a
page says depends on its address, the language and, where a measure says so, the reader's country.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from functools import partial, wraps
from hashlib import sha256
from typing import Any, Protocol, TypeVar
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from petitbleu.app import App
from petitbleu.catalogues import SOURCE
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.publishing.pages import service, views
from petitbleu.domain.publishing.pages.service import Moved, Page, Where
from petitbleu.domain.restrictions import readers
from petitbleu.web.countries import country_name
from petitbleu.web.pages import Pages
from petitbleu.web.public import audience, cache, coding, sites, visitor_limits
from petitbleu.web.public.audience import Looked
from petitbleu.web.public.cache import FRESH, Kept
from petitbleu.web.public.sites import OwnDomain
from petitbleu.web.public.texts import TEXTS, Writer

_POLICY = (
    "default-src 'none'; style-src 'self'{style}; img-src 'self'{media}; media-src 'self'{media};"
    " script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors {frames}"
)
LIVE = f"public, max-age={FRESH}, stale-while-revalidate=300, stale-if-error=900"
CLOSED = "public, max-age=900, stale-if-error=900"
"""Of months that are over. No longer: what an order has removed within its hour must be gone from
caches in front of us too."""
HERE_ONLY = f"private, max-age={FRESH}"
"""What depends on the reader's country is kept by nobody between."""
ASK_AGAIN = "public, no-cache"
"""Of what is shown of many channels: no purge of one of them would find it in caches in front."""
_PARAMETERS = (
    *("lang", "before", "after", "comment", "q", "embed", "width", "url", "format"),
    *("maxwidth", "maxheight"),
)
"""Parameters that mean something; others are as if they were not there."""
MOVED = "public, max-age=60"
"""Of redirects to a name or domain: not for long, since either may be taken back."""
PAGED, PLAIN = ("lang", "before"), ("lang",)
"""Those of feeds, and of archives and sitemaps."""
_QUERY_MAX = 200
_ID_MAX = 1 << 31
CROWDED_SECONDS = 5


class PublicPages:
    """Shared by the handlers of one instance."""

    __slots__ = ("app", "pages")

    def __init__(self, app: App, pages: Pages) -> None:
        self.app = app
        self.pages = pages

    # ── who asks ────────────────────────────────────────────────────────────────────────────────

    def request(self, request: Request, known: Sequence[str] = _PARAMETERS) -> Request:
        """The request with the parameters that mean something there alone, in one order: what
        differs in others is the same page, and written once."""
        given = request.query_params
        kept = [(name, given[name][:_QUERY_MAX]) for name in known if given.get(name)]
        kept = [(name, value) for name, value in kept if name != "lang" or value in TEXTS]
        return Request(dict(request.scope, query_string=urlencode(kept).encode()))

    def writer(self, request: Request) -> Writer:
        """Dates and figures for the reader."""
        return Writer(self.pages.language(request), self.app.config.timezone)

    def language_of(self, page: Page) -> str:
        """The language in which a channel publishes."""
        return page.switches.language or next(iter(self.app.config.languages), SOURCE)

    def writer_of(self, page: Page) -> Writer:
        """Dates and words for what every reader gets alike: in the channel's language."""
        lang = self.language_of(page)
        return Writer(TEXTS.language(lang), self.app.config.timezone)

    def country(self, request: Request) -> str:
        """Where the reader is taken to be."""
        ip = request.client.host if request.client is not None else ""
        told = str(request.scope.get("petitbleu.country") or "")
        return readers.country(self.app, ip, told)

    def url(self, path: str, page: Page | None = None) -> str:
        """``path`` with the origin of this instance, or with that of the domain of ``page``."""
        if page is not None and page.domain:
            return service.domain_origin(self.app, page.domain) + path
        return joining.base_url(self.app) + path

    def client(self, page: Page) -> str:
        """The address of the web client, as pages of a channel lead there; empty: it is off."""
        client = self.pages.client
        return self.url(client) if page.domain and client.startswith("/") else client

    @property
    def media(self) -> str:
        """Where pictures and files are: empty on this site, else the origin that was set for it."""
        return self.app.config.web.media_url.rstrip("/")

    def file_url(self, path: str, page: Page | None = None) -> str:
        """``path`` of a picture or file (of ``page``) with its origin."""
        return self.media + path if self.media else self.url(path, page)

    def policy(self, frames: str, style: str = "") -> str:
        """The content policy of a page that may be framed by ``frames``; ``style``: what its only
        style element holds."""
        media = f" {self.media}" if self.media else ""
        digest = b64encode(sha256(style.encode()).digest()).decode()
        own = f" 'sha256-{digest}'" if style else ""
        return _POLICY.format(media=media, frames=frames, style=own)

    # ── what is asked for ───────────────────────────────────────────────────────────────────────

    async def channel(self, request: Request) -> tuple[Page, Where] | Response:
        """The channel named in the path, as it is read from where the reader is; else the answer:
        301 where it was renamed, or is written otherwise, 404."""
        name = str(request.path_params["name"])
        page, site = await service.find(self.app, name), sites.site_of(request.scope)
        if site is not None and not self._is_of(site, page):
            return await self.unknown(request, name)
        if isinstance(page, Moved):
            return self.moved(request, name, page.name)
        if page is None:
            return await self.unknown(request, name)
        if page.domain and (site is None or _is_first(request, page)):
            settled = self._settled(request, page)
            if settled is not None:
                return settled
        if name != page.name:
            # One address for each page: what is purged from caches is purged by address.
            return self.moved(request, name, page.name)
        at = await service.where(self.app, page.chat, self.country(request))
        if service.held_back(at) is not None:
            page = page._replace(identity=service.NOTHING)
        return page, at

    @staticmethod
    def _is_of(site: OwnDomain, page: Page | Moved | None) -> bool:
        """Whether a page is that of the channel whose domain it is."""
        if isinstance(page, Moved):
            return site.page is not None and site.page.name == page.name
        return page is None or page.chat.id == site.channel

    def _settled(self, request: Request, page: Page) -> Response | None:
        """To the domain of a channel, which has one address for each page; None: it may be read
        where it was asked for. Pictures and files are, wherever they are shown."""
        path = str(request.scope["path"])
        if path.startswith("/m/"):
            return None
        where = page.home if _is_first(request, page) else quote(path)
        query = f"?{request.url.query}" if request.url.query else ""
        headers = {"location": self.url(where, page) + query, "cache-control": MOVED}
        return Response(None, 301 if request.method in ("GET", "HEAD") else 308, headers)

    async def post(self, request: Request) -> tuple[Page, Where, int] | Response:
        """:meth:`channel`, with the number of the post in the path; 404 for what is no number."""
        opened = await self.channel(request)
        if isinstance(opened, Response):
            return opened
        id = number(str(request.path_params["id"]))
        if not id:
            return self.missing(request, opened[0])
        return self.respelled(request, {2: str(id)}) or (*opened, id)

    def moved(self, request: Request, old: str, new: str) -> Response:
        """The same address under the new name; what a form brings comes along. Not for long: a
        rename may be taken back."""
        parts = str(request.scope["path"]).split("/")
        return self._elsewhere(request, parts, {parts.index(old): new})

    def respelled(self, request: Request, parts: Mapping[int, str]) -> Response | None:
        """:meth:`moved`, where these parts of the path are written otherwise: numbers with zeros in
        front are no other pages."""
        given = str(request.scope["path"]).split("/")
        if all(given[at] == one for at, one in parts.items()):
            return None
        return self._elsewhere(request, given, parts)

    def _elsewhere(
        self, request: Request, parts: Sequence[str], changed: Mapping[int, str]
    ) -> Response:
        path = "/".join(quote(changed.get(at, one), safe="") for at, one in enumerate(parts))
        query = f"?{request.url.query}" if request.url.query else ""
        headers = {"location": path + query, "cache-control": MOVED}
        return Response(None, 301 if request.method in ("GET", "HEAD") else 308, headers)

    def missing(self, request: Request, channel: Page) -> Response:
        """404 for what a channel does not have, with a way on."""
        return self.html(request, "public_missing.html", status=404, channel=channel, near=())

    async def unknown(self, request: Request, name: str) -> Response:
        """404 for a name that nobody has, or none: with names that look like it, and a search. Who
        asks for one after the other is not led on: each name of all channels is compared."""
        near: Sequence[Page] = ()
        if sites.site_of(request.scope) is None and not self._wait(request, "near"):
            near = await service.near(self.app, name, self.country(request))
        return self.html(request, "public_missing.html", status=404, channel=None, near=near)

    async def nothing(self, request: Request) -> Response:
        """404 for an address that means nothing; it may begin with a name all the same."""
        parts = [part for part in request.url.path.split("/") if part not in ("", "s", "m")]
        return await self.unknown(request, parts[0] if parts else "")

    def busy(self, request: Request, rule: str) -> Response | None:
        """429 with a time, where too much is asked from the reader's network."""
        seconds = self._wait(request, rule)
        if not seconds:
            return None
        page = self.html(request, "public_busy.html", status=429, seconds=seconds)
        page.headers["retry-after"] = str(seconds)
        return page

    def _wait(self, request: Request, rule: str) -> int:
        """Count something of the reader's network; 0, or in how many seconds it may come again."""
        ip = request.client.host if request.client is not None else ""
        return self.app.parts[visitor_limits.CROWD].wait(rule, ip, self.app.clock.now())

    def crowded(self, request: Request) -> Response:
        """503 with a time: more pages are to be written than can be."""
        text = self.writer(request).t["crowded"]
        headers = {"retry-after": str(CROWDED_SECONDS), "cache-control": "no-store"}
        return PlainTextResponse(text, 503, headers)

    # ── answers ─────────────────────────────────────────────────────────────────────────────────

    def html(
        self, request: Request, template: str, *, status: int = 200, **values: Any
    ) -> Response:
        """A page of this folder that is not kept."""
        values = self._words(request, values) | values
        answer = self.pages.html(request, template, status=status, **values)
        return self._safe(answer, values["style"])

    async def page(self, request: Request, template: str, **values: Any) -> Response:
        """A page with posts: written in slices, so that messages do not wait for it."""
        values = self._words(request, values) | values
        answer = await self.pages.html_in_slices(request, template, **values)
        return self._safe(answer, values["style"])

    def _words(self, request: Request, values: Mapping[str, Any]) -> dict[str, Any]:
        write, site = self.writer(request), sites.site_of(request.scope)
        country = partial(country_name, language=write.lang)
        shown: Page | None = values.get("channel")
        paper: Page | None = values.get("paper", shown or (site.page if site is not None else None))
        words: dict[str, Any] = {
            "p": write.t,
            "w": write,
            "base": self.url("", shown or paper),
            "media": self.media,
            "country": country,
            "paper": paper,
            "logo": views.logo(paper.identity) if paper is not None else None,
            "style": paper.identity.css if paper is not None else "",
        }
        if paper is not None:
            words["client"] = self.client(paper)
        return words

    def _safe(self, page: Response, style: str) -> Response:
        page.headers["content-security-policy"] = self.policy("'none'", style)
        page.headers["referrer-policy"] = "strict-origin-when-cross-origin"
        return page

    async def kept(
        self,
        request: Request,
        page: Page,
        at: Where,
        make: Callable[[], Awaitable[Response]],
        *,
        control: str = LIVE,
        ready: bool = False,
        looked: Looked | None = None,
    ) -> Response:
        """The answer ``make`` gives, or gave while nothing of the channel had changed."""
        return await self.kept_as(
            request,
            (at.version, page.looks),
            make,
            scope=at.classes,
            control=HERE_ONLY if at.divided or page.under else control,
            of=page,
            ready=ready and not at.divided,
            looked=looked,
        )

    async def kept_as(
        self,
        request: Request,
        version: Hashable,
        make: Callable[[], Awaitable[Response]],
        *,
        scope: str = "",
        control: str = LIVE,
        of: Page | None = None,
        ready: bool = False,
        looked: Looked | None = None,
    ) -> Response:
        """The answer ``make`` gives, or gave while ``version`` was the same. ``scope``: the
        country for which a measure makes a difference, else empty. ``of``: whose it is, where it
        is one channel's. ``ready``: whether this answer may be given to every reader of the
        language until something changes, with no more than a word to ``looked``, which is told of
        each reader (never of a preview's)."""
        app = self.app
        now = app.clock.now()
        # Not of request.url: it leaves characters out, and two addresses would share a page.
        scoped = request.scope
        asked = (sites.key(scoped), scoped["path"], scoped["query_string"])
        key = (*asked, self.pages.language(request), scope)
        pages = app.parts[cache.PAGE_CACHE]
        cached = pages.get(key, version, now)
        if cached is None:

            async def fresh() -> Kept:
                made = await make()
                body = bytes(made.body)
                headers = dict(made.headers) | {"etag": cache.etag(body)}
                del headers["content-length"]
                if made.status_code == 200:
                    headers["cache-control"] = control
                headers |= marked(of) if of is not None else {}
                # The address of a preview is its key, and stands in the page.
                packed = made.status_code == 200 and (of is None or not of.under)
                packed = packed and coding.is_coded(headers.get("content-type", ""), len(body))
                if packed:
                    vary = [headers["vary"]] if "vary" in headers else []
                    headers["vary"] = ", ".join([*vary, "accept-encoding"])
                forms: dict[str, bytes] | None = {} if packed else None
                page = Kept(version, now, made.status_code, headers, body, forms)
                pages.keep(key, page)
                return page

            try:
                cached = await pages.made((key, version), fresh)
            except cache.Crowded:
                return self.crowded(request)
        came = request.scope.get(cache.MOMENT)
        # What was read may be older than what was written while it was read.
        if ready and (of is None or not of.under) and came == cache.moment(app):
            pages.check(key, cached, came, looked)
        answered = answer(request.headers, cached, pages)
        if looked is not None and (of is None or not of.under):
            _tell(looked, request, answered.status_code)
        return answered


def _tell(looked: Looked, request: Request, status: int) -> None:
    """Somebody read a page, or has it still."""
    if request.method == "GET" and status in (200, 304):
        who = audience.visitor(request.scope, dict(request.scope["headers"]))
        if who is not None:
            looked(who)


class _Handlers(Protocol):
    """A class of handlers."""

    @property
    def _door(self) -> PublicPages: ...


_H = TypeVar("_H", bound=_Handlers)


def of_channel(
    handler: Callable[[_H, Request, Page, Where], Awaitable[Response]],
) -> Callable[[_H, Request], Awaitable[Response]]:
    """A handler of addresses with a channel's name: it gets the request as :meth:`Door.request`
    leaves it, and the channel; where there is none, :meth:`Door.channel` has the answer."""

    @wraps(handler)
    async def answered(self: _H, request: Request) -> Response:
        request = self._door.request(request)
        opened = await self._door.channel(request)
        return opened if isinstance(opened, Response) else await handler(self, request, *opened)

    return answered


def of_post(
    handler: Callable[[_H, Request, Page, Where, int], Awaitable[Response]],
) -> Callable[[_H, Request], Awaitable[Response]]:
    """:func:`of_channel` for addresses with the number of a post behind the name."""

    @wraps(handler)
    async def answered(self: _H, request: Request) -> Response:
        request = self._door.request(request)
        opened = await self._door.post(request)
        return opened if isinstance(opened, Response) else await handler(self, request, *opened)

    return answered


def _is_first(request: Request, page: Page) -> bool:
    """Whether a request names the first page of a channel by the channel's name."""
    return request.scope["path"] in (f"/s/{page.name}", f"/{page.name}")


def marked(page: Page) -> dict[str, str]:
    """Headers of all that is a channel's: under which name caches in front forget it, and whether
    its owner reserves it from text and data mining (TDMRep; Directive (EU) 2019/790, article 4)."""
    reserved = "0" if page.switches.ai else "1"
    return {"cache-tag": service.tag(page.chat.id), "tdm-reservation": reserved}


def answer(asked: Mapping[str, str], page: Kept, pages: cache.PageCache) -> Response:
    """A kept page in the form the reader takes, or 304 where the reader has it."""
    body, shown = pages.form(page, asked.get("accept-encoding", ""))
    if page.status == 200 and cache.matches(asked.get("if-none-match", ""), shown["etag"]):
        left_out = ("content-type", "content-encoding")
        headers = {name: value for name, value in shown.items() if name not in left_out}
        return Response(status_code=304, headers=headers)
    return Response(body, page.status, shown)


def number(written: str) -> int | None:
    """The id in an address: 0 for none, None for what is no id."""
    if not written:
        return 0
    if written.isascii() and written.isdigit() and len(written) < 11 and 0 < int(written) < _ID_MAX:
        return int(written)
    return None
