"""Deleting messages and histories, for oneself or for everybody.

Deleting hides at once. The text goes a moment later: a job erases bodies that are in no box any
more, after asking ``holds`` (``erase.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members.service import DELETE, MEMBER, may, role
from petitbleu.domain.messaging.messages import boxes, contents
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import place
from petitbleu.domain.messaging.messages.contents import ACTION, TEXT
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.messaging.messages.send import NEW
from petitbleu.domain.updates import counters, log
from petitbleu.errors import Fault
from petitbleu.ids import is_channel
from petitbleu.store.api import Tx

DELETED = "messages.deleted"
SLICE = 1000
"""Most messages one call of deleteHistory takes away; the client calls again for the rest."""
FOREVER = 1 << 40


class Affected(NamedTuple):
    """What a call did to the caller's box. ``pts`` is 0 where nothing changed."""

    pts: int
    moved: int
    """By how much pts moved (``pts_count``)."""
    left: int
    """More than 0: call again (messages.affectedHistory ``offset``)."""


async def delete(app: App, me: Actor, ids: Sequence[int], *, revoke: bool) -> Affected:
    """Delete messages by id from my box, with ``revoke`` from everybody else's too.

    Ids that are not there are passed over. In a group, others' messages go for everybody only if I
    may delete them: MESSAGE_DELETE_FORBIDDEN.
    """
    rows = list(await app.store.rows(q.BY_IDS, owner=me.id, ids=list(ids)))
    doomed = {me.id: [row.id for row in rows]}
    if revoke:
        for chat in {row.peer for row in rows if row.peer < 0}:
            at = await place(app, me, chat)
            assert at.chat is not None
            foreign = any(row.peer == chat and row.author != me.id for row in rows)
            if foreign and not may(at.chat, at.member, DELETE, app.clock.now()):
                raise Fault("MESSAGE_DELETE_FORBIDDEN")
        await _everywhere(app, rows, doomed)
    return await app.store.write(_delete, me, doomed, int(app.clock.now()))


async def _everywhere(app: App, rows: Sequence[MessageRow], doomed: dict[int, list[int]]) -> None:
    """Add the other copies of ``rows`` to ``doomed`` (owner -> ids)."""
    for row in rows:
        for owner, id_there in (await boxes.copies(app.store, row)).items():
            if owner != row.owner:
                doomed.setdefault(owner, []).append(id_there)


async def delete_posts(app: App, me: Actor, channel: int, ids: Sequence[int]) -> Affected:
    """Delete posts of a supergroup or channel, for everybody. ``Affected`` is the channel's.

    My own, or any where I may. Raises MESSAGE_DELETE_FORBIDDEN and what
    :func:`members.require` raises.
    """
    at = await place(app, me, channel)
    assert at.chat is not None
    rows = await app.store.rows(q.BY_IDS, owner=channel, ids=list(ids))
    now = app.clock.now()
    inside = role(at.member, now) >= MEMBER
    if not may(at.chat, at.member, DELETE, now) and not (
        inside and all(_mine(row, me) for row in rows)
    ):
        raise Fault("MESSAGE_DELETE_FORBIDDEN")
    return await app.store.write(_delete_posts, me, channel, [row.id for row in rows], int(now))


async def take_posts(app: App, by: Actor, channel: int, ids: Sequence[int]) -> Affected:
    """Delete posts for everybody in the name of ``by``, who needs no right: the server's own
    filters.
    """
    return await app.store.write(_delete_posts, by, channel, list(ids), int(app.clock.now()))


async def _delete_posts(tx: Tx, me: Actor, channel: int, ids: list[int], at: int) -> Affected:
    await boxes.lock(tx, [channel])
    rows = await tx.rows(q.BY_IDS, owner=channel, ids=ids)
    affected = await _delete(tx, me, {channel: [row.id for row in rows]}, at)
    for row in sorted(rows):
        await chats.note(tx, channel, me.id, "delete", at=at, new=row)
    return affected


async def drop_posts(app: App, channel: int) -> bool:
    """Take the newest slice of posts out of a channel that is gone; whether any was left."""
    rows = await app.store.rows(
        q.OLDER, owner=channel, peer=channel, below=FOREVER, above=0, limit=SLICE, skip=0
    )
    if rows:
        ids = [row.id for row in rows]
        await app.store.write(_drop, channel, ids, int(app.clock.now()))
    return bool(rows)


