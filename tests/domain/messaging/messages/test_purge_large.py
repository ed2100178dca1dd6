"""50,000 messages of one member, and a channel of 1,000,000 posts: taken out in slices, between
which others are served; stopped half-way and taken up again.
"""

from __future__ import annotations

import asyncio
import time
from typing import NamedTuple

import pytest

from petitbleu.app import Actor
from petitbleu.domain.messaging.messages import erase, send
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.contents import Draft
from petitbleu.ids import peer_of_channel
from petitbleu.run.jobs import JobRunner
from petitbleu.store.hot import send as hot
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.kit import groups as chats
from tests.kit.world import Client, World

SAID, POSTS = 50_000, 1_000_000
CHUNK = 512
FEW = 20
"""How often somebody else is served at the least while a deletion goes on."""


class Count(NamedTuple):
    n: int


BODIES = query("select count(*) as n from body where author = :author", Count)
BOXED = query("select count(*) as n from box where owner = :owner and peer = :owner", Count)


async def _fill(world: World, speaker: Client, channel: int, count: int) -> None:
    """``count`` messages as they are stored when people say them, many at once."""
    app, me = world.app, Actor(speaker.user_id)
    one = await send.compose(app, me, channel, Draft("A line of the usual kind."))
    operation = hot.operation(lambda item, sent: ())
    for at in range(0, count, CHUNK):
        size = min(CHUNK, count - at)
        await asyncio.gather(*(app.store.batch(operation, one) for _ in range(size)))


async def _left(world: World, channel: int) -> int:
    """Messages that stand in the channel, as it counts them."""
    row = await world.app.store.row(q.COUNTERS, owner=channel, peer=channel)
    assert row is not None
    return row.total


async def _bodies(world: World, channel: int) -> int:
    (row,) = await world.app.store.scan(BODIES, author=channel)
    return row.n


async def _run(world: World, channel: int, until: int, talker: Actor, elsewhere: int) -> None:
    """Jobs run until no more than ``until`` messages are left, then stop as with the server.
    Somebody talks elsewhere all the while.
    """
    served, longest = 0, 0.0
    runner = JobRunner(world.app)
    await runner.start()
    while await _left(world, channel) > until:
        began = time.perf_counter()
        await send.send(world.app, talker, elsewhere, Draft("Meanwhile"))
        longest = max(longest, time.perf_counter() - began)
        served += 1
    await runner.stop()
    print(f"{served} messages meanwhile, the slowest took {longest * 1000:.0f} ms")
    assert not world.errors
    assert served >= FEW


@pytest.mark.long
async def test_a_members_50000_messages_go_in_slices(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    group = await chats.channel(ada, group=True)
    seen, hers = await chats.come(ada, group, bob, eve)
    other = Actor(eve.user_id), peer_of_channel((await chats.channel(eve, group=True)).id)
    channel = peer_of_channel(group.id)
    await chats.say(eve, hers, "Before")
    stay = await _left(world, channel)  # "After" is to come, that Bob joined is to go
    await _fill(world, bob, channel, SAID)
    await chats.say(eve, hers, "After")
    await ada.call(
        api.channels.DeleteParticipantHistory(
            channel=chats.of(group), participant=await ada.peer(bob)
        )
    )
    await _run(world, channel, stay + SAID // 2, *other)
    await _run(world, channel, stay, *other)
    await erase.run(world.app)
    assert (await _left(world, channel), await _bodies(world, channel)) == (stay, stay)
    found = await bob.call(
        api.messages.GetHistory(
            peer=chats.peer(seen), offset_id=0, offset_date=0, add_offset=0, limit=100, max_id=0,
            min_id=0, hash=0,
        )
    )  # fmt: skip
    texts = [one.message for one in found.messages if type(one) is api.Message]
    assert texts == ["After", "Before"]


@pytest.mark.long
async def test_a_channel_of_a_million_posts_goes_in_slices(world: World) -> None:
    ada, eve = await world.sign_up("Ada"), await world.sign_up("Eve")
    news = await chats.channel(ada)
    other = Actor(eve.user_id), peer_of_channel((await chats.channel(eve, group=True)).id)
    channel = peer_of_channel(news.id)
    await _fill(world, ada, channel, POSTS)
    await ada.call(api.channels.DeleteChannel(channel=chats.of(news)))
    assert await _left(world, channel) > POSTS - 2 * CHUNK
    await _run(world, channel, POSTS // 2, *other)
    await _run(world, channel, 0, *other)
    boxed = await world.app.store.row(BOXED, owner=channel)
    assert boxed == Count(0)
