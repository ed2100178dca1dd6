"""Who is told when: one case, and the clock moved by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from petitbleu.desk.casework.alerts import ladder, service
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.errors import LocalFault
from petitbleu.store.api import Store
from tests.desk.casework.alerts.kit import (
    DIRECTOR,
    LEAD,
    ON_CALL,
    add,
    alarmed,
    opened,
    person,
    run,
    to,
    took,
)

MINUTE, HOUR, DAY = 60, 3600, 86400


async def test_a_critical_case_rings_on_call_at_once(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    number = await opened(world)
    await run(world)
    (mail,) = took(world)
    assert mail.to == ON_CALL
    assert (
        mail.subject == f"[{case_numbers.text(number)}] Terrorist content removal order — 1 h left"
    )
    assert "To do: remove or disable in all Member States\n" in mail.text
    assert f"https://chat.example/desk/cases/{case_numbers.text(number)}" in mail.text


async def test_mail_says_number_kind_and_time_and_nothing_of_the_content(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    await opened(world)
    await run(world)
    await run(world, 11 * MINUTE)
    for mail in took(world):
        assert "secret" not in mail.subject + mail.text
        assert "business" not in mail.subject + mail.text


async def test_a_critical_case_that_nobody_opens_reaches_everybody_after_ten_minutes(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    await person(world, "lou@desk.example", "legal")
    await opened(world)
    await run(world)
    assert to(world) == [ON_CALL]
    await run(world, 9 * MINUTE)
    assert to(world) == []
    await run(world, MINUTE)
    assert to(world) == sorted([ON_CALL, LEAD, DIRECTOR, "lou@desk.example"])


async def test_the_ladder_climbs_until_somebody_answers(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    await opened(world, "csam_notice", 0)
    await run(world)
    assert to(world) == [ON_CALL]
    number = await opened(world, "dsa_art9_order", 1)
    await run(world)
    assert to(world) == [ON_CALL]
    await run(world, HOUR)
    sent = [mail for mail in took(world) if case_numbers.text(number) in mail.subject]
    assert {mail.to for mail in sent} == {LEAD}
    await run(world, HOUR)
    sent = [mail for mail in took(world) if case_numbers.text(number) in mail.subject]
    assert {mail.to for mail in sent} == {DIRECTOR}
    await run(world, HOUR)
    assert [mail for mail in took(world) if case_numbers.text(number) in mail.subject] == []


async def test_opening_the_case_stops_the_step_and_not_the_clock(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    number = await opened(world)
    await run(world)
    took(world)
    await add(world, number, "staff:1", CaseEvent("looked", {}))
    await run(world, 11 * MINUTE)
    assert to(world) == []
    await run(world, 19 * MINUTE)  # minute 30: the next rung, told to the head
    (mail,) = took(world)
    assert (mail.to, "30 min left" in mail.subject) == (LEAD, True)
    await run(world, 30 * MINUTE)  # minute 60: late
    assert LEAD in to(world)


async def test_acknowledging_is_on_the_time_line_and_stops_the_climb(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    number = await opened(world, "dsa_art9_order", 1)
    await run(world)
    took(world)
    assert await world.app.store.write(service.acknowledge, world.app, number, "staff:3") == 1
    assert await world.app.store.write(service.acknowledge, world.app, number, "staff:3") == 0
    events = await cases.timeline(world.app.store, number)
    assert (events[-1].kind, events[-1].actor) == ("alarm.heard", "staff:3")
    await add(world, number, "staff:3", CaseEvent("looked", {}))
    await add(world, number, "staff:3", CaseEvent("clock.done", {"clock": "dsa9.acknowledge"}))
    await run(world, 2 * HOUR)
    assert to(world) == []


async def test_a_done_clock_and_a_closed_case_ring_no_more(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    number = await opened(world)
    await run(world)
    took(world)
    await add(
        world,
        number,
        "staff:1",
        CaseEvent("looked", {}),
        CaseEvent("clock.done", {"clock": "tco.remove"}),
    )
    await run(world, 2 * HOUR)
    assert to(world) == []
    other = await opened(world)
    await add(world, other, "staff:1", CaseEvent("closed", {"end": "fraud", "reason": "a hoax"}))
    await run(world, 2 * HOUR)
    assert to(world) == []


async def test_every_rung_rings_once_however_often_the_job_runs(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    number = await opened(world)
    for _ in range(3):
        await service.ring(world.app, number)
        await run(world)
    assert to(world) == [ON_CALL]


async def test_a_letter_that_came_late_rings_once_as_high_as_its_clock_says(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    await opened(world, received_at=int(world.clock.now()) - 2 * HOUR)
    await run(world)
    sent = took(world)
    assert [mail.to for mail in sent].count(ON_CALL) == 1
    assert all("late by 1 h" in mail.subject for mail in sent)


async def test_each_level_falls_to_the_next_one_where_nobody_stands(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    ada = await person(world, "ada@desk.example", "legal")
    bo = await person(world, "bo@desk.example", "legal", on_duty=True)
    cy = await person(world, "cy@desk.example", "legal", on_call=True)
    assert (ada, bo, cy) != (0, 0, 0)
    number = await opened(world, "epoc", 1)
    await add(world, number, "staff:1", CaseEvent("looked", {}), CaseEvent("owner", {"staff": ada}))
    await run(world)
    assert to(world) == ["cy@desk.example"]  # staff on call stand in for the settings' address
    await add(world, number, "staff:1", CaseEvent("looked", {}))
    for clock in ("epoc.preserve", "epoc.third_country_objection"):
        await add(world, number, "staff:1", CaseEvent("clock.done", {"clock": clock}))
    await run(world, 5 * DAY + 8 * HOUR)  # past 50 % of ten days, by day
    assert to(world) == ["ada@desk.example"]
    await run(world, HOUR)
    assert to(world) == ["bo@desk.example"]
    await run(world, HOUR)
    assert to(world) == ["cy@desk.example"]


async def test_only_a_person_lowers_an_urgency_and_its_alarms(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    number = await opened(world)
    with pytest.raises(LocalFault):
        await add(world, number, "system", CaseEvent("urgency", {"urgency": 2, "why": "x"}))
    await add(world, number, "staff:2", CaseEvent("urgency", {"urgency": 2, "why": "a hoax"}))
    await run(world)
    assert "at-once 2" not in [row.step for row in await service.of_case(store, number)]


async def test_a_raised_urgency_rings_at_once(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    number = await opened(world, "unsorted", 2)
    await run(world)
    assert to(world) == []
    await add(world, number, "staff:2", CaseEvent("urgency", {"urgency": 0, "why": "a bomb"}))
    await run(world)
    assert to(world) == [ON_CALL]


async def test_alarms_of_ordinary_cases_leave_together_every_quarter_of_an_hour(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    numbers = [await opened(world, "art16_notice", 2) for _ in range(3)]
    await run(world, 36 * HOUR + MINUTE)  # half of the 72 hours
    assert to(world) == []
    await run(world, 15 * MINUTE)
    (mail,) = took(world)
    assert (mail.to, "3 alarms" in mail.subject) == (ON_CALL, True)
    assert all(case_numbers.text(number) in mail.text for number in numbers)


async def test_quiet_hours_hold_what_is_neither_critical_nor_new(
    store: Store, tmp_path: Path
) -> None:
    hours = ladder.quiet("22:00-07:00", "Europe/Paris")
    evening, night = 1_800_046_800, 1_800_061_200  # 22:00 and 02:00 in Paris, 15 and 16 January
    assert ladder.after_quiet(evening - 1, hours) == evening - 1
    assert ladder.after_quiet(evening, hours) == ladder.after_quiet(night, hours) == 1_800_079_200
    assert ladder.after_quiet(1_800_079_200, hours) == 1_800_079_200
    assert ladder.after_quiet(night, ladder.quiet("", "Europe/Paris")) == night
    world = await alarmed(store, tmp_path)
    world.clock.advance(evening + HOUR - world.clock.now())
    high = await opened(world, "dsa_art9_order", 1)
    await run(world)
    assert to(world) == [ON_CALL]  # new: at once, also at night
    await add(world, high, "system", CaseEvent("clock.done", {"clock": "dsa9.acknowledge"}))
    await run(world, 2 * HOUR)
    assert to(world) == []  # its climb waits for the morning
    await opened(world)
    await run(world)
    assert to(world) == [ON_CALL]  # critical: always
    # Urgent, and its 24 hours end at 03:00: the morning would be too late.
    await opened(
        world, "dsa_art9_order", 1, received_at=int(world.clock.now()) - 22 * HOUR - 30 * MINUTE
    )
    await run(world)
    took(world)
    await run(world, 95 * MINUTE)
    assert [mail.to for mail in took(world) if "late by" in mail.subject]
    await run(world, 1_800_079_200 - world.clock.now())
    assert any(case_numbers.text(high) in mail.subject for mail in took(world))


async def test_a_flood_of_urgent_cases_does_not_bury_the_reader(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    numbers = [await opened(world, "dsa_art9_order", 1) for _ in range(30)]
    await run(world)
    sent = took(world)
    assert len(sent) <= 12
    said = "".join(mail.subject + mail.text for mail in sent)
    assert all(case_numbers.text(number) in said for number in numbers)


async def test_an_alarm_that_reaches_nobody_is_counted(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path, on_call=(), lead="", director="")
    before = service.UNHEARD.values.get("", 0)
    await opened(world)
    await run(world)
    assert service.UNHEARD.values.get("", 0) == before + 1
    assert to(world) == []


async def test_plain_steps_of_the_law_reach_the_right_level() -> None:
    expected = {
        "50 % elapsed: owner": ladder.OWNER,
        "75 %: owner + deputy": ladder.QUEUE,
        "90 %: head of desk": ladder.LEAD,
        "100 %: breach record": ladder.LEAD,
        "0 min: page on-call + deputy": ladder.ON_CALL,
        "10 min unread: page all legal desk and operator head": ladder.ALL,
        "30 min: phone chain": ladder.LEAD,
        "4 h: hourly page": ladder.ON_CALL,
        "7 h: conference call": ladder.ALL,
        "due": ladder.LEAD,
    }
    assert {what: ladder.reach(what, "task") for what in expected} == expected
    assert ladder.reach("due", "other") == ladder.OWNER
