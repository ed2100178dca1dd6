"""Strangers are counted; a random_id that two processes write at one moment is said once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from petitbleu.config import DailyLimit, Limits
from petitbleu.domain.messaging.messages import first_contact
from petitbleu.domain.messaging.messages.contents import Draft
from petitbleu.domain.messaging.messages.send import compose, events, say, send
from petitbleu.errors import Fault
from petitbleu.limitrules import load_rules
from petitbleu.rates import RULES
from petitbleu.store.postgres import PostgresStore
from petitbleu.store.query import query
from tests.kit.people import people
from tests.kit.world import World

_KNOWS = query(
    "insert into contact (owner, target, phone, first_name, last_name, added_at)"
    " values (:owner, :target, '', 'x', '', 1)"
)
FAR = "203.0.113.9"


async def test_strangers_are_limited_each_day_and_acquaintances_never(world: World) -> None:
    limits = Limits(daily={"stranger": DailyLimit(count=50)})
    world.app.parts[RULES] = load_rules(limits)
    ada, *others = await people(world, 54)

    async def write_to(peer: int) -> None:
        await first_contact.admit(world.app, ada, peer, FAR)
        await send(world.app, ada, peer, Draft("hello"))

    for other in others[:50]:
        await write_to(other.id)
    with pytest.raises(Fault, match="FLOOD_WAIT_"):
        await write_to(others[50].id)
    await write_to(others[0].id)
    await write_to(ada.id)
    await send(world.app, others[51], ada.id, Draft("you may answer"))
    await write_to(others[51].id)
    await world.app.store.write(lambda tx: tx.run(_KNOWS, owner=others[52].id, target=ada.id))
    await write_to(others[52].id)
    world.clock.advance(86_400)
    await write_to(others[50].id)


async def test_on_the_operators_own_machine_nothing_is_counted(world: World) -> None:
    ada, *others = await people(world, 53)
    for other in others:
        await first_contact.admit(world.app, ada, other.id, "127.0.0.1")


async def test_a_random_id_written_meanwhile_by_another_process(
    postgres_store: PostgresStore, tmp_path: Path
) -> None:
    world = World(postgres_store, tmp_path)
    await world.start()
    ada, bob = await people(world, 2)
    item = await compose(world.app, ada, bob.id, Draft("once", random_id=5))
    async with postgres_store.pool.acquire() as other, other.transaction():
        await other.execute("update account_state set pts = 2, top_id = 1 where owner = $1", ada.id)
        await other.execute(
            "insert into body (author, id, pts, peer, random_id, print, date)"
            " values ($1, 1, 2, $2, 5, $3, 7)",
            ada.id, bob.id, item.fingerprint,
        )  # fmt: skip
        waiting = asyncio.create_task(say(world.app, item))
        await asyncio.sleep(0.2)  # its look-up has not seen the row, its lock waits for ours
        assert not waiting.done()
    item, sent = await waiting
    assert (sent.id, sent.pts, sent.date, sent.again) == (1, 2, 7, True)
    assert [(e.owner, e.pts, e.data) for e in events(item, sent)] == [(ada.id, 2, {"id": 1})]
