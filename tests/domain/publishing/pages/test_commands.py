"""Owners see and switch the public page of their channel by writing to 777000."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from petitbleu.app import App
from petitbleu.config import Web
from petitbleu.control import CommandRefused, perform
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.publishing.comments import service as comments
from petitbleu.domain.publishing.pages import service, texts
from petitbleu.domain.publishing.pages.switches import Switches
from petitbleu.ids import SERVICE_USER
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.domain.files.media.shots import picture, upload
from tests.kit import chats
from tests.kit.servicechat import ask, heard, run
from tests.kit.world import Client, World, running
from tests.web import public


async def log(channel: public.Channel) -> list[tuple[int, str]]:
    """What the recent actions say of the page, and who did it, oldest first."""
    found = await channel.owner.call(
        api.channels.GetAdminLog(channel=channel.input, q="", max_id=0, min_id=0, limit=50)
    )
    send = api.ChannelAdminLogEventActionSendMessage
    told = [one for one in found.events if type(one.action) is send]
    return [(one.user_id, one.action.message.message) for one in reversed(told)]


async def promote(channel: public.Channel, other: Client, **rights: bool) -> None:
    await channel.owner.peer(other)
    await channel.owner.call(
        api.channels.EditAdmin(
            channel=channel.input,
            user_id=await chats.user(channel.owner, other),
            admin_rights=api.ChatAdminRights(**rights),
            rank="",
        )
    )


def last_look(
    monkeypatch: pytest.MonkeyPatch, client: Client, then: Callable[[], Awaitable[None]]
) -> None:
    """Let ``then`` happen right after somebody's rights are looked at, before anything is done."""
    look, looked = members.load_member, False

    async def of(app: App, chat: int, account: int) -> Any:
        nonlocal looked
        found = await look(app, chat, account)
        if account == client.user_id and not looked:
            looked = True
            await then()
        return found

    monkeypatch.setattr(members, "load_member", of)


async def test_an_owner_puts_a_channel_on_the_web_and_takes_it_off(world: World) -> None:
    here = await public.channel(world, shown=False)
    owner = here.owner
    assert "“Mairie” @mairie: off" in await ask(owner, "page")
    answer = await ask(owner, "page @mairie on")
    assert "everybody can read it" in answer and "/s/mairie" in answer
    assert "everybody can read it" in await ask(owner, "Page https://x.example/s/MAIRIE oui")
    assert (await public.reader(world).get("/s/mairie")).status == 200
    assert "“Mairie” @mairie: on" in await ask(owner, "page publique")
    assert "is off" in await ask(owner, "page @mairie off")
    assert (await public.reader(world).get("/s/mairie")).status == 404
    logged = [
        f"Page publique\u00a0: {one}" for one in ("désactivée → activée", "activée → désactivée")
    ]
    assert await log(here) == [(owner.user_id, one) for one in logged]


async def test_switches_are_set_by_the_names_and_values_people_type(world: World) -> None:
    here = await public.channel(world)
    owner = here.owner
    assert "noindex" in await ask(owner, "page @mairie index noindex")
    await ask(owner, "page @mairie share=copy,MAIL ai=on presse=oui")
    await ask(owner, "page mairie commentaires fermés")
    await ask(owner, "page mairie jours 30")
    await ask(owner, "page mairie frames https://a.example.org, https://b.example.org")
    told = await ask(owner, "page mairie charte Soyez brefs : restez courtois = merci.")
    assert told.endswith("charter = Soyez brefs : restez courtois = merci.")
    _, set_ = await service.settings(world.app, here.peer)
    assert (set_.robots, set_.share, set_.ai, set_.press) == (
        "noindex",
        ("copy", "mail"),
        True,
        True,
    )
    assert (set_.comments, set_.comments_days) == ("closed", 30)
    assert set_.frames == ("https://a.example.org", "https://b.example.org")
    assert set_.charter == "Soyez brefs : restez courtois = merci."
    await ask(owner, "page mairie charte off")
    assert "no switch “official”" in await ask(owner, "page mairie official myself")
    await service.set_official(world.app, here.peer, "Préfecture")
    assert "official: Préfecture vouches" in await ask(owner, "page mairie")
    stands = await ask(owner, "page @mairie")
    assert "robots = noindex\n" in stands and "charter = off" in stands
    on, robots, *_ = await log(here)
    assert on == (SERVICE_USER, "Page publique\u00a0: désactivée → activée")
    assert robots == (owner.user_id, "Page publique\u00a0: robots: index → noindex")


