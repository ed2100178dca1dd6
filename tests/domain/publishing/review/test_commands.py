"""The setting, by the service chat."""

from __future__ import annotations

from petitbleu.domain.messaging.second_reader import gate
from tests.domain.publishing.pages.test_commands import promote
from tests.kit.servicechat import ask
from tests.kit.world import World
from tests.web import public


async def test_the_owner_demands_a_second_reader_by_the_service_chat(world: World) -> None:
    here = await public.channel(world)
    bob = await world.sign_up("Bob")
    await promote(here, bob, change_info=True, post_messages=True)
    assert "second" not in await ask(bob, "page @mairie second on")
    assert not await gate.is_demanded_in(world.app, here.peer)
    assert "a second person has read it" in await ask(here.owner, "page @mairie second on")
    assert await gate.is_demanded_in(world.app, here.peer)
    assert "no second reader" in await ask(here.owner, "page @mairie second off")
    assert not await gate.is_demanded_in(world.app, here.peer)
