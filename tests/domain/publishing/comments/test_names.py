"""Nobody can write under the name of the channel, and everybody sees who speaks for it."""

from __future__ import annotations

import pytest
from lxml import html

from petitbleu.folding import skeleton
from petitbleu.tl import api
from tests.domain.publishing.comments.kit import Talk, talk
from tests.kit import chats
from tests.kit.world import World

REFUSED = (
    "Mairie", "MAIRIE", " mairie ", "M a i r i e", "Маіrіе", "Ma\u200birie", "Màïrie", "Mairie.",
    "𝐌𝐚𝐢𝐫𝐢𝐞", "M@irie", "Ma1r1e", "Mairle", "Mairie (officiel)", "Équipe Mairie", "Mairie – site",
    "La Mairie officielle", "✓ Mairie", "\u202eMairie", "Discussion", "zoe_redac", "@zoe_redac",
)  # fmt: skip
HELD = ("Mairie de quartier", "Amis de la Mairie", "Zoé", "zoe")
FREE = ("Léa", "Maire", "Noé Martin", "Иван", "李雷", "علي")


async def talking(world: World) -> Talk:
    here = await talk(world, "direct")
    await here.channel.owner.call(api.account.UpdateUsername(username="zoe_redac"))
    return here


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "signs with this name"), ("fr", "signe de ce nom"), ("de", "mit diesem Namen")],
)
async def test_names_of_the_channel_are_refused(world: World, language: str, words: str) -> None:
    here = await talking(world)
    here.browser.language = language
    for n, name in enumerate(REFUSED):
        here.browser.ip = f"192.0.{n}.9"
        answer = await here.form(name=name)
        assert answer.status == 422 and words in answer.words, name
        assert 'aria-invalid="true" aria-describedby="name-problem"' in answer.text
    assert world.mail.sent == []


async def test_names_that_resemble_them_wait_and_others_do_not(world: World) -> None:
    here = await talking(world)
    for name in HELD:
        await here.wrote(f"Bonjour de {name}, merci pour la rue.", name)
        assert await here.said() == [], name
    for n, name in enumerate(FREE):
        await here.wrote(f"Bonjour de {name}, merci pour la rue.", name)
        assert len(await here.said()) == n + 1, name


async def test_a_channel_that_takes_a_guests_name_meanwhile_is_asked(world: World) -> None:
    here = await talking(world)
    await here.form(name="La Gazette")
    edit = api.channels.EditTitle(channel=here.channel.input, title="La Gazette")
    await here.channel.owner.call(edit)
    assert "Waiting for approval" in await here.act("confirm")
    assert await here.said() == []


@pytest.mark.parametrize(
    ("language", "channel", "team", "guest"),
    [
        ("en", "the channel", "team of the channel", "reader, without an account"),
        ("fr", "le canal", "équipe du canal", "lecteur, sans compte"),
        ("de", "der Kanal", "Team des Kanals", "ohne Konto"),
    ],
)
async def test_who_speaks_for_the_channel_carries_a_badge(
    world: World, language: str, channel: str, team: str, guest: str
) -> None:
    here = await talking(world)
    await here.wrote("Merci !", "Léa")
    (message,) = await here.said()
    owner = here.channel.owner
    to, reply = chats.input_peer(owner, here.group), message.id
    answer = api.InputReplyToMessage(reply_to_msg_id=reply)
    await chats.say(owner, to, "De rien, dit Zoé.", reply_to=answer)
    await chats.say(
        owner, to, "De rien, dit le canal.", reply_to=answer, send_as=here.channel.input_peer
    )
    bo = await world.sign_up("Bo")
    await bo.call(api.channels.JoinChannel(channel=chats.input_channel(bo, here.group)))
    peer = chats.input_peer(bo, here.group)
    await chats.say(bo, peer, "Et moi ?", reply_to=answer)
    await world.settle()
    here.browser.language = language
    page = html.fromstring((await here.browser.get(here.page)).text)
    shown = {
        one.xpath("string(.//div[@class='text'])").strip(): one.xpath("string(p)")
        for one in page.xpath("//article[@class='comment']")
    }
    badges = [one.text for one in page.xpath("//span[@class='badge']")]
    assert badges == [team, channel]
    assert team in shown["De rien, dit Zoé."] and channel in shown["De rien, dit le canal."]
    assert guest in shown["Merci !"] and "badge" not in shown["Et moi ?"]


async def test_a_filled_trap_sends_no_mail(world: World) -> None:
    here = await talking(world)
    for _ in range(2):
        answer = await here.form(website="https://x.example")
        assert answer.status == 200
        world.clock.advance(120)
    assert world.mail.sent == []
    await here.form(text="Honnêtement, merci.")
    sent = len(world.mail.sent)
    world.clock.advance(120)
    await here.form(text="Honnêtement, merci.", website="https://x.example")
    assert len(world.mail.sent) == sent == 1


@pytest.mark.parametrize("language", ["en", "fr", "de"])
async def test_the_mail_names_the_newspaper_and_the_post(world: World, language: str) -> None:
    here = await talking(world)
    here.browser.language = language
    await here.form()
    mail = world.mail.sent[-1]
    assert "Mairie" in mail.subject and "Mairie" in mail.text
    assert "La rue des Lilas est rouverte." in mail.text
    edit = api.channels.EditTitle(channel=here.channel.input, title="Prix www.evil.example/x")
    await here.channel.owner.call(edit)
    await here.channel.edit(here.post, "Allez sur https://evil.example maintenant\r\nBcc: a@b.c")
    await here.form(email="g@example.org", name="Gil", text="Autre chose que la première fois.")
    mail = world.mail.sent[-1]
    assert "evil" not in mail.subject + mail.text and "Bcc" not in mail.text
    assert "\n" not in mail.subject and "Allez sur … maintenant" in mail.text


def test_names_of_other_scripts_are_no_empty_ones() -> None:
    for name in ("Иван", "李雷", "علي", "Ζωή"):
        assert skeleton(name)
