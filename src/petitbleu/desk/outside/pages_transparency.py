"""``/transparence``: this year's figures, published reports with their files, the log's head."""

from __future__ import annotations

import asyncio
import datetime
import zoneinfo
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from petitbleu.app import App, Part
from petitbleu.desk.outside.door import OutsidePages
from petitbleu.desk.outside.pages_status import Day
from petitbleu.desk.records.audit import heads
from petitbleu.desk.transparency import report as reports
from petitbleu.desk.transparency import signing, summary
from petitbleu.desk.transparency.figures import Period, Service

_FRESH_SECONDS = 3600
_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FIGURES = (
    ("transparency_orders", "orders_to_act"),
    ("transparency_information", "orders_to_inform"),
    ("transparency_notices", "notices"),
    ("transparency_trusted", "notices_trusted"),
    ("transparency_median", "median_action_hours"),
    ("transparency_complaints", "complaints"),
    ("transparency_reversed", "complaints_reversed"),
    ("transparency_active", "recipients"),
)


class TransparencyPages:
    """The handlers."""

    __slots__ = ("_door",)

    def __init__(self, door: OutsidePages) -> None:
        self._door = door

    async def show(self, request: Request) -> Response:
        """Figures and reports."""
        door = self._door
        held = await _this_year(door.app)
        figures = held.figures
        own = (figures["own_illegal"] or 0) + (figures["own_rules"] or 0)
        lang = door.pages.language(request)
        values = [(text, figures[name]) for text, name in _FIGURES]
        values.insert(5, ("transparency_measures", own))
        shown = [(text, _number(value, lang)) for text, value in values]
        head = await heads.newest(door.app)
        return door.page(
            request,
            "transparency.html",
            shown=shown,
            small=held.service.small,
            provider=held.service.provider,
            published=[
                (row, reports.files_of(row)) for row in await reports.published(door.app.store)
            ],
            public_key=signing.public(door.app),
            head=head.note if head is not None else "",
            head_key=heads.verifier(door.app),
            day=Day(lang, door.app.config.timezone),
        )

    async def file(self, request: Request) -> Response:
        """One file of a published report."""
        path = request.path_params
        period = f"{path['first']}/{path['last']}"
        data = await reports.published_file(
            self._door.app, period, int(path["version"]), path["name"]
        )
        if data is None:
            raise HTTPException(404)
        kind = _TYPES.get(path["name"].rpartition(".")[2], "text/plain; charset=utf-8")
        headers = {
            "cache-control": "public, max-age=86400",
            "content-disposition": f'attachment; filename="{path["name"]}"',
        }
        return Response(data, media_type=kind, headers=headers)


def _number(value: float | None, lang: str) -> str | None:
    """A figure as it is written in the reader's language; None where nothing was counted."""
    from babel.numbers import format_decimal  # 50 ms that a server without pages does not need

    return None if value is None else str(format_decimal(value, locale=lang))


class _Held(NamedTuple):
    at: float
    figures: dict[str, Any]
    service: Service


class ThisYear:
    """The figures counted last, and the lock of whoever counts."""

    __slots__ = ("held", "lock")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.held: _Held | None = None


THIS_YEAR: Part[ThisYear] = Part(lambda _: ThisYear())


async def _this_year(app: App) -> _Held:
    """The main figures of this year, counted anew once an hour and by one reader at a time."""
    this_year = app.parts[THIS_YEAR]
    async with this_year.lock:
        now = app.clock.now()
        held = this_year.held
        if held is None or held.at + _FRESH_SECONDS < now:
            zone = zoneinfo.ZoneInfo(app.config.timezone)
            year = datetime.datetime.fromtimestamp(now, zone).year
            period = Period(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
            service, tables = await reports.count(app, period, publish_exempt=True)
            held = this_year.held = _Held(now, summary.figures(tables), service)
        return held
