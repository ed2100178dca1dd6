"""The setting, by the service chat."""

from __future__ import annotations

import pytest

from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.messaging.second_reader import gate
from tests.domain.publishing.pages.test_commands import promote
from tests.domain.publishing.review.test_previews import later, private
from tests.kit.servicechat import answer, ask, heard, run
from tests.kit.world import Client, World
from tests.web import public
from tests.web.test_public import decide


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


async def waiting_edit(world: World) -> tuple[public.Channel, Client, int, int, str]:
    """A post, a change of it that waits: who may approve, the post, what asks, the link."""
    here = await public.channel(world)
    bob = await world.sign_up("Bob")
    await promote(here, bob, post_messages=True, edit_messages=True)
    post = await here.say("Le pont est fermé")
    await ask(here.owner, "page @mairie second on")
    await here.edit(post, "Le pont rouvre lundi")
    await run(world)
    notice = next(one for one in await heard(bob) if "Le pont rouvre" in one.message)
    return here, bob, post, notice.id, await linked(world, bob, notice.id)


async def linked(world: World, client: Client, notice: int) -> str:
    told = await answer(client, notice, "preview")
    link = next(word for word in told.split() if "/preview/" in word)
    return link.removeprefix(joining.base_url(world.app))


async def test_a_change_that_waits_is_looked_at_before_it_is_made(world: World) -> None:
    _, bob, post, notice, path = await waiting_edit(world)
    reader = public.reader(world)
    seen = await reader.get(path)
    assert seen.status == 200 and "Le pont rouvre lundi" in seen.words
    assert "fermé" not in seen.words and "once somebody approves" in seen.words
    private(seen)
    for public_page in ("/s/mairie", f"/mairie/{post}", "/s/mairie/feed.atom"):
        found = await reader.get(public_page)
        assert "fermé" in found.text and "rouvre" not in found.text, public_page
    assert await linked(world, bob, notice) == path, "the same as long as it holds"
    await answer(bob, notice, "approve")
    made = await reader.get(path)
    assert (made.status, made.headers["location"]) == (302, f"/mairie/{post}")
    assert "Le pont rouvre lundi" in (await reader.get(f"/mairie/{post}")).words


async def test_the_link_to_a_change_is_for_one_version(world: World) -> None:
    here, _, post, _, path = await waiting_edit(world)
    reader = public.reader(world)
    await here.edit(post, "Le pont rouvre mardi")
    found = await reader.get(path)
    assert (found.status, found.headers["location"]) == (302, f"/mairie/{post}")
    assert "rouvre" not in (await reader.get(f"/mairie/{post}")).words


@pytest.mark.parametrize("measure", ["withhold", "remove", "deleted"])
async def test_no_change_of_a_post_that_is_held_back_is_shown(world: World, measure: str) -> None:
    here, _, post, _, path = await waiting_edit(world)
    if measure == "deleted":
        await here.delete(post)
    else:
        await decide(world, here, measure, post)
    found = await public.reader(world).get(path)
    assert found.status == 404 and "pont" not in found.words
    private(found)
