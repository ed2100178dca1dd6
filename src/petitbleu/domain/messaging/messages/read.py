"""Reading: how far each side has got in a chat, and when (core.telegram.org/api/unread)."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats.service import SUPERGROUP
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import MEMBER, role
from petitbleu.domain.messaging.messages import boxes
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import place
from petitbleu.domain.messaging.messages.delete import Affected
from petitbleu.domain.messaging.read_receipts import service as read_receipts
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.updates import log
from petitbleu.errors import Fault
from petitbleu.ids import is_channel
from petitbleu.store.api import Tx

IN, OUT = "read.inbox", "read.outbox"
IN_CHANNEL, OUT_CHANNEL = "read.channel_inbox", "read.channel_outbox"
UNREAD_MAX = 10_000
"""Nobody is shown a larger number of unread posts."""
SENDERS = 100
"""Posts that one reading looks at to tell their senders."""
READ_DATE_DAYS = 7
"""How long a read date can be asked for (``pm_read_date_expire_period`` of help.getAppConfig)."""

_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode
_NOTHING = Affected(0, 0, 0)


async def read_history(app: App, me: Actor, peer: int, max_id: int) -> Affected:
    """I have read a private chat or basic group up to ``max_id`` (0: all). The others learn of it.

    One pts for me (updateReadHistoryInbox), one for each whose messages are now read for the first
    time (updateReadHistoryOutbox).
    """
    if is_channel(peer):
        raise Fault("PEER_ID_INVALID")
    await place(app, me, peer)
    counters = await app.store.row(q.COUNTERS, owner=me.id, peer=peer)
    if counters is None or not (counters.unread or counters.marked):
        return _NOTHING
    return await app.store.write(_read, me, peer, max_id, int(app.clock.now()))


async def _read(tx: Tx, me: Actor, peer: int, max_id: int, at: int) -> Affected:
    others = {peer} if peer > 0 else set(await members.inside(tx, peer))
    owners = await boxes.lock(tx, {me.id, *others})
    counters = await tx.row(q.COUNTERS, owner=me.id, peer=peer)
    if counters is None:
        return _NOTHING
    upto = min(max_id, counters.top_id) if max_id > 0 else counters.top_id
    if upto <= counters.read_in and not counters.marked:
        return _NOTHING
    upto = max(upto, counters.read_in)
    unread = 0 if upto >= counters.top_id else await boxes.unread_above(tx, me.id, peer, upto)
    await tx.run(q.SET_READ_IN, owner=me.id, peer=peer, read_in=upto, unread=unread)
    if peer < 0:
        await read_receipts.note(tx, peer, me.id, upto, len(others), at=at)
    seen = await _seen(tx, me, peer, counters.read_in, upto)
    mine = _NOTHING
    for owner in sorted({me.id, *seen}):
        chat = peer if peer < 0 else me.id
        if owner == me.id:
            data = {"peer": peer, "max_id": upto, "unread": unread, "folder": counters.folder}
            event = await log.append(tx, owner, IN, data, at=at, by=me)
            mine = Affected(event.pts, event.count, 0)
        elif owner in owners and await tx.run(
            q.SET_READ_OUT, owner=owner, peer=chat, read_out=seen[owner]
        ):
            await log.append(tx, owner, OUT, {"peer": chat, "max_id": seen[owner]}, at=at)
    return mine


async def _seen(tx: Tx, me: Actor, peer: int, above: int, upto: int) -> dict[int, int]:
    """Of each other, their own id of the newest message of theirs that I have read now."""
    if peer > 0:
        seen = await tx.row(q.LAST_FROM, owner=me.id, peer=peer, upto=upto, author=peer)
        return {} if seen is None or peer == me.id else {peer: seen.id}
    rows = await tx.rows(q.LAST_OF_EACH, owner=me.id, peer=peer, above=above, upto=upto)
    return {row.author: row.body for row in rows}


async def read_out(tx: Tx, account: int, peer: int, upto: int, *, at: int) -> None:
    """The other side of a private chat, which keeps no box of it, has read what ``account`` wrote,
    up to the id ``upto``; the account learns of it. Locks its counters.
    """
    await boxes.lock(tx, [account])
    if await tx.run(q.SET_READ_OUT, owner=account, peer=peer, read_out=upto):
        await log.append(tx, account, OUT, {"peer": peer, "max_id": upto}, at=at)


async def read_channel(app: App, me: Actor, channel: int, max_id: int) -> None:
    """I have read a supergroup or channel up to ``max_id`` (0: all of it).

    My other devices learn of it; in a supergroup also those whose messages are read for the first
    time by anybody. Nothing is counted in pts.
    """
    at = await place(app, me, channel)
    assert at.chat is not None
    if role(at.member, app.clock.now()) >= MEMBER:
        group = at.chat.members if at.chat.kind == SUPERGROUP else 0
        await app.store.write(_read_channel, me, channel, max_id, group, int(app.clock.now()))


async def _read_channel(tx: Tx, me: Actor, channel: int, max_id: int, group: int, at: int) -> None:
    """``group``: how many members a supergroup has; 0 in a channel, where nobody is told."""
    its = await tx.row(q.COUNTERS, owner=channel, peer=channel)
    mine = await tx.row(q.COUNTERS, owner=me.id, peer=channel)
    if its is None or mine is None:
        return
    upto = max(min(max_id, its.top_id) if max_id > 0 else its.top_id, mine.read_in)
    if not await tx.run(q.READ_CHANNEL, owner=me.id, peer=channel, read_in=upto):
        return
    data = {"peer": channel, "max_id": upto}
    await log.state(tx, me.id, IN_CHANNEL, str(channel), data, at=at, by=me)
    if group:
        await read_receipts.note(tx, channel, me.id, upto, group, at=at)
    if not group or upto <= its.read_out:
        return
    rows = await tx.rows(
        q.LAST_POSTS, channel=channel, account=me.id, above=its.read_out, upto=upto, limit=SENDERS
    )
    newest: dict[int, int] = {}
    for row in rows:
        newest.setdefault(row.author, row.body)
    if rows and await tx.run(q.SET_READ_OUT, owner=channel, peer=channel, read_out=rows[0].body):
        for sender in sorted(newest):
            data = {"peer": channel, "max_id": newest[sender]}
            await log.state(tx, sender, OUT_CHANNEL, str(channel), data, at=at)


class ChannelNow(NamedTuple):
    """A supergroup or channel at one moment: its pts, its newest post (0: none) and how many posts
    of others above a mark it has for somebody.
    """

    pts: int
    top_id: int
    unread: int


async def channel_now(app: App, me: Actor, channel: int, read_in: int) -> ChannelNow:
    """A supergroup or channel as it is, with my unread posts above ``read_in``, up to a bound.

    Whatever tells a number of unread posts beside a pts or a newest post takes them from here: a
    post that arrives between two reads would be in one and not in the other.
    """
    row = await app.store.row(
        q.CHANNEL_NOW, channel=channel, account=me.id, above=read_in, most=UNREAD_MAX
    )
    if row is None:
        return ChannelNow(1, 0, 0)
    count = max(row.posts - row.own, 0)
    unread = await seen_of(app, me, channel, channel, read_in, count)
    return ChannelNow(row.pts, row.top_id, unread)


async def seen_of(
    app: App, me: Actor, owner: int, peer: int, read_in: int, count: int, upto: int | None = None
) -> int:
    """Of ``count`` unread messages of a chat (in the box of ``owner``) those that no measure
    withholds from me; ``upto``: the newest id that was counted, None for all.
    """
    if not count:
        return 0
    veil = await restrictions.veil(app, me.id, owner, peer)
    if veil is None:
        return count
    if veil.everything:
        return 0
    ids = [id for id in veil.ids if id > read_in and (upto is None or id <= upto)]
    rows = await app.store.rows(q.BY_IDS, owner=owner, ids=ids) if ids else []
    return max(count - sum(row.peer == peer and row.sender != me.id for row in rows), 0)


async def open_in(tx: Tx, owner: int, message: int) -> bool:
    """The owner's copy is not waiting to be opened any more; False where it was not."""
    return await tx.run(q.OPEN, owner=owner, id=message) > 0


