"""Reading: how far each side has got in a chat, and when (core.telegram.org/api/unread)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from petitbleu.app import Actor, App
from petitbleu.domain.messages import boxes
from petitbleu.domain.messages import queries as q
from petitbleu.domain.messages.delete import Affected
from petitbleu.domain.messages.flags import MEDIA_UNREAD
from petitbleu.domain.messages.send import private
from petitbleu.domain.privacy import service as privacy
from petitbleu.domain.updates import log
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

IN, OUT, CONTENTS = "read.inbox", "read.outbox", "contents.read"
READ_DATE_DAYS = 7
"""How long a read date can be asked for (``pm_read_date_expire_period`` of help.getAppConfig)."""

_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode
_NOTHING = Affected(0, 0, 0)


async def read_history(app: App, me: Actor, peer: int, max_id: int) -> Affected:
    """I have read the chat up to ``max_id`` (0: all of it). The other side learns of it.

    One pts for me (updateReadHistoryInbox), one for the other side (updateReadHistoryOutbox).
    """
    private(peer)
    counters = await app.store.row(q.COUNTERS, owner=me.id, peer=peer)
    if counters is None or not (counters.unread or counters.marked):
        return _NOTHING
    return await app.store.write(_read, me, peer, max_id, int(app.clock.now()))


async def _read(tx: Tx, me: Actor, peer: int, max_id: int, at: int) -> Affected:
    owners = await boxes.lock(tx, {me.id, peer})
    counters = await tx.row(q.COUNTERS, owner=me.id, peer=peer)
    if counters is None:
        return _NOTHING
    upto = min(max_id, counters.top_id) if max_id > 0 else counters.top_id
    if upto <= counters.read_in and not counters.marked:
        return _NOTHING
    upto = max(upto, counters.read_in)
    unread = 0 if upto >= counters.top_id else await boxes.unread_above(tx, me.id, peer, upto)
    await tx.run(q.SET_READ_IN, owner=me.id, peer=peer, read_in=upto, unread=unread)
    seen = await tx.row(q.LAST_FROM, owner=me.id, peer=peer, upto=upto, author=peer)
    theirs = 0
    if peer in owners and peer != me.id and seen is not None:
        told = await tx.run(q.SET_READ_OUT, owner=peer, peer=me.id, read_out=seen.id)
        theirs = seen.id if told else 0
    mine = _NOTHING
    for owner in sorted({me.id, peer}):
        if owner == me.id:
            data = {"peer": peer, "max_id": upto, "unread": unread, "folder": counters.folder}
            event = await log.append(tx, owner, IN, data, at=at, by=me)
            mine = Affected(event.pts, event.count, 0)
        elif theirs:
            await log.append(tx, owner, OUT, {"peer": me.id, "max_id": theirs}, at=at)
    return mine


async def read_contents(app: App, me: Actor, ids: Sequence[int]) -> Affected:
    """I have opened voice messages, round videos or mentions."""
    return await app.store.write(_read_contents, me, list(ids), int(app.clock.now()))


async def _read_contents(tx: Tx, me: Actor, ids: list[int], at: int) -> Affected:
    await boxes.lock(tx, [me.id])
    opened = [
        row
        for row in await tx.rows(q.BY_IDS, owner=me.id, ids=ids)
        if row.flags & MEDIA_UNREAD and row.author != me.id
    ]
    if not opened:
        return _NOTHING
    for row in opened:
        await tx.run(q.SET_FLAGS, owner=me.id, id=row.id, flags=row.flags & ~MEDIA_UNREAD)
    found = sorted(row.id for row in opened)
    event = await log.append(tx, me.id, CONTENTS, {"ids": found}, at=at, count=len(found), by=me)
    return Affected(event.pts, event.count, 0)


async def read_date(app: App, me: Actor, peer: int, message: int) -> int:
    """When ``peer`` read my message (Unix seconds), within the last seven days.

    Raises MESSAGE_ID_INVALID, MESSAGE_NOT_READ_YET, MESSAGE_TOO_OLD, USER_PRIVACY_RESTRICTED and
    YOUR_PRIVACY_RESTRICTED (who hides their own last-seen time is not told others' read dates).
    """
    private(peer)
    row = await app.store.row(q.ONE, owner=me.id, id=message)
    if row is None or row.peer != peer or row.author != me.id:
        raise Fault("MESSAGE_ID_INVALID")
    counters = await app.store.row(q.COUNTERS, owner=me.id, peer=peer)
    if counters is None or counters.read_out < message:
        raise Fault("MESSAGE_NOT_READ_YET")
    if app.clock.now() - row.date > READ_DATE_DAYS * 86_400:
        raise Fault("MESSAGE_TOO_OLD")
    if not await privacy.allows(app, "status", me.id, peer):
        raise Fault("YOUR_PRIVACY_RESTRICTED")
    if not await privacy.allows(app, "status", peer, me.id):
        raise Fault("USER_PRIVACY_RESTRICTED")
    for event in await app.store.scan(q.READ_EVENTS, owner=me.id, since=row.date):
        data = _decode(event.data)
        if data["peer"] == peer and data["max_id"] >= message:
            return event.at
    raise Fault("MESSAGE_TOO_OLD")
