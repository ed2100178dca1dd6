"""Misuse: counted, warned of, suspended for a time by a person; never more."""

from __future__ import annotations

import pytest

from petitbleu.desk.adjudication.decisions import misuse
from petitbleu.desk.adjudication.decisions.misuse import Denied
from petitbleu.desk.records.audit import service as audit
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import NOTICE, STAFF, Scene, scene
from tests.domain.safety.moderation.place import service_chat
from tests.kit.world import RpcFault, World


async def strikes(at: Scene, count: int) -> int:
    case = 0
    for _ in range(count):
        post = await at.place.post(at.ada, "Encore un appel")
        case = await at.open(NOTICE)
        measures = [{"kind": "remove", "item": at.link(post)}]
        await at.decide(case, at.form(manifest="yes", measures=measures))
    return case


async def test_the_ladder_warns_first_and_each_suspension_is_longer(world: World) -> None:
    at = await scene(world)
    who = misuse.person(at.ada.user_id)
    case = await strikes(at, 2)
    with pytest.raises(Denied):
        await misuse.warn(world.app, STAFF, who, "content", case=case)
    case = await strikes(at, 1)
    with pytest.raises(Denied, match="warning before"):
        await misuse.suspend(world.app, STAFF, who, "content", case=case, reason="Trop")
    assert (await misuse.standing(world.app, who, "content")).next == "warning"
    await misuse.warn(world.app, STAFF, who, "content", case=case)
    await at.settle()
    assert "manifestly illegal content" in (await service_chat(at.ada))[0]
    with pytest.raises(Denied, match="since"):
        await misuse.suspend(world.app, STAFF, who, "content", case=case, reason="Trop")

    world.clock.advance(60)
    case = await strikes(at, 1)
    found = await misuse.standing(world.app, who, "content")
    assert (found.counted, found.next, found.days) == (4, "suspension", 7)
    row = await misuse.suspend(
        world.app, STAFF, who, "content", case=case, reason="Quatre appels en un mois"
    )
    await at.settle()
    assert 7 * 86_400 <= row.until - world.clock.now() <= 8 * 86_400
    with pytest.raises(RpcFault) as frozen:
        await at.ada.call(
            api.messages.SendMessage(
                peer=await at.place.named(at.ada), message="Encore", random_id=1
            )
        )
    assert frozen.value.message == "FROZEN_METHOD_INVALID"
    await at.pass_time(8 * 86_400)
    await strikes(at, 1)  # the account may act again
    assert (await misuse.standing(world.app, who, "content")).days == 30


async def test_a_suspension_can_be_ended_early(world: World) -> None:
    at = await scene(world)
    who = misuse.person(at.ada.user_id)
    case = await strikes(at, 3)
    await misuse.warn(world.app, STAFF, who, "content", case=case)
    world.clock.advance(60)
    case = await strikes(at, 1)
    await misuse.suspend(world.app, STAFF, who, "content", case=case, reason="Récidive")
    await misuse.end(world.app, STAFF, who, "content", reason="Réclamation fondée")
    await at.settle()
    assert (await misuse.standing(world.app, who, "content")).suspended_until == 0
    await at.place.post(at.ada, "Merci")
    with pytest.raises(Denied):
        await misuse.end(world.app, STAFF, who, "content", reason="Encore")


async def test_unfounded_notices_are_counted_for_who_sent_them(world: World) -> None:
    at = await scene(world)
    who = misuse.address("Notifier@people.example")
    for _ in range(3):
        case = await at.open(NOTICE)
        form = at.form(outcome="no_action", measures=[], unfounded="yes", manifest="yes")
        await at.decide(case, form)
    assert (await misuse.standing(world.app, who, "notice")).counted == 3
    assert (await misuse.standing(world.app, who, "complaint")).counted == 0
    await misuse.warn(world.app, STAFF, who, "notice", case=case)
    world.clock.advance(60)
    case = await at.open(NOTICE)
    await at.decide(case, at.form(outcome="no_action", measures=[], unfounded="yes"))
    row = await misuse.suspend(
        world.app, STAFF, who, "notice", case=case, reason="Quatre de suite", days=14
    )
    now = int(world.clock.now())
    assert await misuse.suspended(world.app.store, who, "notice", now) == row
    assert await misuse.suspended(world.app.store, who, "notice", row.until) is None
    await at.settle()
    case = await at.open(NOTICE)
    assert (await at.case(case)).warnings == ["notifier_suspended"]
    for kind in ("csam_notice", "art18_threat"):
        assert (await at.case(await at.open(NOTICE | {"kind": kind}))).warnings == []
    assert "menace pour la vie" in at.mails("notifier@people.example")[-1].text


async def test_oldstrikes_do_not_count(world: World) -> None:
    at = await scene(world)
    await strikes(at, 3)
    await at.pass_time(366 * 86_400)
    who = misuse.person(at.ada.user_id)
    assert (await misuse.standing(world.app, who, "content")).next == ""


async def test_the_log_names_nobody_who_was_warned(world: World) -> None:
    at = await scene(world)
    who = misuse.address("ada@people.example")
    case = await at.open(NOTICE)
    for number in range(3):
        await world.app.store.write(misuse.count, who, "notice", number, int(world.app.clock.now()))
    await misuse.warn(world.app, STAFF, who, "notice", case=case)
    lines = await audit.entries(world.app.store)
    assert "misuse.warning" in [one.action for one in lines]
    assert not [one for one in lines if "people.example" in f"{one.subject} {one.data!r}"]
