"""Whatever is done to a row behind the log's back is named: each kind of row, each kind of deed."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.desk.intake import delivering
from petitbleu.desk.intake import service as intake
from petitbleu.desk.orders.holds import service as holds
from petitbleu.desk.reconciliation import comparing, tables
from petitbleu.desk.records.audit import heads, outside, records, standing
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit import start as audit_start
from petitbleu.run.jobs import JobRunner
from petitbleu.store.query import query
from tests.desk.intake.mails import mail
from tests.desk.reconciliation.full_desk import attack, compared, fill, said
from tests.kit.world import World

TABLES = {name: (kind.table, kind.key) for name, kind in records.KINDS.items()} | {
    "case": ("desk_case", ("number",)),
    "state": ("desk_state", ("number",)),
    "event": ("desk_event", ("number", "seq")),
}
"""Every kind of row that the log accounts for: table and key."""
WORDS = {
    "vault": "of the vault",
    "inbound": "received letter no.",
    "letter": "sent letter no.",
    "decision": "decision PB-",
    "statement": "the statement “",
    "eu_statement": "for the EU database",
    "disclosure": "disclosure no.",
    "hold": "hold no.",
    "report": "transparency report",
    "case": "case PB-",
    "state": "case PB-",
    "event": "event ",
}
CHANGES: dict[str, dict[str, Any]] = {
    "vault": {"size": 3},
    "inbound": {"channel": "phone"},
    "letter": {"recipient": "somebody@else.example"},
    "decision": {"outcome": "refused"},
    "statement": {"text": "nothing"},
    "eu_statement": {"payload": "{}"},
    "disclosure": {"state": "agreed"},
    "hold": {"until": 5},
    "report": {"why": "nothing"},
    "case": {"state": "closed"},
    "event": {"actor": "staff:99"},
}


ALONE = {"disclosure", "hold", "report"}
"""Kinds of which the desk of these tests holds one row."""
ONCE = {"decision", "statement", "eu_statement", "disclosure", "report"}
"""Kinds that the second day of these tests may leave as they were."""
DAY = 86_400


async def go_on(world: World) -> None:
    """Another day at the desk."""
    letter = mail("You <you@home.example>", text="Bonsoir")
    await intake.deliver(world.app, letter, channel="smtp")
    (hold,) = await rows(world, "hold")
    later = hold["until"] + DAY
    await holds.renew(world.app, hold["id"], until=later, reason="Annex VI", by="staff:1")
    await JobRunner(world.app).run_due()


async def rows(world: World, kind: str) -> list[dict[str, Any]]:
    """All rows of a table with their columns."""
    table, key = TABLES[kind]
    order = ", ".join(key)
    names = await columns(world, table)
    found = await world.app.store.rows(
        query(f"select {', '.join(names)} from {table} order by {order}")
    )
    return [dict(zip(names, row, strict=True)) for row in found]


async def columns(world: World, table: str) -> list[str]:
    """The names of a table's columns."""
    if world.app.store.dialect == "sqlite":
        made = await world.app.store.rows(query(f"select name from pragma_table_info('{table}')"))
    else:
        made = await world.app.store.rows(
            query(
                "select column_name from information_schema.columns where table_schema ="
                f" current_schema() and table_name = '{table}' order by ordinal_position"
            )
        )
    return [row[0] for row in made]


async def put(world: World, kind: str, row: dict[str, Any]) -> None:
    """Put a row in."""
    table, _ = TABLES[kind]
    marks = ", ".join(f":{name}" for name in row)
    sql = f"insert into {table} ({', '.join(row)}) values ({marks})"
    await world.app.store.write(attack, sql, **row)


async def change(world: World, kind: str, row: dict[str, Any], /, **values: Any) -> None:
    """Give a row other values."""
    table, key = TABLES[kind]
    new = ", ".join(f"{name} = :new_{name}" for name in values)
    where = " and ".join(f"{name} = :{name}" for name in key)
    given = {f"new_{name}": value for name, value in values.items()}
    given |= {name: row[name] for name in key}
    await world.app.store.write(attack, f"update {table} set {new} where {where}", **given)


async def remove(world: World, kind: str, row: dict[str, Any]) -> None:
    """Delete a row."""
    table, key = TABLES[kind]
    where = " and ".join(f"{name} = :{name}" for name in key)
    given = {name: row[name] for name in key}
    await world.app.store.write(attack, f"delete from {table} where {where}", **given)


