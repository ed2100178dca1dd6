"""Transparency: figures of a period down to their cases, drafts, publishing, the EU database."""

from __future__ import annotations

import asyncio
import datetime
import zoneinfo
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from petitbleu.app import App, Part
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.desk.casework.cases.service import CaseState
from petitbleu.desk.transparency import files, signing, summary
from petitbleu.desk.transparency import report as reports
from petitbleu.desk.transparency.figures import Period, Service
from petitbleu.desk.transparency.report import BadPeriod, CannotPublish
from petitbleu.desk.transparency.tables import Cell, Table, written
from petitbleu.desk.workplace.pages.queues import reachable
from petitbleu.desk.workplace.pages.render import date_of
from petitbleu.desk.workplace.pages.shell import HEADERS_OF_REDIRECT, PageRequest, Problem, page
from petitbleu.domain.safety.case_numbers import service as case_numbers

_BASE = "/desk/transparency"
_FRESH_SECONDS = 60
"""How long figures that were counted are shown again."""
_PERIODS = 4
_FIRST_YEAR = 2000
_CASES = 100
_REFUSED = 20
_TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class _Counted(NamedTuple):
    at: float
    service: Service
    tables: tuple[Table, ...]


class Counts:
    """The tables counted last, and the lock of whoever counts."""

    __slots__ = ("held", "lock")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.held: dict[tuple[Period, bool], _Counted] = {}


COUNTS: Part[Counts] = Part(lambda _: Counts())


async def _count(app: App, period: Period, *, exempt: bool = False) -> _Counted:
    """The tables of a period; one count at a time, and kept for a minute."""
    counts = app.parts[COUNTS]
    async with counts.lock:
        held = counts.held
        found = held.pop((period, exempt), None)
        now = app.clock.now()
        if found is None or found.at + _FRESH_SECONDS < now:
            found = _Counted(now, *await reports.count(app, period, publish_exempt=exempt))
        held[period, exempt] = found
        while len(held) > _PERIODS:
            del held[next(iter(held))]
        return found


def _period(visit: PageRequest) -> Period:
    """``?period=2026`` or ``?first=…&last=…``; this year where nothing is said."""
    query = visit.request.query_params
    text = query.get("period", "")
    if query.get("first") or query.get("last"):
        text = f"{query.get('first', '')}/{query.get('last', '')}"
    try:
        period = reports.period_of(text or str(_today(visit).year))
    except BadPeriod:
        raise Problem("figures_bad_period", what=text[:60]) from None
    if period.first.year < _FIRST_YEAR:
        raise Problem("figures_bad_period", what=text[:60])
    visit.subject, visit.said = f"transparency:{period}", {}
    return period


def _today(visit: PageRequest) -> datetime.date:
    zone = zoneinfo.ZoneInfo(visit.app.config.timezone)
    return datetime.datetime.fromtimestamp(visit.app.clock.now(), zone).date()


def before(period: Period) -> Period:
    """The year before, or as many days before."""
    whole = (period.first.month, period.first.day) == (1, 1) and period.last == datetime.date(
        period.first.year, 12, 31
    )
    if whole:
        return reports.period_of(str(period.first.year - 1))
    last = period.first - datetime.timedelta(days=1)
    return Period(last - (period.last - period.first), last)


@page(_BASE, right="transparency", rail="transparency")
async def transparency(visit: PageRequest) -> Response:
    """Main figures of a period beside those of the one before; drafts; what is published."""
    return await _show(visit, _period(visit))


async def _show(
    visit: PageRequest, period: Period, *, status: int = 200, wrong: str = ""
) -> Response:
    app = visit.app
    exempt = visit.request.query_params.get("exempt") == "1" or visit.form.flag("exempt")
    counted = await _count(app, period, exempt=exempt)
    earlier = (await _count(app, before(period), exempt=exempt)).tables
    past = summary.places(earlier)
    versions = await reports.published(app.store)
    today = _today(visit)
    waiting = await eu_database.waiting(app)
    return visit.html(
        "reporting.html",
        status=status,
        wrong=wrong,
        period=period,
        past=before(period),
        asked=_asked(period, exempt),
        years=[today.year - 1, today.year],
        exempt=exempt,
        counted_at=int(counted.at),
        small=counted.service.small,
        over=period.last < today,
        notes=[
            visit.t[f"figures_note_{note.code}"].format(**_dated(visit, note.words))
            for note in reports.notes(app, counted.service, period)
        ],
        rows=[
            (name, place, _written(place.cell), _written(past[name].cell))
            for name, place in summary.places(counted.tables).items()
        ],
        parts_of=counted.tables,
        names=[*_names(app, counted.tables, period)],
        versions=[(row, reports.files_of(row)) for row in versions],
        again=any(row.period == str(period) for row in versions),
        why=visit.form.get("why"),
        key=signing.public(app),
        waiting=waiting,
        refused=await eu_database.page(app, state="refused", limit=_REFUSED),
        number=case_numbers.text,
    )


def _dated(visit: PageRequest, words: Mapping[str, str]) -> dict[str, str]:
    """Words of a note, days among them as the reader writes them."""
    return {name: _day(visit.lang, word) for name, word in words.items()}


