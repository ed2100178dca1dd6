"""Owners say what is to be seen in their pictures, and are asked for what nobody described."""

from __future__ import annotations

from petitbleu.domain.publishing.pages import changed
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.files.media.shots import picture, upload
from tests.domain.publishing.pages.test_commands import log, promote
from tests.kit import chats
from tests.kit.chats import refused
from tests.kit.servicechat import answer, ask, heard, run
from tests.kit.world import Client, World
from tests.web import public

ALT = "Le port à l’aube <vu> du môle"


async def test_pictures_are_described_in_the_service_chat(world: World) -> None:
    here = await public.channel(world)
    reader, owner = public.reader(world), here.owner
    file = await upload(owner, picture(900, 600))
    post = await here.show(api.InputMediaUploadedPhoto(file=file), "Bonjour")
    album = await here.album("Trois vues")
    before = await reader.get(f"/mairie/{post}")
    assert 'alt="Picture without description"' in before.text
    missing = f"cannot see them: {album}, {album + 1}, {album + 2}, {post}."
    assert missing in await ask(owner, "page @mairie")
    told = await ask(owner, f"page @mairie alt https://x.example/mairie/{post} {ALT}")
    assert "described" in told and f"{album + 1}" in told
    page = await reader.get(f"/mairie/{post}")
    written = 'alt="Le port à l’aube &lt;vu&gt; du môle"'
    assert written in page.text and "without description" not in page.text
    assert page.headers["etag"] != before.headers["etag"]
    assert f'property="og:image:alt" content="{written[5:-1]}"' in page.text
    assert "Le port à l’aube" in (await reader.get("/s/mairie/feed.atom")).text
    for n in range(3):
        told = await ask(owner, f"page @mairie image {album + n} Vue {n}")
    assert "without a description" not in told
    assert "are described" in await ask(owner, "page @mairie alt")
    await ask(owner, f"page @mairie alt {album + 1} off")
    text = (await reader.get(f"/mairie/{album}")).text
    assert 'alt="Vue 0"' in text and 'alt="Vue 2"' in text and 'alt="Vue 1"' not in text
    assert (owner.user_id, f"Page publique\u00a0: {post}: alt = {ALT}") in await log(here)


async def test_what_is_no_picture_is_not_described(world: World) -> None:
    here = await public.channel(world)
    post = await here.say("Bonjour")
    for asked, told in (
        (f"{post} Un texte", "has no picture"),
        ("4711 Rien", "has no picture"),
        ("x Rien", "has no picture"),
        (f"{post}", "Say what is to be seen"),
        (f"{post} " + "é" * 501, "at most 500"),
    ):
        assert told in await ask(here.owner, f"page @mairie alt {asked}"), asked
    eve = await world.sign_up("Eve")
    assert "in charge of no channel" in await ask(eve, f"page @mairie alt {post} x")


async def test_a_description_goes_with_its_picture(world: World) -> None:
    here = await public.channel(world)
    file = await upload(here.owner, picture(900, 600))
    post = await here.show(api.InputMediaUploadedPhoto(file=file))
    await ask(here.owner, f"page @mairie alt {post} {ALT}")
    kept = query("select message from page_alt")
    assert len(await world.app.store.rows(kept)) == 1
    await here.delete(post)
    await changed.follow(world.app, [here.peer])
    assert await world.app.store.rows(kept) == []


async def with_second_reader(world: World) -> tuple[public.Channel, Client, int]:
    """A channel that demands one, somebody who may be it, and a picture nobody described."""
    here = await public.channel(world)
    bob = await world.sign_up("Bob")
    await promote(here, bob, post_messages=True, edit_messages=True, change_info=True)
    file = await upload(here.owner, picture(900, 600))
    post = await here.show(api.InputMediaUploadedPhoto(file=file), "Bonjour")
    await ask(here.owner, "page @mairie second on")
    return here, bob, post


async def notice(client: Client, text: str) -> int:
    return next(one.id for one in reversed(await heard(client)) if text in one.message)


async def test_a_description_waits_for_a_second_reader(world: World) -> None:
    here, bob, post = await with_second_reader(world)
    reader = public.reader(world)
    before = await reader.get(f"/mairie/{post}")
    assert "waits until" in await ask(here.owner, f"page @mairie alt {post} {ALT}")
    await run(world)
    page = await reader.get(f"/mairie/{post}")
    assert page.headers["etag"] == before.headers["etag"], "readers see what they saw"
    asked = await notice(bob, "Description of the picture")
    told = next(one.message for one in await heard(bob) if one.id == asked)
    assert ALT in told and "Bonjour" in told
    await answer(bob, asked, "approve")
    page = await reader.get(f"/mairie/{post}")
    assert 'alt="Le port à l’aube &lt;vu&gt; du môle"' in page.text
    assert "Updated" not in page.text, "the post itself was not edited"
    assert (here.owner.user_id, f"Page publique\u00a0: {post}: alt = {ALT}") in await log(here)
    await ask(here.owner, f"page @mairie alt {post} off")
    await run(world)
    asked = await notice(bob, "is taken away")
    assert "alt=" in (await reader.get(f"/mairie/{post}")).text
    await answer(bob, asked, "approve")
    assert "without description" in (await reader.get(f"/mairie/{post}")).text


async def test_a_text_and_a_description_of_one_person_wait_together(world: World) -> None:
    here, bob, post = await with_second_reader(world)
    set_alt = api.petitbleu.SetAlt(channel=here.input, id=post, text="Un port")
    assert await here.owner.call(set_alt)
    await here.edit(post, "Bonsoir")
    theirs = chats.input_channel(bob, here.number)
    (waiting,) = (await bob.call(api.petitbleu.GetWaiting(channel=theirs))).posts
    assert waiting.messages[0].message == "Bonsoir\n\nDescription of the picture: Un port"
    other = api.petitbleu.SetAlt(channel=theirs, id=post, text="Un pont")
    assert await refused(bob, other) == "CHAT_SEND_UNAPPROVED_FORBIDDEN"
    assert "Somebody else’s change" in await ask(bob, f"page @mairie alt {post} Un pont")
    await bob.call(
        api.petitbleu.Approve(channel=theirs, id=post, version=waiting.version, edit=True)
    )
    page = await public.reader(world).get(f"/mairie/{post}")
    assert "Bonsoir" in page.words and 'alt="Un port"' in page.text
    (left,) = [(await bob.call(api.petitbleu.GetWaiting(channel=theirs))).posts]
    assert left == []
    await here.owner.call(api.petitbleu.SetAlt(channel=here.input, id=post, text="Autre"))
    await ask(here.owner, "page @mairie second off")
    page = await public.reader(world).get(f"/mairie/{post}")
    assert 'alt="Un port"' in page.text, "what waited is dropped"


async def test_another_persons_text_takes_no_description_along(world: World) -> None:
    here, bob, post = await with_second_reader(world)
    await here.owner.call(api.petitbleu.SetAlt(channel=here.input, id=post, text="Un port"))
    peer = chats.input_peer(bob, here.number)
    await bob.call(api.messages.EditMessage(peer=peer, id=post, message="Bonsoir"))
    found = await here.owner.call(api.petitbleu.GetWaiting(channel=here.input))
    assert [one.messages[0].message for one in found.posts] == ["Bonsoir"]
