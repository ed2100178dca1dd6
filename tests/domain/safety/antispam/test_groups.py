"""Groups with the filter on, through the real methods."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.safety.antispam import learning, service
from petitbleu.domain.safety.antispam.classifier import Count
from petitbleu.domain.safety.antispam.submission import Submission
from petitbleu.ids import ANTISPAM_USER
from petitbleu.tl import api
from tests.domain.safety.antispam.kit import BAD, GOOD, train
from tests.kit import chats
from tests.kit.world import Client, World


async def filtered(world: World, *, on: bool = True) -> tuple[Client, Client, int]:
    """Ada's supergroup with Bob, who is new in it; the filter has learnt."""
    await train(world.app)
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    if on:
        to = chats.input_channel(ada, town)
        await ada.call(api.channels.ToggleAntiSpam(channel=to, enabled=True))
    return ada, bob, town


async def spoken(client: Client, town: int) -> list[str]:
    found = await chats.texts(client, chats.input_peer(client, town))
    return [text for text in found if text.startswith((BAD[:5], GOOD[:5]))]


async def log(client: Client, town: int) -> Any:
    to = chats.input_channel(client, town)
    return await client.call(
        api.channels.GetAdminLog(channel=to, q="", max_id=0, min_id=0, limit=10)
    )


async def test_spam_of_a_new_member_disappears_and_the_log_says_who_took_it(world: World) -> None:
    ada, bob, town = await filtered(world)
    await chats.say(bob, chats.input_peer(bob, town), GOOD.format(1))
    spam = await chats.said(bob, chats.input_peer(bob, town), BAD.format(77))
    await world.settle()
    assert await spoken(ada, town) == [GOOD.format(1)]
    assert await spoken(bob, town) == [GOOD.format(1)]
    newest = (await log(ada, town)).events[0]
    assert newest.user_id == ANTISPAM_USER
    assert type(newest.action) is api.ChannelAdminLogEventActionDeleteMessage
    assert newest.action.message.id == spam.id
    config = await ada.call(api.help.GetAppConfig(hash=0))
    told = {one.key: one.value for one in config.config.value}
    assert told["telegram_antispam_user_id"].value == str(ANTISPAM_USER)


async def test_what_is_only_doubtful_stays(world: World) -> None:
    ada, bob, town = await filtered(world)
    await service.put_word(world.app, "acme loans", 80)  # alone it would hold a comment
    text = f"{GOOD.format(1)} acme loans"
    assert (await service.look(world.app, Submission(text))).verdict == "hold"
    await chats.say(bob, chats.input_peer(bob, town), text)
    await world.settle()
    assert await spoken(ada, town) == [text]


async def test_an_admin_contradicts_and_the_filter_learns(world: World) -> None:
    ada, bob, town = await filtered(world)
    spam = await chats.said(bob, chats.input_peer(bob, town), BAD.format(77))
    await world.settle()
    to = chats.input_channel(ada, town)
    wrong = api.channels.ReportAntiSpamFalsePositive(channel=to, msg_id=spam.id)
    assert await ada.call(wrong)
    assert await ada.call(wrong)  # said twice, learnt once
    assert await learning.learnt(world.app) == Count(13, 12)


async def test_whoever_was_wronged_twice_is_left_alone(world: World) -> None:
    ada, bob, town = await filtered(world)
    to = chats.input_channel(ada, town)
    for n in range(2):
        spam = await chats.said(bob, chats.input_peer(bob, town), BAD.format(70 + n))
        await world.settle()
        await ada.call(api.channels.ReportAntiSpamFalsePositive(channel=to, msg_id=spam.id))
    await chats.say(bob, chats.input_peer(bob, town), BAD.format(79))
    await world.settle()
    assert await spoken(ada, town) == [BAD.format(79)]


async def test_only_those_who_may_delete_contradict(world: World) -> None:
    _, bob, town = await filtered(world)
    to = chats.input_channel(bob, town)
    q = api.channels.ReportAntiSpamFalsePositive(channel=to, msg_id=1)
    assert await chats.refused(bob, q) == "CHANNEL_INVALID"


@pytest.mark.parametrize("why", ["off", "admin", "old member"])
async def test_others_are_not_looked_at(world: World, why: str) -> None:
    ada, bob, town = await filtered(world, on=why != "off")
    if why == "old member":
        world.clock.advance(7 * 86_400)
    speaker = ada if why == "admin" else bob
    await chats.say(speaker, chats.input_peer(speaker, town), BAD.format(77))
    await world.settle()
    assert await spoken(ada, town) == [BAD.format(77)]
