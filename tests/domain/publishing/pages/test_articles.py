"""Bylines, corrections and earlier versions: who may do what, through both doors; what is kept."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.messages import erase
from petitbleu.domain.publishing.pages import queries_articles as q
from petitbleu.domain.publishing.pages import service
from petitbleu.domain.publishing.pages.versions import GRACE, VERSIONS_MAX
from petitbleu.domain.registration.deletion import service as deletion
from petitbleu.tl import api
from tests.domain.publishing.pages.test_commands import log, promote
from tests.kit import chats
from tests.kit.chats import refused
from tests.kit.servicechat import ask, heard
from tests.kit.world import Client, World
from tests.web import public
from tests.web.test_public import decide


async def newspaper(world: World) -> tuple[public.Channel, Client]:
    """A channel that signs its posts, and somebody who writes in it."""
    here = await public.channel(world)
    await sign(here)
    lea = await world.sign_up("Léa")
    await rename(lea, "Léa", "Martin")
    await promote(here, lea, post_messages=True)
    return here, lea


async def sign(here: public.Channel, wanted: bool = True) -> None:
    await here.owner.call(
        api.channels.ToggleSignatures(channel=here.input, signatures_enabled=wanted)
    )


async def rename(client: Client, first: str, last: str) -> None:
    await client.call(api.account.UpdateProfile(first_name=first, last_name=last))


async def author(here: public.Channel, client: Client) -> Any:
    channel = chats.input_channel(client, here.number)
    return await client.call(api.petitbleu.GetAuthor(channel=channel))


def agreeing(here: public.Channel, client: Client, **more: Any) -> Any:
    channel = chats.input_channel(client, here.number)
    return api.petitbleu.SetAuthor(channel=channel, **more)


async def test_somebody_agrees_to_a_byline_in_the_service_chat_and_takes_it_back(
    world: World,
) -> None:
    here, lea = await newspaper(world)
    assert "plain text" in await ask(lea, "author @mairie")
    assert "author @name" in await ask(lea, "author")
    told = await ask(lea, "Autrice https://chat.example.org/mairie oui")
    assert "“Léa Martin”" in told and "/s/mairie/author/lea-martin" in told
    told = await ask(lea, "author @mairie photo on")
    assert "Its picture: shown" in told and "profile: not shown" in told
    assert "profile: shown. Its picture: shown" in await ask(lea, "auteur mairie bio oui")
    assert "“author @mairie on”" in await ask(lea, "author @mairie maybe")
    (mine,) = await service.authors.of_channel(world.app, here.peer)
    assert (mine.account, mine.slug, mine.name, mine.photo) == (
        lea.user_id, "lea-martin", "Léa Martin", True,
    )  # fmt: skip
    assert str(lea.user_id) not in mine.slug
    assert "plain text again" in await ask(lea, "author @mairie off")
    assert await service.authors.of_channel(world.app, here.peer) == ()
    assert await service.authors.is_gone(world.app, here.peer, "lea-martin")
    await ask(lea, "author @mairie on")
    (again,) = await service.authors.of_channel(world.app, here.peer)
    assert again.slug == "lea-martin", "it is theirs"


async def test_the_same_by_methods(world: World) -> None:
    here, lea = await newspaper(world)
    before = await author(here, lea)
    assert (before.shown, before.holds, before.address) == (False, False, None)
    told = await lea.call(agreeing(here, lea, shown=True, about=True))
    assert (told.shown, told.holds, told.about, told.photo) == (True, True, True, False)
    assert told.name == "Léa Martin" and told.address.endswith("/s/mairie/author/lea-martin")
    assert not told.unsigned
    await sign(here, False)
    assert (await author(here, lea)).unsigned
    off = await lea.call(agreeing(here, lea))
    assert (off.shown, off.address) == (False, None)
    eve = await world.sign_up("Eve")
    await eve.call(api.contacts.ResolveUsername(username="mairie"))
    for call in (
        agreeing(here, eve, shown=True),
        api.petitbleu.GetAuthor(channel=chats.input_channel(eve, here.number)),
    ):
        assert await refused(eve, call) == "CHAT_ADMIN_REQUIRED"
    assert "do not post" in await ask(eve, "author @mairie on")
    assert "do not post" in await ask(eve, "author @nobody on")
    group = await chats.supergroup(here.owner, title="Group")
    channel = chats.input_channel(here.owner, group)
    call = api.petitbleu.SetAuthor(channel=channel, shown=True)
    assert await refused(here.owner, call) == "BROADCAST_REQUIRED"


async def test_nobody_takes_the_byline_of_another(world: World) -> None:
    here, lea = await newspaper(world)
    bob = await world.sign_up("Bob")
    await promote(here, bob, post_messages=True)
    await lea.call(agreeing(here, lea, shown=True))
    for first, last in (
        ("Léa", "Martin"),
        ("LEA", "MARTÍN"),
        ("Lеа", "Martin"),
        ("L é a", "Mart1n"),
    ):
        await rename(bob, first, last)
        assert await refused(bob, agreeing(here, bob, shown=True)) == "USERNAME_OCCUPIED"
        assert "has this name" in await ask(bob, "author @mairie on")
    await rename(bob, "Bob", "")
    await bob.call(agreeing(here, bob, shown=True))
    # Later the name is that of somebody else: what was agreed to was another.
    await rename(bob, "Léa", "Martin")
    held = await service.authors.of_channel(world.app, here.peer)
    assert [one.account for one in held] == [lea.user_id]
    assert "plain text until" in await ask(bob, "author @mairie")
    assert await refused(bob, agreeing(here, bob, shown=True)) == "USERNAME_OCCUPIED"
    # Nor an address that once was another's.
    await lea.call(agreeing(here, lea))
    await rename(lea, "Léonie", "Martin")
    assert (await bob.call(agreeing(here, bob, shown=True))).address.endswith("/lea-martin-2")
    await rename(lea, "عمر", "")
    assert (await lea.call(agreeing(here, lea, shown=True))).address[-8:].isalnum()


async def test_who_left_can_take_it_back_and_a_deleted_account_leaves_a_hash(world: World) -> None:
    here, lea = await newspaper(world)
    await lea.call(agreeing(here, lea, shown=True))
    await promote(here, lea)
    assert len(await service.authors.of_channel(world.app, here.peer)) == 1
    assert "plain text again" in await ask(lea, "author @mairie off")
    assert await service.authors.of_channel(world.app, here.peer) == ()
    await promote(here, lea, post_messages=True)
    await lea.call(agreeing(here, lea, shown=True))
    await deletion.delete(world.app, lea.user_id)
    assert await service.authors.of_channel(world.app, here.peer) == ()
    keys = service.authors._keys(world.app, here.peer, "lea-martin")
    (row,) = await world.app.store.rows(q.AUTHOR, chat=here.peer, keys=keys)
    assert (row.account, row.slug, row.name) == (0, "", "")


# ── corrections ─────────────────────────────────────────────────────────────────────────────────


async def test_who_looks_after_a_channel_ends_the_byline_of_another(world: World) -> None:
    here, lea = await newspaper(world)
    bob = await world.sign_up("Bob")
    await promote(here, bob, post_messages=True)
    await lea.call(agreeing(here, lea, shown=True))
    assert "may not change" in await ask(bob, "author @mairie off lea-martin")
    assert "Nobody is named" in await ask(here.owner, "author @mairie off bob")
    assert len(await service.authors.of_channel(world.app, here.peer)) == 1
    for named in ("Léa Martin", "https://chat.example.org/s/mairie/author/lea-martin"):
        told = await ask(here.owner, f"auteur @mairie off {named}")
        assert "“Léa Martin” is plain text again" in told
        assert await service.authors.of_channel(world.app, here.peer) == ()
        (*_, last) = await heard(lea)
        assert last.message.startswith("You are not named as an author of “Mairie”")
        assert (await author(here, lea)).shown is False
        assert any("author Léa Martin: off" in text for _, text in await log(here))
        await lea.call(agreeing(here, lea, shown=True))  # who may post there may agree again
    await promote(here, lea)
    await ask(here.owner, "author @mairie off lea-martin")
    assert "do not post" in await ask(lea, "author @mairie on")


async def test_a_correction_is_noted_by_who_may_edit(world: World) -> None:
    here = await public.channel(world)
    post = await here.say("Le budget est de seize millions.")
    assert "in one sentence" in await ask(here.owner, "correction")
    told = await ask(here.owner, f"correction @mairie {post} Le budget est de dix-sept millions.")
    assert f"under post {post}" in told
    again = (
        f"Rectificatif https://chat.example.org/mairie/{post} Le budget est de dix-sept millions."
    )
    await ask(here.owner, again)
    _, notes = await service.corrections.of_post(world.app, here.peer, post)
    assert [one.note for one in notes] == ["Le budget est de dix-sept millions."]
    assert "dix-sept" in await ask(here.owner, f"correction mairie {post}")
    assert (await log(here))[-1] == (
        here.owner.user_id,
        f"Page publique\u00a0: {post}: correction = Le budget est de dix-sept millions.",
    )
    assert "no post 99" in await ask(here.owner, "correction @mairie 99 x")
    assert "too long" in await ask(here.owner, f"correction @mairie {post} " + "x" * 501)
    assert "taken back" in await ask(here.owner, f"correction @mairie {post} non")
    assert "No correction" in await ask(here.owner, f"correction @mairie {post} off")
    lea = await world.sign_up("Léa")
    await promote(here, lea, post_messages=True)
    assert "may not edit" in await ask(lea, f"correction @mairie {post} faux")


async def test_corrections_by_methods(world: World) -> None:
    here = await public.channel(world)
    post = await here.album(["Un", "Deux"], 2)
    owner, channel = here.owner, here.input
    made = await owner.call(
        api.petitbleu.AddCorrection(channel=channel, id=post + 1, text=" Deux  \n fois ")
    )
    assert [one.text for one in made.notes] == ["Deux fois"]
    found = await owner.call(api.petitbleu.GetCorrections(channel=channel, id=post))
    assert found == made, "an album is one post"
    long = api.petitbleu.AddCorrection(channel=channel, id=post, text="x" * 501)
    assert await refused(owner, long) == "MEDIA_CAPTION_TOO_LONG"
    empty = api.petitbleu.AddCorrection(channel=channel, id=post, text="  ")
    assert await refused(owner, empty) == "MESSAGE_EMPTY"
    for call in (
        api.petitbleu.AddCorrection(channel=channel, id=999, text="x"),
        api.petitbleu.GetCorrections(channel=channel, id=999),
        api.petitbleu.DeleteCorrection(channel=channel, id=999, date=1),
    ):
        assert await refused(owner, call) == "MESSAGE_ID_INVALID"
    for n in range(service.corrections.NOTES_MAX - 1):
        await owner.call(api.petitbleu.AddCorrection(channel=channel, id=post, text=f"n {n}"))
    more = api.petitbleu.AddCorrection(channel=channel, id=post, text="one more")
    assert await refused(owner, more) == "MEDIA_CAPTION_TOO_LONG"
    left = await owner.call(
        api.petitbleu.DeleteCorrection(channel=channel, id=post, date=made.notes[0].date)
    )
    assert [one.text for one in left.notes] == [f"n {n}" for n in range(9)]
    eve = await world.sign_up("Eve")
    await eve.call(api.contacts.ResolveUsername(username="mairie"))
    theirs = chats.input_channel(eve, here.number)
    for call in (
        api.petitbleu.AddCorrection(channel=theirs, id=post, text="x"),
        api.petitbleu.GetCorrections(channel=theirs, id=post),
        api.petitbleu.DeleteCorrection(channel=theirs, id=post, date=1),
    ):
        assert await refused(eve, call) == "CHAT_ADMIN_REQUIRED"


# ── earlier versions ────────────────────────────────────────────────────────────────────────────


async def kept(world: World, here: public.Channel, post: int) -> list[str]:
    rows = await world.app.store.rows(q.VERSIONS, chat=here.peer, messages=[post])
    return [row.text for row in rows]


async def test_versions_are_kept_where_the_owner_wants_it_and_they_stood_for_a_while(
    world: World,
) -> None:
    here = await public.channel(world)
    post = await here.say("Un")
    world.clock.advance(GRACE)
    await here.edit(post, "Deux")
    assert await kept(world, here, post) == [], "nobody asked for it"
    await ask(here.owner, "page @mairie historique oui")
    world.clock.advance(GRACE - 1)
    await here.edit(post, "Troi")
    assert await kept(world, here, post) == [], "a slip, mended at once"
    world.clock.advance(GRACE)
    await here.edit(post, "Trois")
    assert await kept(world, here, post) == ["Troi"]
    for n in range(VERSIONS_MAX + 5):
        world.clock.advance(GRACE)
        await here.edit(post, f"number {n}")
    found = await kept(world, here, post)
    assert len(found) == VERSIONS_MAX
    assert (found[0], found[-1]) == (f"number {VERSIONS_MAX + 3}", "Troi")
    await ask(here.owner, "page @mairie history off")
    assert await service.versions.sweep(world.app) == VERSIONS_MAX
    assert await kept(world, here, post) == []


async def test_versions_and_notes_go_with_the_post(world: World) -> None:
    here = await public.channel(world)
    await service.set_switch(world.app, here.peer, "history", "on")
    post = await here.say("Un")
    world.clock.advance(GRACE)
    await here.edit(post, "Deux")
    await service.corrections.correct(world.app, here.peer, post, "faux", by=here.owner.user_id)
    await here.delete(post)
    world.clock.advance(30 * 86_400)
    await erase.run(world.app)
    assert await kept(world, here, post) == []
    wanted = {"chats": [here.peer], "messages": [post]}
    assert await world.app.store.rows(q.CORRECTIONS, **wanted) == []


async def test_what_is_held_keeps_its_versions_until_nobody_needs_them(world: World) -> None:
    here = await public.channel(world)
    await service.set_switch(world.app, here.peer, "history", "on")
    post = await here.say("Un mensonge")
    world.clock.advance(GRACE)
    await here.edit(post, "Une insulte")
    await decide(world, here, "withhold", post)
    assert await service.versions.sweep(world.app) == 0, "evidence"
    assert await kept(world, here, post) == ["Un mensonge"]
    days = world.app.config.moderation.evidence_days
    world.clock.advance((days + 1) * 86_400)
    assert await service.versions.sweep(world.app) == 1
