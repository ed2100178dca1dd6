"""A report as people read it: the main figures, and all tables on one page without a script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from petitbleu.desk.reference.law.template import TOTAL
from petitbleu.desk.transparency.files import File
from petitbleu.desk.transparency.report import Report
from petitbleu.desk.transparency.tables import Cell, Table, written

_MAIN: dict[str, tuple[int, str]] = {
    "orders_to_act": (3, "Number of orders to act against illegal content received"),
    "orders_to_inform": (3, "Number of orders to provide information"),
    "median_effect_hours": (
        3,
        "Median time to give effect to the order to act against illegal content",
    ),
    "notices": (4, "Number of notices received"),
    "notices_trusted": (4, "Number of notices received from Trusted flaggers"),
    "median_action_hours": (4, "Median time to take action"),
    "own_illegal": (5, "Number of measures taken at the provider's own initiative"),
    "own_rules": (6, "Number of measures taken at the provider's own initiative"),
}
_LISTED: dict[str, tuple[int, str, str]] = {
    "complaints": (
        7,
        "Number of complaints submitted to the internal-complaints mechanism",
        "Total number",
    ),
    "complaints_reversed": (
        7,
        "Number of complaints submitted to the internal-complaints mechanism",
        "Decisions reversed",
    ),
    "automated": (8, "Number of measures solely taken by automated means", "Total number"),
    "recipients": (
        10,
        "Number of average monthly active recipients during the reporting period",
        TOTAL,
    ),
}


class Place(NamedTuple):
    """Where a main figure stands: part from 1, row and column from 0."""

    part: int
    row: int
    column: int
    cell: Cell


def figures(tables: Sequence[Table]) -> dict[str, Any]:
    """The main figures of a report's tables by name; None is blank."""
    return {name: place.cell.value for name, place in places(tables).items()}


def places(tables: Sequence[Table]) -> dict[str, Place]:
    """The main figures by name, with where they stand."""
    by_name: dict[str, Place] = {}
    for name, (number, column) in _MAIN.items():
        by_name[name] = _place(tables[number - 1], 0, column)
    for name, (number, indicator, scope) in _LISTED.items():
        table = tables[number - 1]
        at, where = table.columns.index("Indicator"), table.columns.index("Scope")
        row = next(
            nth
            for nth, row in enumerate(table.rows)
            if (row.cells[at].value, row.cells[where].value) == (indicator, scope)
        )
        by_name[name] = _place(table, row, "Value")
    return by_name


def _place(table: Table, row: int, column: str) -> Place:
    at = table.columns.index(column)
    return Place(table.number, row, at, table.rows[row].cells[at])


def page(report: Report) -> File:
    """``report.html``: every table; rows by category that count nothing are left out."""
    title = escape(f"{report.service.name}: {report.period}")
    parts = "".join(_table(table) for table in report.tables)
    notes = "".join(f"<p>{escape(str(note))}</p>" for note in report.notes)
    text = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Transparency report {title}</title><style>{_STYLE}</style></head><body>"
        f"<h1>Transparency report {title}</h1>{notes}{parts}</body></html>\n"
    )
    return File("report.html", text.encode("utf-8"))


def visible_cells(table: Table) -> tuple[list[int], list[int]]:
    """Columns and rows (from 0) worth reading: what is blank everywhere, and rows by category that
    count nothing, are left out.
    """
    rows = [
        at
        for at, row in enumerate(table.rows)
        if table.number not in range(3, 7) or _counts(row.cells)
    ]
    columns = [
        at
        for at in range(len(table.columns))
        if table.columns[at] not in _SAME
        and any(table.rows[row].cells[at].value is not None for row in rows)
    ]
    return columns, rows


def _table(table: Table) -> str:
    columns, rows = visible_cells(table)
    head = "".join(f'<th scope="col">{escape(table.columns[at])}</th>' for at in columns)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{escape(written(table.rows[row].cells[at]))}</td>" for at in columns)
        + "</tr>"
        for row in rows
    )
    name = escape(table.name.replace("_", " "))
    return (
        f'<h2>{name}</h2><div class="wide" tabindex="0" role="region" aria-label="{name}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>\n"
    )


def _counts(cells: tuple[Cell, ...]) -> bool:
    return any(isinstance(cell.value, int | float) and cell.value for cell in cells) or any(
        cell.value == TOTAL for cell in cells[3:4]
    )


_SAME = {"Applicability", "Service", "Reporting period"}
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1rem;"
    "color-scheme:light dark}table{border-collapse:collapse}.wide{overflow-x:auto}"
    "th,td{border:1px solid #8888;padding:.3rem .5rem;text-align:start;vertical-align:top}"
)
