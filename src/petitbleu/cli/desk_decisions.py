"""``petitbleu desk statements``, ``decisions``, ``templates`` and ``seed``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import common, fail, show

_PAGE = 2000
"""Statements that one answer of the instance holds."""
_READY = ("queues", "rules", "presets", "views")
"""What a practice desk is furnished with."""


@click.group()
def statements() -> None:
    """Statements of reasons for the EU Transparency Database."""


@statements.command("export")
@common
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def statements_export(data: Path, as_json: bool, file: Path | None) -> None:
    """Write all statements as JSON lines, oldest first, to FILE (default: standard output).

    With --json and no FILE: one object {"statements": [...]}.
    """
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        answer = ask_instance(
            data, "desk.statements.export", {"after": after, "limit": _PAGE}, as_json
        )
        found += answer["statements"]
        after = answer["next"]
        if not after:
            break
    lines = "".join(json.dumps(statement, ensure_ascii=False) + "\n" for statement in found)
    if file is not None:
        file.write_text(lines, "utf-8")
        show({"exported": len(found)}, f"{len(found)} statements are in {file}.", as_json)
    elif as_json:
        click.echo(json.dumps({"statements": found}, ensure_ascii=False))
    else:
        click.echo(lines, nl=False)


@statements.command("list")
@common
@click.option("--refused", is_flag=True, help="Only those that the database refused.")
def statements_list(data: Path, as_json: bool, refused: bool) -> None:
    """Show what waits, what was sent and what was refused."""
    result = ask_instance(data, "desk.statements.list", {"refused": refused}, as_json)
    lines = [
        f"{row['puid']}  {row['state']:9}  {row['permalink'] or row['answer'][:80]}"
        for row in result["statements"]
    ]
    show(result, "\n".join(lines) or "No statement.", as_json)


@statements.command("again")
@common
@click.argument("puid")
def statements_again(data: Path, as_json: bool, puid: str) -> None:
    """Send a refused statement once more."""
    result = ask_instance(data, "desk.statements.again", {"puid": puid}, as_json)
    show(result, f"{puid} is sent again.", as_json)


# ── templates ───────────────────────────────────────────────────────────────────────────────────


@click.group()
def templates() -> None:
    """Texts of letters."""


@templates.command("list")
@common
def templates_list(data: Path, as_json: bool) -> None:
    """Which letters there are, and which have a version of yours."""
    result = ask_instance(data, "desk.templates.list", {}, as_json)
    lines = [
        f"{row['kind']:22} {row['language']}  {'yours, ' if row['own'] else ''}"
        f"version {row['version']}{', reading age ' + str(row['age']) if row['age'] else ''}"
        for row in result["templates"]
    ]
    show(result, "\n".join(lines), as_json)


@templates.command("show")
@common
@click.argument("kind")
@click.argument("language")
def templates_show(data: Path, as_json: bool, kind: str, language: str) -> None:
    """Print the text in force, and which variables it may use."""
    asked = {"kind": kind, "language": language}
    result = ask_instance(data, "desk.templates.show", asked, as_json)
    named = ", ".join(result["variables"])
    show(result, f"{result['text']}\n--\nvariables: {named}", as_json)


@templates.command("set")
@common
@click.argument("kind")
@click.argument("language")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
def templates_set(data: Path, as_json: bool, kind: str, language: str, file: Path | None) -> None:
    """Put the text of FILE in force; without FILE go back to the one that comes with petitbleu.

    Where there is a desk a second person has to agree there first.
    """
    try:
        text = file.read_text("utf-8") if file is not None else ""
    except UnicodeDecodeError:
        fail(f"{file} is no text in UTF-8", as_json)
    asked = {"kind": kind, "language": language, "text": text}
    result = ask_instance(data, "desk.templates.set", asked, as_json)
    told = f"{kind} ({language}) is in force."
    if result["request"]:
        told = f"request {result['request']}: a second person has to agree at the desk."
    show(result, told, as_json)


# ── practice ────────────────────────────────────────────────────────────────────────────────────


@click.command()
@common
@click.option("--decisions", default=50, show_default=True, help="How many decisions.")
@click.option("--seed", default=1, show_default=True, help="The same number, the same desk.")
def seed(data: Path, as_json: bool, decisions: int, seed: int) -> None:
    """Make a practice desk: invented cases and decisions, by the services that the forms use."""
    asked = {"decisions": decisions, "seed": seed}
    result = ask_instance(data, "desk.seed", asked, as_json)
    text = (
        f"{result['decisions']} decisions in {result['cases']} cases were made,"
        f" {result['statements']} statements for the EU database among them."
    )
    ready = [f"{result[what]} {what}" for what in _READY if result[what]]
    if ready:
        text += f"\nReady to be used: {', '.join(ready)}."
    show(result, text, as_json)
