"""Pinned messages of a chat (core.telegram.org/api/pin)."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.messages import boxes, contents, send
from petitbleu.domain.messages import queries as q
from petitbleu.domain.messages.contents import ACTION
from petitbleu.domain.messages.delete import Affected
from petitbleu.domain.messages.flags import PINNED
from petitbleu.domain.messages.queries import BoxRef, MessageRow
from petitbleu.domain.messages.send import private, twin_id
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx
from petitbleu.store.hot.send_private import Outgoing

CHANGED = "messages.pinned"
UNPIN_SLICE = 100


class _Place(NamedTuple):
    """A message in one owner's box, and the chat it is in there."""

    id: int
    chat: int


async def pin(
    app: App,
    me: Actor,
    peer: int,
    message: int,
    *,
    pinned: bool,
    one_side: bool = False,
    silent: bool = False,
) -> list[Event]:
    """Pin or unpin one message, on both sides unless ``one_side``.

    A pin that both sides see is told by a service message. Raises PEER_ID_INVALID,
    MESSAGE_ID_INVALID, CHAT_NOT_MODIFIED.
    """
    private(peer)
    row = await app.store.row(q.ONE, owner=me.id, id=message)
    if row is None or row.peer != peer:
        raise Fault("MESSAGE_ID_INVALID")
    if bool(row.flags & PINNED) == pinned and (one_side or peer == me.id):
        raise Fault("CHAT_NOT_MODIFIED")
    places = {me.id: _Place(row.id, peer)}
    twin = twin_id(row)
    if twin and not one_side:
        places[peer] = _Place(twin, me.id)
    events = await app.store.write(_set, me, places, pinned, int(app.clock.now()))
    if not events:
        raise Fault("CHAT_NOT_MODIFIED")
    if pinned and not one_side:
        events += await _say_so(app, me, row, twin, silent)
    return events


async def _set(tx: Tx, me: Actor, places: dict[int, _Place], pinned: bool, at: int) -> list[Event]:
    owners = await boxes.lock(tx, places)
    events = []
    for owner in sorted(owners):
        place = places[owner]
        row = await tx.row(q.ONE, owner=owner, id=place.id)
        if row is None or row.peer != place.chat or bool(row.flags & PINNED) == pinned:
            continue
        await tx.run(q.SET_FLAGS, owner=owner, id=row.id, flags=row.flags ^ PINNED)
        data = {"peer": place.chat, "ids": [row.id], "pinned": pinned}
        events.append(await log.append(tx, owner, CHANGED, data, at=at, by=me))
    return events


async def _say_so(
    app: App, me: Actor, row: MessageRow, twin: int | None, silent: bool
) -> list[Event]:
    extra = {"action": ["pin"]} | ({"silent": True} if silent else {})
    item = Outgoing(
        author=me.id,
        peer=row.peer,
        date=int(app.clock.now()),
        random_id=None,
        fingerprint=None,
        kind=ACTION,
        text="",
        entities=None,
        extra=contents.encode(extra),
        reply_to=row.id,
        peer_reply_to=twin,
        author_flags=0,
        peer_flags=0,
        official=False,
        session=me.session,
    )
    return send.events(item, await send.say(app, item))


async def unpin_all(app: App, me: Actor, peer: int) -> Affected:
    """Unpin everything in a chat, on both sides, a slice at a time."""
    private(peer)
    refs = await app.store.rows(q.PINNED_REFS, owner=me.id, peer=peer)
    if not refs:
        return Affected(0, 0, 0)
    affected = await app.store.write(_unpin, me, peer, refs[:UNPIN_SLICE], int(app.clock.now()))
    return affected._replace(left=int(len(refs) > UNPIN_SLICE))


async def _unpin(tx: Tx, me: Actor, peer: int, refs: list[BoxRef], at: int) -> Affected:
    owners = await boxes.lock(tx, {me.id, peer})
    ids = {me.id: [ref.id for ref in refs]}
    if peer != me.id and peer in owners:
        pinned = {ref.id for ref in await tx.rows(q.PINNED_REFS, owner=peer, peer=me.id)}
        twins = await boxes.twins(tx, me.id, refs)
        ids[peer] = [twin for twin in twins if twin in pinned]
    mine = Affected(0, 0, 0)
    for owner in sorted(ids):
        if not ids[owner]:
            continue
        await tx.run(q.UNPIN, owner=owner, ids=ids[owner])
        data = {"peer": peer if owner == me.id else me.id, "ids": ids[owner], "pinned": False}
        event = await log.append(tx, owner, CHANGED, data, at=at, count=len(ids[owner]), by=me)
        if owner == me.id:
            mine = Affected(event.pts, event.count, 0)
    return mine
