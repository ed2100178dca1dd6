"""``/visits/<token>``: how often the pages of a channel are read, for its owner and admins."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from petitbleu.catalogues import Catalogue
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.visits import service
from petitbleu.domain.publishing.visits.service import Figures, NotYours, Opened
from petitbleu.web.public import plots
from petitbleu.web.public.door import PublicPages, number
from petitbleu.web.public.plots import Bar
from petitbleu.web.public.presenter import Look
from petitbleu.web.public.texts import Writer

TEXTS = Catalogue("readers", "visits")
SPANS = (7, 30, 90, 365)
"""Days that can be looked at; a year is drawn by months."""
_USUAL, _BY_MONTHS = 30, 365


class Line(NamedTuple):
    """A row of a table: ``share`` of all, in 100."""

    label: str
    path: str
    visits: int
    share: int
    post: int = -1


class VisitPages:
    """The handlers, for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    async def page(self, request: Request) -> Response:
        """``?days=`` (one of :data:`SPANS`), ``?post=``: of one post alone."""
        door = self._door
        words = TEXTS[door.pages.language(request)]
        try:
            opened = await service.open_link(door.app, str(request.path_params["token"]))
        except NotYours:
            return _safe(door.html(request, "visits_over.html", status=404, v=words))
        days = number(request.query_params.get("days", "")) or _USUAL
        days = days if days in SPANS else _USUAL
        post = number(request.query_params.get("post", "")) or -1
        figures = await service.figures(door.app, opened.page.chat.id, days, post)
        w = door.writer(request)
        bars = _by_month(w, figures) if days == _BY_MONTHS else _by_day(w, figures)
        span = words["span"].format(_date(w, figures.first), _date(w, figures.last))
        total = w.count(figures.visits, "count.visit")
        plot = plots.bars(
            bars,
            name="visits",
            title=words["plot"].format(span),
            description=_described(words, bars, total),
        )
        top = plots.ceiling(max((bar.value for bar in bars), default=0))
        return _safe(
            door.html(
                request, "visits.html", v=words, opened=opened, figures=figures, days=days,
                spans=SPANS, post=post, span=span, total=total, plot=plot, bars=bars,
                scale=(top, top // 2, 0), by_month=days == _BY_MONTHS,
                pages=await self._pages(request, opened, figures),
                sources=_sources(words, figures),
                about=await self._label(request, opened, post), least=service.NAMED_FROM,
                seconds=int(service.WRITTEN_EVERY),
            )
        )  # fmt: skip

    async def _pages(self, request: Request, opened: Opened, figures: Figures) -> list[Line]:
        words = TEXTS[self._door.pages.language(request)]
        posts = [row.page for row in figures.pages if row.page]
        labels = await self._labels(request, opened, posts)
        name = opened.page.name
        return [
            Line(
                labels.get(row.page, words["post"].format(row.page))
                if row.page
                else words["others"],
                (f"/{name}/{row.page}" if row.page else f"/s/{name}"),
                row.visits,
                round(100 * row.visits / max(1, figures.visits)),
                row.page,
            )
            for row in figures.pages
        ]

    async def _label(self, request: Request, opened: Opened, post: int) -> str:
        if post < 0:
            return ""
        words = TEXTS[self._door.pages.language(request)]
        return (await self._labels(request, opened, [post])).get(post, words["post"].format(post))

    async def _labels(
        self, request: Request, opened: Opened, posts: Sequence[int]
    ) -> dict[int, str]:
        """What posts are called, as far as they are shown where the reader is."""
        door = self._door
        at = await pages.where(door.app, opened.page.chat, door.country(request))
        look = Look(door, opened.page, door.writer(request), set())
        labels: dict[int, str] = {}
        for post in posts:
            group = [] if at.withheld(post) else await pages.with_album(door.app, at, post)
            if group and at.held(group) is None:
                (mention,) = await look.mentions(at, [group])
                if mention.title:
                    labels[post] = mention.title
        return labels


def _safe(page: Response) -> Response:
    page.headers["cache-control"] = "no-store"
    page.headers["referrer-policy"] = "no-referrer"
    page.headers["x-robots-tag"] = "noindex"
    return page


def _date(w: Writer, day: datetime.date) -> str:
    return w.date(int(datetime.datetime.combine(day, datetime.time(12), w.zone).timestamp()))


def _by_day(w: Writer, figures: Figures) -> list[Bar]:
    return [Bar(n, _date(w, day)) for day, n in figures.days]


def _by_month(w: Writer, figures: Figures) -> list[Bar]:
    def month(one: tuple[datetime.date, int]) -> tuple[int, int]:
        return one[0].year, one[0].month

    return [
        Bar(sum(n for _, n in days), w.month(*key)) for key, days in groupby(figures.days, month)
    ]


def _described(words: Any, bars: Sequence[Bar], total: str) -> str:
    """The plot in a sentence."""
    most = max(bars, key=lambda bar: bar.value)
    return str(words["described"].format(total=total, most=most.value, when=most.label))


def _sources(words: Any, figures: Figures) -> list[Line]:
    signs = {
        service.DIRECT: words["direct"],
        service.INSIDE: words["inside"],
        service.MAIL: words["mail"],
        service.OTHER: words["other"],
    }
    return [
        Line(
            signs.get(row.source, row.source),
            "",
            row.visits,
            round(100 * row.visits / max(1, figures.visits)),
        )
        for row in figures.sources
    ]