async def test_one_post_has_its_own_rule_for_comments(world: World) -> None:
    here = await public.channel(world)
    post = await here.say("Bonjour")
    assert "closed" in await ask(here.owner, f"page @mairie post {post} closed")
    link = f"https://x.example/mairie/{post}"
    assert "comments open" in await ask(here.owner, f"page @mairie post {link} open")
    assert await comments.rules_of(world.app, here.peer) == {post: "open"}
    assert f"{post} (open)" in await ask(here.owner, "page @mairie")
    ruled = f"Page publique\u00a0: comments, post {post}: "
    assert (await log(here))[1:] == [
        (here.owner.user_id, ruled + "usual → closed"),
        (here.owner.user_id, ruled + "closed → open"),
    ]
    assert "no post" in await ask(here.owner, "page @mairie post 999 closed")
    assert "does not do" in await ask(here.owner, f"page @mairie post {post} perhaps")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("page @nowhere on", "in charge of no channel called @nowhere"),
        ("page " + "x" * 3000, "in charge of no channel"),
        ("page @mairie\u202e perhaps", "Write it like this"),
        ("page @mairie colour blue", "no switch “colour”"),
        ("page @mairie robots <script>alert(1)</script>", "does not do for robots"),
        ("page @mairie frames https://a.example.org;script-src", "does not do for frames"),
        ("page @mairie charter " + "é" * 301, "does not do for charter"),
        ("page @mairie share=myspace", "does not do for share"),
        ("page @mairie =", "no switch “”"),
        ("page @mairie post", "Write it like this"),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence(
    world: World, text: str, told: str
) -> None:
    here = await public.channel(world)
    answer = await ask(here.owner, text)
    assert told in answer and "\u202e" not in answer and len(answer) < 600


async def test_strangers_learn_nothing_and_admins_do_not_switch_it_off(world: World) -> None:
    here = await public.channel(world)
    eve, admin, poster = [await world.sign_up(name) for name in ("Eve", "Bo", "Cy")]
    unknown = await ask(eve, "page @nowhere off")
    assert await ask(eve, "page @mairie off") == unknown.replace("nowhere", "mairie")
    assert "in charge of no channel" in await ask(eve, "page")
    await promote(here, admin, change_info=True)
    await promote(here, poster, post_messages=True)
    assert "no channel called" in await ask(poster, "page @mairie ai on")
    assert "Only the person who made" in await ask(admin, "page @mairie off")
    assert "ai = on" in await ask(admin, "page @mairie ai on")
    assert (await log(here))[-1] == (admin.user_id, "Page publique\u00a0: ai: off → on")
    assert isinstance(await service.find(world.app, "mairie"), service.Page)


@pytest.mark.turns(2)
@pytest.mark.parametrize("text", ["ai on", "post {post} closed", "alt {post} A port", "share=copy"])
async def test_a_right_that_is_taken_meanwhile_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    here = await public.channel(world)
    file = await upload(here.owner, picture(900, 600))
    post = await here.show(api.InputMediaUploadedPhoto(file=file))
    admin = await world.sign_up("Bo")
    await promote(here, admin, change_info=True)
    before = await service.settings(world.app, here.peer), await log(here)
    last_look(monkeypatch, admin, lambda: promote(here, admin))
    answer = await ask(admin, f"page @mairie {text.format(post=post)}")
    assert "in charge of no channel called @mairie" in answer
    assert (await service.settings(world.app, here.peer), await log(here)) == before
    assert await comments.rules_of(world.app, here.peer) == {}
    assert 'alt="A port"' not in (await public.reader(world).get(f"/mairie/{post}")).text


async def test_a_channel_without_a_public_name_says_what_is_missing(world: World) -> None:
    owner = await world.sign_up("Zoé")
    await chats.channel(owner, title="Quiet")
    assert "“Quiet”: has no public name" in await ask(owner, "page")


async def channel_of(world: World, language: str) -> public.Channel:
    """A channel of somebody whose app speaks a language."""
    zoe = world.connect()
    zoe.lang = language
    await zoe.sign_up(world.new_phone(), "Zoé")
    here = public.Channel(zoe, await chats.channel(zoe, title="Mairie"), "mairie")
    await here.rename("mairie")
    return here


async def test_in_french(world: World) -> None:
    here = await channel_of(world, "fr")
    zoe = here.owner
    assert "tout le monde peut la lire" in await ask(zoe, "page @mairie on")
    assert "RÉGLAGE VALEUR" in await ask(zoe, "page @mairie")
    assert "page @nom oui" in await ask(zoe, "aide")


