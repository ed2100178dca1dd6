"""What waits in a channel whose posts a second reader has to see: approvals, and their end.

An approval is for one version of a post (an album is one post). Whoever takes a step here has
locked the channel's counters, as every change of what waits there does: an approval and an edit at
once have one outcome, and what is being published (``leaving``) is not changed any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from petitbleu import jobs
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.scheduled import queries as q
from petitbleu.domain.messaging.scheduled import stored
from petitbleu.domain.messaging.scheduled.queries import ScheduledRow
from petitbleu.domain.messaging.second_reader import gate
from petitbleu.errors import Fault
from petitbleu.jobs import Job
from petitbleu.store.api import Reader, Tx

Post = list[ScheduledRow]
"""The waiting messages of one post, the first first."""

_encode = msgspec.msgpack.Encoder().encode


class SendScheduled(Job, tag="scheduled.send", frozen=True):
    """The time of a waiting message has come."""

    owner: int
    id: int


def version(post: Sequence[ScheduledRow]) -> str:
    """What names this version of a post: an approval is for it alone."""
    said = _encode([(row.id, row.due, row.author, row.edit_date, row.draft) for row in post])
    return blake2b(said, digest_size=8).hexdigest()


def album(row: ScheduledRow) -> int:
    """The number of the album that a message belongs to; 0: none."""
    return int((stored.decode(row.draft).more or {}).get("grouped", 0))


async def posts(reader: Reader, channel: int) -> list[Post]:
    """All that waits in a channel, the next first."""
    found: dict[tuple[int, int], Post] = {}
    for row in await reader.rows(q.OF_CHAT, owner=channel, peer=channel):
        number = album(row)
        found.setdefault((number, 0 if number else row.id), []).append(row)
    return [sorted(post, key=lambda row: row.id) for post in found.values()]


async def post(reader: Reader, channel: int, message: int) -> Post:
    """The post that a waiting message belongs to; empty: none waits under that id."""
    row = await reader.row(q.ONE, owner=channel, id=message)
    if row is None:
        return []
    number = album(row)
    if not number:
        return [row]
    rows = await reader.rows(q.OF_CHAT, owner=channel, peer=channel)
    return sorted((one for one in rows if album(one) == number), key=lambda one: one.id)


def as_messages(post: Sequence[ScheduledRow]) -> list[MessageRow]:
    """The post as if it were said already."""
    return [as_message(row, stored.decode(row.draft)) for row in post]


def as_message(row: ScheduledRow, draft: messages.Draft) -> MessageRow:
    """A waiting message as if it were said already, in the owner's box."""
    reply = draft.reply_to
    return MessageRow(
        owner=row.owner,
        id=row.id,
        peer=row.peer,
        author=row.sender,
        body=row.id,
        reply_to=reply.id if reply is not None and not reply.peer else None,
        flags=0,
        top=None,
        twin=0,
        date=row.due,
        edit_date=row.edit_date,
        kind=messages.TEXT,
        text=draft.text,
        entities=messages.encode_entities(draft.entities),
        extra=messages.encode_extra(messages.extra_of(draft)),
        sender=row.sender,
        media=draft.media,
    )


async def plan(tx: Tx, row: ScheduledRow) -> None:
    """Have it said at its time, which may be over."""
    await jobs.schedule(
        tx, SendScheduled(owner=row.owner, id=row.id), due=row.due, key=f"{row.owner}:{row.id}"
    )


# ── approving ───────────────────────────────────────────────────────────────────────────────────


async def approve(tx: Tx, me: Actor, row: ChatRow, message: int, seen: str) -> Post:
    """Agree to the version ``seen`` of what waits; the post. The channel is locked
    (:func:`gate.reader`).

    Raises MESSAGE_ID_INVALID, APPROVAL_OUTDATED (it is another by now) and APPROVAL_FORBIDDEN (I
    wrote it).
    """
    waiting = await _seen(tx, row, message, seen)
    if any(one.author == me.id for one in waiting):
        raise Fault("APPROVAL_FORBIDDEN")
    return await _agreed(tx, waiting, me.id, "")


async def alone(tx: Tx, me: Actor, row: ChatRow, message: int, seen: str, reason: str) -> Post:
    """Have the channel's creator publish the version ``seen`` without anybody else's agreement.

    Raises what :func:`approve` raises; APPROVAL_FORBIDDEN for who is not the creator.
    """
    waiting = await _seen(tx, row, message, seen)
    if row.creator != me.id:
        raise Fault("APPROVAL_FORBIDDEN")
    return await _agreed(tx, waiting, me.id, reason)


