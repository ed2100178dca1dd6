"""Messages of basic groups in the difference: their copies are the events, the log has none."""

from __future__ import annotations

import itertools
import random
from typing import Any, NamedTuple

import msgspec
import pytest

from petitbleu import jobs
from petitbleu.domain.updates import queries, service
from petitbleu.domain.updates.log import Event
from petitbleu.jobs import NoData
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from petitbleu.tl import api
from tests.kit import groups
from tests.kit.world import Client, World

_encode = msgspec.msgpack.encode


_number = itertools.count(1)


class Pts(NamedTuple):
    pts: int


LOGGED_NEW = query(
    "select pts from event_log where owner = :owner and kind = 'message.new' order by pts", Pts
)
AS_BEFORE = (
    query(
        "insert into event_log (owner, pts, count, kind, at, data)"
        " values (:owner, :pts, 1, 'message.new', :at, :data)"
    ),
    query("update box set pts = null where owner = :owner"),
    query("update account_state set logged_id = top_id where owner = :owner"),
)


async def say(client: Client, peer: Any, text: str) -> None:
    await client.call(api.messages.SendMessage(peer=peer, message=text, random_id=next(_number)))


async def hall(world: World) -> tuple[Client, Client, Client, Any]:
    """Three people and their basic group, as its peer."""
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    group = await groups.basic_group(ada, bob, eve)
    return ada, bob, eve, groups.peer(group)


async def caught_up(client: Client, pts: int, limit: int | None = None) -> list[Any]:
    """The new messages of as many differences as it takes, and the last state's pts at the end."""
    found: list[Any] = []
    for _ in range(200):
        step = await client.call(api.updates.GetDifference(pts=pts, date=1, qts=0, pts_limit=limit))
        if isinstance(step, api.updates.DifferenceEmpty):
            return [*found, pts]
        found += step.new_messages
        if isinstance(step, api.updates.Difference):
            return [*found, step.state.pts]
        assert step.intermediate_state.pts > pts, "a slice leads on"
        pts = step.intermediate_state.pts
    raise AssertionError("the differences do not end")


def said(found: list[Any]) -> list[str]:
    return [one.message for one in found[:-1] if isinstance(one, api.Message)]


async def pts_of(client: Client) -> int:
    return int((await client.call(api.updates.GetState())).pts)


async def talk(world: World, count: int, seed: int) -> tuple[Client, int, list[tuple[int, str]]]:
    """Bob hears a mixture of chats: him, his pts before, and (pts, text) of each message."""
    ada, bob, eve, group = await hall(world)
    to_bob, bobs_ada = await ada.peer(bob), await bob.peer(ada)
    start = await pts_of(bob)
    draw, heard = random.Random(seed), []
    for n in range(count):
        text = f"text {n}"
        sender, peer = draw.choice(
            ((ada, group), (eve, group), (bob, group), (ada, to_bob), (bob, bobs_ada))
        )
        await say(sender, peer, text)
        heard.append((await pts_of(bob), text))
        if draw.random() < 0.2:
            await bob.call(api.messages.ReadHistory(peer=bobs_ada, max_id=0))
    return bob, start, heard


@pytest.mark.turns(3)
@pytest.mark.parametrize("seed", range(3))
async def test_every_difference_and_slice_has_the_messages_of_groups_in_their_place(
    world: World, seed: int
) -> None:
    bob, start, heard = await talk(world, 25, seed)
    end = await pts_of(bob)
    for after in range(start, end + 1):
        expected = [text for pts, text in heard if pts > after]
        for limit in (None, 1, 2, 7):
            found = await caught_up(bob, after, limit)
            assert (said(found), found[-1]) == (expected, end), (after, limit)


async def test_the_log_holds_no_copy_and_the_pushes_have_its_numbers(world: World) -> None:
    ada, bob, _, group = await hall(world)
    before = await world.app.store.rows(LOGGED_NEW, owner=bob.user_id)
    bob.pushed.clear()
    for n in range(3):
        await say(ada, group, f"text {n}")
    await world.settle()
    assert await world.app.store.rows(LOGGED_NEW, owner=bob.user_id) == before
    pushed = bob.updates(api.UpdateNewMessage)
    (first, last) = pushed[0].pts, pushed[-1].pts
    events = await service.logged(world.app, bob.user_id, first - 1, last, 10)
    assert [(one.pts, one.count, one.data["id"]) for one in events] == [
        (one.pts, one.pts_count, one.message.id) for one in pushed
    ]


