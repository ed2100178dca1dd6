"""The register of commands, walked: each command, on an instance with a desk and on one without."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from petitbleu import acts, commands, desk, domain
from petitbleu.cli.main import cli
from petitbleu.commands import BY_ITSELF, COMMANDS, TWO
from petitbleu.control import COMMANDS as HANDLERS
from petitbleu.control import CommandRefused, perform
from petitbleu.desk.intake.danger import posts
from petitbleu.desk.reconciliation import service as reconciliation
from petitbleu.desk.reconciliation.process import PLAIN
from petitbleu.desk.records.audit import service as audit
from petitbleu.domain.safety.moderation import measures
from petitbleu.domain.safety.moderation.effects import Order
from petitbleu.run import health, saving
from petitbleu.store.sqlite import SqliteStore
from tests.cli.register_place import Place, fill_in, place, refusal, set_up_desk, words
from tests.desk.kit import agree
from tests.kit.world import World, running

assert health and saving  # they register commands of their own
PAGE = Path(__file__).resolve().parents[2] / "docs/operate/commands-and-the-desk.md"
LACKING = {
    "channel.answer": "no page waits",
    "desk.statements.again": "no refused statement",
    "desk.audit.accept": "the desk does not stand still",
    "desk.transparency.cases": "a row",
    "backup": "the database of a test has no list of migrations",
}
"""Commands that are refused here for want of their object, whatever stands in the register."""
TEMPLATES = "desk.templates.set"
"""Is asked for by the command, and done at the moment of the agreement."""
HERE = "this instance has a desk: "


def leaves(group: click.Group, path: str = "") -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from leaves(found, f"{path}{name} ")
        else:
            yield f"{path}{name}"


def typed(entry: str) -> list[str]:
    """``admin channel approve, refuse`` -> both commands; what is in brackets or capitals goes."""
    first, *others = re.sub(r" \(.*\)| [A-Z]+.*", "", entry).split(", ")
    return [first, *(f"{first.rpartition(' ')[0]} {one}" for one in others)]


def test_every_command_stands_in_the_register() -> None:
    domain.load_rooms()
    desk.load_rooms()
    there = {one for one in leaves(cli) if not one.startswith("dev ")}
    told = {one for entry in COMMANDS.values() for one in typed(entry.typed)} | set(BY_ITSELF)
    assert there == told
    assert {one for one in COMMANDS if ":" not in one} == set(HANDLERS)


def test_the_manual_has_the_register() -> None:
    begin, end = "<!-- commands: begin -->\n", "<!-- commands: end -->"
    text = PAGE.read_text("utf-8")
    assert text.partition(begin)[2].partition(end)[0] == commands.table()


async def lines(world: World) -> list[audit.Entry]:
    size = (await audit.head(world.app.store)).size
    return await audit.entries(world.app.store, 0, size)


async def sound(world: World) -> list[Any]:
    found = await reconciliation.compare(world.app)
    return [*found.problems[PLAIN], *found.differences[PLAIN]]


def expected(name: str) -> list[str]:
    return [one for one in commands.line_of(name).split(", ") if one]


async def walk(at: Place, *, with_desk: bool) -> list[str]:
    """Give every command; what does not fit the register."""
    results: dict[str, Any] = {"decided": await decided(at)}
    given = words(at)
    assert set(given) == set(COMMANDS), "a command has no words here"
    second = await set_up_desk(at.world) if with_desk else None
    wrong = []
    for name, asked in given.items():
        entry = COMMANDS[name]
        asked = await fill_in(at, asked, results)
        before = len(await lines(at.world))
        if second is not None and entry.closed:
            said = await refusal(at, name, asked)
            wrong += [] if said.startswith(HERE) else [f"{name} is done, or: {said}"]
        elif second is not None and entry.door == TWO and name != TEMPLATES:
            failed = await by_two(at, name, asked, second)
            wrong += failed
            if not failed:
                results[name] = await perform(at.world.app, name.partition(":")[0], asked)
        else:
            try:
                results[name] = await perform(at.world.app, name.partition(":")[0], asked)
            except CommandRefused as refused:
                wrong += [] if name in LACKING else [f"{name} is refused: {refused}"]
                continue
        await at.world.settle()
        new = {one.action for one in (await lines(at.world))[before:]}
        closed = second is not None and entry.closed
        wrong += not_logged(name, ["command.refused"] if closed else expected(name), new)
    return wrong


def not_logged(name: str, wanted: list[str], new: set[str]) -> list[str]:
    """What is wrong with the lines that a command wrote."""
    if wanted and not set(wanted) & new:
        return [f"{name} wrote {new or 'nothing'}, not {wanted}"]
    beside = {one for one in new if one.startswith("command.")} - set(wanted)
    return [f"{name} wrote {beside}"] if beside else []


async def by_two(at: Place, name: str, asked: dict[str, Any], second: Any) -> list[str]:
    """Ask for a second person's agreement, and get it."""
    said = await refusal(at, name, asked)
    request = re.search(r"/desk/seconds/(\d+);", said)
    if request is None:
        return [f"{name} needs two people: {said or 'done by one'}"]
    if await refusal(at, name, asked) != said:
        return [f"{name}: asked again it is another request"]
    if "no server runs" not in await refusal(at, name, asked | {"offline": True}):
        return [f"{name}: asks without a server, where nobody could agree"]
    await agree(at.world, int(request[1]), second)
    return []