def _day(lang: str, word: str) -> str:
    try:
        return date_of(datetime.date.fromisoformat(word), lang)
    except ValueError:
        return word


def _asked(period: Period, exempt: bool) -> str:
    return urlencode({"period": str(period), **({"exempt": "1"} if exempt else {})})


def _written(cell: Cell) -> str:
    return written(cell) or "–"


def _names(app: App, tables: tuple[Table, ...], period: Period) -> list[str]:
    prefix = reports.prefix(app, period)
    return [*(f"{prefix}_{table.file}" for table in tables), f"{prefix}.xlsx"]


@page(_BASE + "/part/{part:int}", right="transparency")
async def part(visit: PageRequest) -> Response:
    """One of the eleven tables; numbers lead to their cases."""
    period = _period(visit)
    exempt = visit.request.query_params.get("exempt") == "1"
    tables = (await _count(visit.app, period, exempt=exempt)).tables
    number = visit.number("part", 1)
    if number > len(tables):
        raise HTTPException(404)
    table = tables[number - 1]
    columns, rows = summary.visible_cells(table)
    return visit.html(
        "reporting_part.html",
        period=period,
        table=table,
        parts=tables,
        columns=[table.columns[at] for at in columns],
        rows=[
            (
                row,
                [
                    (at, table.rows[row].cells[at], written(table.rows[row].cells[at]))
                    for at in columns
                ],
            )
            for row in rows
        ],
        asked=_asked(period, exempt),
    )


@page(_BASE + "/cases", right="transparency")
async def counted(visit: PageRequest) -> Response:
    """The cases behind one number."""
    period = _period(visit)
    exempt = visit.request.query_params.get("exempt") == "1"
    tables = (await _count(visit.app, period, exempt=exempt)).tables
    at = [visit.number(name) for name in ("part", "row", "column")]
    try:
        table = dict(enumerate(tables, 1))[at[0]]
        cell = table.rows[at[1]].cells[at[2]]
    except LookupError:
        raise HTTPException(404) from None
    start = visit.number("from") if "from" in visit.request.query_params else 0
    shown = cell.cases[start : start + _CASES]
    visit.said = {"part": at[0], "row": at[1] + 1, "column": table.columns[at[2]]}
    states = [await _seen(visit, number) for number in shown]
    further = start + _CASES
    place = _asked(period, exempt) + f"&part={at[0]}&row={at[1]}&column={at[2]}"
    return visit.html(
        "reporting_cases.html",
        period=period,
        table=table,
        column=table.columns[at[2]],
        value=written(cell),
        total=len(cell.cases),
        rows=list(zip(shown, states, strict=True)),
        number=case_numbers.text,
        asked=_asked(period, exempt),
        further=f"{place}&from={further}" if further < len(cell.cases) else "",
    )


async def _seen(visit: PageRequest, number: int) -> CaseState | None:
    """The case, for who may read it; others are shown its number."""
    return await reachable(visit, number) if visit.staff.may("cases") else None


@page(_BASE + "/draft/{name}", right="transparency", action="transparency.draft")
async def draft(visit: PageRequest) -> Response:
    """One file of the report as it would be published now."""
    period = _period(visit)
    exempt = visit.request.query_params.get("exempt") == "1"
    tables = (await _count(visit.app, period, exempt=exempt)).tables
    name = visit.request.path_params["name"]
    visit.said = {"file": name}
    prefix = reports.prefix(visit.app, period)
    by_name = {f"{prefix}_{table.file}": table for table in tables}
    if name in by_name:
        file = files.csv_file(by_name[name], prefix)
    elif name == f"{prefix}.xlsx":
        file = await asyncio.to_thread(files.workbook, tables, name)
    else:
        raise HTTPException(404)
    return Response(
        file.data,
        media_type=_TYPES[name.rpartition(".")[2]],
        headers={
            **HEADERS_OF_REDIRECT,
            "content-disposition": f'attachment; filename="{file.name}"',
        },
    )


@page(_BASE + "/publish", right="transparency", methods=("POST",), signs=True)
async def publish(visit: PageRequest) -> Response:
    """Freeze, sign and publish the report of a period."""
    text = visit.form.get("period")
    try:
        period = reports.period_of(text)
        await reports.publish(
            visit.app,
            period,
            visit.staff.actor,
            why=visit.form.get("why"),
            publish_exempt=visit.form.flag("exempt"),
        )
    except BadPeriod:
        raise Problem("figures_bad_period", what=text[:60]) from None
    except CannotPublish as cannot:
        said = visit.t[f"figures_note_{cannot.said.code}"].format(**cannot.said.words)
        return await _show(visit, period, status=422, wrong=said)
    return visit.to(_BASE, "published", period=str(period))


@page(_BASE + "/statements/again", right="transparency", methods=("POST",))
async def again(visit: PageRequest) -> Response:
    """Send a statement once more that the EU database refused."""
    if not await eu_database.again(visit.app, visit.form.get("puid"), visit.staff.actor):
        raise Problem("figures_not_refused", 409)
    return visit.to(_BASE, "sent_again")
