"""Boxes after something was taken out of them: tops, unread counters, totals, doomed bodies."""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu.domain.messages import queries as q
from petitbleu.domain.messages.queries import BoxRef
from petitbleu.store.api import Tx


async def lock(tx: Tx, owners: Iterable[int]) -> set[int]:
    """Lock the counters of ``owners`` in ascending id; those that exist and keep boxes."""
    found = set()
    for owner in sorted(set(owners)):
        row = await tx.row(q.LOCK, owner=owner)
        if row is not None:
            found.add(owner)
    return found


async def remove(tx: Tx, owner: int, ids: Iterable[int], at: int) -> list[BoxRef]:
    """Take messages out of the owner's box; what was there. Their bodies are left to the eraser.

    The dialogs they were in count anew. The caller holds the owner's lock.
    """
    gone = await tx.rows(q.DELETE, owner=owner, ids=sorted(ids))
    # One order for everybody, and an update where the row stands: the eraser then waits for us.
    for ref in sorted(gone, key=lambda ref: (ref.author, ref.body)):
        await tx.run(q.DOOM, author=ref.author, body=ref.body, due=at)
    by_chat: dict[int, int] = {}
    for ref in gone:
        by_chat[ref.peer] = by_chat.get(ref.peer, 0) + 1
    for peer in sorted(by_chat):
        await _recount(tx, owner, peer, by_chat[peer])
    return sorted(gone)


async def _recount(tx: Tx, owner: int, peer: int, removed: int) -> None:
    counters = await tx.row(q.COUNTERS, owner=owner, peer=peer)
    if counters is None:
        return
    top = await tx.row(q.TOP, owner=owner, peer=peer)
    if top is None:
        await tx.run(q.EMPTY, owner=owner, peer=peer)
        return
    unread = await unread_above(tx, owner, peer, counters.read_in) if counters.unread else 0
    await tx.run(
        q.SET_TOP,
        owner=owner,
        peer=peer,
        top_id=top.id,
        top_date=top.date,
        unread=unread,
        total=counters.total - removed,
    )


async def unread_above(tx: Tx, owner: int, peer: int, above: int) -> int:
    """Incoming messages of the chat with an id above ``above``."""
    row = await tx.row(q.UNREAD_ABOVE, owner=owner, peer=peer, above=above)
    return 0 if row is None or owner == peer else row.n


async def twins(tx: Tx, owner: int, refs: list[BoxRef]) -> list[int]:
    """Ids of the same messages (of ``owner``'s box) on the other side of the private chat."""
    found = []
    for ref in refs:
        if ref.author != owner:
            found.append(ref.body)
            continue
        place = await tx.row(q.BODY_PLACE, author=owner, id=ref.body)
        if place is not None and place.twin:
            found.append(place.twin)
    return found
