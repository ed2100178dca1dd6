"""Pages with several posts: a channel, its months and tags, searches, the front page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from petitbleu.domain.publishing.pages import service, views
from petitbleu.domain.publishing.pages.service import Everywhere, Listing, Page, Where
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.service import Removal
from petitbleu.errors import Fault
from petitbleu.folding import fold
from petitbleu.web.public import audience, front, passages, presenter, sharing, sites
from petitbleu.web.public.door import (
    ASK_AGAIN,
    CLOSED,
    HERE_ONLY,
    LIVE,
    PublicPages,
    number,
    of_channel,
)
from petitbleu.web.public.presenter import Look
from petitbleu.web.public.sites import OwnDomain
from petitbleu.web.public.texts import Writer

TAG_MAX = 100
_PLAIN: dict[str, Any] = {
    "asked": "",
    "tag": "",
    "tag_path": "",
    "archive": None,
    "numbers": (),
    "noindex": False,
}
"""What a page of a channel is not, unless it says so."""


class ChannelPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    # ── a channel ───────────────────────────────────────────────────────────────────────────────

    @of_channel
    async def channel(self, request: Request, page: Page, at: Where) -> Response:
        """``/s/<name>`` and ``/<name>``"""
        door = self._door
        asked = request.query_params.get("q", "").strip()
        before = number(request.query_params.get("before", ""))
        if before is None:
            return door.missing(request, page)
        busy = door.busy(request, "search") if asked else None
        if busy is not None:
            return busy

        async def make() -> Response:
            if asked:
                return await self._searched(request, page, at, asked, before)
            listing = await service.listing(door.app, at, before)
            pinned = await service.pinned(door.app, at) if not before else []
            last = listing.posts[-1][0].date if listing.posts else 0
            archive = _month(door.writer(request), page, last)
            several = before or listing.older
            return await self._page(
                request,
                page,
                at,
                listing,
                pinned=pinned,
                before=before,
                archive=archive,
                numbers=await service.starts(door.app, at) if several else (),
            )

        looked = audience.of_page(door.app, page.chat.id)
        return await door.kept(request, page, at, make, ready=not asked, looked=looked)

    async def _searched(
        self, request: Request, page: Page, at: Where, asked: str, before: int
    ) -> Response:
        try:
            listing = await service.find_posts(self._door.app, at, asked, before)
        except Fault:
            listing = Listing([])
        return await self._page(
            request, page, at, listing, before=before, asked=asked, noindex=True
        )

    @of_channel
    async def month(self, request: Request, page: Page, at: Where) -> Response:
        """``/s/<name>/<year>/<month>``"""
        door = self._door
        year, month = request.path_params["year"], request.path_params["month"]
        before = number(request.query_params.get("before", ""))
        w = door.writer(request)
        now = w.at(int(door.app.clock.now()))
        if not (service.MONTHS_SINCE <= year <= now.year and 1 <= month <= 12) or before is None:
            return door.missing(request, page)
        respelled = door.respelled(request, {3: str(year), 4: f"{month:02}"})
        if respelled is not None:
            return respelled
        since, until = bounds(w, year, month)

        async def make() -> Response:
            held = service.held_back(at)
            if held is not None:
                return await blocked(door, request, page, held)
            posts = await service.month_posts(door.app, at, since, until)
            earlier, later = await service.around(door.app, at, since, until)
            return await self._headlines(
                request, page, at, posts, before, w.month(year, month),
                (_month(w, page, earlier), _month(w, page, later)),
            )  # fmt: skip

        control = CLOSED if until <= door.app.clock.now() else LIVE
        looked = audience.of_page(door.app, page.chat.id)
        return await door.kept(request, page, at, make, control=control, ready=True, looked=looked)

    async def _headlines(
        self,
        request: Request,
        page: Page,
        at: Where,
        posts: list[Any],
        before: int,
        month: str,
        months: Any,
    ) -> Response:
        """The headlines of a month, a page of them."""
        door = self._door
        w, most = door.writer(request), service.HEADLINES
        start = next((n for n, post in enumerate(posts) if not before or post[0].id < before), None)
        shown = posts[start : start + most] if start is not None else []
        heads = await Look(door, page, w, set()).mentions(at, shown)
        newer: int | None = None
        if start:
            newer = 0 if start <= most else posts[start - most - 1][0].id
        return await door.page(
            request,
            "public_month.html",
            channel=page,
            month=month,
            months=months,
            total=len(posts),
            days=[(day, list(of)) for day, of in groupby(heads, lambda one: w.day(one.date))],
            newer=newer,
            older=shown[-1][0].id if shown and shown[-1] is not posts[-1] else 0,
            before=before,
            picture=sharing.face(page, views.avatar(page.chat.photo), door.file_url("", page)),
        )

    @of_channel
    async def archive(self, request: Request, page: Page, at: Where) -> Response:
        """``/s/<name>/archive``: months and hashtags with the number of their posts."""
        door = self._door
        w = door.writer(request)

        async def make() -> Response:
            held = service.held_back(at)
            if held is not None:
                return await blocked(door, request, page, held)
            seen = await service.overview(door.app, at, w.at)
            months = [
                (year, w.month(year, month), f"/s/{page.name}/{year}/{month:02}", count)
                for (year, month), count in seen.months
            ]
            return await door.page(
                request,
                "public_archive.html",
                channel=page,
                years=[(y, list(of)) for y, of in groupby(months, lambda one: one[0])],
                tags=[(one.name, tag_path(page, one.name), one.posts) for one in seen.tags],
            )

        looked = audience.of_page(door.app, page.chat.id)
        return await door.kept(request, page, at, make, ready=True, looked=looked)

    @of_channel
    async def tag(self, request: Request, page: Page, at: Where) -> Response:
        """``/s/<name>/tag/<tag>``"""
        door = self._door
        tag = tag_in(request)
        before = number(request.query_params.get("before", ""))
        if before is None or not 0 < len(tag) <= TAG_MAX:
            return door.missing(request, page)

        async def make() -> Response:
            try:
                listing = await service.tagged(door.app, at, tag, before)
            except Fault:
                listing = Listing([])
            return await self._page(request, page, at, listing, before=before, tag=tag)

        looked = audience.of_page(door.app, page.chat.id)
        return await door.kept(request, page, at, make, ready=True, looked=looked)

    async def _page(
        self,
        request: Request,
        page: Page,
        at: Where,
        listing: Listing,
        *,
        pinned: Any = (),
        before: int = 0,
        **values: Any,
    ) -> Response:
        door = self._door
        held = service.held_back(at)
        if held is not None:
            return await blocked(door, request, page, held)
        w = door.writer(request)
        shown = Look(door, page, w, await presenter.names(door))
        top = await shown.views(at, [pinned]) if pinned else []
        posts = await shown.views(at, listing.posts)
        tag = values.get("tag", "")
        if tag:
            values["tag"] = as_written(tag, posts)
            values["tag_path"] = tag_path(page, tag)
            values["noindex"] = not posts
        avatar = views.avatar(page.chat.photo)
        on_top = top[0] if top and not top[0].withheld else None
        is_front = page.is_newspaper and not (tag or before or values.get("asked"))
        return await door.page(
            request,
            "public_channel.html",
            front=front.arranged(posts, on_top) if is_front else None,
            section_of=partial(front.section_of, sections=page.identity.sections),
            channel=page,
            avatar=avatar,
            picture=sharing.face(page, avatar, door.file_url("", page)),
            labels=await _labels(door, at.marks),
            posts=posts,
            days=_days(w, posts),
            pinned=on_top,
            listing=listing,
            before=before,
            shares=sharing.row(
                sharing.channel(page, door.url("", page)), page, w, door.client(page)
            ),
            share_url=door.url(page.home, page),
            folded=True,
            code="",
            passage=partial(passages.passages, values.get("asked", "")),
            mark=partial(passages.marked, values.get("asked", "")),
            report="/signaler?link=" + quote(door.url(f"/{page.name}"), safe=""),
            **(_PLAIN | values),
        )

    # ── all channels ────────────────────────────────────────────────────────────────────────────

    async def front(self, request: Request, *, developer: bool) -> Response:
        """``/``: what there is, and a search in it; on a channel's domain, the channel."""
        site = sites.site_of(request.scope)
        if site is not None:
            return await self._of_site(request, site)
        door, request = self._door, self._door.request(request)
        asked = request.query_params.get("q", "").strip()
        busy = door.busy(request, "search") if asked else None
        if busy is not None:
            return busy
        known = await service.listed_in(door.app, door.country(request))

        async def make() -> Response:
            posts = await self._everywhere(request, known, asked) if asked else []
            return await door.page(
                request,
                "front.html",
                developer=developer,
                channels=known.pages,
                avatars={page.chat.id: views.avatar(page.chat.photo) for page in known.pages},
                asked=asked,
                posts=posts,
                passage=partial(passages.passages, asked),
                mark=partial(passages.marked, asked),
            )

        if developer:
            return await make()
        return await self._kept(request, known, make, ready=not asked)  # searches are counted

    async def _of_site(self, request: Request, site: OwnDomain) -> Response:
        if site.page is None:  # nobody can read it, or not from here: the channel's pages say why
            page = await service.load_page(self._door.app, site.channel)
            if page is None:
                return await self._door.unknown(request, "")
            site = site._replace(page=page)
        assert site.page is not None
        scope = dict(request.scope, path_params={"name": site.page.name})
        return await self.channel(Request(scope, request.receive))

    async def tag_everywhere(self, request: Request) -> Response:
        """``/tag/<tag>``"""
        door, request = self._door, self._door.request(request)
        busy = door.busy(request, "search")
        if busy is not None:
            return busy
        tag = tag_in(request)
        if not 0 < len(tag) <= TAG_MAX:
            return await door.nothing(request)
        known = await service.listed_in(door.app, door.country(request))

        async def make() -> Response:
            posts = await self._everywhere(request, known, f"#{tag}")
            return await door.page(
                request,
                "public_tag.html",
                tag=as_written(tag, posts),
                path=f"/tag/{quote(fold(tag), safe='')}",
                posts=posts,
                # These are the newest alone: each channel has the others.
                inside=[
                    (page.name, page.title)
                    for page in known.pages
                    if any(view.name == page.name for view in posts)
                ],
            )

        return await self._kept(request, known, make)

    async def _kept(
        self,
        request: Request,
        known: Everywhere,
        make: Callable[[], Awaitable[Response]],
        *,
        ready: bool = False,
    ) -> Response:
        return await self._door.kept_as(
            request,
            known.version,
            make,
            scope=known.country if known.divided else "",
            control=HERE_ONLY if known.divided else ASK_AGAIN,
            ready=ready and not known.divided,
            looked=audience.of_page(self._door.app),
        )

    async def _everywhere(
        self, request: Request, channels: Everywhere, asked: str
    ) -> list[presenter.View]:
        door = self._door
        country, w = channels.country, door.writer(request)
        known = {page.chat.id: page for page in channels.pages}
        try:
            rows = await service.tagged_everywhere(door.app, list(known), asked, country)
        except Fault:
            return []
        posts = []
        names = {page.name.lower() for page in channels.pages}
        seen: set[tuple[int, int]] = set()
        for row in rows:
            page = known[row.owner]
            at = await service.where(door.app, page.chat, country)
            shown = await service.readable(door.app, at, [row])
            fresh = [post for post in shown if (row.owner, post[0].id) not in seen]
            seen.update((row.owner, post[0].id) for post in fresh)
            posts += await Look(door, page, w, names).views(at, fresh)
        return posts


