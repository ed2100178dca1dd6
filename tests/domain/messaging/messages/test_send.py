"""Saying messages: ids, counters, dialogs, repetition and refusals, on both engines."""

from __future__ import annotations

import asyncio
import random
from typing import NamedTuple

import pytest

from petitbleu.app import Actor
from petitbleu.domain.messaging.messages.contents import Draft, Reply
from petitbleu.domain.messaging.messages.send import send, send_service
from petitbleu.domain.updates import service as updates
from petitbleu.errors import Fault
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from tests.kit.people import people
from tests.kit.world import World


class _Box(NamedTuple):
    id: int
    peer: int
    text: str


class _Dialog(NamedTuple):
    peer: int
    top_id: int
    unread: int
    total: int


_BOXES = query(
    "select x.id, x.peer, b.text from box x join body b on b.author = x.author and b.id = x.body"
    " where x.owner = :owner order by x.id",
    _Box,
)
_DIALOGS = query(
    "select peer, top_id, unread, total from dialog where owner = :owner order by peer", _Dialog
)
_BLOCK = query("insert into blocked (owner, target, at) values (:owner, :target, 1)")
_END = query("update account set deleted_at = 1 where id = :id")


async def _log(world: World, owner: int) -> list[tuple[int, int, str, int]]:
    events = await updates.logged(world.app, owner, 1, 10_000, 10_000)
    return [(e.pts, e.count, e.kind, e.data["id"]) for e in events]


async def _refused(world: World, me: Actor, peer: int, draft: Draft) -> str:
    with pytest.raises(Fault) as fault:
        await send(world.app, me, peer, draft)
    return fault.value.name


async def test_a_message_reaches_both_boxes(world: World) -> None:
    ada, bob = await people(world, 2)
    mine, theirs = await send(world.app, ada, bob.id, Draft("hello", random_id=1))
    assert (mine.owner, mine.pts, mine.data["id"]) == (ada.id, 2, 1)
    assert (theirs.owner, theirs.pts, theirs.data["id"]) == (bob.id, 2, 1)
    store = world.app.store
    assert await store.rows(_BOXES, owner=ada.id) == [(1, bob.id, "hello")]
    assert await store.rows(_BOXES, owner=bob.id) == [(1, ada.id, "hello")]
    assert await store.rows(_DIALOGS, owner=ada.id) == [(bob.id, 1, 0, 1)]
    assert await store.rows(_DIALOGS, owner=bob.id) == [(ada.id, 1, 1, 1)]
    assert await _log(world, bob.id) == [(2, 1, "message.new", 1)]


async def test_saved_messages_have_one_box_and_nothing_unread(world: World) -> None:
    (ada,) = await people(world, 1)
    events = await send(world.app, ada, ada.id, Draft("note", random_id=1))
    assert [(e.owner, e.pts) for e in events] == [(ada.id, 2)]
    assert await world.app.store.rows(_DIALOGS, owner=ada.id) == [(ada.id, 1, 0, 1)]


async def test_the_same_random_id_gets_the_first_result_again(world: World) -> None:
    ada, bob = await people(world, 2)
    first = await send(world.app, ada, bob.id, Draft("once", random_id=7))
    await send(world.app, ada, bob.id, Draft("between", random_id=8))
    again = await send(world.app, ada, bob.id, Draft("once", random_id=7))
    assert [(e.pts, e.data["id"]) for e in again] == [(first[0].pts, first[0].data["id"])]
    assert len(await world.app.store.rows(_BOXES, owner=bob.id)) == 2
    assert len(await _log(world, ada.id)) == 2


async def test_the_same_random_id_with_other_content_is_refused(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("once", random_id=7))
    assert await _refused(world, ada, bob.id, Draft("twice", random_id=7)) == "RANDOM_ID_DUPLICATE"
    assert await _refused(world, ada, ada.id, Draft("once", random_id=7)) == "RANDOM_ID_DUPLICATE"
    events = await send(world.app, bob, ada.id, Draft("once", random_id=7))
    assert events[0].data["id"] == 2


async def test_blocks_hold_in_both_directions(world: World) -> None:
    ada, bob = await people(world, 2)

    async def block(tx: Tx) -> None:
        await tx.run(_BLOCK, owner=bob.id, target=ada.id)

    await world.app.store.write(block)
    assert await _refused(world, ada, bob.id, Draft("hi", random_id=1)) == "USER_IS_BLOCKED"
    assert await _refused(world, bob, ada.id, Draft("hi", random_id=1)) == "YOU_BLOCKED_USER"
    assert await world.app.store.rows(_BOXES, owner=bob.id) == []
    await send_service(world.app, ada.id, "still heard")


