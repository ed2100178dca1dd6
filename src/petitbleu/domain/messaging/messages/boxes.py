"""Boxes after something was taken out of them: tops, unread counters, totals, doomed bodies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import changes, threads
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.queries import BoxRef, MessageRow
from petitbleu.domain.messaging.unread_mentions import service as unread_mentions
from petitbleu.domain.updates import counters
from petitbleu.store.api import Reader, Tx


async def lock(tx: Tx, owners: Iterable[int]) -> set[int]:
    """Lock the counters of ``owners`` in ascending id; those that exist and keep boxes."""
    found = set()
    for owner in sorted(set(owners)):
        row = await counters.lock(tx, owner)
        if row is not None:
            found.add(owner)
    return found


async def last_id(tx: Tx, owner: int) -> int:
    """The newest id that was given out in a box; the owner is locked."""
    row = await counters.lock(tx, owner)
    return row.top_id if row is not None else 0


async def given_out(reader: Reader, owner: int) -> int:
    """The newest id that was ever given out in a box, be the message there or not."""
    return await counters.top_id(reader, owner)


async def remove(tx: Tx, owner: int, ids: Collection[int], at: int) -> list[BoxRef]:
    """Take messages out of the owner's box; what was there. Their bodies are left to the eraser.

    The dialogs they were in count anew. The caller holds the owner's lock.
    """
    lost = await threads.counted(tx, owner, ids) if owner < 0 else []
    gone = await tx.rows(q.DELETE, owner=owner, ids=sorted(ids))
    # One order for everybody, and an update where the row stands: the eraser then waits for us.
    doomed = sorted((ref.author, ref.body) for ref in gone)
    await tx.many(q.DOOM, ({"author": by, "body": body, "due": at} for by, body in doomed))
    await changes.gone(tx, owner, sorted(gone))
    await threads.removed(tx, owner, lost)
    by_chat: dict[int, int] = {}
    for ref in gone:
        by_chat[ref.peer] = by_chat.get(ref.peer, 0) + 1
    for peer in sorted(by_chat):
        await recount(tx, owner, peer, by_chat[peer])
        if owner != peer or peer < 0:
            await unread_mentions.gone(
                tx, owner, peer, [ref.id for ref in gone if ref.peer == peer]
            )
    return sorted(gone)


def deletion_event(owner: int, gone: Sequence[BoxRef]) -> dict[str, list[Any]]:
    """What the event of a deletion from the box of ``owner`` says: ``ids`` and, where any was an
    answer in a thread, ``tops``: the first message of each one's thread, 0 where it was in none;
    where a person had received any, ``incoming``: [chat, ids, the pts of each] for each chat, by
    which a device that has not heard of the deletion counts (``unread.py``)."""
    event: dict[str, list[Any]] = {"ids": [ref.id for ref in gone]}
    tops = [ref.top or 0 for ref in gone]
    if any(tops):
        event["tops"] = tops
    incoming: dict[int, tuple[list[int], list[int]]] = {}
    for ref in gone:
        if owner > 0 and owner not in (ref.author, ref.peer):
            ids, came = incoming.setdefault(ref.peer, ([], []))
            ids.append(ref.id)
            came.append(ref.pts or 0)
    if incoming:
        event["incoming"] = [[peer, *incoming[peer]] for peer in sorted(incoming)]
    return event


async def copies(reader: Reader, row: MessageRow) -> dict[int, int]:
    """Owner -> id of every copy of a message, this one included.

    In a basic group also those of people who left it.
    """
    ids = {row.owner: row.id}
    if row.owner < 0:
        return ids
    if row.peer > 0:
        if row.peer != row.owner:
            twin = row.twin if row.author == row.owner else row.body
            if twin:
                ids[row.peer] = twin
        return ids
    owners = [member.account for member in await members.everybody(reader, row.peer)]
    refs = await reader.rows(q.COPIES_OF, owners=owners, author=row.author, body=row.body)
    ids.update((ref.owner, ref.id) for ref in refs)
    return ids


async def recount(tx: Tx, owner: int, peer: int, removed: int) -> None:
    """Count a chat anew after ``removed`` messages went (or, negative, came back)."""
    dialog = await tx.row(q.COUNTERS, owner=owner, peer=peer)
    if dialog is None:
        return
    top = await tx.row(q.TOP, owner=owner, peer=peer)
    if top is None:
        await tx.run(q.EMPTY, owner=owner, peer=peer)
        return
    unread = await unread_above(tx, owner, peer, dialog.read_in) if dialog.unread else 0
    await tx.run(
        q.SET_TOP,
        owner=owner,
        peer=peer,
        top_id=top.id,
        top_date=top.date,
        unread=unread,
        total=dialog.total - removed,
    )


async def unread_above(tx: Tx, owner: int, peer: int, above: int) -> int:
    """Incoming messages of the chat with an id above ``above``."""
    row = await tx.row(q.UNREAD_ABOVE, owner=owner, peer=peer, above=above)
    return 0 if row is None or owner == peer else row.n
