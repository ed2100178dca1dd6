"""Deleting messages and histories, for oneself or for both sides, and erasing what nobody has left.

Deleting hides at once. The text goes a moment later: a job erases bodies that are in no box any
more, after asking ``holds`` (``erase.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.messages import boxes, contents
from petitbleu.domain.messages import queries as q
from petitbleu.domain.messages.contents import ACTION
from petitbleu.domain.messages.send import NEW, private
from petitbleu.domain.updates import log
from petitbleu.errors import Fault
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
    """Delete messages by id from my box, with ``revoke`` from the other side's too.

    Ids that are not there are passed over.
    """
    at = int(app.clock.now())
    rows = await app.store.rows(q.BY_IDS, owner=me.id, ids=list(ids))
    peers = {row.peer for row in rows if row.peer > 0} if revoke else set()
    return await app.store.write(_delete, me, [row.id for row in rows], peers, at)


async def _delete(tx: Tx, me: Actor, ids: list[int], peers: set[int], at: int) -> Affected:
    """``peers``: whose copies go too."""
    owners = await boxes.lock(tx, {me.id, *peers})
    gone = await boxes.remove(tx, me.id, ids, at)
    taken = {me.id: [ref.id for ref in gone]}
    for peer in sorted(owners - {me.id}):
        twins = await boxes.twins(tx, me.id, [ref for ref in gone if ref.peer == peer])
        theirs = await boxes.remove(tx, peer, twins, at)
        taken[peer] = [ref.id for ref in theirs]
    mine = Affected(0, 0, 0)
    for owner in sorted(taken):
        if taken[owner]:
            event = await log.append(
                tx, owner, DELETED, {"ids": taken[owner]}, at=at, count=len(taken[owner]), by=me
            )
            if owner == me.id:
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
    private(peer)
    if min_date is not None and min_date < 0:
        raise Fault("MIN_DATE_INVALID")
    if max_date is not None and max_date < (min_date or 0):
        raise Fault("MAX_DATE_INVALID")
    refs = await app.store.rows(
        q.SLICE_REFS,
        owner=me.id,
        peer=peer,
        upto=max_id or FOREVER,
        since=min_date or 0,
        until=FOREVER if max_date is None else max_date,
        limit=SLICE + 1,
    )
    at = int(app.clock.now())
    ids = [ref.id for ref in refs[:SLICE]]
    peers = {peer} if revoke and peer != me.id else set()
    affected = await app.store.write(_delete, me, ids, peers, at)
    left = int(len(refs) > SLICE)
    if just_clear and not left and ids:
        return await app.store.write(_mark_cleared, me, peer, at, affected)
    return affected._replace(left=left)


async def _mark_cleared(tx: Tx, me: Actor, peer: int, at: int, affected: Affected) -> Affected:
    """An emptied chat gets the service message that keeps it in the list."""
    await boxes.lock(tx, [me.id])
    counters = await tx.row(q.COUNTERS, owner=me.id, peer=peer)
    if counters is None or counters.top_id:
        return affected
    taken = await tx.row(q.TAKE_ID, owner=me.id)
    assert taken is not None
    extra = contents.encode({"action": ["history_clear"]})
    await tx.run(
        q.NEW_BODY, author=me.id, id=taken.id, peer=peer, date=at, kind=ACTION, extra=extra
    )
    await tx.run(q.NEW_BOX, owner=me.id, id=taken.id, peer=peer, author=me.id, body=taken.id)
    await tx.run(q.SET_TOP, owner=me.id, peer=peer, top_id=taken.id, top_date=at, unread=0, total=1)
    # Told to the calling session as well: its answer (affectedHistory) cannot carry the message.
    await log.append(tx, me.id, NEW, {"id": taken.id}, at=at)
    return affected
