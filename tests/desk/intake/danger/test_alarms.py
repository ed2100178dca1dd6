"""Alarms of danger: by day and night, joined where they belong together, silenced by nobody."""

from __future__ import annotations

import itertools
from pathlib import Path

from petitbleu.desk.casework.alerts import service as alerts
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.intake.danger import queries as q
from petitbleu.desk.intake.danger import service
from petitbleu.desk.intake.danger.service import DANGER, PERHAPS
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.store.api import Store
from tests.desk.casework.alerts.kit import DIRECTOR, LEAD, ON_CALL, add, alarmed, run, to, took
from tests.desk.intake.danger.kit import state_of, told
from tests.kit.world import World

MINUTE, HOUR = 60, 3600


async def looked(world: World, number: int) -> None:
    await add(world, number, "staff:1", CaseEvent("looked", {}))
    await run(world)


def rung(world: World) -> list[str]:
    """The numbers of cases in mails to who is on call, since the last look."""
    return [mail.subject[1:].partition("]")[0] for mail in took(world) if mail.to == ON_CALL]


async def test_danger_is_critical_and_rings_at_once_by_night(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path, quiet_hours="00:00-23:59")
    number = await told(world, DANGER, "account:1")
    await run(world)
    assert rung(world) == [case_numbers.text(number)]
    assert (await state_of(world, number)).urgency == 0


async def test_what_may_be_danger_rings_at_once_and_is_danger_after_a_quarter_of_an_hour(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path, quiet_hours="00:00-23:59")
    number = await told(world, PERHAPS, "account:1")
    await run(world)
    assert rung(world) == [case_numbers.text(number)]
    before = await state_of(world, number)
    assert (before.urgency, before.danger) == (1, PERHAPS)
    await run(world, 14 * MINUTE)
    assert to(world) == []
    await run(world, MINUTE)
    after = await state_of(world, number)
    assert (after.urgency, after.danger) == (0, DANGER)
    assert "art18_threat" in after.facts["also"]
    assert set(to(world)) >= {ON_CALL, LEAD, DIRECTOR}


async def test_what_may_be_danger_and_was_opened_in_time_stays_what_it_is(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    number = await told(world, PERHAPS, "account:1")
    await run(world)
    took(world)
    await looked(world, number)
    await run(world, 2 * HOUR)
    state = await state_of(world, number)
    assert (state.urgency, state.danger, to(world)) == (1, PERHAPS, [])
    assert "danger.look" in state.done


async def test_acknowledging_without_opening_is_no_look(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    number = await told(world, PERHAPS, "account:1")
    await run(world)
    await world.app.store.write(alerts.acknowledge, world.app, number, "staff:1")
    await run(world, 16 * MINUTE)
    assert (await state_of(world, number)).danger == DANGER


async def test_a_flood_of_one_sender_is_one_alarm_that_counts(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    first = await told(world, DANGER, "account:1", text="first")
    for n in range(40):
        await told(world, DANGER, "account:1", text=f"other words {n}", targets=(f"t{n}",))
    await run(world)
    (mail,) = [one for one in took(world) if one.to == ON_CALL]
    assert case_numbers.text(first) in mail.subject
    assert "41 messages" in mail.text
    assert await service.counted(world.app.store, first) == 41
    assert len(await service.counted_with(world.app.store, first)) == 40


async def test_during_a_flood_another_sender_rings_at_once(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    for n in range(30):
        await told(world, DANGER, "account:1", text=f"flood {n}", targets=("here",))
    other = await told(world, DANGER, "account:2", text="please read", targets=("there",))
    await run(world)
    assert case_numbers.text(other) in rung(world)


async def test_the_same_target_or_words_of_others_join_while_it_rings(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    first = await told(world, DANGER, "account:1", targets=("@place",), text="abc")
    await told(world, DANGER, "account:2", targets=("@PLACE",), text="def")
    await told(world, DANGER, "account:3", targets=("@other",), text="ABC ")
    await run(world)
    assert rung(world) == [case_numbers.text(first)]
    assert await service.counted(world.app.store, first) == 3


async def test_nobody_is_silenced_by_a_stranger_who_came_first(
    store: Store, tmp_path: Path
) -> None:
    """Whoever opens the first case and goes back to sleep is called for the other sender's."""
    world = await alarmed(store, tmp_path)
    first = await told(world, DANGER, "account:1", targets=("@place",))
    other = await told(world, DANGER, "account:2", targets=("@place",))
    await run(world)
    assert rung(world) == [case_numbers.text(first)]
    await looked(world, first)
    for _ in range(4):  # opening it again and again delays nothing
        await run(world, MINUTE)
        await looked(world, first)
    assert rung(world) == []
    await run(world, MINUTE)
    assert rung(world) == [case_numbers.text(other)]
    assert (await state_of(world, other)).rings_with == 0


async def test_after_the_answer_another_senders_word_of_the_same_place_rings_anew(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    first = await told(world, DANGER, "account:1", targets=("@place",))
    await run(world)
    await looked(world, first)
    took(world)
    other = await told(world, DANGER, "account:2", targets=("@place",))
    await run(world)
    assert rung(world) == [case_numbers.text(other)]


async def test_a_proved_sender_is_counted_for_an_hour_and_a_typed_name_is_not(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    first = await told(world, DANGER, "account:1")
    forged = await told(world, DANGER, "form:a@example.org", proved=False, text="one")
    await run(world)
    await looked(world, first)
    await looked(world, forged)
    took(world)
    await told(world, DANGER, "account:1", text="again")
    await run(world)
    assert rung(world) == []
    await told(world, DANGER, "form:a@example.org", proved=False, text="two")
    await run(world)
    assert len(rung(world)) == 1
    await run(world, HOUR)  # what the sender wrote meanwhile and nobody opened has its turn
    assert len(rung(world)) >= 1


async def test_danger_never_joins_what_only_may_be_one(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    await told(world, PERHAPS, "account:1")
    worse = await told(world, DANGER, "account:1")
    await run(world)
    assert case_numbers.text(worse) in rung(world)


async def test_closing_a_case_gives_the_alarm_to_the_next_one(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    numbers = [await told(world, DANGER, "account:1", text=f"{n}") for n in range(3)]
    await run(world)
    took(world)
    for last, following in itertools.pairwise(numbers):
        closed = CaseEvent("closed", {"end": "no_action", "reason": "x"})
        await add(world, last, "staff:1", CaseEvent("looked", {}), closed)
        await run(world)
        assert rung(world) == [case_numbers.text(following)]
    assert await service.counted(world.app.store, numbers[2]) == 1


async def test_marks_of_alarms_are_forgotten_after_a_month(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    first = await told(world, DANGER, "account:1")
    await looked(world, first)
    await run(world, 32 * 86_400)
    assert await world.app.store.row(q.OF_CASE, number=first) is not None
    second = await told(world, DANGER, "account:1")
    await run(world)
    assert (await state_of(world, second)).rings_with == 0
