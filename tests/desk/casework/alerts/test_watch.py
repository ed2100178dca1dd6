"""The desk itself is watched: absence, troubles, digests, the weekly proof, figures."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from petitbleu.desk.casework.alerts import digest, service, watch
from petitbleu.desk.casework.alerts import queries as q
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.casework.letters import service as letters
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.run import health
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
from tests.kit.world import World

HOUR, DAY = 3600, 86400


def paris(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris")).timestamp())


async def test_nobody_at_the_desk_for_a_day_while_clocks_run_rings(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    await watch.look(world.app)
    world.clock.advance(2 * DAY)
    await watch.look(world.app)
    await run(world)
    assert to(world) == []  # no clock runs
    await opened(world, "dsar", 2)
    world.clock.advance(DAY - 1)
    await watch.look(world.app)
    await run(world)
    assert to(world) == []
    world.clock.advance(1)
    await watch.look(world.app)
    await watch.look(world.app)
    await run(world)
    assert to(world) == [ON_CALL, DIRECTOR]
    world.clock.advance(DAY)
    await watch.look(world.app)
    await run(world)
    assert DIRECTOR in to(world)  # every day while it lasts


async def test_letters_that_do_not_leave_ring_until_they_do(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    write = world.app.store.write
    values = {"to": "greffe@tj.example", "purpose": "receipt", "language": "fr", "subject": "x"}
    letter = await write(letters.queue, world.app, case=2027_000_000_001, text="y", **values)
    world.clock.advance(watch.MAIL_PATIENCE - 1)
    await watch.look(world.app)
    assert await alerts_of(world) == []
    world.clock.advance(1)
    await watch.look(world.app)
    assert await alerts_of(world) == ["mail_stuck"]
    await letters.send(world.app, letter)
    await watch.look(world.app)
    assert await alerts_of(world) == []


async def alerts_of(world: World) -> list[str]:
    """Troubles of the desk that last."""
    rows = await world.app.store.rows(q.OF_CASE, number=0)
    return [row.what for row in rows if row.ended_at is None]


async def test_a_trouble_rings_once_climbs_and_comes_back(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    name, what = "canary tco@desk.example", "trouble: canary of tco@desk.example was not seen"
    write = world.app.store.write
    assert await write(service.trouble, world.app, name, what)
    assert not await write(service.trouble, world.app, name, what)
    await run(world)
    (mail,) = took(world)
    assert (mail.to, "canary of tco@" in mail.subject) == (ON_CALL, True)
    world.clock.advance(HOUR)
    await service.climb_troubles(world.app)
    await run(world)
    assert to(world) == [LEAD]
    await write(service.acknowledge, world.app, 0, "staff:1")
    world.clock.advance(HOUR)
    await service.climb_troubles(world.app)
    await run(world)
    assert to(world) == []
    await write(service.settled, world.app, name)
    assert await write(service.trouble, world.app, name, what, also_director=True)
    await run(world)
    assert to(world) == [ON_CALL, DIRECTOR]


def test_mails_by_the_clock_are_due_at_local_hours() -> None:
    zone = "Europe/Paris"
    monday = digest.due_slots(paris("2027-01-18 08:00:00"), zone)
    assert [(slot.at, slot.proof) for slot in monday] == [
        (paris("2027-01-18 08:00:00"), True),
        (paris("2027-01-18 08:00:00"), False),
    ]
    (night,) = digest.due_slots(paris("2027-01-18 23:00:00"), zone)
    assert night.proof
    summer = digest.due_slots(paris("2027-07-07 16:10:00"), zone)
    assert [slot.at for slot in summer] == [
        paris("2027-07-05 08:00:00"),
        paris("2027-07-07 16:00:00"),
    ]


async def test_a_digest_stands_in_place_of_one_mail_per_report(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path, lead="", director="")
    ada = await person(world, "ada@desk.example", "moderator")
    await person(world, "tech@desk.example", "tech")
    mine = await opened(world, "art16_notice", 2)
    other = await opened(world, "art16_notice", 2)
    await add(world, mine, "staff:1", CaseEvent("looked", {}), CaseEvent("owner", {"staff": ada}))
    world.clock.advance(paris("2027-01-15 16:05:00") - world.clock.now())
    await digest.send_due(world.app)
    await digest.send_due(world.app)
    (mail,) = took(world)
    assert mail.to == "ada@desk.example"
    assert mail.subject == "[Desk] 2 open cases, 0 late, 0 due in 24 h"
    assert "Unread: 1\nWithout owner: 1" in mail.text
    assert mail.text.index("My cases") < mail.text.index(case_numbers.text(mine))
    assert case_numbers.text(other) in mail.text
    assert "business" not in mail.text
    assert "secret" not in mail.text


async def test_the_proof_of_reading_comes_every_week_even_when_all_is_well(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)
    world.clock.advance(paris("2027-01-18 07:59:00") - world.clock.now())
    await digest.send_due(world.app)
    assert to(world) == []
    world.clock.advance(60)
    await digest.send_due(world.app)
    (mail,) = took(world)
    assert mail.to == DIRECTOR
    assert mail.subject == "[Desk] Proof of reading, 11 January 2027 to 18 January 2027"
    assert "Arrived this week: 0" in mail.text
    looked = await opened(world, "unsorted", 2)
    late = await opened(world, "unsorted", 2)
    world.clock.advance(HOUR)
    await add(world, looked, "staff:1", CaseEvent("looked", {}))
    world.clock.advance(7 * DAY - HOUR)
    await digest.send_due(world.app)
    (mail,) = [sent for sent in took(world) if "Proof" in sent.subject]
    assert "Arrived this week: 2\n       2  Unsorted" in mail.text
    assert "median 1 h, 9 of 10 within 1 h, the worst 1 h" in mail.text
    assert "never opened so far: 1, the oldest for 7 d 0 h" in mail.text
    assert (
        f"{case_numbers.text(late)} · late by 6 d 20 h · Unsorted · a person sorts it\n"
        in mail.text
    )
    assert "business" not in mail.text


async def test_a_digest_that_is_refused_is_sent_at_the_next_look(
    store: Store, tmp_path: Path
) -> None:
    world = await alarmed(store, tmp_path)

    class Refusing:
        async def send(self, to: str, subject: str, text: str) -> None:
            raise OSError("away")

    outbox, world.app.mail = world.mail, Refusing()
    world.clock.advance(paris("2027-01-18 08:00:00") - world.clock.now())
    await digest.send_due(world.app)
    world.app.mail = outbox
    await digest.send_due(world.app)
    assert to(world) == [DIRECTOR]


async def test_health_and_gauges_count_and_name_nothing(store: Store, tmp_path: Path) -> None:
    world = await alarmed(store, tmp_path)
    await opened(world)
    world.clock.advance(3 * HOUR)
    await watch.look(world.app)
    report = await health.examine(world.app)
    assert "The desk has 1 open cases, 1 unread; 1 clocks are late, the first by 2 hours." in (
        report.lines
    )
    gauges = {gauge.name: gauge.value for gauge in watch.gauges(world.app)}
    assert gauges["desk_cases_late"] == gauges["desk_cases_unread"] == 1
    assert gauges["desk_most_late_seconds"] == 2 * HOUR
    assert gauges["desk_oldest_unread_seconds"] == 3 * HOUR


async def test_health_says_which_law_file_was_left_out(store: Store, tmp_path: Path) -> None:
    (tmp_path / "law").mkdir()
    (tmp_path / "law/counsel.json").write_text("{")
    world = await alarmed(store, tmp_path)
    world.errors.clear()
    report = await health.examine(world.app)
    assert any("law/counsel.json is not JSON" in line for line in report.lines)
