"""``petitbleu dev schema``, ``dev coverage``, ``dev where METHOD``."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import Any

import click

from petitbleu.cli import structure
from petitbleu.cli.main import common, show
from petitbleu.resources import schema_dir
from petitbleu.rpc import coverage as facts
from petitbleu.rpc import fields
from petitbleu.tl import schema as tl_schema

CLIENT = Path("client/src")
TYPES = Path("wire/schema.d.ts")
STUB = Path(tl_schema.__file__).with_name("api.pyi")
DOCUMENT = Path("docs/coverage.md")
FIELDS = Path("docs/coverage-fields.md")
ROOM_OF_SPACE = {
    "account": "accounts",
    "auth": "auth",
    "bots": "bots",
    "channels": "channels",
    "contacts": "contacts",
    "folders": "folders",
    "help": "config",
    "langpack": "langpack",
    "messages": "messages",
    "phone": "calls",
    "photos": "accounts",
    "stickers": "stickers",
    "stories": "stories",
    "updates": "updates",
    "upload": "media",
    "users": "accounts",
}
"""Where a method that nobody serves yet would probably go, by its namespace."""


def load_rooms() -> None:
    """Fill the registry of served methods."""
    from petitbleu import domain

    domain.load_rooms()


@click.group()
def schema() -> None:
    """The TL schema of all layers."""


def changes(before: tl_schema.Schema, after: tl_schema.Schema) -> dict[str, list[str]]:
    """What a merge brought: new names, names that the newest layer has not any more, changed
    forms.
    """
    now = {name for name in after.by_name if after.is_current(name)}
    was = {name for name in before.by_name if before.is_current(name)}
    changed = [n for n in now & was if after.newest(n).id != before.newest(n).id]
    return {"new": sorted(now - was), "gone": sorted(was - now), "changed": sorted(changed)}


def merged(folder: Path) -> str:
    """The text of api.tl with the files of a folder merged in."""
    from petitbleu.tl import merge

    target = schema_dir() / "api.tl"
    before = target.read_text("utf-8") if target.is_file() else ""
    try:
        return merge.merge(merge.incoming(folder), before)
    except merge.MergeConflict as conflict:
        raise click.ClickException(str(conflict)) from None


def unruled() -> list[str]:
    """Differences between the layers on disk that need a rule of a developer's."""
    from petitbleu.tl import audit, bridges
    from petitbleu.tl.objects import Classes

    assert bridges
    return audit.problems(Classes(tl_schema.load()))


@schema.command("merge")
@click.option(
    "--incoming",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Folder of api_NNN.tl files (schema/incoming). Without it only api.pyi is renewed.",
)
@common
def merge_command(incoming: Path | None, data: Path, as_json: bool) -> None:
    """Merge new layers into schema/api.tl and renew the types that editors see.

    Prints what is new, gone and changed, and what needs a rule in bridges/, fallbacks.tsv or
    forgotten.tsv; the exit code is 1 while something does.
    """
    from petitbleu.tl.stub import stub

    before = tl_schema.load()
    if incoming is not None:
        (schema_dir() / "api.tl").write_text(merged(incoming), "utf-8")
        tl_schema.load.cache_clear()
    after = tl_schema.load()
    STUB.write_text(stub(after), "utf-8")
    result: dict[str, Any] = {**changes(before, after), "unruled": unruled()}
    lines = [f"{kind}: {', '.join(result[kind]) or '-'}" for kind in ("new", "gone", "changed")]
    lines += [f"needs a rule: {line}" for line in result["unruled"]]
    known = set(facts.methods())
    result["unlisted"] = sorted(
        n for n in after.by_name if after.newest(n).function and n not in known
    )
    lines += [f"missing in methods.tsv: {name}" for name in result["unlisted"]]
    show(result, "\n".join(lines), as_json)
    if result["unruled"] or result["unlisted"]:
        sys.exit(1)


def client_types(sources: Path) -> tuple[str, bool]:
    """What the client's ``schema.d.ts`` must say, and whether it says something else."""
    from petitbleu.tl import typescript

    file = sources / TYPES
    known = tl_schema.load()
    text = typescript.typescript(known, typescript.called(sources, known))
    return text, not file.is_file() or file.read_text("utf-8") != text


