"""Cases stand in the order they are worked on: by the time left for the time they need."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.desk.casework.cases import queues, ranking
from petitbleu.desk.casework.cases.queries import BRIEF, Brief
from petitbleu.desk.casework.cases.queues import Filter
from petitbleu.desk.casework.cases.ranking import Mark
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.store.query import query
from petitbleu.store.sqlite import SqliteStore
from tests.desk.casework.cases.test_cases import add, opened
from tests.kit.world import World

HOUR, DAY = 3600, 86_400
KINDS = ("art16_notice", "epoc", "dsar", "unsorted", "tco_removal_order")
_DUE = query("update desk_case set due = :due, queue = :queue where number = :number")
"""Dues that no clock has, so that every place of the order is met."""


async def case(
    world: World, kind: str, due: int | None, *, urgency: int = 2, queue: int = 0
) -> int:
    """A case whose leading clock ends ``due`` seconds from now (None: it has none)."""
    number = await opened(world, kind=kind, urgency=urgency)
    at = None if due is None else int(world.clock.now()) + due

    async def change(tx: Any) -> None:
        await tx.run(_DUE, number=number, due=at, queue=queue)

    await world.app.store.write(change)
    return number


async def listed(world: World, wanted: Filter | None = None, *, limit: int = 50) -> list[Brief]:
    """The whole list, page by page."""
    found: list[Brief] = []
    mark: Mark | None = None
    wanted = wanted or Filter(kinds=KINDS)
    while rows := await ranking.page(world.app, wanted, after=mark, limit=limit):
        assert len(rows) <= limit
        found += [row for row, _ in rows]
        mark = rows[-1][1]
        world.clock.advance(60)  # the order of a list is that of its first page
    return found


async def numbers(world: World, **more: Any) -> list[int]:
    return [row.number for row in await listed(world, Filter(kinds=KINDS, **more))]


async def test_time_left_is_held_against_time_needed(world: World) -> None:
    notice = await case(world, "art16_notice", 36 * HOUR)  # 144 times the quarter of an hour
    epoc = await case(world, "epoc", 7 * DAY)  # 42 times its four hours
    none = await case(world, "dsar", None)
    later = await case(world, "art16_notice", 72 * HOUR)
    late = await case(world, "unsorted", -HOUR)
    later_still = await case(world, "epoc", -600)
    order = await case(world, "tco_removal_order", 3000, urgency=0)
    far = await case(world, "tco_removal_order", 30 * DAY, urgency=0)
    first = [order, late, later_still, epoc, notice, later]
    assert await numbers(world) == [*first, far, none]
    assert await numbers(world, urgency=0) == [order, far]


async def test_the_operator_says_what_a_kind_needs(world: World) -> None:
    notice = await case(world, "art16_notice", 36 * HOUR)
    epoc = await case(world, "epoc", 7 * DAY)
    assert await numbers(world) == [epoc, notice]
    await perform(world.app, "desk.operator.set", {"operator": {"minutes_needed": {"epoc": 30}}})
    assert await numbers(world) == [notice, epoc]
    for wrong in ({"epoc": 0}, {"epoc": 10_081}, {"epoc": "long"}):
        with pytest.raises(CommandRefused):
            given = {"operator": {"minutes_needed": wrong}}
            await perform(world.app, "desk.operator.set", given)


def _place(row: Brief, now: int) -> tuple[int, Fraction, int]:
    """The order in words, without an index."""
    if row.due is None:
        return 2, Fraction(0), row.number
    left = row.due - now
    if row.urgency == 0 and left < DAY:
        return 0, Fraction(left), row.number
    needed = ranking.NEEDED[row.kind] * 60
    return 1, Fraction(left, 60 if left < 0 else needed), row.number


@pytest.mark.turns(3)
@pytest.mark.parametrize("limit", [1, 3, 50])
async def test_pages_go_on_where_the_last_ended_whatever_is_on_them(
    world: World, limit: int
) -> None:
    chance = Random(limit)
    dues = [None, -DAY, -HOUR, 0, 900, HOUR, 4 * HOUR, 16 * HOUR, DAY, 4 * DAY, 16 * DAY]
    made = [
        await case(
            world,
            chance.choice(KINDS),
            chance.choice(dues),
            urgency=chance.randrange(3),
            queue=chance.randrange(2),
        )
        for _ in range(48)
    ]
    end = CaseEvent("closed", {"end": "no_action", "reason": "nothing to do"})
    for number in made[:6]:
        await add(world, number, "staff:7", end)
    for more in ({}, {"open": None}, {"open": False}, {"queue": 1}, {"urgency": 0}):
        wanted = Filter(kinds=KINDS[:4], **more)  # type: ignore[arg-type]
        now = int(world.clock.now())
        found = await listed(world, wanted, limit=limit)
        assert found == sorted(found, key=lambda row: _place(row, now)), more
        assert (
            len(found)
            == len({row.number for row in found})
            == await queues.count(world.app, wanted)
        )


async def test_a_filter_is_read_off_an_index_that_begins_with_its_kind(
    sqlite_store: SqliteStore,
) -> None:
    """Pages ask kind by kind: where there is no case of one, nothing is looked through."""
    for more in ({"owner": 0}, {"urgency": 2}, {"state": "new"}, {"queue": 1}, {}):
        chosen = queues.where(Filter(kinds=("dsar",), **more))  # type: ignore[arg-type]
        asked = chosen.query(f"explain query plan {BRIEF}", Step, queues.ORDER)
        steps = await sqlite_store.rows(asked, **chosen.params, limit=51)
        assert "kind=?" in steps[0].detail and len(steps) == 1, (more, steps)


class Step(NamedTuple):
    """A step of SQLite's plan."""

    id: int
    parent: int
    unused: int
    detail: str
