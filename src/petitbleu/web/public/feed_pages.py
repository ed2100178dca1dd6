"""Addresses of feeds: the newest posts with pages behind them, archives, the count of new posts."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from petitbleu import ids
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.publishing.pages import service, views
from petitbleu.domain.publishing.pages.service import Archive, Listing, Page, Where
from petitbleu.domain.publishing.websub import service as websub
from petitbleu.domain.restrictions import readers
from petitbleu.errors import Fault
from petitbleu.folding import fold
from petitbleu.web.public import audience, cache, feeds, presenter, richtext, sharing
from petitbleu.web.public.cache import Kept
from petitbleu.web.public.channels import TAG_MAX, as_written, blocked, bounds, tag_in, tag_path
from petitbleu.web.public.door import (
    CLOSED,
    HERE_ONLY,
    PAGED,
    PLAIN,
    PublicPages,
    number,
    of_channel,
)
from petitbleu.web.public.feeds import Archives, Feed, Gone
from petitbleu.web.public.presenter import Look

_BLOCK_MAX = 1 << 31


def _tag(request: Request) -> str:
    """The hashtag in the path, folded: it has one feed, however it is written; empty: none."""
    return fold(tag_in(request))


def _path(page: Page, tag: str) -> str:
    """The page of a channel, or of one of its hashtags."""
    return tag_path(page, tag) if tag else f"/s/{page.name}"


class FeedPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    async def _found(self, request: Request) -> tuple[Page, Where, str] | Response:
        """The channel and the form of a feed that is asked for; else the answer."""
        door, form = self._door, str(request.path_params["form"])
        if form not in feeds.TYPES:
            return await door.nothing(request)
        opened = await door.channel(request)
        if isinstance(opened, Response):
            return opened
        page, at = opened
        held = service.held_back(at)
        if held is not None:
            return await blocked(door, request, page, held)
        return page, at, form

    # ── the newest posts, and pages of them ─────────────────────────────────────────────────────

    async def feed(self, request: Request) -> Response:
        """``/s/<name>/feed.<form>`` and ``/s/<name>/tag/<tag>/feed.<form>``"""
        door, request = self._door, self._door.request(request, PAGED)
        opened = await self._found(request)
        if isinstance(opened, Response):
            return opened
        page, at, form = opened
        before = number(request.query_params.get("before", ""))
        if before is None:
            return door.missing(request, page)
        tag = _tag(request)
        if len(tag) > TAG_MAX:
            return door.missing(request, page)

        async def make() -> Response:
            return self._written(await self._feed(page, at, tag, before), form)

        looked = audience.of_feed(door.app, page.chat.id)
        return await door.kept(request, page, at, make, ready=True, looked=looked)

    async def sent(self, page: Page, form: str, ip: str) -> tuple[str, bytes] | None:
        """Type and bytes of a channel's feed as it is read from an address, for subscribers; None:
        the channel is withheld there. Raises TimeoutError where too many pages wait."""
        app = self._door.app
        at = await service.where(app, page.chat, readers.country(app, ip))
        if service.held_back(at) is not None:
            return None
        pages, now = app.parts[cache.PAGE_CACHE], app.clock.now()
        key, version = (page.chat.id, form, at.classes), (at.version, page.looks)

        async def fresh() -> Kept:
            body = feeds.write(await self._feed(page, at, "", 0), form)
            answer = Kept(version, now, 200, {}, body)
            pages.keep(key, answer)
            return answer

        cached = pages.get(key, version, now)
        if cached is None:
            try:
                cached = await pages.made((key, version), fresh)
            except cache.Crowded:
                raise TimeoutError("readers of pages go first") from None
        return feeds.TYPES[form], cached.body

    async def _feed(self, page: Page, at: Where, tag: str, before: int) -> Feed:
        app = self._door.app
        try:
            listing = (
                await service.tagged(app, at, tag, before)
                if tag
                else await service.listing(app, at, before)
            )
        except Fault:
            listing = Listing([])
        if before:
            body = await self._document(page, at, listing.posts, tag=tag)
            return body._replace(before=before, older=listing.older, newer=listing.newer)
        events = await service.logged(app, at)
        posts = [*listing.posts]
        if listing.older:
            # Whoever has read the archives learns here what was changed in them (RFC 5005 §4).
            edited = await service.edited(app, at, events, listing.posts[-1][0].id)
            posts += await self._carrying(page, tag, edited) if tag else edited
        dead = await service.deleted(app, at, events)
        body = await self._document(page, at, posts, dead=dead, tag=tag)
        newest = await self._newest_archive(page, at, listing.posts, tag)
        return body._replace(
            older=listing.older,
            newer=listing.newer,
            archives=Archives(earlier=newest),
            hub="" if tag or page.under else websub.hub(app),
        )

    async def _carrying(
        self, page: Page, tag: str, posts: Sequence[list[MessageRow]]
    ) -> list[list[MessageRow]]:
        """Those of these posts that have a hashtag."""
        rows = [row for post in posts for row in post]
        texts = await views.texts(self._door.app, rows)
        carrying = {
            row.id
            for row, text in zip(rows, texts, strict=True)
            if tag in {fold(shown[1:]) for shown, _ in presenter.tags_of(text, page.name)}
        }
        return [post for post in posts if any(row.id in carrying for row in post)]

    async def _document(
        self,
        page: Page,
        at: Where,
        posts: Sequence[list[MessageRow]],
        *,
        dead: Sequence[tuple[int, int]] = (),
        tag: str = "",
    ) -> Feed:
        """A feed with these posts, and nothing beside it. ``dead``: (id, since when)."""
        door = self._door
        w, origin = door.writer_of(page), door.url("")
        shown = Look(door, page, w, await presenter.names(door), absolute=True)
        seen = await shown.views(at, posts)
        channel = ids.bare(page.chat.id)
        entries = [
            feeds.entry(view, channel, origin, w, page.title)
            for view in seen
            if view.withheld is None
        ]
        held = [(view.post.id, view.withheld.since) for view in seen if view.withheld is not None]
        gone = [Gone(feeds.tag_uri(origin, channel, id), when) for id, when in [*held, *dead]]
        path = _path(page, tag)
        name, about = richtext.plain(page.title), richtext.plain(page.chat.about)
        picture = sharing.own_face(page)
        return Feed(
            feeds.tag_uri(origin, channel, *(["tag", quote(tag, safe="")] if tag else ["feed"])),
            f"#{richtext.plain(as_written(tag, seen))} · {name}" if tag else name,
            about,
            door.file_url(picture, page) if picture else "",
            door.url(path if tag else page.home, page),
            door.url(f"{path}/feed", page),
            door.language_of(page),
            0,
            0,
            None,
            feeds.newest(entries, gone, page.since),
            entries,
            gone,
        )

    @of_channel
    async def fresh(self, request: Request, page: Page, at: Where) -> Response:
        """``/s/<name>/new?before=<id>``: how many posts are newer than that one, for the script."""
        seen = number(request.query_params.get("before", "")) or 0
        count = 0
        if service.held_back(at) is None:
            count = await service.newer_than(self._door.app, at, seen)
        return JSONResponse({"count": count}, headers={"cache-control": "no-store"})

    # ── archives ────────────────────────────────────────────────────────────────────────────────

    async def archive(self, request: Request) -> Response:
        """``/s/<name>/<year>/<month>/feed-<block>.<form>``, and the same below
        ``/s/<name>/tag/<tag>``: 404 while posts can come to it."""
        door, request = self._door, self._door.request(request, PLAIN)
        opened = await self._found(request)
        if isinstance(opened, Response):
            return opened
        page, at, form = opened
        block = request.path_params["block"]
        span, tag = self._month(page, request), _tag(request)
        if span is None or block > _BLOCK_MAX or len(tag) > TAG_MAX:
            return door.missing(request, page)
        since, until = span
        if until > door.app.clock.now() and block >= await service.full(door.app, at):
            return door.missing(request, page)

        async def make() -> Response:
            try:
                archived = await service.archive(door.app, at, block, since, until, tag=tag)
            except Fault:
                archived = None
            if archived is None:
                return door.missing(request, page)
            feed = await self._document(page, at, archived.posts, tag=tag)
            feed = feed._replace(archives=await self._beside(page, at, archived, tag))
            return self._written(feed, form)

        return await door.kept(request, page, at, make, control=CLOSED, ready=True)

    async def month(self, request: Request) -> Response:
        """``/s/<name>/<year>/<month>/feed.<form>``: to the newest archive of a month that is over;
        to the feed itself in the running one."""
        door, request = self._door, self._door.request(request, PLAIN)
        opened = await self._found(request)
        if isinstance(opened, Response):
            return opened
        page, at, form = opened
        span = self._month(page, request)
        if span is None:
            return door.missing(request, page)
        over = span[1] <= door.app.clock.now()
        address = door.url(f"/s/{page.name}/feed", page)
        if over:
            posts = (await service.month(door.app, at, *span)).posts
            if not posts:
                return door.missing(request, page)
            address = self._address(page, posts[0][0])
        control = HERE_ONLY if at.divided or page.under else CLOSED if over else "no-cache"
        return RedirectResponse(f"{address}.{form}", 302, {"cache-control": control})

    def _month(self, page: Page, request: Request) -> tuple[int, int] | None:
        """The first second of the month in the path and of the next one; None: it has not begun."""
        year, month = request.path_params["year"], request.path_params["month"]
        w, now = self._door.writer_of(page), self._door.app.clock.now()
        if not (service.MONTHS_SINCE <= year <= w.at(int(now)).year and 1 <= month <= 12):
            return None
        span = bounds(w, year, month)
        return span if span[0] <= now else None

    def _address(self, page: Page, post: MessageRow, tag: str = "") -> str:
        """The archive in which a post is, without the ending."""
        local = self._door.writer_of(page).at(post.date)
        folder = f"{_path(page, tag)}/{local.year}/{local.month:02}"
        return self._door.url(f"{folder}/feed-{service.block(post.id)}", page)

    def _running(self, page: Page) -> int:
        """When this month began."""
        w = self._door.writer_of(page)
        today = w.at(int(self._door.app.clock.now()))
        return bounds(w, today.year, today.month)[0]

    async def _newest_archive(
        self, page: Page, at: Where, posts: Sequence[list[MessageRow]], tag: str
    ) -> str:
        """The address of the newest closed archive; empty: there is none. ``posts``: the newest
        ones, a page of which always reaches down to a closed archive (``pages/archives.py``)."""
        closed, began = await service.full(self._door.app, at), self._running(page)
        for first, *_ in posts:
            if first.date < began or service.block(first.id) < closed:
                return self._address(page, first, tag)
        return ""

    async def _beside(self, page: Page, at: Where, made: Archive, tag: str) -> Archives:
        here, earlier, later = made.posts[0][0], made.earlier, made.later
        # An older archive is closed too; a newer one may not be.
        known = later is not None and await self._newest_archive(page, at, [[later]], tag)
        return Archives(
            self._address(page, here, tag),
            self._address(page, earlier, tag) if earlier is not None else "",
            known or "",
        )

    def _written(self, feed: Feed, form: str) -> Response:
        headers = {"content-type": feeds.TYPES[form], "access-control-allow-origin": "*"}
        if feed.hub:
            headers["link"] = websub.links(self._door.app, feed.page(form))
        return Response(feeds.write(feed, form), headers=headers)
