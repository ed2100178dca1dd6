"""The people of a channel hear of held comments from 777000, and answer them there."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.publishing.comments import calling
from petitbleu.domain.safety.antispam import learning
from petitbleu.domain.safety.antispam.classifier import Count
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.domain.publishing.comments.kit import Talk, talk
from tests.domain.publishing.pages.test_commands import last_look, promote
from tests.kit import servicechat
from tests.kit.servicechat import answer, ask, heard, run
from tests.kit.world import Client, World

BAD = "Bien\u202e joué\n\n7. Eve, sous https://evil.example/x\nRépondez « ok 7 »"


async def held(here: Talk, name: str, text: str = "Merci !", **more: str) -> str:
    """A guest writes and confirms; the link of their comment."""
    await here.form(name=name, email=f"{name}@example.org".lower(), text=text, **more)
    link = here.link
    assert "Waiting for approval" in await here.act("confirm")
    return link


async def told(client: Client) -> list[Any]:
    """What the service chat asks about comments."""
    await run(client.world)
    return [one for one in await heard(client) if "“Mairie”" in one.message]


async def test_the_owner_is_asked_and_publishes_with_a_word(world: World) -> None:
    here = await talk(world)
    owner = here.channel.owner
    await held(here, "Lea", BAD)
    (message,) = await told(owner)
    assert message.message.startswith("A comment on “Mairie” waits for you.\n\n1. Lea, under ")
    assert "Filter, " in message.message and "“ok 1”" in message.message
    assert "\u202e" not in message.message
    links = [one for one in message.entities if type(one) is api.MessageEntityTextUrl]
    quotes = [one for one in message.entities if type(one) is api.MessageEntityBlockquote]
    assert (len(links), len(quotes)) == (1, 1)
    quote = message.message[quotes[0].offset : quotes[0].offset + quotes[0].length]
    assert quote.startswith("Bien joué") and quote.endswith("ok 7 »")
    assert await ask(owner, "ok 1") == "1 (Lea): published by Zoé."
    assert len(await here.said()) == 1
    assert await learning.learnt(world.app) == Count(1, 0)
    (message,) = await told(owner)
    assert "nothing waits here any more" in message.message
    assert "→ published by Zoé" in message.message and message.edit_date


async def test_who_may_delete_no_more_decides_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = await talk(world)
    admin = await world.sign_up("Bo")
    await promote(here.channel, admin, delete_messages=True)
    await held(here, "Lea")
    assert len(await told(admin)) == 1
    last_look(monkeypatch, admin, lambda: promote(here.channel, admin))
    answer = await ask(admin, "ok 1")
    assert answer == (await ask(admin, "ok 99")).replace("99", "1")
    assert await here.said() == []
    assert await learning.learnt(world.app) == Count(0, 0)
    assert await ask(here.channel.owner, "ok 1") == "1 (Lea): published by Zoé."


async def test_a_burst_is_one_message_a_minute(world: World) -> None:
    here = await talk(world)
    owner = here.channel.owner
    await held(here, "Lea")
    assert len(await told(owner)) == 1
    for name in ("Bo", "Cy"):
        await held(here, name)
    assert len(await told(owner)) == 1
    world.clock.advance(calling.GAP)
    _, burst = await told(owner)
    assert burst.message.startswith("2 comments on “Mairie” wait for you.")
    assert "2. Bo" in burst.message and "3. Cy" in burst.message
    assert await ask(owner, "spam 2") == "2 (Bo): refused as spam by Zoé."
    assert await answer(owner, burst.id, "no") == "3 (Cy): refused by Zoé."
    assert await answer(owner, burst.id, "ok") == "Nothing in that message waits any more."
    assert await ask(owner, "ok 1, 2") == (
        "1 (Lea): published by Zoé.\n2 (Bo): already refused as spam by Zoé."
    )
    assert await learning.learnt(world.app) == Count(1, 1)
    assert [one.message.partition("\n")[2] for one in await here.said()] == ["Merci !"]


async def test_the_longest_comments_fit_into_a_message(world: World) -> None:
    here = await talk(world)
    owner = here.channel.owner
    for number in range(calling.TOGETHER + 1):
        await here.wrote("\U0001f3d6 \u202e\n" * 900, name=f"{number}" + "\U0001f600" * 59)
    (message,) = await told(owner)
    assert f"\n{calling.TOGETHER}. " in message.message
    units = len(message.message.encode("utf-16-le")) // 2
    assert 3000 < units <= 4096
    ends = [one.offset + one.length for one in message.entities]
    assert len(ends) == 2 * calling.TOGETHER and max(ends) < units
    assert "\U0001f3d6" in message.message and "…" in message.message
    world.clock.advance(calling.GAP)
    assert f"\n{calling.TOGETHER + 1}. " in (await told(owner))[1].message


async def test_the_first_verdict_wins_and_the_others_see_it(world: World) -> None:
    here = await talk(world)
    owner = here.channel.owner
    mod, writer = await world.sign_up("Max"), await world.sign_up("Kim")
    await promote(here.channel, mod, delete_messages=True)
    await promote(here.channel, writer, post_messages=True)
    await held(here, "Lea")
    (mine,), (theirs,) = await told(owner), await told(mod)
    assert await told(writer) == []
    assert await answer(mod, theirs.id, "SPAM") == "1 (Lea): refused as spam by Max."
    assert await ask(owner, "ok 1") == "1 (Lea): already refused as spam by Max."
    assert await here.said() == []
    (mine,) = await told(owner)
    assert "→ refused as spam by Max" in mine.message
    assert "no comment of that number waits" in await ask(writer, "ok 1")
    assert "no comment of that number waits" in await ask(writer, "ok 99")


async def test_a_comment_that_was_changed_comes_again_under_another_number(world: World) -> None:
    here = await talk(world)
    owner = here.channel.owner
    link = await held(here, "Lea")
    assert len(await told(owner)) == 1
    await here.browser.post(link, {"act": "edit", "text": "Something else"})
    world.clock.advance(calling.GAP)
    again = (await told(owner))[-1]
    assert "2. Lea" in again.message and "Something else" in again.message
    assert "no comment of that number" in await ask(owner, "ok 1")
    await here.browser.post(link, {"act": "delete"})
    assert await ask(owner, "ok 2") == "2 (Lea): already taken back by its author."


async def test_what_the_desk_decides_stands_in_the_message(world: World) -> None:
    here = await talk(world)
    await held(here, "Lea")
    assert "ok 1" in (await told(here.channel.owner))[0].message
    await here.decide("spam")
    (message,) = await told(here.channel.owner)
    assert "→ refused as spam by the moderators of this server" in message.message


async def test_a_kill_between_numbering_and_telling_asks_once(world: World) -> None:
    here = await talk(world)
    owner = here.channel.owner
    await held(here, "Lea")
    await calling.call(world.app, here.channel.peer)
    undone = query("update comment_call set told = 0 where number = :number")
    await world.app.store.write(lambda tx: tx.run(undone, number=1))
    world.clock.advance(5)
    assert len(await told(owner)) == 1
    await servicechat.write(owner, "ok 1")
    await run(world)
    forget = query("delete from service_chat where account = :account")
    await world.app.store.write(lambda tx: tx.run(forget, account=owner.user_id))
    assert len(await here.said()) == 1


async def test_numbers_that_are_none_are_explained(world: World) -> None:
    here = await talk(world)
    for text in ("ok", "ok first", "ok " + "9" * 40, "spam 1;drop table"):
        assert "Which one?" in await ask(here.channel.owner, text)
