"""A restore is a line of the log, is told, and gives no name out twice."""

from __future__ import annotations

import json

import pytest

from petitbleu.desk.adjudication.decisions import numbers
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.records.audit import heads, resuming, standing
from petitbleu.desk.records.audit import service as audit
from petitbleu.desk.records.audit import start as audit_start
from petitbleu.jobs import KINDS
from petitbleu.run.jobs import JobRunner
from petitbleu.store import counters
from tests.desk.adjudication.decisions.deciding import NOTICE, scene
from tests.desk.kit import signer
from tests.desk.reconciliation.full_desk import attack
from tests.desk.records.audit.test_standing import cut, write
from tests.kit.world import World

KEEP = "insert into setting (name, value) values (:name, :value)"


async def restored(world: World) -> None:
    """What ``restore`` leaves in the database for the next start, and that start."""
    said = json.dumps({"backup": 1_799_990_000, "at": 1_800_000_123, "live": True}).encode()

    await world.app.store.write(attack, KEEP, name=counters.RESTORED, value=said)
    await audit_start.begin(world.app)


async def test_a_restore_writes_a_line_and_tells_leads_and_directors_once(world: World) -> None:
    await signer(world, "lead")
    await signer(world, "director")
    await signer(world, "moderator")
    await restored(world)
    await audit_start.begin(world.app)
    lines = await audit.about(world.app.store, standing.SUBJECT)
    assert [one.action for one in lines] == [standing.RESTORE]
    assert json.loads(lines[0].data)["backup"] == 1_799_990_000
    await JobRunner(world.app).run_due()
    told = [one for one in world.mail.sent if "restored from a backup" in one.subject]
    assert sorted(one.to for one in told) == ["p1@example.org", "p2@example.org"]
    assert standing.held(world.app) is None
    assert "audit.restored" in KINDS


async def test_a_decision_after_a_restore_has_another_name_in_the_eu_database(
    world: World,
) -> None:
    at = await scene(world)
    first = await at.decide(await at.open(NOTICE))
    before = await eu_database.of_decision(world.app.store, first.number)
    await restored(world)
    at.post = await at.place.post(at.ada, "Encore")
    row = await at.decide(await at.open(NOTICE))
    after = await eu_database.of_decision(world.app.store, row.number)
    assert before and after
    assert "-r" not in before[0].puid
    assert after[0].puid.endswith(f"-r{1_800_000_123:x}")


@pytest.mark.parametrize("how", ["restore", "copied back"])
async def test_decisions_of_a_case_are_not_numbered_twice_after_a_restore(
    world: World, how: str
) -> None:
    """Statements and letters of what was lost with the newer database name their numbers."""
    at = await scene(world)
    case = await at.open(NOTICE)
    first = await at.decide(case, at.form(outcome="no_action", measures=[]))
    backup = await cases.get(world.app.store, case)
    assert backup is not None and backup.decisions == [first.number]
    if how == "restore":
        await restored(world)
    else:
        await write(world, 5)
        await heads.sign(world.app)
        await cut(world, 2)
        world.app.parts[standing.HELD] = None
        await audit_start.begin(world.app)
        assert await resuming.sign(world.app, "operator", "the disk failed", alone=True)
        await audit_start.begin(world.app)
    second = await at.decide(case, at.form(outcome="no_action", measures=[]))
    lost = {first.number + n for n in range(1, numbers.LOST)}
    assert second.number not in lost and second.number > max(lost)
    third = await at.decide(case, at.form(outcome="no_action", measures=[]))
    assert third.number == second.number + 1
    # a case that is opened afterwards begins at 1, another restore skips again
    world.clock.advance(60)
    assert (await at.decide(await at.open(NOTICE))).number % 1000 == 1
    await restored(world)
    fourth = await at.decide(case, at.form(outcome="no_action", measures=[]))
    assert fourth.number > third.number + numbers.LOST - 3
    assert numbers.parse(numbers.text(fourth.number)) == fourth.number
