"""``petitbleu desk transparency``: the yearly report."""

from __future__ import annotations

import base64
import datetime
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, fail, show

_PERIOD = click.option(
    "--period", required=True, metavar="PERIOD", help="2026, or 2026-01-01/2026-12-31."
)
_EXEMPT = click.option(
    "--exempt", is_flag=True, help="Fill in what a micro or small enterprise need not publish."
)


@click.group()
def transparency() -> None:
    """The transparency report in the EU's template."""


@transparency.command("build")
@common
@_PERIOD
@_EXEMPT
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files (default: transparency/PERIOD in the data folder).",
)
def build(data: Path, as_json: bool, period: str, exempt: bool, out: Path | None) -> None:
    """Count the figures and write eleven CSV files, one workbook and a page to read.

    Nothing is published and nothing changed: the same data give the same files.
    """
    asked = {"period": period, "exempt": exempt}
    result = ask_instance(data, "desk.transparency.build", asked, as_json)
    folder = out or data / "transparency" / result["period"].replace("/", "_")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in result["files"]:
            (folder / file["name"]).write_bytes(base64.b64decode(file.pop("data")))
    except OSError as error:
        fail(f"the files cannot be written to {folder}: {error}", as_json)
    result["out"] = str(folder)
    lines = [
        f"period: {result['period']}",
        *(
            f"{name}: {'-' if value is None else value}"
            for name, value in result["figures"].items()
        ),
        *result["notes"],
        f"{len(result['files'])} files are in {folder}.",
    ]
    show(result, "\n".join(lines), as_json)


@transparency.command("cases")
@common
@_PERIOD
@_EXEMPT
@click.option("--part", required=True, type=click.IntRange(1, 11), help="Which table.")
@click.option("--row", required=True, type=click.IntRange(1), help="Which row, from 1.")
@click.option("--column", required=True, help="Title of the column.")
def cases(
    data: Path, as_json: bool, period: str, exempt: bool, part: int, row: int, column: str
) -> None:
    """Show which cases a number of the report counts."""
    asked = {"period": period, "exempt": exempt, "part": part, "row": row, "column": column}
    result = ask_instance(data, "desk.transparency.cases", asked, as_json)
    value = "blank" if result["value"] is None else result["value"]
    show(result, "\n".join([f"value: {value}", *result["cases"]]), as_json)


@transparency.command("publish")
@common
@_PERIOD
@_EXEMPT
@click.option("--why", default="", help="Of a corrected version: what was corrected, and why.")
def publish(data: Path, as_json: bool, period: str, exempt: bool, why: str) -> None:
    """Freeze and sign the report and show it on /transparence, for five years."""
    asked = {"period": period, "exempt": exempt, "why": why}
    result = ask_instance(data, "desk.transparency.publish", asked, as_json)
    show(result, _line(result), as_json)


@transparency.command("list")
@common
def listed(data: Path, as_json: bool) -> None:
    """List published reports and their versions."""
    result = ask_instance(data, "desk.transparency.list", {}, as_json)
    lines = [_line(report) for report in result["reports"]]
    show(result, "\n".join(lines) or "No report has been published.", as_json)


def _line(one: dict[str, Any]) -> str:
    day = datetime.datetime.fromtimestamp(one["published_at"], datetime.UTC).date()
    why = f"  {one['why']}" if one["why"] else ""
    return f"{one['period']}  version {one['version']}  {day}  {one['sha256']}{why}"
