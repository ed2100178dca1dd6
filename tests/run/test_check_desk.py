"""``petitbleu check`` fails while something is wrong at the desk."""

from __future__ import annotations

import re

import msgspec

from petitbleu.config import Desk
from petitbleu.control import perform
from petitbleu.desk.casework.alerts import service as alerts
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.intake import canary
from petitbleu.desk.outside import canaries
from petitbleu.run import health
from tests.desk.kit import opened, signer
from tests.desk.reconciliation.full_desk import attack, fill
from tests.desk.staffing.approvals.test_independence import join as with_passkey
from tests.kit.world import World


async def test_check_fails_while_log_and_desk_differ(world: World) -> None:
    await fill(world)
    await perform(world.app, "desk.audit.verify", {})
    assert not [one for one in (await health.with_desk(world.app)).lines if "differ" in one]
    await world.app.store.write(attack, "delete from desk_hold")
    await perform(world.app, "desk.audit.verify", {})
    found = await health.with_desk(world.app)
    assert not found.ok
    said = re.compile(r"differ in 1 places: Hold no\. \d+ is gone\.")
    assert any(said.search(one) for one in found.lines)


async def lines(world: World) -> tuple[bool, str]:
    found = await health.with_desk(world.app)
    return found.ok, " ".join(found.lines)


async def test_check_fails_while_a_clock_is_late_or_an_alarm_unanswered(world: World) -> None:
    assert (await lines(world))[0]
    number = await opened(world, "dsa_art9_order", received_at=int(world.clock.now()))
    assert (await lines(world))[0]
    world.clock.advance(40 * 86_400)
    ok, said = await lines(world)
    assert not ok and "whose clock is over: 1." in said
    end = CaseEvent("closed", {"end": "not_ours", "reason": "sent to the right one"})
    await world.app.store.write(cases.append, world.app, number, "staff:1", end)
    assert (await lines(world))[0]
    await world.app.store.write(alerts.trouble, world.app, "test", "test")
    ok, said = await lines(world)
    assert not ok and "nobody has answered: 1." in said
    await world.app.store.write(alerts.acknowledge, world.app, 0, "staff:1")
    assert (await lines(world))[0]


async def test_check_fails_while_nobody_sees_a_kind(world: World) -> None:
    await signer(world, "lead")
    await canaries.run(world.app)
    ok, said = await lines(world)
    assert not ok and "seen by nobody on the staff: csam_notice" in said
    await with_passkey(world, "child_safety")
    assert (await lines(world))[0]


async def test_check_fails_while_a_channel_is_not_proved(world: World) -> None:
    await signer(world, "lead")
    await with_passkey(world, "child_safety")
    ok, said = await lines(world)
    assert not ok and "letters arrive by: form." in said
    await canaries.run(world.app)
    assert (await lines(world))[0]
    world.clock.advance(3 * 86_400)
    ok, said = await lines(world)
    assert not ok and "letters arrive by: form." in said
    desk = Desk(addresses=("legal@home.example",))
    world.app.config = msgspec.structs.replace(world.app.config, desk=desk)
    await canaries.run(world.app)
    assert (await lines(world))[0], "the letter may be on its way"
    world.clock.advance(canary.SILENCE)
    ok, said = await lines(world)
    assert not ok and "letters arrive by: legal@home.example." in said