async def _labels(door: PublicPages, marks: Iterable[Any]) -> list[tuple[str, str]]:
    """(label, number of its decision as people read it) of each label on the channel itself."""
    labels = []
    for mark in marks:
        if mark.label and not mark.id:
            why = await moderation.reason(door.app, mark.measure)
            labels.append((mark.label, why.number or case_numbers.text(mark.measure)))
    return labels


async def blocked(
    door: PublicPages, request: Request, page: Page, mark: Any, *, comment: bool = False
) -> Response:
    """451 (RFC 7725): what is withheld, since when, where, by whose order, and what is said of it;
    ``comment``: a comment under one of the channel's posts. Where a secrecy clause applies nothing
    is said of the order."""
    why = await moderation.reason(door.app, mark.measure)
    answer = door.html(
        request,
        "public_withheld.html",
        status=451,
        channel=page,
        paper=page if mark.id else None,
        mark=mark,
        why=why,
        # The standing sentence names the measure; the decision that is linked has another number.
        standing=bool(why.path) and case_numbers.text(mark.measure) in mark.shown,
        shown=_shown(mark.shown, why, mark.measure),
        countries=[code for code in mark.countries.split(",") if code],
        what="comment" if comment else "post" if mark.id else "channel",
    )
    if not why.secret:
        answer.headers["link"] = f'<{door.url("")}>; rel="blocked-by"'
    answer.headers["cache-control"] = "no-cache"
    return answer


