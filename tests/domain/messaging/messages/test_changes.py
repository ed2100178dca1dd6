"""Editing, deleting, erasing, forwarding, pinning: what each side has and hears afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.app import Actor, App
from petitbleu.domain.messaging.messages import delete, edit, erase, forward, history, pins
from petitbleu.domain.messaging.messages import entity_kinds as kinds
from petitbleu.domain.messaging.messages.contents import Draft, Reply, decode, forward_of
from petitbleu.domain.messaging.messages.entities import Entity
from petitbleu.domain.messaging.messages.history import Offsets
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.messaging.messages.send import send, send_service
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.updates import service as updates
from petitbleu.errors import Fault
from petitbleu.store.query import query
from tests.kit.people import people
from tests.kit.world import World

_BODIES = query("select author, id from body order by author, id")
_DIALOG = query(
    "select top_id, unread, total, pin_order from dialog where owner = :owner and peer = :peer"
)


async def _rows(app: App, me: Actor, peer: Actor | int) -> list[MessageRow]:
    chat = peer if isinstance(peer, int) else peer.id
    return (await history.history(app, me, chat, Offsets())).rows[::-1]


async def _news(
    world: World, owner: Actor, after: int = 1
) -> list[tuple[str, int, dict[str, Any]]]:
    events = await updates.logged(world.app, owner.id, after, 10_000, 10_000)
    at = after
    for event in events:
        at += event.count
        assert event.pts == at
    return [(event.kind, event.count, event.data) for event in events]


async def _fault(work: Any) -> str:
    with pytest.raises(Fault) as fault:
        await work
    return fault.value.name


# ── editing ─────────────────────────────────────────────────────────────────────────────────────


async def test_an_edit_changes_both_sides_and_tells_both(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, bob, bob.id, Draft("so that ids differ"))
    await send(world.app, ada, bob.id, Draft("helo"))
    world.clock.advance(60)
    mine, theirs = await edit.edit(world.app, ada, bob.id, 1, "hello", [Entity(kinds.BOLD, 0, 5)])
    assert (mine.owner, mine.data["id"], theirs.owner, theirs.data["id"]) == (ada.id, 1, bob.id, 2)
    (row,) = await _rows(world.app, bob, ada)
    assert (row.text, row.edit_date) == ("hello", int(world.clock.now()))
    assert (await _news(world, bob))[-1] == ("message.edit", 1, {"id": 2})


async def test_who_may_edit_what_and_how_long(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("mine"))
    await send(world.app, bob, ada.id, Draft("his"))
    await send(world.app, ada, ada.id, Draft("a note"))
    await forward.forward(world.app, ada, bob.id, [2], [1], bob.id)

    async def refused(message: int, text: str = "new", peer: int = bob.id) -> str:
        return await _fault(edit.edit(world.app, ada, peer, message, text))

    assert await refused(2) == "MESSAGE_AUTHOR_REQUIRED"
    assert await refused(4) == "MESSAGE_AUTHOR_REQUIRED"
    assert await refused(3) == "MESSAGE_ID_INVALID"
    assert await refused(99) == "MESSAGE_ID_INVALID"
    assert await refused(1, "mine") == "MESSAGE_NOT_MODIFIED"
    assert await refused(1, " ") == "MESSAGE_EMPTY"
    world.clock.advance(48 * 3600 + 1)
    assert await refused(1) == "MESSAGE_EDIT_TIME_EXPIRED"
    await edit.edit(world.app, ada, ada.id, 3, "a note, later")


async def test_an_edit_reaches_nobody_who_deleted_the_message(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("one"))
    await delete.delete(world.app, bob, [1], revoke=False)
    events = await edit.edit(world.app, ada, bob.id, 1, "two")
    assert [event.owner for event in events] == [ada.id]
    assert [kind for kind, *_ in await _news(world, bob)] == ["message.new", "messages.deleted"]


# ── deleting ────────────────────────────────────────────────────────────────────────────────────


async def test_deleting_for_both_moves_pts_by_the_number_deleted(world: World) -> None:
    ada, bob = await people(world, 2)
    for n in range(5):
        await send(world.app, ada, bob.id, Draft(f"{n}"))
    affected = await delete.delete(world.app, ada, [2, 3, 5, 77], revoke=True)
    assert (affected.pts, affected.moved) == (1 + 5 + 3, 3)
    assert [row.text for row in await _rows(world.app, bob, ada)] == ["0", "3"]
    assert (await _news(world, bob))[-1] == (
        "messages.deleted",
        3,
        {"ids": [2, 3, 5], "incoming": [[ada.id, [2, 3, 5], [3, 4, 6]]]},
    )
    assert await world.app.store.rows(_DIALOG, owner=bob.id, peer=ada.id) == [(4, 2, 2, 0)]


async def test_deleting_for_oneself_leaves_the_other_side(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("stays with bob"))
    await delete.delete(world.app, ada, [1], revoke=False)
    assert await _rows(world.app, ada, bob) == []
    assert len(await _rows(world.app, bob, ada)) == 1
    assert await world.app.store.rows(_DIALOG, owner=ada.id, peer=bob.id) == [(0, 0, 0, 0)]
    again = await delete.delete(world.app, ada, [1], revoke=True)
    assert again == (0, 0, 0)


async def test_bodies_are_erased_once_nobody_has_them_and_nothing_holds_them(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("one"))
    await send(world.app, bob, ada.id, Draft("two"))
    await send_service(world.app, ada.id, "code")
    held = int(world.clock.now()) + 100

    async def holds(app: App, author: int, body: int) -> int:
        return held if author == bob.id else 0

    await delete.delete(world.app, ada, [1, 2, 3], revoke=False)
    assert await erase.run(world.app) == 1  # the service message had one copy only
    await delete.delete(world.app, bob, [1, 2], revoke=False)
    erase.ask_first(world.app, holds)
    assert await erase.run(world.app) == 1
    assert await world.app.store.rows(_BODIES) == [(bob.id, 2)]
    world.clock.advance(101)
    assert await erase.run(world.app) == 1
    assert await world.app.store.rows(_BODIES) == []


async def test_a_history_is_deleted_in_slices(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(delete, "SLICE", 4)
    ada, bob = await people(world, 2)
    for n in range(10):
        await send(world.app, *((ada, bob.id) if n % 2 else (bob, ada.id)), Draft(f"{n}"))
    left, calls = 1, 0
    while left:
        affected = await delete.delete_history(world.app, ada, bob.id, revoke=True)
        left, calls = affected.left, calls + 1
    assert calls == 3
    assert await _rows(world.app, ada, bob) == await _rows(world.app, bob, ada) == []
    counts = [count for kind, count, _ in await _news(world, bob) if kind == "messages.deleted"]
    assert counts == [4, 4, 2]


async def test_a_history_is_deleted_up_to_an_id_or_between_dates(world: World) -> None:
    ada, bob = await people(world, 2)
    for n in range(6):
        await send(world.app, ada, bob.id, Draft(f"{n}"))
        world.clock.advance(10)
    start = int(world.clock.now()) - 60
    await delete.delete_history(world.app, ada, bob.id, max_id=2)
    await delete.delete_history(world.app, ada, bob.id, min_date=start + 30, max_date=start + 45)
    assert [row.text for row in await _rows(world.app, ada, bob)] == ["2", "5"]
    assert len(await _rows(world.app, bob, ada)) == 6
    wrong = delete.delete_history(world.app, ada, bob.id, min_date=9, max_date=5)
    assert await _fault(wrong) == "MAX_DATE_INVALID"
    assert await _fault(delete.delete_history(world.app, ada, bob.id, min_date=-9)) == (
        "MIN_DATE_INVALID"
    )


async def test_a_cleared_chat_stays_in_the_list(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, bob, ada.id, Draft("hi"))
    await delete.delete_history(world.app, ada, bob.id, just_clear=True)
    (row,) = await _rows(world.app, ada, bob)
    assert decode(row.extra or b"")["action"] == ["history_clear"]
    assert await world.app.store.rows(_DIALOG, owner=ada.id, peer=bob.id) == [(2, 0, 1, 0)]
    news = await _news(world, ada)
    assert [kind for kind, *_ in news] == ["message.new", "messages.deleted", "message.new"]


# ── forwarding ──────────────────────────────────────────────────────────────────────────────────


async def test_a_forward_names_who_said_it_first(world: World) -> None:
    ada, bob, eve = await people(world, 3)
    await send(world.app, ada, bob.id, Draft("x https://example.org", [Entity(kinds.BOLD, 0, 1)]))
    said = int(world.clock.now())
    world.clock.advance(50)
    (first,) = await forward.forward(world.app, bob, ada.id, [1], [9], eve.id)
    assert (first.random_id, first.id) == (9, 2)
    (row,) = await _rows(world.app, eve, bob)
    header = forward_of(decode(row.extra or b""))
    assert header is not None
    assert (header.author, header.date, header.saved_peer) == (ada.id, said, 0)
    assert row.entities is not None
    await forward.forward(world.app, eve, bob.id, [1], [1], eve.id)
    (saved,) = await _rows(world.app, eve, eve)
    again = forward_of(decode(saved.extra or b""))
    assert again is not None
    assert (again.author, again.date, again.saved_peer, again.saved_id) == (ada.id, said, bob.id, 1)


async def test_who_hides_is_only_named_and_a_dropped_author_is_not_named_at_all(
    world: World,
) -> None:
    ada, bob, eve = await people(world, 3)
    await send(world.app, ada, bob.id, Draft("secret origin"))
    await privacy.set_rules(world.app, ada, "forwards", [("disallow_all", [])])
    await forward.forward(world.app, bob, ada.id, [1], [1], eve.id)
    await forward.forward(world.app, bob, ada.id, [1], [2], eve.id, drop_author=True)
    hidden, bare = await _rows(world.app, eve, bob)
    header = forward_of(decode(hidden.extra or b""))
    assert header is not None
    assert (header.author, header.name) == (0, "Person 0")
    assert bare.extra is None


async def test_what_cannot_be_forwarded(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("kept", noforwards=True))

    async def refused(ids: list[int], randoms: list[int], to: int = bob.id) -> str:
        return await _fault(forward.forward(world.app, ada, bob.id, ids, randoms, to))

    assert await refused([1], [1]) == "CHAT_FORWARDS_RESTRICTED"
    assert await refused([], []) == "MESSAGE_IDS_EMPTY"
    assert await refused([1], [1, 2]) == "RANDOM_ID_INVALID"
    assert await refused([50], [1]) == "MESSAGE_ID_INVALID"
    assert await refused([1], [1], 0) == "PEER_ID_INVALID"


async def test_a_repeated_forward_gives_the_first_result(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("one"))
    first = await forward.forward(world.app, ada, bob.id, [1], [5], ada.id)
    again = await forward.forward(world.app, ada, bob.id, [1], [5], ada.id)
    assert first[0].id == again[0].id
    assert len(await _rows(world.app, ada, ada)) == 1


# ── pinning ─────────────────────────────────────────────────────────────────────────────────────


async def test_a_pin_for_both_is_told_by_a_service_message(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, bob, bob.id, Draft("so that ids differ"))
    await send(world.app, ada, bob.id, Draft("pin me", reply_to=None))
    events = await pins.pin(world.app, bob, ada.id, 2, pinned=True)
    assert {(event.owner, event.kind) for event in events} == {
        (ada.id, "messages.pinned"),
        (bob.id, "messages.pinned"),
        (ada.id, "message.new"),
        (bob.id, "message.new"),
    }
    news = await _news(world, ada)
    assert news[1:] == [
        ("messages.pinned", 1, {"peer": bob.id, "ids": [1], "pinned": True}),
        ("message.new", 1, {"id": 2}),
    ]
    rows = await _rows(world.app, ada, bob)
    assert (rows[1].kind, rows[1].reply_to) == (1, 1)
    page = await history.pinned(world.app, ada, bob.id, Offsets())
    assert [row.id for row in page.rows] == [1]


async def test_a_pin_for_oneself_is_told_to_nobody_else(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("pin me"))
    events = await pins.pin(world.app, ada, bob.id, 1, pinned=True, one_side=True)
    assert [event.owner for event in events] == [ada.id]
    again = pins.pin(world.app, ada, bob.id, 1, pinned=True, one_side=True)
    assert await _fault(again) == "CHAT_NOT_MODIFIED"
    wrong = pins.pin(world.app, ada, bob.id, 9, pinned=True)
    assert await _fault(wrong) == "MESSAGE_ID_INVALID"


async def test_unpinning_one_and_all(world: World) -> None:
    ada, bob = await people(world, 2)
    for n in range(3):
        await send(world.app, ada, bob.id, Draft(f"{n}"))
    for message in (1, 2, 3):
        await pins.pin(world.app, ada, bob.id, message, pinned=True)
    events = await pins.pin(world.app, ada, bob.id, 2, pinned=False)
    assert [event.kind for event in events] == ["messages.pinned"] * 2
    affected = await pins.unpin_all(world.app, bob, ada.id)
    assert (affected.moved, affected.left) == (2, 0)
    last = ("messages.pinned", 2, {"peer": bob.id, "ids": [1, 3], "pinned": False})
    assert (await _news(world, ada))[-1] == last
    assert await pins.unpin_all(world.app, bob, ada.id) == (0, 0, 0)
    assert (await history.pinned(world.app, ada, bob.id, Offsets())).rows == []


async def test_a_reply_to_a_deleted_message_is_refused(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("gone"))
    await delete.delete(world.app, bob, [1], revoke=False)
    refused = send(world.app, bob, ada.id, Draft("re", reply_to=Reply(1)))
    assert await _fault(refused) == "REPLY_MESSAGE_ID_INVALID"
