"""Addresses for machines: sitemaps, robots.txt, oEmbed, cards, the way to a Mastodon server."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from petitbleu.app import Part
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.publishing.pages import service
from petitbleu.domain.publishing.pages.service import Page, Where
from petitbleu.sandbox import JobFailed, Sandbox
from petitbleu.web.public import feeds, presenter, sharing, sites
from petitbleu.web.public.channels import blocked
from petitbleu.web.public.characters import clean
from petitbleu.web.public.door import (
    CLOSED,
    HERE_ONLY,
    LIVE,
    PLAIN,
    PublicPages,
    number,
    of_channel,
)
from petitbleu.web.public.presenter import Look

NEWS_SECONDS, NEWS_MAX = 48 * 3600, 1000
AI_ROBOTS = (
    "AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot", "ClaudeBot",
    "cohere-ai", "Diffbot", "Google-Extended", "GPTBot", "ImagesiftBot", "Meta-ExternalAgent",
    "omgili", "PerplexityBot", "Timpibot",
)  # fmt: skip
"""Programs known to gather texts for language models."""
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_HOUR = "public, max-age=3600"
_CARD_SECONDS, _CARD_BYTES = 10, 256 << 20
for _prefix, _space in (("image", _IMAGE), ("news", _NEWS)):
    ET.register_namespace(_prefix, _space)


PAINTER: Part[Sandbox] = Part(
    lambda app: Sandbox(
        "petitbleu.web.public.card_worker",
        workers=1,
        seconds=_CARD_SECONDS,
        memory=_CARD_BYTES,
        data=app.config.data,
    ),
    Sandbox.close,
)
"""Draws the cards that stand for links."""


class Machines:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    # ── sitemaps ────────────────────────────────────────────────────────────────────────────────

    async def sitemap(self, request: Request) -> Response:
        """``/sitemap.xml``: the sitemaps of all channels that may be listed, with their last
        changes."""
        door, request = self._door, self._door.request(request, PLAIN)
        listed, control = await self._listed(request)
        listed = [(page, at) for page, at in listed if page.switches.robots != "noindex"]
        divided = control == HERE_ONLY

        async def make() -> Response:
            root = ET.Element(f"{{{_SITEMAP}}}sitemapindex")
            known = await service.changed(door.app, [page.chat.id for page, _ in listed])
            for page, at in listed:
                newest = await service.given_out(door.app, at)
                for part in range(service.part(newest) + 1):
                    element = _child(root, _SITEMAP, "sitemap")
                    address = door.url(f"/s/{page.name}/sitemap-{part}.xml", page)
                    _child(element, _SITEMAP, "loc", address)
                    changed = known[page.chat.id].get(part)
                    if changed is not None:
                        _child(element, _SITEMAP, "lastmod", feeds.iso(changed))
            return _xml(root)

        return await door.kept_as(
            request,
            tuple((page.looks, at.version) for page, at in listed),
            make,
            scope=door.country(request) if divided else "",
            control=control,
            ready=not divided,
        )

    async def _listed(self, request: Request) -> tuple[list[tuple[Page, Where]], str]:
        """The channels that can be read where the reader is, and who may keep a list of them."""
        app, country = self._door.app, self._door.country(request)
        listed = [
            (page, await service.where(app, page.chat, country))
            for page in await self._here(request)
        ]
        divided = any(at.divided for _, at in listed)
        readable = [(page, at) for page, at in listed if service.held_back(at) is None]
        return readable, HERE_ONLY if divided else _HOUR

    async def _here(self, request: Request) -> list[Page]:
        """The channels that stand on the host by which a request came."""
        app, site = self._door.app, sites.site_of(request.scope)
        if site is None:
            return [page for page in await service.listed(app) if not page.domain]
        page = await service.load_page(app, site.channel)
        return [page] if page is not None else []

    async def channel_sitemap(self, request: Request) -> Response:
        """``/s/<name>/sitemap.xml`` (the newest posts) and ``/s/<name>/sitemap-<part>.xml``"""
        door, request = self._door, self._door.request(request, PLAIN)
        opened = await door.channel(request)
        if isinstance(opened, Response):
            return opened
        page, at = opened
        held = service.held_back(at)
        if held is not None:
            return await blocked(door, request, page, held)
        if page.switches.robots == "noindex":
            return await door.nothing(request)

        async def make() -> Response:
            newest = await service.given_out(door.app, at)
            last = service.part(newest)
            part = int(request.path_params.get("part", last))
            if part > last:
                return door.missing(request, page)
            above = part * service.PART
            groups = await service.stretch(door.app, at, above, above + service.PART)
            noted = await service.corrections.corrected(
                door.app, at.chat.id, above, above + service.PART
            )
            return _xml(self._urls(page, groups, noted))

        return await door.kept(request, page, at, make, control=_HOUR, ready=True)

    def _urls(
        self, page: Page, groups: Sequence[Sequence[MessageRow]], noted: Mapping[int, int]
    ) -> ET.Element:
        w = self._door
        root = ET.Element(f"{{{_SITEMAP}}}urlset")
        for group in groups:
            url = _child(root, _SITEMAP, "url")
            _child(url, _SITEMAP, "loc", w.url(f"/{page.name}/{group[0].id}", page))
            changed = max(message.edit_date or message.date for message in group)
            changed = max(changed, noted.get(group[0].id, 0))
            _child(url, _SITEMAP, "lastmod", feeds.iso(changed))
            for row in group:
                label = presenter.picture_label(row)
                if label:
                    image = _child(url, _IMAGE, "image")
                    _child(
                        image, _IMAGE, "loc", w.file_url(f"/m/{page.name}/{row.id}/{label}", page)
                    )
        return root

    async def news(self, request: Request) -> Response:
        """``/news-sitemap.xml``: the articles of publishers of the last 48 hours."""
        door = self._door
        request = door.request(request, PLAIN)
        pages = [
            page
            for page in await self._here(request)
            if page.switches.press and page.switches.robots != "noindex"
        ]
        country = door.country(request)
        shown = [(page, await service.where(door.app, page.chat, country)) for page in pages]
        divided = any(at.divided for _, at in shown)

        async def make() -> Response:
            root = ET.Element(f"{{{_SITEMAP}}}urlset")
            for page, at in shown:
                if service.held_back(at) is None:
                    await self._news_of(root, page, at)
            return _xml(root)

        return await door.kept_as(
            request,
            tuple((page.looks, at.version) for page, at in shown),
            make,
            scope=country if divided else "",
            control=HERE_ONLY if divided else LIVE,
            ready=not divided,
        )

    async def _news_of(self, root: ET.Element, page: Page, at: Where) -> None:
        door = self._door
        since = int(door.app.clock.now()) - NEWS_SECONDS
        groups = await service.lately(door.app, at, since)
        for view in await Look(door, page, door.writer_of(page), set()).views(at, groups):
            if view.withheld is not None or not view.is_article or len(root) >= NEWS_MAX:
                continue
            url = _child(root, _SITEMAP, "url")
            _child(url, _SITEMAP, "loc", view.url)
            news = _child(url, _NEWS, "news")
            publication = _child(news, _NEWS, "publication")
            _child(publication, _NEWS, "name", page.title)
            _child(publication, _NEWS, "language", door.language_of(page))
            _child(news, _NEWS, "publication_date", feeds.iso(view.post.date))
            _child(news, _NEWS, "title", view.headline or view.title)

    async def robots(self, request: Request) -> Response:
        """``/robots.txt`` (RFC 9309)"""
        door = self._door
        listed, control = await self._listed(request)
        open_ = [page.name for page, _ in listed if page.switches.ai]
        lines = [*(f"User-agent: {robot}" for robot in AI_ROBOTS)]
        for name in open_:
            if sites.site_of(request.scope) is not None:
                lines += ["Allow: /$", "Allow: /?"]
            lines += [*_rule("Allow", f"/s/{name}"), *_rule("Allow", f"/{name}")]
            lines.append(f"Allow: /m/{name}/")
        lines += ["Disallow: /", "", "User-agent: *"]
        for path in ("/signaler", "/suivi", "/mes-dossiers", "/desk"):
            lines += _rule("Disallow", path)
        lines += [f"Disallow: {path}" for path in ("/join/", "/share/", "/*?q=", "/*&q=")]
        own = next((page for page in await self._here(request) if page.domain), None)
        lines += ["", f"Sitemap: {door.url('/sitemap.xml', own)}"]
        lines += [f"Sitemap: {door.url('/news-sitemap.xml', own)}", ""]
        return PlainTextResponse("\n".join(lines), headers={"cache-control": control})

    # ── cards and oEmbed ────────────────────────────────────────────────────────────────────────

    @of_channel
    async def card(self, request: Request, page: Page, at: Where) -> Response:
        """``/m/<name>/<id>/card.png``: the title as a picture."""
        door = self._door
        id = number(str(request.path_params["id"])) or 0
        if at.withheld(id) is not None:
            return Response(status_code=451)
        group = await service.with_album(door.app, at, id)
        if not group:
            gone = await service.gone(door.app, at, id)
            return Response(status_code=404 if gone is False else 410)
        if at.held(group) is not None:
            return Response(status_code=451)

        async def words() -> dict[str, str]:
            w = door.writer(request)
            (view,) = await Look(door, page, w, set()).views(at, [group])
            return {"title": view.title or w.full(view.post.date), "channel": page.title}

        return await self._painted(request, page, at, words)

    @of_channel
    async def channel_card(self, request: Request, page: Page, at: Where) -> Response:
        """``/m/<name>/card.png``: the name and description of a channel as a picture."""
        if service.held_back(at) is not None:
            return Response(status_code=451)

        async def words() -> dict[str, str]:
            return {"title": page.title, "about": page.chat.about}

        return await self._painted(request, page, at, words)

    async def _painted(
        self,
        request: Request,
        page: Page,
        at: Where,
        words: Callable[[], Awaitable[dict[str, str]]],
    ) -> Response:
        """A card with these ``words`` and the address of the channel."""
        door = self._door
        busy = door.busy(request, "paint")
        if busy is not None:
            return busy

        async def make() -> Response:
            host = urlsplit(door.url("", page)).netloc or door.app.config.name
            try:
                job = await words() | {"site": host if page.domain else f"{host}/{page.name}"}
                png = (await self._door.app.parts[PAINTER].run(job))["png"]
            except JobFailed:
                return Response(status_code=503, headers={"retry-after": "60"})
            # A post without a title is named by its date, in the reader's language.
            headers = {"content-type": "image/png", "vary": "accept-language"}
            return Response(png, headers=headers)

        return await door.kept(request, page, at, make, control=CLOSED)

    async def oembed(self, request: Request) -> Response:
        """``/oembed?url=`` (oembed.com), JSON or XML."""
        door, request = self._door, self._door.request(request)
        form = request.query_params.get("format", "json")
        if form not in ("json", "xml"):
            return Response(status_code=501)
        parts = urlsplit(request.query_params.get("url", ""))
        path = [part for part in parts.path.split("/") if part]
        if len(path) != 2:
            return Response(status_code=404)
        page, site = await service.find(door.app, path[0]), sites.site_of(request.scope)
        id = number(path[1])
        if not isinstance(page, Page) or page.under or not id:
            return Response(status_code=404)
        if site is not None and page.chat.id != site.channel:
            return Response(status_code=404)
        if f"{parts.scheme}://{parts.netloc}" not in (door.url("", page), door.url("")):
            return Response(status_code=404)
        at = await service.where(door.app, page.chat, door.country(request))
        group = [] if at.withheld(id) else await service.with_album(door.app, at, id)
        if not group:
            return Response(status_code=404)
        w = door.writer(request)
        (view,) = await Look(door, page, w, set()).views(at, [group])
        if view.withheld is not None:
            return Response(status_code=404)
        told = sharing.oembed(view, page, door.url("", page), door.app.config.name, _sides(request))
        headers = {
            "access-control-allow-origin": "*",
            "cache-control": HERE_ONLY if at.divided else LIVE,
            "vary": "accept-language",
        }
        if form == "json":
            return JSONResponse(told, headers=headers)
        root = ET.Element("oembed")
        for key, value in told.items():
            ET.SubElement(root, key).text = clean(str(value))
        body = ET.tostring(root, "utf-8", xml_declaration=True)
        return Response(body, headers=headers | {"content-type": "text/xml; charset=utf-8"})

    async def mastodon(self, request: Request) -> Response:
        """``/share/mastodon/<name>`` and ``…/<id>``: asks for the reader's server, leads there."""
        door = self._door
        opened = await door.channel(request)
        if isinstance(opened, Response):
            return opened
        page, at = opened
        if service.held_back(at) is not None:
            return await door.nothing(request)
        what, back = sharing.channel(page, door.url("", page)), page.home
        if "id" in request.path_params:
            id = number(str(request.path_params["id"])) or 0
            group = [] if at.withheld(id) else await service.with_album(door.app, at, id)
            if not group:
                return door.missing(request, page)
            w = door.writer(request)
            (view,) = await Look(door, page, w, set()).views(at, [group])
            what, back = sharing.post(view, page, sharing.picture(view, w)), view.path
        server = request.query_params.get("server", "")[:253]
        address = sharing.mastodon(server, what.text, what.url) if server else None
        answer = door.html(
            request, "public_mastodon.html", what=what, back=back, server=server, address=address
        )
        answer.headers["x-robots-tag"] = "noindex"
        answer.headers["cache-control"] = "no-store"  # the server's name is kept nowhere
        return answer


def _rule(what: str, path: str) -> list[str]:
    """Of an address and all below it. A rule holds for whatever begins like it (RFC 9309 §2.2.2):
    ``/news`` alone would speak for the channel ``news_of_elsewhere`` too."""
    return [f"{what}: {path}{end}" for end in ("$", "/", "?")]


def _sides(request: Request) -> tuple[int, int]:
    """The most width and height the consumer has room for."""
    asked = (request.query_params.get(bound, "") for bound in ("maxwidth", "maxheight"))
    width, height = (int(param) if param.isdigit() and len(param) < 6 else 0 for param in asked)
    return min(width or 550, 550), min(height or 400, 400)


def _child(parent: ET.Element, space: str, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, f"{{{space}}}{name}")
    if text is not None:
        element.text = clean(text)
    return element


def _xml(root: ET.Element) -> Response:
    body = ET.tostring(root, "utf-8", xml_declaration=True, default_namespace=_SITEMAP)
    headers = {"content-type": "application/xml; charset=utf-8", "cache-control": _HOUR}
    return Response(body, headers=headers)