async def decided(at: Place) -> str:
    """A measure as the desk takes it."""
    order = Order("x", "restrict", "staff:1", "x", subject=at.ada.user_id, quiet=True)
    row = await measures.apply(at.world.app, order)
    from petitbleu.domain.safety.case_numbers import service as case_numbers

    return case_numbers.text(row.number)


@pytest.mark.sometimes(2)
async def test_without_a_desk_commands_are_plain_and_logged(world: World, tmp_path: Path) -> None:
    at = await place(world, tmp_path)
    assert "\n".join(await walk(at, with_desk=False)) == ""
    assert await sound(world) == []


async def test_with_a_desk_nothing_of_its_kind_happens_beside_it(
    world: World, tmp_path: Path
) -> None:
    at = await place(world, tmp_path)
    assert "\n".join(await walk(at, with_desk=True)) == ""
    assert await sound(world) == []


BEHIND = ("search", "body_change", "shared_media")
"""Tables that the indexer writes when it comes to it, and settings of its own (``search.…``)."""
_ROWS = {"setting": "select * from setting where name not like 'search.%'"}


class Broken(Exception):
    """The log cannot be written."""


def stored(place: str) -> dict[str, int]:
    """Table -> what stands in it, as a number."""
    conn = sqlite3.connect(place)
    try:
        names = conn.execute("select name from sqlite_master where type = 'table'").fetchall()
        own = [name for (name,) in names if not name.startswith(("sqlite_", *BEHIND))]
        rows = {name: _ROWS.get(name, f'select * from "{name}"') for name in own}
        return {name: hash(tuple(conn.execute(rows[name]))) for name in own}
    finally:
        conn.close()


async def at_rest(world: World, place: str) -> dict[str, int]:
    """What is stored once nothing is written in the background any more."""
    while True:
        before = stored(place)
        await asyncio.sleep(0.05)
        await world.settle()
        if stored(place) == before:
            return before


@pytest.mark.sometimes(2)
async def test_act_and_line_are_one_transaction(
    sqlite_store: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the line cannot be written nothing was done, whichever command it is."""

    async def broken(*_: Any) -> None:
        raise Broken

    async with running(World(sqlite_store, tmp_path)) as world:
        at = await place(world, tmp_path)
        results: dict[str, Any] = {"decided": await decided(at)}
        walked = 0
        for name, asked in words(at).items():
            asked = await fill_in(at, asked, results)
            await world.settle()
            if commands.line_of(name).startswith("command.") and name not in LACKING:
                await posts.write_down(world.app)  # else some seconds later, in between
                before = await at_rest(world, sqlite_store.place)
                with monkeypatch.context() as patched:
                    patched.setattr(acts, "log", broken)
                    with pytest.raises(Broken):
                        await perform(world.app, name.partition(":")[0], asked)
                    await world.settle()
                after = stored(sqlite_store.place)
                assert {one for one in after if after[one] != before[one]} == set(), name
                walked += 1
            if ":" not in name and name not in LACKING:
                results[name] = await perform(world.app, name, asked)
        assert walked > 30
