"""A case is what its events add up to: in memory, in its row, after a restart."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.desk.casework.cases import queues
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.cases.state import CaseState, fold
from petitbleu.desk.records.audit import service as audit
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.errors import LocalFault
from tests.kit.world import World

ORDER: dict[str, Any] = {
    "actor": "system",
    "kind": "tco_removal_order",
    "urgency": 0,
    "channel": "smtp",
    "sender": "tco@dsn.bmi.example",
    "authority": {"name": "DSN", "country": "AT", "domain": "dsn.bmi.example", "trust": "unknown"},
    "language": "en",
    "reference": "AT-2026-0093",
    "targets": ["https://petitbleu.example/schwarze_front/12"],
    "title": "Removal order",
    "facts": {"attachments": []},
}


async def opened(world: World, **more: Any) -> int:
    """A case."""
    return await world.app.store.write(cases.open_case, world.app, **(ORDER | more))


async def add(world: World, number: int, actor: str, *events: CaseEvent) -> CaseState:
    return await world.app.store.write(cases.append, world.app, number, actor, *events)


async def test_the_state_is_the_fold_of_the_events(world: World) -> None:
    number = await opened(world)
    await add(world, number, "staff:7", CaseEvent("owner", {"staff": 7}))
    world.clock.advance(60)
    await add(
        world,
        number,
        "staff:7",
        CaseEvent("fact", {"language": "de", "confidentiality": {"until": 5}}),
        CaseEvent("moment", {"event": "effect given"}),
        CaseEvent("clock.done", {"clock": "tco.remove"}),
        CaseEvent("note", {"text": "called"}),
    )
    state = await cases.get(world.app.store, number)
    again = CaseState(number=number)
    for row in await cases.timeline(world.app.store, number):
        fold(again, row.kind, msgspec.msgpack.decode(row.data), row.at)
    assert state == again
    assert state is not None
    assert (state.owner, state.state, state.language) == (7, "review", "de")
    assert state.facts["confidentiality"] == {"until": 5}
    assert state.done == {"tco.remove": int(world.clock.now())}
    assert state.seq == 6


async def test_the_row_follows_the_earliest_open_clock(world: World) -> None:
    number = await opened(world)
    arrived = int(world.clock.now())
    for clock, due in (("tco.acknowledge", arrived + 900), ("tco.remove", arrived + 3600)):
        (row,) = await queues.page(world.app, queues.Filter())
        assert (row.number, row.due, row.due_clock) == (number, due, clock)
        await add(world, number, "staff:7", CaseEvent("clock.done", {"clock": clock}))
    # What is left is an option of ours and the time of others: that makes no case late.
    (row,) = await queues.page(world.app, queues.Filter())
    assert (row.due, row.due_clock) == (None, "")
    await add(world, number, "staff:7", CaseEvent("moment", {"event": "effect given"}))
    (row,) = await queues.page(world.app, queues.Filter())
    assert row.due is not None and row.due_clock in ("tco.feedback", "tco.user_info")


async def test_what_a_caller_cannot_do_leaves_nothing_behind(world: World) -> None:
    number = await opened(world)
    before = await audit.head(world.app.store)
    wrong = (
        ("system", CaseEvent("urgency", {"urgency": 2, "why": "spam"})),
        ("staff:7", CaseEvent("closed", {"end": "bored", "reason": "x"})),
        ("staff:7", CaseEvent("closed", {"end": "fraud", "reason": ""})),
        ("staff:7", CaseEvent("state", {"state": "lost"})),
    )
    for actor, event in wrong:
        with pytest.raises(LocalFault):
            await add(world, number, actor, CaseEvent("note", {"text": "x"}), event)
    with pytest.raises(LookupError):
        await add(world, number + 1, "staff:7", CaseEvent("note", {"text": "x"}))
    assert await audit.head(world.app.store) == before
    assert len(await cases.timeline(world.app.store, number)) == 1
    lowered = await add(world, number, "staff:7", CaseEvent("urgency", {"urgency": 2}))
    assert lowered.urgency == 2


async def test_the_log_tells_what_happened_without_repeating_content(world: World) -> None:
    number = await opened(world)
    await add(world, number, "staff:7", CaseEvent("note", {"text": "the accused is M. X"}))
    entries = await audit.about(world.app.store, case_numbers.text(number))
    assert [one.action for one in entries] == ["case.note", "case.opened"]
    said = b"".join(one.data for one in entries)
    assert b"M. X" not in said and b"schwarze_front" not in said and b"tco@dsn" not in said


async def test_a_closed_case_stands_in_no_queue_until_it_is_reopened(world: World) -> None:
    number = await opened(world)
    await add(world, number, "staff:7", CaseEvent("closed", {"end": "executed", "reason": "done"}))
    assert await queues.page(world.app, queues.Filter()) == []
    (row,) = await queues.page(world.app, queues.Filter(open=False))
    assert (row.ending, row.due) == ("executed", None)
    await add(world, number, "staff:7", CaseEvent("reopened", {"why": "new facts"}))
    (row,) = await queues.page(world.app, queues.Filter())
    assert (row.state, row.ending) == ("triaged", "")


async def test_queues_filter_search_and_page(world: World) -> None:
    app = world.app
    numbers = []
    for index in range(7):
        numbers.append(
            await opened(
                world,
                kind="tco_removal_order" if index % 2 else "art16_notice",
                urgency=index % 3,
                title=f"Élection {index}",
                received_at=int(world.clock.now()) - index,
            )
        )
    by_clock = [row.number for row in await queues.page(app, queues.Filter())]
    assert sorted(by_clock) == sorted(numbers)
    orders = await queues.page(app, queues.Filter(kinds=("tco_removal_order",)))
    assert [row.number for row in orders] == [numbers[5], numbers[3], numbers[1]]
    assert await queues.count(app, queues.Filter(urgency=1)) == 2
    assert await queues.count(app, queues.Filter(words="ELECTION schwarze")) == 7
    assert await queues.count(app, queues.Filter(words="100%")) == 0
    found = await queues.page(app, queues.Filter(words=case_numbers.text(numbers[4])))
    assert [row.number for row in found] == [numbers[4]]


async def test_the_strip_says_what_waits(world: World) -> None:
    empty = await queues.strip(world.app)
    assert empty == (None, 0, 0, 0, 0, 0)
    arrived = int(world.clock.now())
    number = await opened(world)
    assert await queues.strip(world.app) == (arrived, 1, 1, 1, 0, 0)
    world.clock.advance(3601)
    await add(world, number, "staff:7", CaseEvent("looked", {}), CaseEvent("owner", {"staff": 7}))
    assert (await queues.strip(world.app)).late == 1


async def test_the_command_line_shows_a_case_and_logs_that_it_did(world: World) -> None:
    number = case_numbers.text(await opened(world))
    shown = await perform(world.app, "desk.case", {"number": number})
    assert (shown["kind"], shown["urgency"]) == ("tco_removal_order", "critical")
    assert shown["authority"]["trust"] == "unknown"
    (clock,) = [one for one in shown["clocks"] if one["clock"] == "tco.remove"]
    assert clock["due"].endswith("+01:00") or clock["due"].endswith("+02:00")
    assert [row["event"] for row in shown["timeline"]] == ["opened"]
    entries = await audit.about(world.app.store, number)
    assert entries[0].action == "case.view"
    listed = await perform(world.app, "desk.cases", {"kinds": ["tco_removal_order"]})
    assert [one["number"] for one in listed["cases"]] == [number]
    for wrong in ("12", "PB-2026-999999"):
        with pytest.raises(CommandRefused):
            await perform(world.app, "desk.case", {"number": wrong})
    with pytest.raises(CommandRefused):
        await perform(world.app, "desk.cases", {"urgency": "extreme"})


async def test_a_secret_belongs_to_one_case(world: World) -> None:
    one, two = await opened(world), await opened(world)
    assert cases.secret(world.app, one) == cases.secret(world.app, one)
    assert cases.secret(world.app, one) != cases.secret(world.app, two)


async def test_a_name_leads_to_the_first_case_that_had_it(world: World) -> None:
    one, two = await opened(world), await opened(world)
    await world.app.store.write(cases.name, one, "message:<a@b>", "reference:b/1")
    await world.app.store.write(cases.name, two, "message:<a@b>")
    assert await cases.find(world.app.store, "message:<a@b>") == one
    assert await cases.find(world.app.store, "message:<c@b>") is None
