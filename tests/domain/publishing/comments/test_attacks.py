"""What a hostile guest tries: another text behind an approval, links in messages of the server."""

from __future__ import annotations

from petitbleu.domain.publishing.comments import service
from petitbleu.tl import api
from tests.domain.publishing.comments.kit import talk
from tests.kit import chats, servicechat
from tests.kit.world import World

LINKS = (api.MessageEntityUrl, api.MessageEntityTextUrl, api.MessageEntityMention)


async def test_an_approval_is_not_one_to_another_text(world: World) -> None:
    here = await talk(world)
    await here.form()
    await here.act("confirm")
    link = here.link
    await here.decide("ok")
    assert len(await here.said()) == 1
    assert "Waiting for approval" in await here.act("edit", text="Somebody did bad things.")
    assert await here.said() == []
    assert "bad things" not in (await here.browser.get(here.page)).words
    await here.decide("ok")
    (message,) = await here.said()
    assert message.message == "Léa (site)\nSomebody did bad things."
    assert "Published" in (await here.browser.get(link)).words


async def test_a_verdict_on_a_text_that_was_changed_meanwhile_is_none(world: World) -> None:
    here = await talk(world)
    await here.form()
    await here.act("confirm")
    (seen,) = await service.queue(world.app, service.Box("held"))
    await here.act("edit", text="Something quite different.")
    for publish in (True, False):
        assert not await service.decide(
            world.app, seen.row.id, publish=publish, by="staff:1", seen=seen.row.spam_check
        )
    assert (
        await service.bulk(
            world.app, {seen.row.id: seen.row.spam_check}, publish=True, by="staff:1"
        )
        == 0
    )
    assert await here.said() == []
    (now,) = await service.queue(world.app, service.Box("held"))
    assert await service.decide(
        world.app, now.row.id, publish=True, by="staff:1", seen=now.row.spam_check
    )


async def test_names_of_strangers_are_no_links_in_messages_of_the_server(world: World) -> None:
    here = await talk(world)
    owner = here.channel.owner
    await here.form(name="https://evil.example/login")
    await here.act("confirm")
    await servicechat.run(world)
    said = await servicechat.ask(owner, "ok 1")
    assert "evil.example" in said
    other = await world.sign_up("Mallory")
    trap = await chats.channel(other, title="www.evil.example/code")
    await other.call(
        api.channels.UpdateUsername(channel=chats.input_channel(other, trap), username="codes")
    )
    said = await servicechat.ask(other, "page @codes")
    assert "www.evil.example" in said and "/s/codes" in said
    for client in (owner, other):
        for message in await servicechat.heard(client):
            for one in message.entities or []:
                words = message.message[one.offset : one.offset + one.length]
                assert not isinstance(one, LINKS) or "evil" not in words, words
    newest = (await servicechat.heard(other))[-1]
    pressed = [
        newest.message[one.offset : one.offset + one.length]
        for one in newest.entities
        if isinstance(one, LINKS)
    ]
    assert pressed and all("/s/codes" in one for one in pressed)


async def test_nobody_mails_their_words_to_strangers_in_our_name(world: World) -> None:
    here = await talk(world, "direct")
    await here.form(name="Your bank", text="Confirm here:\nhttps://evil.example/comment/1 now")
    mail = world.mail.sent[-1]
    assert "evil" not in mail.text and "bank" not in mail.text + mail.subject
    assert mail.text.count("http") == 1
    assert "evil.example" in (await here.browser.get(here.link)).words


async def test_an_answer_is_quoted_in_the_mail_about_it(world: World) -> None:
    here = await talk(world, "direct")
    await here.form()
    await here.act("confirm")
    (message,) = await here.said()
    owner = here.channel.owner
    reply = api.InputReplyToMessage(reply_to_msg_id=message.id)
    group = chats.input_peer(owner, here.group)
    await chats.say(
        owner, group, "Yes.\n\nTo see your comment:\nhttps://evil.example/", reply_to=reply
    )
    await servicechat.run(world)
    lines = world.mail.sent[-1].text.split("\n")
    assert "> To see your comment:" in lines and "> https://evil.example/" in lines