@pytest.fixture
async def careful(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    """An instance whose operator agrees to new pages first."""
    async with running(World(store, tmp_path, web=Web(approval=True))) as made:
        yield made


async def test_a_new_page_waits_for_the_operator_where_it_is_set_so(careful: World) -> None:
    world, here = careful, await public.channel(careful, shown=False)
    assert "waits for the people who run this server" in await ask(here.owner, "page @mairie on")
    assert await service.find(world.app, "mairie") is None
    (one,) = (await perform(world.app, "channel.waiting", {}))["channels"]
    assert one["channel"] == "mairie"
    await perform(world.app, "channel.answer", {"channel": "mairie", "agreed": True})
    await run(world)
    assert "was agreed to" in (await heard(here.owner))[-1].message
    assert isinstance(await service.find(world.app, "mairie"), service.Page)
    with pytest.raises(CommandRefused, match="no page of that name waits"):
        await perform(world.app, "channel.answer", {"channel": "mairie", "agreed": True})
    await ask(here.owner, "page @mairie off")
    assert "everybody can read it" in await ask(here.owner, "page @mairie on")


async def test_a_refused_page_says_why_and_can_be_asked_for_again(careful: World) -> None:
    world, here = careful, await public.channel(careful, shown=False)
    await ask(here.owner, "page @mairie on")
    answer = {"channel": "@mairie", "agreed": False, "reason": "no imprint"}
    await perform(world.app, "channel.answer", answer)
    await run(world)
    assert "not agreed to: no imprint" in (await heard(here.owner))[-1].message
    assert "waits" in await ask(here.owner, "page @mairie on")
    assert "is off" in await ask(here.owner, "page @mairie off")
    assert (await perform(world.app, "channel.waiting", {}))["channels"] == []


async def test_pages_that_were_there_before_stay(careful: World) -> None:
    here = await public.channel(careful)
    assert isinstance(await service.find(careful.app, "mairie"), service.Page)
    assert "everybody" in await ask(here.owner, "page @mairie on")


async def test_an_owner_looks_at_the_page_before_it_is_there(world: World) -> None:
    here = await public.channel(world, shown=False)
    media = api.InputMediaUploadedPhoto(file=await upload(here.owner, picture(64, 48)))
    post = await here.show(media, "Bonjour #Sète")
    stands = await ask(here.owner, "page @mairie")
    found = re.search(r"(/s/mairie~\S+)", stands)
    assert found is not None
    reader = public.reader(world)
    shown = await reader.get(found[1])
    assert shown.status == 200 and "Bonjour" in shown.words and "Preview" in shown.words
    assert "@mairie " in shown.words and 'content="noindex"' in shown.text
    assert shown.headers["cache-control"].startswith("private")
    address = found[1].removeprefix("/s")
    assert (await reader.get(f"{address}/{post}")).status == 200
    image = re.search(rf"/m{re.escape(address)}/{post}/\w+", shown.text)
    assert image is not None and (await reader.get(image[0])).status == 200
    assert (await reader.get(f"{address}/{post}/comment")).status == 403
    for wrong in (
        f"/mairie/{post}",
        image[0].replace(address, "/mairie"),
        address[:-1] + ("0" if address[-1] != "0" else "1"),
        "/mairie~",
        "/mairie~zz-1",
        "/mairie~1-" + "0" * 24,
        "/nowhere" + address[7:],
    ):
        assert (await reader.get(wrong)).status == 404
    await ask(here.owner, "page @mairie on")
    moved = await reader.get(found[1])
    assert (moved.status, moved.headers["location"]) == (301, "/s/mairie")
    assert "~" not in await ask(here.owner, "page @mairie")
    await ask(here.owner, "page @mairie off")
    assert (await reader.get(found[1])).status == 200
    world.clock.advance(2 * 86_400)
    assert (await reader.get(found[1])).status == 404


def test_every_switch_can_be_set_in_the_chat_but_that_of_the_operator() -> None:
    names = set(Switches.__struct_fields__)
    for lang in texts.VALUES:
        assert set(texts.VALUES[lang]) == names - {"official", "alts"}


VALUES = {
    "fr": [
        ("commentaires validation", "comments = validation"),
        ("commentaires fermé", "comments = fermé"),
        ("commentaires Membres", "comments = membres"),
        ("ia oui", "ai = oui"),
        ("presse non", "press = non"),
        ("partage tous", "share = tous"),
        ("cadres aucun", "frames = aucun"),
        ("charte aucune", "charter = aucune"),
        ("comments held", "comments = validation"),
        ("ai on", "ai = oui"),
        ("post {post} fermé", "commentaires fermé"),
        ("post {post} held", "commentaires validation"),
        ("post {post} habituel", "commentaires habituel"),
    ],
    "de": [
        ("kommentare Freigabe", "comments = Freigabe"),
        ("post {post} offen", "Kommentare offen"),
        ("share all", "share = alle"),
    ],
    "en": [
        ("comments held", "comments = held"),
        ("ai oui", "ai = on"),
        ("post {post} usual", "comments usual"),
    ],
}


@pytest.mark.parametrize("language", sorted(VALUES))
async def test_values_are_words_of_the_language_and_english_is_taken(
    world: World, language: str
) -> None:
    here = await channel_of(world, language)
    post = await here.say("Bonjour")
    for typed, told in VALUES[language]:
        answer = await ask(here.owner, f"page @mairie {typed.format(post=post)}")
        assert answer.replace("\u00a0", " ").endswith(told)


@pytest.mark.parametrize("language", sorted(VALUES))
async def test_every_value_that_is_shown_is_taken(world: World, language: str) -> None:
    here = await channel_of(world, language)
    for setting, values in texts._VALUES.items():
        for stored in values:
            shown = texts.value(language, setting, stored)
            assert texts.read_value(language, setting, shown) == stored
            if setting != "post" and stored not in ("usual", "open"):
                answer = await ask(here.owner, f"page @mairie {setting} {shown}")
                assert answer.endswith(f"{setting} = {shown}"), answer
                assert f"{setting} = {shown}\n" in await ask(here.owner, "page @mairie")
