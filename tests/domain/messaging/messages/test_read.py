"""Reading, read dates, drafts and typing."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.app import Actor
from petitbleu.domain.messaging.messages import drafts, read
from petitbleu.domain.messaging.messages import entity_kinds as kinds
from petitbleu.domain.messaging.messages.contents import Draft, Reply
from petitbleu.domain.messaging.messages.entities import Entity
from petitbleu.domain.messaging.messages.flags import MEDIA_UNREAD
from petitbleu.domain.messaging.messages.queries import SET_FLAGS
from petitbleu.domain.messaging.messages.send import send, send_service
from petitbleu.domain.messaging.unread_mentions import reading
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.updates import service as updates
from petitbleu.errors import Fault
from petitbleu.store.api import Tx
from petitbleu.store.query import query
from tests.kit.people import people
from tests.kit.world import World

_DIALOG = query(
    "select unread, read_in, read_out from dialog where owner = :owner and peer = :peer"
)


async def _news(world: World, owner: Actor) -> list[tuple[str, dict[str, Any]]]:
    events = await updates.logged(world.app, owner.id, 1, 10_000, 10_000)
    return [(event.kind, event.data) for event in events if event.kind != "message.new"]


async def _fault(work: Any) -> str:
    with pytest.raises(Fault) as fault:
        await work
    return fault.value.name


async def test_reading_part_and_then_all(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, bob, bob.id, Draft("so that ids differ"))
    for n in range(4):
        await send(world.app, ada, bob.id, Draft(f"{n}"))
    affected = await read.read_history(world.app, bob, ada.id, 3)
    assert affected.moved == 1
    store = world.app.store
    assert await store.rows(_DIALOG, owner=bob.id, peer=ada.id) == [(2, 3, 0)]
    assert await store.rows(_DIALOG, owner=ada.id, peer=bob.id) == [(0, 0, 2)]
    await read.read_history(world.app, bob, ada.id, 0)
    assert await store.rows(_DIALOG, owner=bob.id, peer=ada.id) == [(0, 5, 0)]
    assert await _news(world, bob) == [
        ("read.inbox", {"peer": ada.id, "max_id": 3, "unread": 2, "folder": 0}),
        ("read.inbox", {"peer": ada.id, "max_id": 5, "unread": 0, "folder": 0}),
    ]
    assert await _news(world, ada) == [
        ("read.outbox", {"peer": bob.id, "max_id": 2}),
        ("read.outbox", {"peer": bob.id, "max_id": 4}),
    ]


async def test_reading_again_or_backwards_changes_nothing(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("one"))
    await send(world.app, ada, bob.id, Draft("two"))
    await read.read_history(world.app, bob, ada.id, 1)
    assert await read.read_history(world.app, bob, ada.id, 1) == (0, 0, 0)
    await read.read_history(world.app, bob, ada.id, 1000)
    assert await read.read_history(world.app, bob, ada.id, 0) == (0, 0, 0)
    assert len(await _news(world, ada)) == 2


async def test_reading_the_service_chat_tells_only_oneself(world: World) -> None:
    (ada,) = await people(world, 1)
    await send_service(world.app, ada.id, "code")
    assert (await read.read_history(world.app, ada, 777000, 0)).moved == 1
    assert await updates.logged(world.app, 777000, 0, 100, 100) == []


async def test_opened_contents_are_told_to_the_other_devices(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("one"))
    await send(world.app, ada, bob.id, Draft("two"))

    async def mark(tx: Tx) -> None:
        await tx.run(SET_FLAGS, owner=bob.id, id=2, flags=MEDIA_UNREAD)

    await world.app.store.write(mark)
    assert (await reading.opened(world.app, bob, [1, 2, 3])).moved == 1
    assert await _news(world, bob) == [("contents.read", {"ids": [2]})]
    assert await reading.opened(world.app, bob, [1, 2, 3]) == (0, 0, 0)


async def test_the_read_date_is_told_for_seven_days(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, ada, bob.id, Draft("one"))
    assert await _fault(read.read_date(world.app, ada, bob.id, 1)) == "MESSAGE_NOT_READ_YET"
    assert await _fault(read.read_date(world.app, bob, ada.id, 1)) == "MESSAGE_ID_INVALID"
    world.clock.advance(30)
    await read.read_history(world.app, bob, ada.id, 0)
    seen = int(world.clock.now())
    world.clock.advance(30)
    await send(world.app, ada, bob.id, Draft("two"))
    await read.read_history(world.app, bob, ada.id, 0)
    assert await read.read_date(world.app, ada, bob.id, 1) == seen
    assert await read.read_date(world.app, ada, bob.id, 2) == seen + 30
    await privacy.set_rules(world.app, bob, "status", [("disallow_all", [])])
    assert await _fault(read.read_date(world.app, ada, bob.id, 1)) == "USER_PRIVACY_RESTRICTED"
    await privacy.set_rules(world.app, ada, "status", [("disallow_all", [])])
    assert await _fault(read.read_date(world.app, ada, bob.id, 1)) == "YOUR_PRIVACY_RESTRICTED"
    world.clock.advance(7 * 86_400)
    assert await _fault(read.read_date(world.app, ada, bob.id, 1)) == "MESSAGE_TOO_OLD"


async def test_a_draft_is_kept_whole_and_cleared_by_sending(world: World) -> None:
    ada, bob = await people(world, 2)
    await send(world.app, bob, ada.id, Draft("question?"))
    marked = [Entity(kinds.BOLD, 0, 2)]
    reply = Reply(1, "question", [], 0)
    await drafts.save(world.app, ada, bob.id, "an ans", marked, reply_to=reply, no_webpage=True)
    saved = await drafts.load_draft(world.app, ada.id, bob.id)
    assert saved is not None
    assert (saved.text, saved.entities, saved.reply_to, saved.no_webpage) == (
        "an ans", marked, reply, True,
    )  # fmt: skip
    assert [peer for peer, _ in await drafts.every(world.app, ada.id)] == [bob.id]
    await send(world.app, ada, bob.id, Draft("an answer"))
    assert await drafts.load_draft(world.app, ada.id, bob.id) is not None
    await send(world.app, ada, bob.id, Draft("an answer", clear_draft=True))
    assert await drafts.load_draft(world.app, ada.id, bob.id) is None


async def test_empty_drafts_clear_and_all_can_be_cleared(world: World) -> None:
    ada, bob, eve = await people(world, 3)
    assert await drafts.save(world.app, ada, bob.id, "") == []
    for peer in (bob.id, eve.id, ada.id):
        await drafts.save(world.app, ada, peer, "soon")
    await drafts.save(world.app, ada, bob.id, " ")
    assert [peer for peer, _ in await drafts.every(world.app, ada.id)] == [ada.id, eve.id]
    assert len(await drafts.clear_all(world.app, ada)) == 2
    assert await drafts.every(world.app, ada.id) == []
    assert await _fault(drafts.save(world.app, ada, -1, "x")) == "CHAT_ID_INVALID"