def _shown(text: str, why: moderation.Reason, measure: int) -> str:
    """What the measure says in the content's place; of a secret reason the standing words alone,
    which name its number and nothing else."""
    return "" if why.secret and case_numbers.text(measure) not in text else text


async def gone(
    door: PublicPages,
    request: Request,
    removal: Removal | None,
    *,
    heading: str,
    otherwise: str,
    back: tuple[str, str],
    of: Page | None = None,
    status: int = 410,
) -> Response:
    """What stands in the place of what is there no more: who removed it and by which decision, else
    ``otherwise``. ``of``: whose it was; ``back``: path and name of the way on."""
    why = await moderation.reason(door.app, removal.number) if removal is not None else None
    number = why.number if why is not None else ""
    if removal is not None and not number:
        number = case_numbers.text(removal.number)
    answer = door.html(
        request,
        "public_gone.html",
        status=status,
        **({"paper": of} if of is not None else {}),
        heading=heading,
        removal=removal,
        shown=_shown(removal.shown, why or moderation.Reason(), removal.number) if removal else "",
        why=why,
        number=number,
        otherwise=otherwise,
        back=back,
    )
    answer.headers["cache-control"] = "no-cache"
    return answer


def _days(w: Writer, posts: list[presenter.View]) -> list[tuple[str, list[presenter.View]]]:
    """Posts by the day on which they were said."""
    return [(day, list(of)) for day, of in groupby(posts, lambda view: w.day(view.post.date))]


