"""Many things at once: who is in a group while something is said there, and the counters of all."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

from petitbleu.app import Actor
from petitbleu.domain.administration.chat_editing import creating
from petitbleu.domain.administration.membership import channels, groups
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import Draft
from petitbleu.domain.updates import service as updates
from petitbleu.errors import Fault
from petitbleu.store.query import query
from tests.kit.people import people
from tests.kit.world import World


class _Copies(NamedTuple):
    body: int
    n: int


class _Counters(NamedTuple):
    top_id: int
    total: int


_COPIES = query(
    "select b.id as body, count(*) as n from body b join box x on x.author = b.author"
    " and x.body = b.id where b.author = :author and b.peer = :chat and b.kind = 0"
    " group by b.id order by b.id",
    _Copies,
)
_OF_CHANNEL = query(
    "select top_id, total from dialog where owner = :channel and peer = :channel", _Counters
)


async def test_a_message_has_a_copy_for_exactly_the_members_of_its_moment(world: World) -> None:
    ada, bob, *others = await people(world, 6)
    made = await creating.create_group(world.app, ada, "Choir", [bob.id])

    async def talk() -> None:
        for n in range(12):
            await messages.send(world.app, ada, made.chat, Draft(f"said {n}", random_id=n + 1))

    async def come(one: Actor) -> None:
        await groups.add(world.app, ada, made.chat, one.id)

    await asyncio.gather(talk(), *(come(one) for one in others))
    copies = [row.n for row in await world.app.store.rows(_COPIES, author=ada.id, chat=made.chat)]
    assert len(copies) == 12
    assert copies == sorted(copies) and set(copies) <= set(range(2, 7)), "nobody is ever missed"
    await messages.send(world.app, ada, made.chat, Draft("all are here"))
    last = (await world.app.store.rows(_COPIES, author=ada.id, chat=made.chat))[-1]
    assert last.n == 6


async def test_nobody_writes_after_having_left(world: World) -> None:
    ada, bob = await people(world, 2)
    made = await creating.create_group(world.app, ada, "Choir", [bob.id])
    said = [messages.send(world.app, bob, made.chat, Draft(str(n))) for n in range(10)]
    results = await asyncio.gather(
        groups.remove(world.app, bob, made.chat, bob.id), *said, return_exceptions=True
    )
    faults = {one.name for one in results if isinstance(one, Fault)}
    assert faults <= {"CHAT_WRITE_FORBIDDEN"}
    assert [one for one in results if isinstance(one, Exception) and type(one) is not Fault] == []
    log = await updates.logged(world.app, bob.id, 1, 1000, 1000)
    assert [event.pts for event in log] == list(range(2, len(log) + 2))


async def test_posts_of_many_are_numbered_without_a_hole(world: World) -> None:
    ada, *others = await people(world, 5)
    made = await creating.create_channel(world.app, ada, "Town", "", broadcast=False)
    await asyncio.gather(*(channels.invite(world.app, ada, made.chat, [one.id]) for one in others))
    before = (await updates.counters(world.app, [made.chat]))[made.chat]
    sent = await asyncio.gather(
        *(
            messages.send(
                world.app, one, made.chat, Draft(f"{one.id} {n}", random_id=n + one.id * 100)
            )
            for one in others
            for n in range(10)
        )
    )
    pts = sorted(events[0].pts for events in sent)
    assert pts == list(range(before + 1, before + 41))
    numbers = sorted(events[0].data["id"] for events in sent)
    counters = await world.app.store.row(_OF_CHANNEL, channel=made.chat)
    assert counters is not None and counters.top_id == numbers[-1]
    assert counters.total == counters.top_id, "nothing was deleted"
