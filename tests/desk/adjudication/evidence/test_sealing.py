"""What a case targets is copied when it is filed, as far as anybody can read it."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from petitbleu.desk.adjudication.evidence import access, sealing
from petitbleu.desk.adjudication.evidence.access import Why
from petitbleu.desk.casework.cases import service as cases
from petitbleu.desk.casework.cases.service import CaseEvent
from petitbleu.desk.intake import joining
from petitbleu.desk.orders.holds import service as desk_holds
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.safety.moderation import holds
from petitbleu.domain.safety.moderation import sealing as copies
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.desk.adjudication.decisions.deciding import NOTICE, Scene, scene
from tests.domain.safety.moderation.place import make
from tests.kit.world import World

DAY = 86_400
_JOBS = query("select kind from job where kind = 'evidence.seal'")


async def sealed_events(world: World, case: int) -> list[dict[str, Any]]:
    rows = await cases.timeline(world.app.store, case)
    return [msgspec.msgpack.decode(row.data) for row in rows if row.kind == "sealed"]


def texts(copy: dict[str, Any]) -> list[str]:
    return [one["text"] for one in copy["messages"] if not one["context"]]


async def edit(at: Scene, text: str) -> None:
    at.world.clock.advance(60)
    peer = await at.place.named(at.ada)
    await at.ada.call(api.messages.EditMessage(peer=peer, id=at.post, message=text))


async def delete(at: Scene) -> None:
    channel = await at.place.input(at.ada)
    await at.ada.call(api.channels.DeleteMessages(channel=channel, id=[at.post]))


async def test_a_notice_keeps_the_post_it_names_as_it_was(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    assert len(await world.app.store.rows(_JOBS)) == 1, "filing plans one job and copies nothing"
    assert await copies.of_file(world.app.store, case) == []
    await at.settle()
    (row,) = await copies.of_file(world.app.store, case)
    (event,) = await sealed_events(world, case)
    assert event == {
        "target": at.link(), "copy": row.number, "sha": row.digest.hex(), "at": row.at,
    }  # fmt: skip
    assert (await at.case(case)).sealed == {at.link(): row.number}
    await edit(at, "Saluons le printemps")
    why = Why("staff:1", case, "to decide")
    shown = await access.opened(world.app, why, row.number)
    assert texts(shown.copy) == ["Saluons l’attentat"]
    assert shown.now is not None
    assert texts(shown.now) == ["Saluons le printemps"]
    await delete(at)
    shown = await access.opened(world.app, why, row.number)
    assert shown.now is None and not shown.hidden
    assert texts(shown.copy) == ["Saluons l’attentat"]
    other = await at.open(NOTICE, targets=[])
    with pytest.raises(access.NotOfThisCase):
        await access.opened(world.app, why._replace(case=other), row.number)


async def test_a_target_is_copied_once_however_often_the_job_runs(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE, targets=[at.link(), f"https://t.me/bassin/{at.post}"])
    await asyncio.gather(sealing.seal(world.app, case), sealing.seal(world.app, case))
    await sealing.seal(world.app, case)
    assert len(await copies.of_file(world.app.store, case)) == 1
    assert len(await sealed_events(world, case)) == 1


async def test_a_letter_that_joins_with_a_new_target_has_that_copied_too(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    await at.settle()
    fresh = at.link(await at.place.post(at.ada, "Encore"))
    joined = CaseEvent("fact", {"targets": [at.link(), fresh]})
    await world.app.store.write(cases.append, world.app, case, "sender", joined)
    await at.settle()
    assert [one.target for one in await copies.of_file(world.app.store, case)] == [at.link(), fresh]


async def test_only_the_first_twenty_targets_are_copied(world: World) -> None:
    at = await scene(world)
    links = [at.link(await at.place.post(at.ada, f"{n}")) for n in range(22)]
    case = await at.open(NOTICE, targets=links)
    await at.settle()
    assert [one.target for one in await copies.of_file(world.app.store, case)] == links[:20]


async def test_a_case_that_is_joined_brings_its_copies(world: World) -> None:
    at = await scene(world)
    first, second = await at.open(NOTICE, targets=["@bassin"]), await at.open(NOTICE)
    await at.settle()
    (row,) = await copies.of_file(world.app.store, second)
    await edit(at, "Saluons le printemps")
    await world.app.store.write(joining.join, world.app, "staff:1", second, first)
    await at.settle()
    assert (await at.case(first)).sealed[at.link()] == row.number
    shown = await access.opened(world.app, Why("staff:1", first, "to decide"), row.number)
    assert texts(shown.copy) == ["Saluons l’attentat"]
    world.clock.advance(400 * DAY)
    await sealing.prune(world.app)
    assert await copies.get(world.app, row.number) is not None, "the first case is still open"


async def test_nothing_private_is_ever_copied(world: World) -> None:
    at = await scene(world)
    private = await make(world, at.ada, at.bob, broadcast=False)
    said = await private.post(at.ada, "among us")
    targets = [
        f"https://petitbleu.example/c/{private.id}/{said}",
        str(private.peer),
        str(at.bob.user_id),  # no public name: not everybody meets it
        f"https://t.me/bassin/{at.post + 99}",
        "@nobody_here",
        "PB-2027-000001",
    ]
    case = await at.open(NOTICE, targets=targets)
    await at.settle()
    assert await copies.of_file(world.app.store, case) == []
    assert await sealed_events(world, case) == []
    with pytest.raises(copies.NotPublic):
        await copies.seen(world.app, private.peer, [said])
    idle = await at.open(NOTICE, targets=["PB-2027-000001", "call me"])
    assert idle and await world.app.store.rows(_JOBS) == [], "nothing in it can lead anywhere"


async def test_a_profile_is_copied_as_a_stranger_sees_it(world: World) -> None:
    at = await scene(world)
    await at.bob.call(api.account.UpdateUsername(username="bob_barbier"))
    await at.bob.call(api.account.UpdateProfile(first_name="Bob", about="Je vends des rasoirs"))
    case = await at.open(NOTICE, targets=["@bob_barbier", "@bassin"])
    await at.settle()
    person, channel = await copies.of_file(world.app.store, case)
    shown = await access.opened(world.app, Why("staff:1", case, "x"), person.number)
    (bob,) = shown.copy["people"]
    assert (bob["about"], shown.copy["username"]) == ("Je vends des rasoirs", "bob_barbier")
    shown = await access.opened(world.app, Why("staff:1", case, "x"), channel.number)
    assert shown.copy["chat"]["username"] == "bassin" and shown.copy["messages"] == []
    closed = [api.InputPrivacyValueDisallowAll()]
    await at.bob.call(api.account.SetPrivacy(key=api.InputPrivacyKeyAbout(), rules=closed))
    later = await at.open(NOTICE, targets=["@bob_barbier"])
    await at.settle()
    (person,) = await copies.of_file(world.app.store, later)
    shown = await access.opened(world.app, Why("staff:1", later, "x"), person.number)
    assert shown.copy["people"][0]["about"] == ""


async def test_copies_outlive_the_case_by_the_time_to_complain(world: World) -> None:
    at = await scene(world)
    case = await at.open(NOTICE)
    await at.settle()
    (row,) = await copies.of_file(world.app.store, case)
    (body,) = await messages.moderation_access.rows(world.app.store, at.place.peer, [at.post])

    async def later(days: int) -> bool:
        world.clock.advance(days * DAY)
        await sealing.prune(world.app)
        await world.app.store.write(holds.prune, int(world.clock.now()))
        return await copies.get(world.app, row.number) is not None

    assert await later(189) and await later(29), "an open case needs it"
    assert await holds.held_until(world.app, body.author, body.body) > world.clock.now()
    closed = CaseEvent("closed", {"end": "no_action", "reason": "nothing wrong"})
    await world.app.store.write(cases.append, world.app, case, "staff:1", closed)
    assert await later(180)
    what = desk_holds.What("account", at.ada.user_id)
    until = int(world.clock.now()) + 60 * DAY
    await desk_holds.place(world.app, case, what, until=until, reason="order", by="staff:1")
    assert await later(59), "a hold keeps it"
    assert not await later(3)
    assert await holds.held_until(world.app, body.author, body.body) < world.clock.now()