async def test_each_deed_to_each_kind_of_row_is_named(world: World) -> None:
    await fill(world)
    assert said(await compared(world)) == []
    for kind in TABLES:
        found = await rows(world, kind)
        assert found, f"the desk of this test has no {kind}"
        row = found[-1]
        # deleted
        await remove(world, kind, row)
        named = said(await compared(world))
        assert named and all(WORDS[kind] in one for one in named), (kind, named)
        assert all("gone" in one or "lost its state" in one for one in named), (kind, named)
        # and brought back as it was
        await put(world, kind, row)
        assert said(await compared(world)) == [], kind
        # something else in it, then rolled back to what it was before
        if kind in CHANGES:
            await change(world, kind, row, **CHANGES[kind])
            named = said(await compared(world))
            assert named and all(WORDS[kind] in one for one in named), (kind, named)
            await change(world, kind, row, **{name: row[name] for name in CHANGES[kind]})
        assert said(await compared(world)) == [], kind


async def test_what_no_line_tells_of_is_named(world: World) -> None:
    await fill(world)
    added: dict[str, dict[str, Any]] = {
        "vault": {"sha": bytes(32)},
        "inbound": {"id": 9001},
        "letter": {"id": 9001, "key": "another"},
        "decision": {"number": 2026000009999001, "command": "x"},
        "statement": {"purpose": "another"},
        "eu_statement": {"puid": "pb-2026-009999-1"},
        "disclosure": {"id": 9001, "token": None},
        "hold": {"id": 9001},
        "report": {"version": 99},
        "case": {"number": 2026000009999},
        "state": {"number": 2026000009999},
        "event": {"seq": 900},
    }
    for kind in TABLES:
        row = (await rows(world, kind))[-1] | added[kind]
        await put(world, kind, row)
        named = said(await compared(world))
        assert any("no line of the log tells of it" in one for one in named), (kind, named)
        assert all(WORDS[kind] in one for one in named), (kind, named)
        await remove(world, kind, row)
    assert said(await compared(world)) == []


async def test_rows_of_each_kind_that_change_places_are_named(world: World) -> None:
    """What two rows hold is exchanged: each is whole by itself."""
    await fill(world)
    await go_on(world)
    for kind, (_, key) in TABLES.items():
        found = await rows(world, kind)
        if len(found) < 2:
            assert kind in ALONE, f"the desk of this test has one {kind}"
            continue
        one, other = found[0], found[-1]
        places = [{name: row[name] for name in key} for row in (one, other)]
        for row in (one, other):
            await remove(world, kind, row)
        for row, place in ((one, places[1]), (other, places[0])):
            await put(world, kind, row | place)
        named = said(await compared(world))
        assert sum(WORDS[kind] in text for text in named) >= 2, (kind, named)
        for row, place in ((one, places[1]), (other, places[0])):
            await remove(world, kind, row | place)
        for row in (one, other):
            await put(world, kind, row)
        assert said(await compared(world)) == [], kind