async def test_a_deleted_copy_leaves_out_its_message_and_the_difference_ends(world: World) -> None:
    bob, start, heard = await talk(world, 16, 7)
    found = await caught_up(bob, start)
    doomed = {one.id: one.message for one in found[1:-1:2]}
    await bob.call(api.messages.DeleteMessages(id=list(doomed)))
    end = await pts_of(bob)
    for after in range(start, end + 1):
        expected = [t for pts, t in heard if pts > after and t not in doomed.values()]
        for limit in (None, 1, 3):
            found = await caught_up(bob, after, limit)
            assert (said(found), found[-1]) == (expected, end), (after, limit)


async def test_events_of_an_older_database_come_from_its_log(world: World) -> None:
    bob, start, heard = await talk(world, 12, 3)
    middle = await pts_of(bob)
    copies = await world.app.store.rows(
        queries.GROUP_COPIES_SINCE, owner=bob.user_id, after=0, upto=middle, limit=100
    )
    await world.app.store.write(_as_before, owner=bob.user_id, copies=copies)
    for limit in (None, 1, 5):
        assert said(await caught_up(bob, start, limit)) == [text for _, text in heard]
    own = await groups.basic_group(bob, await world.sign_up("Zoe"))
    own_peer = groups.peer(own)
    for n in range(5):
        await say(bob, own_peer, f"since {n}")
    expected = [text for _, text in heard] + [f"since {n}" for n in range(5)]
    for limit in (None, 1, 5):
        texts = said(await caught_up(bob, start, limit))
        assert [text for text in texts if text] == expected


async def _as_before(tx: Tx, *, owner: int, copies: list[Any]) -> None:
    put, forget, mark = AS_BEFORE
    for one in copies:
        data = _encode({"id": one.id})
        await tx.run(put, owner=owner, pts=one.pts, at=one.at, data=data)
    await tx.run(forget, owner=owner)
    await tx.run(mark, owner=owner)


async def test_a_lost_hint_of_a_deleted_copy_is_repaired_with_a_number(world: World) -> None:
    ada, bob, _, group = await hall(world)
    await say(ada, group, "in step")
    await world.settle()
    bob.pushed.clear()
    world.app.store.listen(lambda emits: None)
    for text in ("stays", "goes", "stays too"):
        await say(ada, group, text)
    middle = await pts_of(bob) - 1
    await world.app.store.write(_without_a_word, owner=bob.user_id, pts=middle)
    world.app.store.listen(world.fanout.announce)
    await jobs.KINDS["updates.sweep"].handler(world.app, NoData())
    await world.settle()
    told = [
        (type(one).__name__, one.pts, one.pts_count)
        for one in bob.updates()
        if isinstance(one, api.UpdateNewMessage | api.UpdateDeleteMessages)
    ]
    assert told == [
        ("UpdateNewMessage", middle - 1, 1),
        ("UpdateDeleteMessages", middle, 1),
        ("UpdateNewMessage", middle + 1, 1),
    ]
    await say(ada, group, "and on")
    await world.settle()
    assert bob.updates()[-1].pts == middle + 2


REMOVE = query("delete from box where owner = :owner and pts = :pts")


async def _without_a_word(tx: Tx, *, owner: int, pts: int) -> None:
    await tx.run(REMOVE, owner=owner, pts=pts)


def test_each_missing_number_is_filled() -> None:
    one = Event(5, 4, 1, "a", 9, {})
    other = Event(5, 8, 2, "b", 9, {})
    found = service.filled(5, [one, other], 2, 9)
    assert [(e.pts, e.count) for e in found] == [(3, 1), (4, 1), (5, 1), (6, 1), (8, 2), (9, 1)]
    assert [e for e in found if e.kind in "ab"] == [one, other]
    assert service.filled(5, [], 2, 2) == []
