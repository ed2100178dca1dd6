"""``petitbleu desk``: works on a running and on a stopped server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from petitbleu.cli.asking import ask_instance
from petitbleu.cli.main import LazyGroup, common, fail, show


@click.group(
    cls=LazyGroup,
    lazy={
        "alarms": "petitbleu.cli.desk_alarms:alarms",
        "law": "petitbleu.cli.desk_law:law",
        "statements": "petitbleu.cli.desk_decisions:statements",
        "templates": "petitbleu.cli.desk_decisions:templates",
        "transparency": "petitbleu.cli.desk_transparency:transparency",
        "seed": "petitbleu.cli.desk_decisions:seed",
        "deliver": "petitbleu.cli.desk_intake:deliver",
        "canary": "petitbleu.cli.desk_intake:canary",
        "audit": "petitbleu.cli.desk_audit:audit",
    },
)
def desk() -> None:
    """Orders, notices, reports and appeals as cases."""


def read_json(file: Path, as_json: bool) -> Any:
    """The value of a JSON file; ends the program with one sentence where it is none."""
    try:
        return json.loads(file.read_bytes())
    except (ValueError, UnicodeDecodeError) as error:
        fail(f"{file} is no JSON: {error}", as_json)


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


# ── directory ───────────────────────────────────────────────────────────────────────────────────


@desk.group()
def authorities() -> None:
    """Whom orders and notices come from."""


@authorities.command("import")
@common
@click.argument("file", type=_FILE)
def authorities_import(data: Path, as_json: bool, file: Path) -> None:
    """Take over a JSON list of {name, country, domain, trusted_flagger}."""
    given = read_json(file, as_json)
    result = ask_instance(data, "desk.authorities.import", {"authorities": given}, as_json)
    show(result, f"{result['imported']} authorities are in the directory.", as_json)


@authorities.command("export")
@common
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
def authorities_export(data: Path, as_json: bool, file: Path | None) -> None:
    """Write the directory to FILE (default: standard output)."""
    found = ask_instance(data, "desk.authorities.export", {}, as_json)["authorities"]
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if file is None:
        click.echo(text)
        return
    file.write_text(text + "\n", "utf-8")
    show({"exported": len(found)}, f"{len(found)} authorities are in {file}.", as_json)


@desk.group()
def operator() -> None:
    """Operator details on public pages."""


@operator.command("set")
@common
@click.argument("file", type=_FILE)
def operator_set(data: Path, as_json: bool, file: Path) -> None:
    """Set the operator's particulars from a JSON object; what it does not name stays."""
    given = read_json(file, as_json)
    result = ask_instance(data, "desk.operator.set", {"operator": given}, as_json)
    lines = [f"{name}: {value}" for name, value in result.items()]
    show(result, "\n".join(lines), as_json)


# ── cases ───────────────────────────────────────────────────────────────────────────────────────


@desk.command("cases")
@common
@click.option("--kind", "kinds", multiple=True, help="Only of this kind (may be repeated).")
@click.option("--urgency", help="critical, high, normal or low.")
@click.option("--state", help="Only in this state.")
@click.option("--open/--closed", "opened", default=None, help="Only open or only closed ones.")
@click.option("--search", "words", help="Words of title, sender, authority, reference, targets.")
@click.option("--limit", default=50, show_default=True, help="How many at most.")
def cases(
    data: Path,
    as_json: bool,
    kinds: tuple[str, ...],
    urgency: str | None,
    state: str | None,
    opened: bool | None,
    words: str | None,
    limit: int,
) -> None:
    """List cases, the next due first."""
    asked = {
        "kinds": list(kinds),
        "urgency": urgency,
        "state": state,
        "closed": None if opened is None else not opened,
        "words": words,
        "limit": limit,
    }
    result = ask_instance(data, "desk.cases", asked, as_json)
    lines = [
        f"{one['number']}  {one['urgency']:8}  due {one['due'] or '-':25}  {one['kind']:22}"
        f"  {one['state']:9}  {one['title']}"
        for one in result["cases"]
    ]
    show(result, "\n".join(lines) or "No case.", as_json)


@desk.command("case")
@common
@click.argument("number")
def case(data: Path, as_json: bool, number: str) -> None:
    """Show one case. That it was looked at is logged."""
    one = ask_instance(data, "desk.case", {"number": number}, as_json)
    authority = one["authority"]
    lines = [
        f"{one['number']}: {one['title'] or one['kind']}",
        f"kind: {one['kind']}, {one['urgency']}, {one['state']}",
        f"received: {one['received']} by {one['channel']}",
        f"from: {authority['name'] or authority['domain'] or '-'} ({authority['trust']})",
        f"reference: {one['reference'] or '-'}",
        f"targets: {', '.join(one['targets']) or '-'}",
        f"warnings: {', '.join(one['warnings']) or '-'}",
        f"defects: {', '.join(one['formal_defects']) or '-'}",
        "clocks:",
        *(
            f"  {clock['clock']}: due {clock['due'] or '-'}"
            f"{', done ' + clock['done'] if clock['done'] else ''} ({clock['source']})"
            for clock in one["clocks"]
        ),
        "what happened:",
        *(f"  {row['at']}  {row['actor']}  {row['event']}" for row in one["timeline"]),
    ]
    show(one, "\n".join(lines), as_json)
