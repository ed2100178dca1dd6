"""The setting, by the service chat."""

from __future__ import annotations

from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.messaging.second_reader import gate
from tests.domain.publishing.pages.test_commands import promote
from tests.domain.publishing.review.test_previews import later
from tests.kit.servicechat import answer, ask, heard, run
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


async def test_a_preview_is_made_by_answering(world: World) -> None:
    here = await public.channel(world)
    bob = await world.sign_up("Bob")
    await promote(here, bob, post_messages=True)
    await ask(here.owner, "page @mairie second on")
    await later(here, "Le pont rouvre")
    await run(world)
    notice = next(one for one in await heard(bob) if "Le pont rouvre" in one.message)
    told = await answer(bob, notice.id, "preview")
    link = next(word for word in told.split() if "/preview/" in word)
    path = link.removeprefix(joining.base_url(world.app))
    assert "Le pont rouvre" in (await public.reader(world).get(path)).words
    assert "Answer one of my messages" in await ask(bob, "preview")
