"""Messages in the hands of moderation: read as evidence, taken from everybody, given back.

Asks nobody's rights: whoever decides stands in ``domain/safety/moderation``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from petitbleu import ids
from petitbleu.app import Actor
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import boxes, changes, threads
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.delete import DELETED
from petitbleu.domain.messaging.messages.queries import MessageRow, Uttered
from petitbleu.domain.messaging.messages.send import NEW
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.store.api import Reader, Tx

END = 1 << 40
"""An id above every message's."""


class Taken(NamedTuple):
    """One owner's copy of a message, as it stood in the box."""

    owner: int
    id: int
    peer: int
    author: int
    body: int
    reply_to: int | None
    flags: int
    top: int | None


async def rows(reader: Reader, owner: int, ids: Iterable[int]) -> list[MessageRow]:
    """The messages ``ids`` of the owner's box that are there, ascending."""
    messages = await reader.rows(q.BY_IDS, owner=owner, ids=list(ids))
    return sorted(messages, key=lambda row: row.id)


async def around(
    reader: Reader, owner: int, peer: int, ids: Sequence[int], count: int
) -> list[MessageRow]:
    """Up to ``count`` messages before the first and after the last of ``ids`` in a chat, and what
    lies between them (``count`` at most as well), ascending."""
    first, last = min(ids), max(ids)
    place = {"owner": owner, "peer": peer, "skip": 0, "limit": count}
    messages = [
        *await reader.rows(q.OLDER, below=first, above=0, **place),
        *await reader.rows(q.OLDER, below=last, above=first, **place),
        *await reader.rows(q.NEWER, from_id=last + 1, below=END, above=0, **place),
    ]
    return sorted((row for row in messages if row.id not in ids), key=lambda row: row.id)


async def newest(reader: Reader, owner: int, peer: int, count: int) -> list[MessageRow]:
    """The newest ``count`` messages of a chat, ascending."""
    messages = await reader.rows(
        q.OLDER, owner=owner, peer=peer, below=END, above=0, skip=0, limit=count
    )
    return messages[::-1]


async def messages_written_by(
    reader: Reader, author: int, since: int, until: int, after: int, limit: int
) -> list[Uttered]:
    """What a person wrote in private chats and groups in [since, until), by id above ``after``,
    also where everybody has deleted it and a hold keeps it."""
    place = {"author": author, "since": since, "until": until}
    return await reader.rows(q.UTTERED, after=after, limit=limit, **place)


async def copies(reader: Reader, found: Iterable[MessageRow]) -> dict[int, list[int]]:
    """Owner -> ids of every copy of the messages ``found``, theirs included."""
    everywhere: dict[int, list[int]] = {}
    for row in found:
        for owner, id_there in (await boxes.copies(reader, row)).items():
            everywhere.setdefault(owner, []).append(id_there)
    return everywhere


async def take(tx: Tx, owner: int, ids: Iterable[int], *, at: int) -> list[Taken]:
    """Take messages away from everybody who has them; all copies, for :func:`give_back`."""
    messages = await rows(tx, owner, ids)
    doomed = await copies(tx, messages)
    taken: list[Taken] = []
    for one in sorted(await boxes.lock(tx, doomed)):
        there = await rows(tx, one, doomed[one])
        taken.extend(
            Taken(r.owner, r.id, r.peer, r.author, r.body, r.reply_to, r.flags, r.top)
            for r in there
        )
        gone = await boxes.remove(tx, one, doomed[one], at)
        if gone:
            said = boxes.deletion_event(one, gone)
            await log.append(tx, one, DELETED, said, at=at, count=len(gone))
            if one < 0:
                await chats.note(tx, one, 0, "taken", at=at, ids=said["ids"])
    return taken


async def give_back(tx: Tx, taken: Iterable[Taken], *, at: int) -> int:
    """Put copies back where they were, as far as their bodies still exist; how many came back.

    Clients learn of them as new messages with their old ids and dates.
    """
    of_owner: dict[int, list[Taken]] = {}
    for one in taken:
        of_owner.setdefault(one.owner, []).append(one)
    returned = 0
    for owner in sorted(await boxes.lock(tx, of_owner)):
        back = []
        for one in of_owner[owner]:
            if await tx.row(q.BODY_PLACE, author=one.author, id=one.body) is None:
                continue
            await tx.run(q.SPARE, author=one.author, body=one.body)
            await tx.run(q.PUT_BOX, **one._asdict())
            await changes.note(tx, one.author, one.body)
            back.append(one)
        for peer in sorted({message.peer for message in back}):
            count = sum(message.peer == peer for message in back)
            await boxes.recount(tx, owner, peer, -count)
        for one in back:
            await log.append(tx, owner, NEW, {"id": one.id}, at=at)
        if owner < 0:
            answers = Counter(message.top for message in back if message.top is not None)
            await threads.removed(tx, owner, [(top, -answers[top]) for top in sorted(answers)])
            await chats.note(tx, owner, 0, "returned", at=at, ids=[message.id for message in back])
        returned += len(back)
    return returned


async def end(tx: Tx, bodies: Sequence[tuple[int, int]], *, at: int) -> None:
    """Messages (author, body) are over: whoever still has a copy has it no more."""
    doomed: dict[int, list[int]] = {}
    for author, body in bodies:
        for owner, message in (await _everywhere(tx, author, body)).items():
            doomed.setdefault(owner, []).append(message)
    for owner in sorted(await boxes.lock(tx, doomed)):
        gone = await boxes.remove(tx, owner, doomed[owner], at)
        if gone:
            said = boxes.deletion_event(owner, gone)
            await log.append(tx, owner, DELETED, said, at=at, count=len(gone))


async def _everywhere(tx: Tx, author: int, body: int) -> dict[int, int]:
    """Owner -> id of every copy, also where the author has none any more."""
    place = await tx.row(q.BODY_PLACE, author=author, id=body)
    if place is None:
        return {}
    if place.peer > 0 and author > 0:
        return {author: body} | ({place.peer: place.twin} if place.twin else {})
    if ids.is_channel(place.peer):
        return {author: body}
    owners = [row.account for row in await members.everybody(tx, place.peer)]
    refs = await tx.rows(q.COPIES_OF, owners=owners, author=author, body=body)
    return {ref.owner: ref.id for ref in refs}


async def announce(
    tx: Tx, kind: str, where: dict[int, list[int]], data: dict[str, Any], *, at: int,
    by: Actor | None = None,
) -> list[Event]:  # fmt: skip
    """An event of ``kind`` for each message (owner -> ids): how it is seen has changed.

    Its data are the message's id and ``data``; ``by`` has it in the answer of a call.
    """
    events = []
    for owner in sorted(await boxes.lock(tx, where)):
        for row in await rows(tx, owner, where[owner]):
            events.append(await log.append(tx, owner, kind, data | {"id": row.id}, at=at, by=by))
    return events