@schema.command("typescript")
@click.option("--write", is_flag=True, help="Renew the file in place.")
@common
def typescript_command(write: bool, data: Path, as_json: bool) -> None:
    """The types that the web client needs (client/src/wire/schema.d.ts), or whether they are fresh.

    Without --write the exit code says whether the file is as the sources and the schema want it.
    """
    text, stale = client_types(CLIENT)
    if stale and write:
        (CLIENT / TYPES).write_text(text, "utf-8")
        stale = False
    show({"fresh": not stale}, "stale, run with --write" if stale else "fresh", as_json)
    if stale:
        sys.exit(1)


@click.command()
@click.option("--write", is_flag=True, help=f"Renew {DOCUMENT} and {FIELDS}.")
@click.option("--check", is_flag=True, help="Only say whether the lists are fresh (exit code).")
@common
def coverage(write: bool, check: bool, data: Path, as_json: bool) -> None:
    """Which methods are served, refused on purpose, or still to come."""
    load_rooms()
    texts = {DOCUMENT: facts.document(), FIELDS: fields.document()}
    if check:
        stale = [
            str(file)
            for file, text in texts.items()
            if not file.is_file() or file.read_text("utf-8") != text
        ]
        show(
            {"fresh": not stale},
            f"{', '.join(stale)}: stale, run with --write" if stale else "fresh",
            as_json,
        )
        sys.exit(1 if stale else 0)
    states = {name: facts.shown_state(m) for name, m in facts.methods().items()}
    if write:
        for file, text in texts.items():
            file.write_text(text, "utf-8")
    count = {state: sum(s == state for s in states.values()) for state in facts.STATES}
    show(
        {"count": count, "methods": states},
        ", ".join(f"{n} {state}" for state, n in count.items()),
        as_json,
    )


def place_of(name: str) -> tuple[str, bool]:
    """(the room of a method, whether it is only a guess by its namespace)."""
    served_by = facts.place(name)
    if served_by:
        return served_by, False
    present = facts.methods()[name].present
    if present and facts.place(present):
        return facts.place(present), True
    space = name.partition(".")[0] if "." in name else ""
    return ROOM_OF_SPACE.get(space, space or "rpc"), True


def folder_of(room: str) -> str:
    """Where a room of the domain stands in the package; empty for what is no room."""
    for area, inside in structure.rooms("domain").items():
        if room in inside:
            return f"domain/{room}" if area == room else f"domain/{area}/{room}"
    return ""


@click.command()
@click.argument("method")
@common
def where(method: str, data: Path, as_json: bool) -> None:
    """Say of a METHOD its room, tier, errors, ids and state."""
    load_rooms()
    known = facts.methods()
    place = known.get(method)
    if place is None:
        near = difflib.get_close_matches(method, known, n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        click.echo(f"petitbleu: no layer has a method {method}{hint}", err=True)
        sys.exit(1)
    service = tl_schema.load_service()
    forms = (service if method in service.by_name else tl_schema.load()).by_name[method]
    room, guessed = place_of(method)
    ids = {f"{c.id:08x}": c.layers_text for c in forms}
    result = {
        "method": method,
        "room": room,
        "folder": folder_of(room),
        "guessed": guessed,
        "tier": place.tier,
        "stage": place.stage,
        "who": place.who,
        "state": facts.shown_state(place),
        "reason": facts.refusal(method),
        "present": place.present,
        "errors": list(place.errors),
        "ids": ids,
        "form": forms[-1].text,
    }
    lines = [
        method + (f" (now {place.present})" if place.is_old and place.present else ""),
        f"  room    {'probably ' if guessed else ''}{folder_of(room) or room}",
        f"  state   {result['state']}" + (f": {result['reason']}" if result["reason"] else ""),
        f"  tier    {place.tier}, {place.stage}, {place.minimum}",
        f"  who     {place.who}",
        f"  errors  {', '.join(place.errors) or 'none documented'}",
        *(
            f"  {id_}  {'layers ' + layers if layers else 'every layer'}"
            for id_, layers in ids.items()
        ),
        f"  {forms[-1].text}",
    ]
    show(result, "\n".join(lines), as_json)


if __name__ == "__main__":
    click.Group("dev", [schema, coverage, where])()