async def test_each_table_that_is_cut_or_emptied_is_named_row_by_row(world: World) -> None:
    await fill(world)
    for kind in TABLES:
        found = await rows(world, kind)
        for left in (len(found) // 2, 0):
            cut = found[left:]
            for row in cut:
                await remove(world, kind, row)
            named = said(await compared(world))
            assert named and all(WORDS[kind] in text for text in named), (kind, named)
            if kind not in ("case", "state"):  # of a case that is gone one sentence tells all
                assert len(named) >= len(cut), (kind, named)
            for row in cut:
                await put(world, kind, row)
    assert said(await compared(world)) == []


async def test_each_table_that_is_rolled_back_alone_is_named(world: World) -> None:
    """Yesterday’s table in today’s database."""
    await fill(world)
    before = {kind: await rows(world, kind) for kind in TABLES}
    world.clock.advance(DAY)
    await go_on(world)
    assert said(await compared(world)) == []
    for kind, old in before.items():
        new = await rows(world, kind)
        if new == old:
            assert kind in ONCE, f"the day of this test has changed no {kind}"
            continue
        for row in new:
            await remove(world, kind, row)
        for row in old:
            await put(world, kind, row)
        named = said(await compared(world))
        assert named and all(WORDS[kind] in text for text in named), (kind, named)
        for row in old:
            await remove(world, kind, row)
        for row in new:
            await put(world, kind, row)
        assert said(await compared(world)) == [], kind


async def test_all_tables_rolled_back_beside_the_log_are_named(world: World) -> None:
    """A backup of the tables, put back by somebody who leaves the log alone."""
    await fill(world)
    before = {kind: await rows(world, kind) for kind in TABLES}
    world.clock.advance(DAY)
    await go_on(world)
    for kind, old in before.items():
        for row in await rows(world, kind):
            await remove(world, kind, row)
        for row in old:
            await put(world, kind, row)
    named = said(await compared(world))
    assert any("is gone" in text for text in named), named
    for kind in ("hold", "letter", "event", "vault"):
        assert any(WORDS[kind] in text for text in named), (kind, named)


async def test_head_files_that_go_are_garbled_or_old_take_nothing_from_the_log(
    world: World,
) -> None:
    """The log itself is whole: files beside it are written anew, or reported and ignored."""
    await fill(world)
    await heads.sign(world.app)
    (newest,) = [path for path in outside.folder(world.app).iterdir() if path.suffix == ".head"]
    note = newest.read_bytes()
    size = (await audit.head(world.app.store)).size
    await world.app.store.write(audit.append, world.app, "staff:1", "view", "x")
    await heads.sign(world.app)
    for spoil in (
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(note),  # that of an older head under the newest name
        lambda path: path.write_bytes(note.replace(b"%d" % size, b"%d" % (size + 99))),
        lambda path: path.write_bytes(note[: len(note) // 2]),
    ):
        for path in outside.folder(world.app).iterdir():
            if path != newest:
                spoil(path)
        world.app.parts[standing.HELD] = None
        await audit_start.begin(world.app)
        assert standing.held(world.app) is None
        assert max(one.size for one in outside.known(world.app)) == size + 1
        assert said(await compared(world)) == []


@pytest.mark.sometimes(2)
async def test_cases_that_go_with_all_that_belongs_to_them_are_named_one_by_one(
    world: World,
) -> None:
    await fill(world)
    gone = {row["number"] for row in await rows(world, "case")}
    for table in ("desk_case", "desk_state", "desk_event", "vault"):
        await world.app.store.write(attack, f"delete from {table}")
    named = said(await compared(world))
    assert sum(" with " in one and "is gone" in one for one in named) == len(gone), named
    assert sum("of the vault is gone" in one for one in named) > 2


@pytest.mark.sometimes(2)
async def test_a_log_cut_with_its_heads_is_named_by_what_is_left(world: World) -> None:
    await fill(world)
    await heads.sign(world.app)
    size = (await audit.head(world.app.store)).size
    rows_ = await audit.entries(world.app.store, size - 12, 1)
    await world.app.store.write(attack, "delete from audit where n >= :n", n=size - 11)
    await world.app.store.write(attack, "delete from audit_signed")
    await world.app.store.write(
        attack,
        "update audit_head set size = :n, chain = :chain",
        n=size - 11,
        chain=rows_[0].chain,
    )
    found = await compared(world)
    assert found.problems == []  # the log by itself is whole
    assert found.total > 0, "rows that the cut lines told of are unknown now"


async def test_what_was_erased_by_its_line_is_no_difference_until_it_is_back(world: World) -> None:
    await fill(world)
    case = (await rows(world, "case"))[0]
    letter = (await rows(world, "letter"))[0]
    events = [row for row in await rows(world, "event") if row["number"] == case["number"]]
    state = next(r for r in await rows(world, "state") if r["number"] == case["number"])

    async def erase(tx: Any) -> None:
        erased = [("case", case["number"]), ("letter", letter["id"])]
        await audit.erased(tx, world.app, "system", "log", "retention: six years", erased)
        for sql in (
            "delete from desk_case where number = :number",
            "delete from desk_state where number = :number",
            "delete from desk_event where number = :number",
        ):
            await attack(tx, sql, number=case["number"])
        await attack(tx, "delete from desk_letter where id = :id", id=letter["id"])

    await world.app.store.write(erase)
    assert said(await compared(world)) == []
    await put(world, "letter", letter)
    await put(world, "case", case)
    await put(world, "state", state)
    for row in events:
        await put(world, "event", row)
    named = said(await compared(world))
    assert any("erased lawfully and is there again" in one for one in named), named
    assert len(named) == 3 + len(events), named


async def test_rows_of_before_the_digests_are_counted_until_they_are_taken_over(
    world: World,
) -> None:
    await fill(world)
    strip = "update audit set action = 'x' where action = 'log.adopt'"
    await world.app.store.write(attack, strip)
    row = (await rows(world, "hold"))[0] | {"id": 9001}
    await put(world, "hold", row)
    found = await compared(world)
    assert (found.older, found.total) == (1, 0)


async def test_letters_that_come_while_tables_are_read_are_no_difference(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stored after the comparison asked what waits, and not filed before it ends, or just then."""
    await fill(world)
    real_others, real_rest = tables.read_others, comparing._rest
    stored: list[int] = []

    async def read_others(reader: Any, scratch: Any, waiting: Any) -> None:
        for n in range(2):
            raw = mail(f"You <you{n}@home.example>", text=f"Bonsoir {n}")
            taken = await delivering.store(world.app, raw, channel="smtp")
            stored.append(taken.id)
        await real_others(reader, scratch, waiting)

    async def rest(reader: Any, lines: Any) -> None:
        await delivering.work(world.app, stored[0])
        await real_rest(reader, lines)

    monkeypatch.setattr(tables, "read_others", read_others)
    monkeypatch.setattr(comparing, "_rest", rest)
    assert said(await compared(world)) == []
    monkeypatch.undo()
    await delivering.work(world.app, stored[1])
    assert said(await compared(world)) == []
