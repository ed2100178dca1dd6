"""The page of a channel by methods of our own: the same switches, rules and refusals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from petitbleu.config import Web
from petitbleu.domain.publishing.pages import service
from petitbleu.domain.publishing.pages import switches as switching
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.domain.files.media.shots import picture, upload
from tests.domain.publishing.pages.test_commands import last_look, log, promote
from tests.kit import chats
from tests.kit.chats import refused
from tests.kit.servicechat import ask
from tests.kit.world import Client, World, running
from tests.web import public


async def page(here: public.Channel, client: Client | None = None) -> Any:
    who = client or here.owner
    channel = chats.input_channel(who, here.number)
    return await who.call(api.petitbleu.GetPage(channel=channel))


def setting(here: public.Channel, name: str, value: str, client: Client | None = None) -> Any:
    channel = chats.input_channel(client or here.owner, here.number)
    return api.petitbleu.SetPage(channel=channel, name=name, value=value)


def values(found: Any) -> dict[str, str]:
    return {one.name: one.value for one in found.switches}


async def test_a_page_is_looked_at_before_it_is_on_and_then_read(world: World) -> None:
    here = await public.channel(world, shown=False)
    await here.say("Bonjour")
    reader = public.reader(world)
    before = await page(here)
    assert (before.state, before.may_show) == ("off", True)
    assert before.address.endswith("/s/mairie")
    preview = "/s/" + before.preview.partition("/s/")[2]
    assert "Bonjour" in (await reader.get(preview)).words
    assert (await reader.get("/s/mairie")).status == 404
    on = await here.owner.call(setting(here, "shown", "on"))
    assert (on.state, on.preview) == ("on", None)
    assert "Bonjour" in (await reader.get("/s/mairie")).words
    off = await here.owner.call(setting(here, "shown", "off"))
    assert off.state == "off" and off.preview
    assert (await reader.get("/s/mairie")).status == 404
    said = [
        f"Page publique\u00a0: {one}" for one in ("désactivée → activée", "activée → désactivée")
    ]
    assert [what for _, what in await log(here)] == said


async def test_every_switch_of_the_service_chat_is_there(world: World) -> None:
    here = await public.channel(world)
    assert list(values(await page(here))) == [*switching.NAMES, "second_reader"]
    for name, value, kept in (
        ("robots", "noindex", "noindex"),
        ("ai", "on", "on"),
        ("frames", "https://www.example.org", "https://www.example.org"),
        ("frames", "none", "none"),
        ("share", "mail,copy", "mail,copy"),
        ("comments", "members", "members"),
        ("comments_days", "30", "30"),
        ("charter", "off the record, please", "off the record, please"),
        ("charter", "", ""),
        ("members", "off", "off"),
        ("press", "on", "on"),
        ("language", "fr", "fr"),
        ("language", "", "off"),
    ):
        found = await here.owner.call(setting(here, name, value))
        assert values(found)[name] == kept, name
        assert values(await page(here))[name] == kept
    for one in (await page(here)).switches:
        for word in one.values:
            told = await here.owner.call(setting(here, one.name, word))
            assert values(told)[one.name] == word
    assert "search engines" in await ask(here.owner, "page @mairie"), "the commands stay"


async def test_what_a_switch_cannot_be(world: World) -> None:
    here = await public.channel(world)
    post = await here.say("Un")
    for name, value, error in (
        ("robots", "perhaps", "OPTION_INVALID"),
        ("no_such", "on", "OPTION_INVALID"),
        ("shown", "maybe", "OPTION_INVALID"),
        ("charter", "x" * 301, "OPTION_INVALID"),
        ("official", "The mayor", "OPTION_INVALID"),
        ("alts", "7", "OPTION_INVALID"),
        (f"post/{post}", "never", "OPTION_INVALID"),
        ("post/4711", "closed", "MESSAGE_ID_INVALID"),
        ("post/x", "closed", "MESSAGE_ID_INVALID"),
    ):
        assert await refused(here.owner, setting(here, name, value)) == error, (name, value)
    ruled = await here.owner.call(setting(here, f"post/{post}", "closed"))
    assert values(ruled)[f"post/{post}"] == "closed"
    usual = await here.owner.call(setting(here, f"post/{post}", "usual"))
    assert f"post/{post}" not in values(usual)


async def test_only_who_may_change_the_channel_and_only_while_they_may(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await public.channel(world)
    bob = await world.sign_up("Bob")
    await bob.call(api.channels.JoinChannel(channel=chats.input_channel(bob, here.number)))
    asked = api.petitbleu.GetPage(channel=chats.input_channel(bob, here.number))
    assert await refused(bob, asked) == "CHAT_ADMIN_REQUIRED"
    await promote(here, bob, change_info=True)
    found = await page(here, bob)
    assert not found.may_show and found.state == "on"
    assert values(await bob.call(setting(here, "press", "on", bob)))["press"] == "on"
    assert await refused(bob, setting(here, "shown", "off", bob)) == "CHAT_ADMIN_REQUIRED"

    async def demoted() -> None:
        await promote(here, bob)

    last_look(monkeypatch, bob, demoted)
    assert await refused(bob, setting(here, "press", "off", bob)) == "CHAT_ADMIN_REQUIRED"
    assert values(await page(here))["press"] == "on", "nothing was changed"


async def test_what_can_have_no_page(world: World) -> None:
    owner = await world.sign_up("Zoé")
    nameless = await chats.channel(owner)
    channel = chats.input_channel(owner, nameless)
    found = await owner.call(api.petitbleu.GetPage(channel=channel))
    assert (found.state, found.address, found.preview) == ("off", None, None)
    on = api.petitbleu.SetPage(channel=channel, name="shown", value="on")
    assert await refused(owner, on) == "PUBLIC_CHANNEL_MISSING"
    group = chats.input_channel(owner, await chats.supergroup(owner))
    assert await refused(owner, api.petitbleu.GetPage(channel=group)) == "BROADCAST_REQUIRED"
    nowhere = api.InputChannel(channel_id=5, access_hash=5)
    assert await refused(owner, api.petitbleu.GetPage(channel=nowhere)) == "CHANNEL_INVALID"


async def test_a_page_waits_for_the_operator(store: Store, tmp_path: Path) -> None:
    async with running(World(store, tmp_path, web=Web(approval=True))) as world:
        here = await public.channel(world, shown=False)
        waiting = await here.owner.call(setting(here, "shown", "on"))
        assert waiting.state == "waiting" and waiting.preview
        await service.answer(world.app, here.peer, agreed=True)
        assert (await page(here)).state == "on"


async def test_pictures_are_described(world: World) -> None:
    here = await public.channel(world)
    file = await upload(here.owner, picture(900, 600))
    post = await here.show(api.InputMediaUploadedPhoto(file=file), "Bonjour")
    text = await here.say("Un texte")
    assert (await page(here)).undescribed == [post]

    def told(words: str, id: int = post) -> Any:
        return api.petitbleu.SetAlt(channel=here.input, id=id, text=words)

    def known(id: int = post) -> Any:
        return api.petitbleu.GetAlt(channel=here.input, id=id)

    assert (await here.owner.call(known())).text == ""
    assert await here.owner.call(told("  The harbour\n at dawn "))
    assert (await here.owner.call(known())).text == "The harbour at dawn"
    assert 'alt="The harbour at dawn"' in (await public.reader(world).get(f"/mairie/{post}")).text
    assert (await page(here)).undescribed == []
    assert await here.owner.call(told(""))
    assert (await here.owner.call(known())).text == ""
    for asked in (told("x", text), known(text), told("x", 4711), known(4711)):
        assert await refused(here.owner, asked) == "MESSAGE_ID_INVALID"
    assert await refused(here.owner, told("é" * 501)) == "MEDIA_CAPTION_TOO_LONG"
    eve = await world.sign_up("Eve")
    theirs = chats.input_channel(eve, here.number)
    for asked in (
        api.petitbleu.SetAlt(channel=theirs, id=post, text="x"),
        api.petitbleu.GetAlt(channel=theirs, id=post),
    ):
        assert await refused(eve, asked) == "CHAT_ADMIN_REQUIRED"
