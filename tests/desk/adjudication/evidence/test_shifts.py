"""Graphic cases are for the middle of a shift, critical ones for any time."""

from __future__ import annotations

import msgspec

from petitbleu.desk.adjudication.evidence import exposure, reveals
from petitbleu.desk.adjudication.evidence.exposure import Place, Shift
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.records.audit import service as audit
from tests.desk.adjudication.evidence.pictures import sent
from tests.desk.kit import signer
from tests.kit.world import World

HOUR = 3600


def test_both_ends_of_a_shift_are_calm_and_so_is_what_comes_after() -> None:
    shift = Shift(1000, 1000 + 8 * HOUR, 1800)
    for after, calm in ((0, True), (1799, True), (1800, False), (7 * HOUR, False)):
        assert shift.calm(1000 + after) is calm
    for after in (8 * HOUR - 1800, 8 * HOUR, 30 * HOUR):
        assert shift.calm(1000 + after)
    assert (shift.until(1000), shift.until(2800), shift.until(1000 + 8 * HOUR)) == (2800, 0, 0)
    assert not shift._replace(edge=0).calm(1000), "turned off"
    short = Shift(1000, 1000 + HOUR // 2, 1800)
    assert short.calm(1500) and short.until(1500) == 0


async def test_a_graphic_medium_opens_in_the_middle_of_a_shift_or_in_a_critical_case(
    world: World,
) -> None:
    at = await sent(world)
    case = await at.report(await at.photo())
    me = (await signer(world, "moderator")).staff
    where = Place(case, case, 1)

    async def opens() -> bool:
        try:
            await reveals.reveal(world.app, me, where, "triage")
        except exposure.Spent as spent:
            assert spent.scope == "shift"
            return False
        return True

    assert await opens(), "not in service: there is no shift"
    await world.app.store.write(exposure.duty, world.app, me, True)
    assert not await opens()
    counted = (await exposure.budget(world.app, world.app.store, me.id)).total
    assert counted == 1, "what did not open is no look"
    critical = cases.CaseEvent("urgency", {"urgency": 0, "why": "a life"})
    await world.app.store.write(cases.append, world.app, case, me.actor, critical)
    assert await opens()
    calmer = cases.CaseEvent("urgency", {"urgency": 2, "why": "no"})
    await world.app.store.write(cases.append, world.app, case, me.actor, calmer)
    world.clock.advance(1800)
    assert await opens()
    world.clock.advance(7 * HOUR)
    assert not await opens()
    await world.app.store.write(exposure.duty, world.app, me, False)
    assert await opens()


async def test_its_person_says_when_a_shift_ends_and_nobody_else_knows(world: World) -> None:
    me = (await signer(world, "moderator")).staff
    write, app = world.app.store.write, world.app
    now = int(world.clock.now())
    assert not await write(exposure.ends, app, me.id, now + HOUR), "not in service"
    await write(exposure.duty, app, me, True)
    lines = len(await audit.entries(app.store))
    for at, right in ((now, False), (now + 17 * HOUR, False), (now + 4 * HOUR, True)):
        assert await write(exposure.ends, app, me.id, at) is right
    shift = await exposure.shift(app, app.store, me.id)
    assert shift is not None and shift.ends == now + 4 * HOUR
    assert len(await audit.entries(app.store)) == lines
    await write(exposure.came_in, app, me.id)
    assert await exposure.shift(app, app.store, me.id) == shift, "a second sign-in changes nothing"
    world.clock.advance(20 * HOUR)
    await write(exposure.came_in, app, me.id)
    anew = await exposure.shift(app, app.store, me.id)
    assert anew is not None and anew.begins == now + 20 * HOUR


async def test_an_operator_may_do_without(world: World) -> None:
    me = (await signer(world, "moderator")).staff
    desk = msgspec.structs.replace(world.app.config.desk, shift_edge_minutes=0)
    world.app.config = msgspec.structs.replace(world.app.config, desk=desk)
    await world.app.store.write(exposure.duty, world.app, me, True)
    assert await exposure.put_off(world.app, me.id) == ()
