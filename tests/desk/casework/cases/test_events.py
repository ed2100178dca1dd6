"""Events of a case have the shapes of their kinds, and those of before are read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import petitbleu
from petitbleu.desk.casework.cases import events, state
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.events import UnknownEvent
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.workplace.pages import timeline
from petitbleu.store.api import Tx
from tests.kit.trees import nodes
from tests.kit.world import World

PACKAGE = Path(petitbleu.__file__).parent
STORED = (
    "alarm.heard", "appeal", "asked", "clock.again", "clock.done", "clock.given", "clock.paused",
    "clock.resumed", "closed", "danger", "decided", "disclosure", "fact", "hold", "inbound",
    "joined", "kind", "letter", "letter.failed", "letter.returned", "looked", "misuse.ended",
    "misuse.suspension", "misuse.warning", "moment", "note", "opened", "owner", "purge.failed",
    "purged", "queue", "receipt", "receipt.none", "reopened", "report", "report.again", "routed",
    "sealed", "second", "second.marked", "state", "telling", "threat", "typed", "undone", "urgency",
)  # fmt: skip
"""Kinds that stand in cases of instances: they keep their names."""


def test_kinds_that_are_stored_keep_their_names() -> None:
    assert set(STORED) <= set(events.SHAPES)


def _written() -> Iterator[tuple[str, str]]:
    """(kind, place) of each event that code makes of a dictionary, its kind written out."""
    for path in PACKAGE.rglob("*.py"):
        for node in nodes(path):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).rpartition(".")[2] == "CaseEvent"
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(node.args[0].value), f"{path.name}:{node.lineno}"


OPEN = {"appeal", "fact", "opened", "sealed", "second.marked", "telling"}
"""Events whose fields come from elsewhere: facts by their names, another event's data."""


@pytest.mark.sources
def test_events_are_made_of_their_shapes() -> None:
    assert [place for kind, place in _written() if kind not in OPEN] == []


@pytest.mark.parametrize("kind", sorted(events.SHAPES))
def test_what_is_made_of_a_shape_is_read_as_it(kind: str) -> None:
    """Fields with their defaults are not stored, and are there again when it is read."""
    shape = events.SHAPES[kind]
    values = {
        field.name: SAMPLES[str(field.type).split(".")[-1]]
        for field in msgspec.structs.fields(shape)
        if field.required
    }
    event = cases.make_event(shape(**values), "staff:1")
    assert (event.kind, len(event.data), event.actor) == (kind, len(values), "staff:1")
    typed, data = events.to_store(event.kind, event.data)
    assert typed == shape(**values) and data == event.data


SAMPLES: dict[str, Any] = {"<class 'str'>": "x", "<class 'int'>": 1, "int | str": 1}


def test_every_kind_has_its_words_on_the_time_line() -> None:
    assert set(timeline.SAYS) <= set(events.SHAPES)


# ── what is written ─────────────────────────────────────────────────────────────────────────────


async def _open(tx: Tx, world: World) -> int:
    return await cases.open_case(
        tx, world.app, actor="system", kind="unsorted", urgency=2, channel="smtp", targets=["@ada"]
    )


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("applauded", {}),
        ("owner", {}),
        ("owner", {"staff": "Ada"}),
        ("owner", {"staff": 1, "by": "Ada"}),
        ("clock.done", {"clock": "dsa16.decide", "at": "now"}),
        ("hold", {"id": 1, "what": "lost"}),
        ("fact", {"targets": "@ada"}),
        ("danger", {"level": "danger", "held": ["post"]}),
    ],
)
async def test_what_has_no_shape_is_not_written(
    world: World, kind: str, data: dict[str, Any]
) -> None:
    number = await world.app.store.write(_open, world)
    with pytest.raises(UnknownEvent):
        await world.app.store.write(
            cases.append, world.app, number, "system", CaseEvent(kind, data)
        )
    assert [row.kind for row in await cases.timeline(world.app.store, number)] == ["opened"]


async def test_a_case_is_not_opened_with_what_it_does_not_have(world: World) -> None:
    async def wrong(tx: Tx) -> int:
        return await cases.open_case(
            tx, world.app, actor="system", kind="unsorted", urgency=2, mood="bad"
        )

    with pytest.raises(UnknownEvent, match="mood"):
        await world.app.store.write(wrong)


async def test_what_is_stored_is_what_was_given(world: World) -> None:
    number = await world.app.store.write(_open, world)
    given = {"keyword": "spam", "language": "fr"}
    await world.app.store.write(cases.append, world.app, number, "system", CaseEvent("fact", given))
    row = (await cases.timeline(world.app.store, number))[-1]
    assert row.data == msgspec.msgpack.encode(given)
    found = await cases.get(world.app.store, number)
    assert found is not None
    assert (found.language, found.facts) == ("fr", {"keyword": "spam"})


# ── what was written before ─────────────────────────────────────────────────────────────────────


def test_a_field_that_nobody_reads_any_more_is_passed_over() -> None:
    found = state.CaseState()
    state.fold(found, "owner", {"staff": 3, "desk": "left"}, 10)
    assert found.owner == 3
    with pytest.raises(UnknownEvent, match="no field desk"):
        events.to_store("owner", {"staff": 3, "desk": "left"})


@pytest.mark.parametrize(
    ("kind", "data"), [("applauded", {}), ("owner", {"staff": 1, events.VERSION: 2})]
)
def test_what_is_unknown_or_of_a_later_version_is_a_fault(kind: str, data: dict[str, Any]) -> None:
    with pytest.raises(UnknownEvent):
        state.fold(state.CaseState(), kind, data, 10)


class OwnerSince(events.Event, tag="owner", frozen=True):
    """The third version of an event: ``staff`` became ``person``, which became text."""

    version = 3
    person: str


def test_rows_of_each_version_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(events.SHAPES, "owner", OwnerSince)
    monkeypatch.setitem(events.UPGRADES, ("owner", 1), lambda data: {"person": data["staff"]})
    monkeypatch.setitem(
        events.UPGRADES, ("owner", 2), lambda data: {"person": f"staff:{data['person']}"}
    )
    rows = ({"staff": 4}, {"person": 4, "v": 2}, {"person": "staff:4", "v": 3})
    assert [events.read("owner", row) for row in rows] == [OwnerSince(person="staff:4")] * 3
    stored = (OwnerSince(person="staff:4"), rows[-1])
    assert events.to_store("owner", {"person": "staff:4"}) == stored
    with pytest.raises(UnknownEvent):
        events.to_store("owner", {"staff": 4})