async def hides_reading(app: App, account: int) -> bool:
    """Whether somebody lets nobody see when they read (``hide_read_marks``)."""
    kept = (await accounts.settings(app, account)).get("global_privacy", ())
    return "hide_read_marks" in kept


async def read_date(app: App, me: Actor, peer: int, message: int) -> int:
    """When ``peer`` read my message (Unix seconds), within the last seven days.

    Raises MESSAGE_ID_INVALID, MESSAGE_NOT_READ_YET, MESSAGE_TOO_OLD, USER_PRIVACY_RESTRICTED and
    YOUR_PRIVACY_RESTRICTED (who hides their own last-seen time is not told others' read dates).
    """
    if peer < 0:
        raise Fault("PEER_ID_INVALID")
    row = await app.store.row(q.ONE, owner=me.id, id=message)
    if row is None or row.peer != peer or row.author != me.id:
        raise Fault("MESSAGE_ID_INVALID")
    counters = await app.store.row(q.COUNTERS, owner=me.id, peer=peer)
    if counters is None or counters.read_out < message:
        raise Fault("MESSAGE_NOT_READ_YET")
    if app.clock.now() - row.date > READ_DATE_DAYS * 86_400:
        raise Fault("MESSAGE_TOO_OLD")
    if await hides_reading(app, me.id) or not await privacy.allows(app, "status", me.id, peer):
        raise Fault("YOUR_PRIVACY_RESTRICTED")
    if await hides_reading(app, peer) or not await privacy.allows(app, "status", peer, me.id):
        raise Fault("USER_PRIVACY_RESTRICTED")
    for event in await app.store.scan(q.READ_EVENTS, owner=me.id, since=row.date):
        data = _decode(event.data)
        if data["peer"] == peer and data["max_id"] >= message:
            return event.at
    raise Fault("MESSAGE_TOO_OLD")
