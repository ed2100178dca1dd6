"""``petitbleu desk alarms``: what rings, and whether it reaches anybody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, show


@click.group("alarms", invoke_without_command=True)
@click.pass_context
@common
def alarms(context: click.Context, data: Path, as_json: bool) -> None:
    """Alarms that nobody has acknowledged."""
    if context.invoked_subcommand is None:
        result = ask_instance(data, "desk.alarms", {}, as_json)
        lines = [_line(row) for row in result["alarms"]] or ["Nothing rings."]
        show(result, "\n".join(lines), as_json)


def _line(row: dict[str, Any]) -> str:
    raised = datetime.fromtimestamp(row["raised_at"], UTC).strftime("%Y-%m-%d %H:%M UTC")
    heard = f", heard by {row['heard_by']}" if row["heard_by"] else ""
    return (
        f"{row['case'] or 'desk'}  {raised}  {row['level']}  {row['clock']}  {row['what']}{heard}"
    )


@alarms.command("of")
@common
@click.argument("case")
def list_case_alerts(data: Path, as_json: bool, case: str) -> None:
    """Everything that ever rang on a case."""
    result = ask_instance(data, "desk.alarms", {"case": case}, as_json)
    show(result, "\n".join(_line(row) for row in result["alarms"]) or "Nothing rang.", as_json)


@alarms.command("hear")
@common
@click.argument("case", required=False)
def hear(data: Path, as_json: bool, case: str | None) -> None:
    """Acknowledge what rings on CASE (without: alarms of the desk itself). Its clock goes on."""
    result = ask_instance(data, "desk.alarms.hear", {"case": case}, as_json)
    show(result, f"{result['heard']} alarms stopped; clocks go on.", as_json)


@alarms.command("test")
@common
@click.option("--level", default="on_call", help="owner, queue, on_call, lead, director, all")
def test(data: Path, as_json: bool, level: str) -> None:
    """Send a trial alarm by every way of a level, and say what became of each."""
    result = ask_instance(data, "desk.alarms.test", {"level": level}, as_json)
    lines = [
        f"{row['way']} {row['recipient']}: {row['state']} {row['proof']}".rstrip()
        for row in result["notices"]
    ]
    show(result, "\n".join(lines) or "Nobody stands on that level or above.", as_json)
