"""Pinned messages of a chat (core.telegram.org/api/pin)."""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members.service import PIN
from petitbleu.domain.messaging.messages import actions, boxes, contents, send
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import Place, place
from petitbleu.domain.messaging.messages.contents import ACTION, TEXT
from petitbleu.domain.messaging.messages.delete import Affected
from petitbleu.domain.messaging.messages.flags import PINNED
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx
from petitbleu.store.hot.send import Outgoing

CHANGED = "messages.pinned"
UNPIN_SLICE = 100


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
    """Pin or unpin one message for everybody, in a private chat for me alone if ``one_side``.

    A pin that others see is told by a service message. Raises PEER_ID_INVALID, MESSAGE_ID_INVALID,
    CHAT_NOT_MODIFIED and what :func:`members.require` raises.
    """
    at = await place(app, me, peer, PIN)
    one_side = one_side and peer > 0
    row = await app.store.row(q.ONE, owner=at.owner, id=message)
    if row is None or row.peer != at.peer or row.id <= at.hidden or row.kind != TEXT:
        raise Fault("MESSAGE_ID_INVALID")
    alone = one_side or peer == me.id or at.shared
    if bool(row.flags & PINNED) == pinned and alone:
        raise Fault("CHAT_NOT_MODIFIED")
    copies = {me.id: row.id} if one_side else await boxes.copies(app.store, row)
    events = await app.store.write(_set, me, row, copies, pinned, int(app.clock.now()))
    if not events:
        raise Fault("CHAT_NOT_MODIFIED")
    if pinned and not one_side:
        events += await _say_so(app, me, at, row, silent)
    return events


async def _set(
    tx: Tx, me: Actor, said: MessageRow, copies: dict[int, int], pinned: bool, at: int
) -> list[Event]:
    owners = await boxes.lock(tx, copies)
    events = []
    for owner in sorted(owners):
        row = await tx.row(q.ONE, owner=owner, id=copies[owner])
        if row is None or row.body != said.body or bool(row.flags & PINNED) == pinned:
            continue
        await tx.run(q.SET_FLAGS, owner=owner, id=row.id, flags=row.flags ^ PINNED)
        data = {"peer": row.peer, "ids": [row.id], "pinned": pinned}
        events.append(await log.append(tx, owner, CHANGED, data, at=at, by=me))
        if owner < 0:
            row = row._replace(flags=row.flags ^ PINNED)
            await chats.note(tx, owner, me.id, "pinned", at=at, new=row)
    return events


async def _say_so(app: App, me: Actor, at: Place, row: MessageRow, silent: bool) -> list[Event]:
    if at.chat is not None:
        now = int(app.clock.now())
        return await app.store.write(_say_in_chat, me, at.chat.id, row, silent, now)
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
        copies=send.pair(me.id, row.peer, row),
        session=me.session,
    )
    return send.events(*await send.say(app, item))


async def _say_in_chat(
    tx: Tx, me: Actor, chat: int, row: MessageRow, silent: bool, at: int
) -> list[Event]:
    locked = await chats.lock(tx, chat)
    return await actions.act(tx, me, locked, ["pin"], at=at, answered=row, silent=silent)


async def unpin_all(app: App, me: Actor, peer: int) -> Affected:
    """Unpin everything in a chat, for everybody, a slice at a time.

    ``Affected`` is mine, or the channel's.
    """
    at = await place(app, me, peer, PIN)
    refs = await app.store.rows(q.PINNED_REFS, owner=at.owner, peer=at.peer)
    if not refs:
        return Affected(0, 0, 0)
    ids = [ref.id for ref in refs[:UNPIN_SLICE]]
    wanted: dict[int, list[int]] = {}
    for row in await app.store.rows(q.BY_IDS, owner=at.owner, ids=ids):
        for owner, copy in (await boxes.copies(app.store, row)).items():
            wanted.setdefault(owner, []).append(copy)
    affected = await app.store.write(_unpin, me, at, wanted, int(app.clock.now()))
    return affected._replace(left=int(len(refs) > UNPIN_SLICE))


async def _unpin(
    tx: Tx, me: Actor, where: Place, wanted: dict[int, list[int]], at: int
) -> Affected:
    owners = await boxes.lock(tx, wanted)
    mine = Affected(0, 0, 0)
    for owner in sorted(owners):
        peer = where.peer if where.peer < 0 or owner == me.id else me.id
        pinned = {ref.id for ref in await tx.rows(q.PINNED_REFS, owner=owner, peer=peer)}
        ids = [one for one in wanted[owner] if one in pinned]
        if not ids:
            continue
        await tx.run(q.UNPIN, owner=owner, ids=ids)
        data = {"peer": peer, "ids": ids, "pinned": False}
        event = await log.append(tx, owner, CHANGED, data, at=at, count=len(ids), by=me)
        if owner == where.owner:
            mine = Affected(event.pts, event.count, 0)
    return mine
