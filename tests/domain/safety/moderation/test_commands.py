"""Measures: commands that decide once, ends across restarts, orders that make no sense."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu import account_status
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.safety.moderation import measures
from petitbleu.domain.safety.moderation.effects import Refused
from petitbleu.tl import api
from tests.domain.safety.moderation.deciding import DAY, decide, lift, posts, three
from tests.domain.safety.moderation.place import make, run_jobs, service_chat
from tests.kit.world import RpcFault, World


async def test_a_command_decides_once(world: World) -> None:
    ada, bob, _ = await three(world)
    first = await decide(world, "restrict", subject=bob.user_id)
    again = await decide(world, "restrict", subject=bob.user_id)
    assert first == again
    assert len(await service_chat(bob)) == 1
    with pytest.raises(Refused, match="another decision"):
        await decide(world, "restrict", subject=ada.user_id)
    ended = await lift(world, first)
    assert await lift(world, first) == ended
    with pytest.raises(Refused, match="ended already"):
        await lift(world, first, "l2")


async def test_nobody_is_told_of_a_quiet_measure(world: World) -> None:
    _, bob, _ = await three(world)
    row = await decide(world, "restrict", subject=bob.user_id, quiet=True)
    await lift(world, row)
    world.clock.advance(120)
    await run_jobs(world.app)
    assert await service_chat(bob) == []


async def test_of_two_measures_the_stronger_counts_and_the_other_stays(world: World) -> None:
    _, bob, _ = await three(world)
    frozen = await decide(world, "restrict", subject=bob.user_id)
    suspended = await decide(world, "suspend", command="c2", subject=bob.user_id)
    await lift(world, frozen)
    again = world.connect(key=bob.link.auth_key_id)
    with pytest.raises(RpcFault) as refused:
        await again.call(api.updates.GetState())
    assert refused.value.message == "USER_DEACTIVATED_BAN"
    await lift(world, suspended, "l2")
    assert await world.connect(key=bob.link.auth_key_id).call(api.updates.GetState())


async def test_a_measure_ends_by_itself_after_a_restart(world: World) -> None:
    ada, bob, eve = await three(world)
    place = await make(world, ada, bob, eve)
    said = await place.post(ada, "deux")
    until = int(world.clock.now()) + DAY
    await decide(world, "withhold", countries=("DE",), until=until, **posts(place, said))
    for part in (restrictions.MARKS, account_status.STANDINGS):  # a new process knows neither
        world.app.parts.pop(part, None)
    assert await place.history(bob) == []
    world.clock.advance(DAY + 1)
    assert await place.history(bob) == ["deux"]
    before = await place.pts()
    await run_jobs(world.app)
    found = await place.difference(bob, before)
    assert [one.message for one in found.new_messages] == ["deux"]


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("burn", {"subject": 1}, "one of"),
        ("remove", {"subject": -5, "member": 5}, "remove is for"),
        ("suspend", {"subject": 777000}, "service account"),
        ("suspend", {"subject": 5}, "no such account"),
        ("withhold", {"subject": -5}, "no such chat"),
        ("suspend", {"subject": 5, "until": 1}, "future"),
        ("suspend", {"subject": 5, "countries": ("DE",)}, "only withhold"),
        ("withhold", {"owner": 5, "messages": (1,), "countries": ("XX",)}, "country code"),
        ("label", {"subject": 5, "label": "sensitive"}, "a label is one of"),
        ("suspend", {"subject": 5, "reason": " "}, "say why"),
        ("suspend", {"subject": 5, "actor": ""}, "say who"),
        ("suspend", {"subject": 5, "command": ""}, "command id"),
        ("remove", {"owner": 5, "messages": (1,)}, "none of these messages"),
    ],
)
async def test_refusals(world: World, kind: str, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        await decide(world, kind, **fields)
    assert await measures.listed(world.app) == []