async def test_nobody_there_deleted_or_not_a_person(world: World) -> None:
    ada, bob = await people(world, 2)

    async def end(tx: Tx) -> None:
        await tx.run(_END, id=bob.id)

    await world.app.store.write(end)
    assert await _refused(world, ada, 999_999_999, Draft("hi")) == "PEER_ID_INVALID"
    assert await _refused(world, ada, bob.id, Draft("hi")) == "INPUT_USER_DEACTIVATED"
    assert await _refused(world, ada, 777002, Draft("hi")) == "PEER_ID_INVALID"
    assert await _refused(world, ada, -5, Draft("hi")) == "CHAT_ID_INVALID"
    assert await _refused(world, ada, ada.id, Draft(" \n ")) == "MESSAGE_EMPTY"
    assert await _refused(world, ada, ada.id, Draft("x" * 4097)) == "MESSAGE_TOO_LONG"


async def test_the_service_chat_is_one_sided(world: World) -> None:
    (ada,) = await people(world, 1)
    events = await send_service(world.app, ada.id, "Login code: 12345")
    assert [(e.owner, e.pts, e.data["id"]) for e in events] == [(ada.id, 2, 1)]
    assert await world.app.store.rows(_BOXES, owner=777000) == []
    assert await world.app.store.rows(_DIALOGS, owner=ada.id) == [(777000, 1, 1, 1)]


async def test_a_reply_points_into_each_box(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, bob, bob.id, Draft("a note, so that ids differ"))
    await send(world.app, ada, bob.id, Draft("what about lunch?"))
    mine, theirs = await send(
        world.app, bob, ada.id, Draft("yes", reply_to=Reply(2, "lunch", (), None))
    )
    assert mine.data["row"].reply_to == 2
    assert theirs.data["row"].reply_to == 1
    mine, theirs = await send(world.app, bob, ada.id, Draft("and", reply_to=Reply(3)))
    assert (mine.data["row"].reply_to, theirs.data["row"].reply_to) == (3, 2)


async def test_replies_to_other_chats_and_wrong_quotes_are_refused(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, ada.id, Draft("note"))
    await send(world.app, ada, bob.id, Draft("𝒜 quotable 𝒜 text"))
    for reply, fault in [
        (Reply(1), "REPLY_MESSAGE_ID_INVALID"),
        (Reply(99), "REPLY_MESSAGE_ID_INVALID"),
        (Reply(2, "never said"), "QUOTE_TEXT_INVALID"),
        (Reply(2, "  "), "QUOTE_TEXT_INVALID"),
    ]:
        assert await _refused(world, ada, bob.id, Draft("x", reply_to=reply)) == fault
    mine, _ = await send(world.app, ada, bob.id, Draft("x", reply_to=Reply(2, "𝒜 text", (), 0)))
    assert b"quote" in mine.data["row"].extra


async def test_many_senders_at_once_leave_no_gap(world: World) -> None:
    everybody = await people(world, 20)
    chance = random.Random(11)
    jobs = []
    for n in range(200):
        me, peer = chance.choice(everybody), chance.choice(everybody)
        jobs.append(send(world.app, me, peer.id, Draft(f"message {n}", random_id=n + 1)))
        if n % 10 == 0:
            jobs.append(send(world.app, me, peer.id, Draft(f"message {n}", random_id=n + 1)))
    await asyncio.gather(*jobs)
    said = 0
    for person in everybody:
        boxes = await world.app.store.rows(_BOXES, owner=person.id)
        assert [box.id for box in boxes] == list(range(1, len(boxes) + 1))
        logged = await _log(world, person.id)
        assert [pts for pts, *_ in logged] == list(range(2, len(boxes) + 2))
        assert [box for *_, box in logged] == [box.id for box in boxes]
        counters = await updates.counters(world.app, [person.id])
        assert counters[person.id] == len(boxes) + 1
        dialogs = await world.app.store.rows(_DIALOGS, owner=person.id)
        assert sum(d.total for d in dialogs) == len(boxes)
        assert {d.peer: d.top_id for d in dialogs} == {b.peer: b.id for b in boxes}
        said += len(boxes) - sum(1 for b in boxes if b.peer != person.id) / 2
    assert said == 200


async def test_a_repetition_in_the_same_batch_is_said_once(world: World) -> None:
    ada, bob = await people(world, 2)
    jobs = [send(world.app, ada, bob.id, Draft("again", random_id=5)) for _ in range(8)]
    jobs.append(send(world.app, ada, bob.id, Draft("other", random_id=5)))
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert {r[0].data["id"] for r in results if not isinstance(r, BaseException)} == {1}
    (box,) = await world.app.store.rows(_BOXES, owner=ada.id)
    # Whichever came first stands; PostgreSQL's connections do not say which.
    others = 1 if box.text == "again" else 8
    assert [r.name for r in results if isinstance(r, Fault)] == ["RANDOM_ID_DUPLICATE"] * others


async def test_one_refused_message_takes_no_other_with_it(world: World) -> None:
    ada, bob = await people(world, 2)
    results = await asyncio.gather(
        send(world.app, ada, bob.id, Draft("one", random_id=1)),
        send(world.app, ada, 999_999_999, Draft("nobody", random_id=2)),
        send(world.app, ada, bob.id, Draft("two", random_id=3)),
        return_exceptions=True,
    )
    assert isinstance(results[1], Fault)
    boxes = await world.app.store.rows(_BOXES, owner=bob.id)
    assert sorted(box.text for box in boxes) == ["one", "two"]