async def _seen(tx: Tx, row: ChatRow, message: int, seen: str) -> Post:
    await messages.lock(tx, [row.id])
    waiting = await post(tx, row.id, message)
    if not waiting or any(one.leaving for one in waiting):
        raise Fault("MESSAGE_ID_INVALID")
    if version(waiting) != seen:
        raise Fault("APPROVAL_OUTDATED")
    return waiting


async def _agreed(tx: Tx, waiting: Post, by: int, reason: str) -> Post:
    for row in waiting:
        await tx.run(q.APPROVE, owner=row.owner, id=row.id, by=by, reason=reason)
        await plan(tx, row)  # its time may be over
    return [row._replace(approved_by=by, reason=reason) for row in waiting]


async def withdraw(tx: Tx, channel: int, number: int) -> None:
    """A part of an album came, changed or went: what was approved is not this album."""
    if number:
        for row in await tx.rows(q.OF_CHAT, owner=channel, peer=channel):
            if row.approved_by and album(row) == number:
                await tx.run(q.APPROVE, owner=channel, id=row.id, by=0, reason="")


async def wants_reader(tx: Tx, row: ScheduledRow, at: int) -> None:
    """Somebody has written this version: others are asked to read it, where that is demanded."""
    chat = await chats.get_in(tx, row.owner)
    if chat is None or not gate.is_demanded(chat):
        return
    waiting = await post(tx, row.owner, row.id)
    work = gate.Tell(
        kind=gate.WAITS, channel=row.owner, id=waiting[0].id, seen=version(waiting),
        by=row.author, at=at,
    )  # fmt: skip
    await gate.tell(tx, work)


# ── publishing ──────────────────────────────────────────────────────────────────────────────────


async def cleared(app: App, row: ScheduledRow, *, due: bool) -> ScheduledRow | None:
    """The message as it may be published now; None: it waits for a second reader. From then on it
    stays as it is. ``due``: its time has come, and those who could approve it are reminded.
    """
    if row.owner > 0 or not await gate.is_demanded_in(app, row.owner):
        return row
    return await app.store.write(_clear, row.owner, row.id, int(app.clock.now()), due)


async def _clear(tx: Tx, owner: int, message: int, at: int, due: bool) -> ScheduledRow | None:
    chat = await chats.lock(tx, owner)
    await messages.lock(tx, [owner])
    waiting = await post(tx, owner, message)
    mine = next((row for row in waiting if row.id == message), None)
    if mine is None or mine.leaving:
        return mine  # what a crash interrupted
    lapsed = False
    if all(row.approved_by for row in waiting):
        if await _holds(tx, chat, waiting, at):
            for row in waiting:
                await tx.run(q.LEAVE, owner=owner, id=row.id)
            return mine._replace(leaving=1)
        lapsed = True
        for row in waiting:
            await tx.run(q.APPROVE, owner=owner, id=row.id, by=0, reason="")
    if due or lapsed:
        work = gate.Tell(
            kind=gate.LAPSED if lapsed else gate.OVERDUE, channel=owner, id=waiting[0].id,
            seen=version(waiting), by=mine.author, at=at,
        )  # fmt: skip
        await gate.tell(tx, work)
    return None


async def _holds(tx: Tx, chat: ChatRow, waiting: Post, at: int) -> bool:
    """Whether those who agreed may still do so: somebody who lost the right has lost the say."""
    for row in waiting:
        alone = bool(row.reason)
        if alone and row.approved_by != chat.creator:
            return False
        if not await gate.still_reads(tx, chat, row.approved_by, at):
            return False
    return True


async def left(tx: Tx, row: ScheduledRow, sent: int, at: int) -> None:
    """A message left the waiting ones of a channel: published as the post ``sent``; 0: it could not
    be, its author may not post any more.
    """
    if not row.leaving:
        return
    if not sent:
        work = gate.Tell(kind=gate.LOST, channel=row.owner, id=row.id, at=at,
                         text=stored.decode(row.draft).text[:100])  # fmt: skip
        await gate.tell(tx, work)
        return
    post = as_message(row, stored.decode(row.draft))
    said = post._replace(id=sent, body=sent, author=row.owner, peer=row.owner, date=at)
    await chats.note(
        tx, row.owner, row.approved_by, "published", at=at, new=said, author=row.sender,
        editor=row.author, reader=row.approved_by, reason=row.reason,
    )  # fmt: skip
