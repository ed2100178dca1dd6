"""The answer of a read leaves after the pushes of what it may already know."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from petitbleu.domain.updates import fanout
from petitbleu.tl import api, codec
from tests.kit.chats import input_peer, people, supergroup
from tests.kit.world import Client, World


class Held:
    """Deliveries that wait for a test to let them go."""

    def __init__(self, deliver: Callable[..., Awaitable[None]]) -> None:
        self.open = asyncio.Event()
        self.begun = asyncio.Event()
        self._deliver = deliver

    def __get__(self, one: Any, kind: type) -> Callable[..., Awaitable[None]]:
        async def deliver(owner: int, emits: Any) -> None:
            self.begun.set()
            await self.open.wait()
            await self._deliver(one, owner, emits)

        return deliver


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    held = Held(fanout.Fanout._deliver)
    monkeypatch.setattr(fanout.Fanout, "_deliver", held)
    return held


def history(peer: Any) -> Any:
    return api.messages.GetHistory(
        peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=9, max_id=0, min_id=0, hash=0
    )


async def answer(client: Client, q: Any) -> Any:
    """What a call answers, as soon as it does: ``Client.call`` waits for all pushes."""
    body = codec.encode(q, client.layer)
    world = client.world
    told = await world.dispatcher.call(client.link, next(client._ids), body, world.clock.now())
    return codec.decode_result(q.NAME, told, client.layer)


async def turns(count: int = 200) -> None:
    """Give whatever could go on the time to do so."""
    for _ in range(count):
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)


async def test_a_read_waits_for_a_deletion_on_its_way(world: World, held: Held) -> None:
    held.open.set()
    ada, bo = await people(world, "Ada", "Bo")
    to_bo, to_ada = await ada.peer(bo), await bo.peer(ada)
    await ada.call(api.messages.SendMessage(peer=to_bo, message="oh", random_id=1))
    at_bo = bo.updates(api.UpdateNewMessage)[-1].message.id
    mine = (await ada.call(history(to_bo))).messages[0].id
    held.open.clear()
    held.begun.clear()
    deleted = asyncio.create_task(answer(ada, api.messages.DeleteMessages(id=[mine], revoke=True)))
    await asyncio.wait_for(held.begun.wait(), 30)
    asked = asyncio.create_task(answer(bo, history(to_ada)))
    await turns()
    assert not asked.done(), "answered before the deletion was pushed"
    told = asyncio.create_task(_told(bo, asked))
    held.open.set()
    assert await told == [at_bo]
    assert not (await asked).messages
    await deleted


async def _told(client: Any, asked: asyncio.Task[Any]) -> list[int]:
    """The deletions that the client had heard of when its answer came."""
    await asked
    return [one for update in client.updates(api.UpdateDeleteMessages) for one in update.messages]


async def test_a_post_on_its_way_is_waited_for_and_a_write_is_not(world: World, held: Held) -> None:
    held.open.set()
    ada, bo = await people(world, "Ada", "Bo")
    club = await supergroup(ada, bo)
    await world.settle()
    at_ada, at_bo = input_peer(ada, club), input_peer(bo, club)
    held.open.clear()
    held.begun.clear()
    await answer(ada, api.messages.SendMessage(peer=at_ada, message="post", random_id=2))
    await asyncio.wait_for(held.begun.wait(), 30)
    asked = asyncio.create_task(answer(bo, history(at_bo)))
    mine = api.messages.SendMessage(peer=at_bo, message="mine", random_id=3)
    await asyncio.wait_for(answer(bo, mine), 30)
    await turns()
    assert not asked.done()
    held.open.set()
    assert "post" in [getattr(m, "message", "") for m in (await asked).messages]
    assert "post" in [
        u.message.message
        for u in bo.updates(api.UpdateNewChannelMessage)
        if hasattr(u.message, "message")
    ]


async def test_whoever_goes_meanwhile_leaves_nobody_waiting(world: World, held: Held) -> None:
    held.open.set()
    ada, bo = await people(world, "Ada", "Bo")
    to_bo = await ada.peer(bo)
    pending = world.app.parts[fanout.FANOUT].pending
    held.open.clear()
    await answer(ada, api.messages.SendMessage(peer=to_bo, message="one", random_id=4))
    await asyncio.wait_for(held.begun.wait(), 30)
    waits = pending.delivered(bo.user_id)
    assert waits is not None
    waiting = asyncio.ensure_future(waits)
    bo.disconnect()
    await answer(ada, api.messages.SendMessage(peer=to_bo, message="two", random_id=5))
    held.open.set()
    await asyncio.wait_for(waiting, 30)
    await world.settle()
    assert pending.delivered(bo.user_id) is None
