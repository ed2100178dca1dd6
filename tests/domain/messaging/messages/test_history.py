"""Pages of a chat: every form of offset gives the slice the specification names."""

from __future__ import annotations

import asyncio
import random

import pytest

from petitbleu.app import Actor
from petitbleu.domain.messaging.messages import delete, history
from petitbleu.domain.messaging.messages.contents import Draft
from petitbleu.domain.messaging.messages.history import Offsets
from petitbleu.domain.messaging.messages.send import send
from petitbleu.errors import Fault
from tests.kit.people import people
from tests.kit.world import World


async def _chat(world: World, count: int) -> tuple[Actor, Actor]:
    """A chat of ``count`` messages, a second apart now and then, with another chat in between."""
    ada, bob = await people(world, 2)
    for n in range(count):
        author, peer = (ada, bob) if n % 3 else (bob, ada)
        jobs = [send(world.app, author, peer.id, Draft(f"message {n}"))]
        if n % 5 == 0:
            jobs.append(send(world.app, ada, ada.id, Draft("a note in between")))
        await asyncio.gather(*jobs)
        if n % 4 == 0:
            world.clock.advance(1)
    return ada, bob


async def test_every_offset_is_a_slice_of_the_whole_list(world: World) -> None:
    ada, bob = await _chat(world, 40)
    whole = await history.history(world.app, ada, bob.id, Offsets(limit=100))
    assert whole.total == len(whole.rows) == 40
    assert [row.id for row in whole.rows] == sorted((r.id for r in whole.rows), reverse=True)
    chance = random.Random(3)
    ids = [0, 0, *range(1, 60)]
    dates = [0, 0, 0, *range(whole.rows[-1].date - 1, whole.rows[0].date + 2)]
    for _ in range(300):
        at = Offsets(
            offset_id=chance.choice(ids),
            offset_date=chance.choice(dates),
            add_offset=chance.choice([0, 0, 1, 7, 50, -1, -3, -10, -25, -60]),
            limit=chance.choice([1, 3, 10, 20, 0, 100, 1000]),
            max_id=chance.choice([0, 0, 0, 30, 45]),
            min_id=chance.choice([0, 0, 0, 10, 44]),
        )
        page = await history.history(world.app, ada, bob.id, at)
        assert page.rows == history.cut(whole.rows, at), at


async def test_paging_through_gives_every_message_once(world: World) -> None:
    ada, bob = await _chat(world, 30)
    seen: list[int] = []
    offset = 0
    for _ in range(10):
        page = await history.history(world.app, bob, ada.id, Offsets(offset_id=offset, limit=7))
        if not page.rows:
            break
        seen += [row.id for row in page.rows]
        offset = seen[-1]
    assert len(seen) == len(set(seen)) == 30
    assert seen == sorted(seen, reverse=True)


async def test_the_count_follows_deletions(world: World) -> None:
    ada, bob = await _chat(world, 10)
    page = await history.history(world.app, ada, bob.id, Offsets(limit=3))
    await delete.delete(world.app, ada, [row.id for row in page.rows], revoke=False)
    after = await history.history(world.app, ada, bob.id, Offsets())
    assert after.total == len(after.rows) == 7
    assert (await history.history(world.app, bob, ada.id, Offsets())).total == 10


async def test_an_empty_chat_and_a_group_that_cannot_be(world: World) -> None:
    ada, bob = await people(world, 2)
    assert await history.history(world.app, ada, bob.id, Offsets()) == ([], 0)
    with pytest.raises(Fault, match="CHAT_ID_INVALID"):
        await history.history(world.app, ada, -7, Offsets())
