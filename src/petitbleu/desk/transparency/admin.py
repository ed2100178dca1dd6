"""Commands of the command line: ``desk.transparency.*``."""

from __future__ import annotations

import base64
from typing import Any

from petitbleu.app import App
from petitbleu.control import CommandRefused, command
from petitbleu.desk.reference.law.service import LawError
from petitbleu.desk.transparency import report as reports
from petitbleu.desk.transparency import summary
from petitbleu.desk.transparency.queries_report import ReportRow
from petitbleu.desk.transparency.report import Report
from petitbleu.domain.safety.case_numbers import service as case_numbers

_ACTOR = "operator"


@command("desk.transparency.build")
async def transparency_build(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{period, exempt?}`` -> ``{period, figures, notes, files: [{name, size, sha256, data}]}``;
    ``data`` is base64.
    """
    report = await _build(app, params)
    page = summary.page(report)
    return {
        "period": str(report.period),
        "figures": summary.figures(report.tables),
        "notes": [str(note) for note in report.notes],
        "files": [
            {
                "name": file.name,
                "size": len(file.data),
                "sha256": file.sha256,
                "data": base64.b64encode(file.data).decode("ascii"),
            }
            for file in (*report.files, page)
        ],
    }


@command("desk.transparency.cases")
async def transparency_cases(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{period, part, row, column}`` -> ``{value, cases: [numbers]}``: what a number counts.

    ``row`` counts from 1 below the header; ``column`` is its title.
    """
    report = await _build(app, params)
    try:
        part = next(table for table in report.tables if table.number == int(params["part"]))
        row = part.rows[int(params["row"]) - 1]
        cell = row.cells[part.columns.index(str(params["column"]))]
    except (StopIteration, KeyError, IndexError, ValueError, TypeError):
        raise CommandRefused(
            "say a part (1 to 11), a row (from 1) and the title of a column"
        ) from None
    return {"value": cell.value, "cases": [case_numbers.text(number) for number in cell.cases]}


@command("desk.transparency.publish")
async def transparency_publish(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """``{period, why?, exempt?}`` -> the published version."""
    try:
        row = await reports.publish(
            app,
            reports.period_of(str(params.get("period") or "")),
            _ACTOR,
            why=str(params.get("why") or ""),
            publish_exempt=bool(params.get("exempt")),
        )
    except (reports.BadPeriod, reports.CannotPublish, LawError) as error:
        raise CommandRefused(str(error)) from None
    return _row(row)


@command("desk.transparency.list")
async def transparency_list(app: App, params: dict[str, Any]) -> dict[str, Any]:
    """-> ``{reports: [{period, version, published_at, why, sha256}]}``, newest first."""
    return {"reports": [_row(row) for row in await reports.published(app.store)]}


async def _build(app: App, params: dict[str, Any]) -> Report:
    try:
        period = reports.period_of(str(params.get("period") or ""))
        return await reports.build(app, period, publish_exempt=bool(params.get("exempt")))
    except (reports.BadPeriod, LawError) as error:
        raise CommandRefused(str(error)) from None


def _row(row: ReportRow) -> dict[str, Any]:
    return {
        "period": row.period,
        "version": row.version,
        "published_at": row.published_at,
        "why": row.why,
        "sha256": row.list.hex(),
        "signature": row.signature.hex(),
    }
