"""``petitbleu desk audit``: the log."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, TextIO

import click

from petitbleu.cli.admin import day
from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, fail, show


@click.group()
def audit() -> None:
    """The log: check it, sign it, hand it on."""


@audit.command("verify")
@common
@click.option("--case", metavar="PB-…", help="Prove also each line about this case.")
def verify(data: Path, as_json: bool, case: str | None) -> None:
    """Check every line, the chain and every signed head. Exit code 1 where something is wrong."""
    one = ask_instance(data, "desk.audit.verify", {"case": case}, as_json)
    if one["ok"]:
        lines = [f"sound: {one['lines']} lines, {one['heads']} signed heads", f"root {one['root']}"]
    else:
        lines = [f"NOT SOUND: {one['problem']}"]
    lines += [
        f"{'proven' if row['proven'] else 'NOT PROVEN'}  {row['n']}  {day(row['at'])}"
        f"  {row['actor']}  {row['action']}"
        for row in one.get("case_lines", [])
    ]
    show(one, "\n".join(lines), as_json)
    if not one["ok"] or not all(row["proven"] for row in one.get("case_lines", [])):
        sys.exit(1)


@audit.command("head")
@common
def head(data: Path, as_json: bool) -> None:
    """Sign the log as it is now and print the head (a C2SP checkpoint) and the key."""
    one = ask_instance(data, "desk.audit.head", {}, as_json)
    show(one, f"{one['note']}\nkey {one['key']}", as_json)


@audit.command("prove")
@common
@click.option("--line", type=click.IntRange(0), metavar="N", help="That line N is in the log.")
@click.option(
    "--since", type=click.IntRange(1), metavar="SIZE", help="That the log continues its first SIZE."
)
def prove(data: Path, as_json: bool, line: int | None, since: int | None) -> None:
    """Print an RFC 6962 proof under the newest signed head."""
    if (line is None) == (since is None):
        fail("say either --line or --since", as_json)
    one = ask_instance(data, "desk.audit.prove", {"line": line, "since": since}, as_json)
    show(one, "\n".join([one["note"], *one["proof"]]), as_json)


@audit.command("export")
@common
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--case", metavar="PB-…", help="Only the lines about this case, each with a proof.")
def export(data: Path, as_json: bool, file: Path, case: str | None) -> None:
    """Write the log to FILE as JSON lines, for examples/verify_journal.py. It is logged."""
    begun = ask_instance(data, "desk.audit.export", {"case": case}, as_json)
    with file.open("w", encoding="utf-8") as out:
        _write(out, [begun["begin"]])
        count = _write(out, begun["lines"])
        ends = begun["heads"]
        size = begun["begin"]["size"]
        while not case and count < size:
            asked = {"first": count, "size": size}
            page = ask_instance(data, "desk.audit.export", asked, as_json)
            if not page["lines"]:
                break
            count += _write(out, page["lines"])
            ends = page["heads"]
        _write(out, ends)
    said = {"file": str(file), "lines": count, "heads": len(ends), "size": size}
    show(said, f"{count} lines and {len(ends)} signed heads are in {file}.", as_json)


def _write(out: TextIO, rows: list[dict[str, Any]]) -> int:
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return len(rows)