async def drop_box(app: App, account: int) -> bool:
    """Take the newest slice of copies out of the box of somebody who is gone, in whatever chat;
    whether any was left.
    """
    rows = await app.store.rows(q.NEWEST_OF_BOX, owner=account, limit=SLICE)
    if rows:
        ids = [row.id for row in rows]
        await app.store.write(_drop, account, ids, int(app.clock.now()))
    return bool(rows)


async def _drop(tx: Tx, owner: int, ids: list[int], at: int) -> None:
    await boxes.lock(tx, [owner])
    await boxes.remove(tx, owner, ids, at)


def _mine(row: MessageRow, me: Actor) -> bool:
    return row.sender == me.id and row.kind == TEXT


async def _delete(tx: Tx, me: Actor, doomed: dict[int, list[int]], at: int) -> Affected:
    """Take messages out of boxes: owner -> ids. What happened to mine (or to the channel's)."""
    owners = await boxes.lock(tx, doomed)
    mine = Affected(0, 0, 0)
    for owner in sorted(owners):
        gone = await boxes.remove(tx, owner, doomed[owner], at)
        if gone:
            said = boxes.deletion_event(owner, gone)
            event = await log.append(tx, owner, DELETED, said, at=at, count=len(gone), by=me)
            if owner == me.id or owner < 0:
                mine = Affected(event.pts, event.count, 0)
    return mine


async def delete_history(
    app: App,
    me: Actor,
    peer: int,
    *,
    max_id: int = 0,
    revoke: bool = False,
    just_clear: bool = False,
    min_date: int | None = None,
    max_date: int | None = None,
) -> Affected:
    """Delete a chat's messages up to ``max_id`` (0: all), newest first, a slice at a time.

    ``just_clear`` keeps the dialog in the list: a "history was cleared" message stands in it.
    """
    if is_channel(peer):
        raise Fault("PEER_ID_INVALID")
    where = await place(app, me, peer)
    if (
        revoke
        and where.chat is not None
        and not may(where.chat, where.member, DELETE, app.clock.now())
    ):
        raise Fault("CHAT_ADMIN_REQUIRED")
    if min_date is not None and min_date < 0:
        raise Fault("MIN_DATE_INVALID")
    if max_date is not None and max_date < (min_date or 0):
        raise Fault("MAX_DATE_INVALID")
    rows = await app.store.rows(
        q.SLICE,
        owner=me.id,
        peer=peer,
        upto=max_id or FOREVER,
        since=min_date or 0,
        until=FOREVER if max_date is None else max_date,
        limit=SLICE + 1,
    )
    at = int(app.clock.now())
    doomed = {me.id: [row.id for row in rows[:SLICE]]}
    if revoke:
        await _everywhere(app, rows[:SLICE], doomed)
    affected = await app.store.write(_delete, me, doomed, at)
    ids = doomed[me.id]
    left = int(len(rows) > SLICE)
    if just_clear and not left and ids:
        return await app.store.write(_mark_cleared, me, peer, at, affected)
    return affected._replace(left=left)


async def forget_chat(app: App, account: int, peer: int) -> None:
    """Take all of a chat out of somebody's box, whoever they are to it by now; all their devices
    are told. A slice at a time; may be run again.
    """
    while rows := await app.store.rows(
        q.SLICE, owner=account, peer=peer, upto=FOREVER, since=0, until=FOREVER, limit=SLICE
    ):
        doomed = {account: [row.id for row in rows]}
        await app.store.write(_delete, Actor(account), doomed, int(app.clock.now()))


async def _mark_cleared(tx: Tx, me: Actor, peer: int, at: int, affected: Affected) -> Affected:
    """An emptied chat gets the service message that keeps it in the list."""
    await boxes.lock(tx, [me.id])
    dialog = await tx.row(q.COUNTERS, owner=me.id, peer=peer)
    if dialog is None or dialog.top_id:
        return affected
    taken = await counters.take_id(tx, me.id)
    assert taken is not None
    extra = contents.encode({"action": ["history_clear"]})
    await tx.run(q.NEW_BODY, author=me.id, id=taken, peer=peer, date=at, kind=ACTION, extra=extra)
    await tx.run(
        q.NEW_BOX,
        owner=me.id,
        id=taken,
        peer=peer,
        author=me.id,
        body=taken,
        top=peer if peer == me.id else None,
    )
    await tx.run(q.SET_TOP, owner=me.id, peer=peer, top_id=taken, top_date=at, unread=0, total=1)
    # Told to the calling session as well: its answer (affectedHistory) cannot carry the message.
    await log.append(tx, me.id, NEW, {"id": taken}, at=at)
    return affected
