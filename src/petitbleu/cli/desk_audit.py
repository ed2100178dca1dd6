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

_MOST_HEAD = 4 << 20
_PATIENCE = 6 * 3600.0
"""Seconds that a comparison may take."""
_KINDS = {
    "case": "cases",
    "event": "events",
    "state": "states",
    "vault": "pieces of the vault",
    "inbound": "received letters",
    "letter": "sent letters",
    "decision": "decisions",
    "statement": "statements",
    "eu_statement": "statements for the EU database",
    "disclosure": "disclosures",
    "hold": "holds",
    "report": "transparency reports",
}


@click.group()
def audit() -> None:
    """The log: check it, sign it, hand it on."""


@audit.command("verify")
@common
@click.option("--case", metavar="PB-…", help="Prove also each line about this case.")
@click.option(
    "--head",
    metavar="FILE",
    type=click.File("r", encoding="utf-8", errors="replace"),
    help="Check also against heads kept outside: a mail, the published page, a head file.",
)
def verify(data: Path, as_json: bool, case: str | None, head: TextIO | None) -> None:
    """Check every line, the chain and every signed head, and compare the log with all cases,
    letters, decisions, statements, disclosures and holds. Exit code 1 where something is wrong.
    """
    text = head.read(_MOST_HEAD) if head is not None else None
    asked = {"case": case, "head": text}
    verified = ask_instance(data, "desk.audit.verify", asked, as_json, timeout=_PATIENCE)
    if verified["ok"]:
        lines = [
            f"sound: {verified['lines']} lines, {verified['heads']} signed heads",
            f"root {verified['root']}",
        ]
    else:
        lines = [
            f"NOT SOUND: {difference}"
            for difference in [*verified["problems"], *verified["differences"]]
        ]
        hidden = verified["count"] - len(verified["differences"])
        lines += [f"NOT SOUND: and {hidden} more differences"] if hidden > 0 else []
    lines.append(f"compared in {verified['seconds']:.1f} s: {_counted(verified['rows'])}")
    if verified["older"]:
        lines.append(f"not proved: {verified['older']} rows of before the log told of rows")
    lines += [f"fits the head of {size} lines" for size in verified["outside"] if verified["ok"]]
    lines += verified["ignored"]
    lines += [
        f"{'proven' if row['proven'] else 'NOT PROVEN'}  {row['n']}  {day(row['at'])}"
        f"  {row['actor']}  {row['action']}"
        for row in verified.get("case_lines", [])
    ]
    show(verified, "\n".join(lines), as_json)
    if not verified["ok"] or not all(row["proven"] for row in verified.get("case_lines", [])):
        sys.exit(1)


def _counted(rows: dict[str, int]) -> str:
    """How many rows were compared, in words."""
    return ", ".join(f"{count} {_KINDS.get(kind, kind)}" for kind, count in rows.items() if count)


@audit.command("accept")
@common
@click.option("--reason", required=True, help="Why the log is as it is.")
def accept(data: Path, as_json: bool, reason: str) -> None:
    """Let a desk go on that stands still, where fewer than two people could sign on its page."""
    accepted = ask_instance(data, "desk.audit.accept", {"reason": reason}, as_json)
    text = (
        "The desk goes on."
        if accepted["over"]
        else "Signed. One person has to sign at /desk/log/hold."
    )
    show(accepted, text, as_json)


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
    proof = ask_instance(data, "desk.audit.prove", {"line": line, "since": since}, as_json)
    show(proof, "\n".join([proof["note"], *proof["proof"]]), as_json)


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
            asked = {"first": count, "size": size, "token": begun["token"]}
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