def bounds(w: Writer, year: int, month: int) -> tuple[int, int]:
    """The first second of a month and of the next one."""
    after = (year + month // 12, month % 12 + 1)
    starts = [datetime(*one, 1, tzinfo=w.zone) for one in ((year, month), after)]
    return int(starts[0].timestamp()), int(starts[1].timestamp())


def _month(w: Writer, page: Page, when: int) -> tuple[str, str] | None:
    """Name and address of the month of a post; None where ``when`` is 0."""
    if not when:
        return None
    local = w.at(when)
    path = f"/s/{page.name}/{local.year}/{local.month:02}"
    return w.month(local.year, local.month), path


def tag_in(request: Request) -> str:
    """The hashtag in the path, with or without its sign; empty: none."""
    return str(request.path_params.get("tag", "")).lstrip("#＃")


def tag_path(page: Page, tag: str) -> str:
    """The one address of a hashtag in a channel, however it is written."""
    return f"/s/{page.name}/tag/{quote(fold(tag), safe='')}"


def as_written(tag: str, posts: list[presenter.View]) -> str:
    """The hashtag as the oldest post shown writes it."""
    wanted = fold(tag)
    written = (shown[1:] for view in reversed(posts) for shown, _ in view.tags)
    return next((one for one in written if fold(one) == wanted), tag)
