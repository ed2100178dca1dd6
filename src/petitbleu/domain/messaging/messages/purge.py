"""Taking much out of a supergroup or channel: a member's whole past, the whole history.

A slice at once, the rest by a job, slice after slice, so that nobody waits for it.
"""

from __future__ import annotations

import asyncio

from msgspec.structs import replace

from petitbleu import jobs
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import DELETE, MEMBER, OWNER, role
from petitbleu.domain.messaging.messages import boxes, contents
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import place
from petitbleu.domain.messaging.messages.delete import DELETED, FOREVER, Affected
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

AVAILABLE = "channel.available"
SLICE = 200


class Purge(Job, tag="messages.purge", frozen=True):
    """Messages below an id are taken away: of ``speaker`` (0: everybody), as ``by`` wished."""

    chat: int
    speaker: int
    below: int
    by: int = 0


async def participant(app: App, me: Actor, chat: int, speaker: int) -> Affected:
    """Delete all that somebody (a person, or a channel in whose name was spoken) said in a
    supergroup. The newest slice is gone at once. Each message stands in the recent actions.

    Raises PARTICIPANT_ID_INVALID, CHAT_ADMIN_REQUIRED and what :func:`members.require` raises.
    """
    at = await place(app, me, chat, DELETE)
    if at.chat is None or not at.shared or speaker == 0:
        raise Fault("PARTICIPANT_ID_INVALID")
    work = Purge(chat=chat, speaker=speaker, below=FOREVER, by=me.id)
    return await _begin(app, me, work)


async def everybody(app: App, me: Actor, chat: int, max_id: int) -> list[Event]:
    """Delete the history of a supergroup or channel up to ``max_id`` (0: all) for everybody. The
    recent actions keep no copy of it: it is to be gone.

    Its creator alone may. Raises CHAT_ADMIN_REQUIRED and what :func:`members.require` raises.
    """
    await members.require(app, me, chat, OWNER)
    below = max_id + 1 if max_id > 0 else FOREVER
    await _begin(app, me, Purge(chat=chat, speaker=0, below=below))
    return []


async def for_me(app: App, me: Actor, chat: int, max_id: int) -> list[Event]:
    """Hide the history of a supergroup up to ``max_id`` (0: all) from me.

    Raises CHANNEL_PARICIPANT_MISSING (the schema's spelling).
    """
    at = await place(app, me, chat)
    if role(at.member, app.clock.now()) < MEMBER:
        raise Fault("CHANNEL_PARICIPANT_MISSING")
    with members.changing(app, chat, me.id):
        return await app.store.write(_hide, me, chat, max_id, int(app.clock.now()))


async def _hide(tx: Tx, me: Actor, chat: int, max_id: int, at: int) -> list[Event]:
    its = await tx.row(q.COUNTERS, owner=chat, peer=chat)
    top = its.top_id if its is not None else 0
    upto = min(max_id, top) if max_id > 0 else top
    if not await members.hide_upto(tx, chat, me.id, upto):
        return []
    await tx.run(q.READ_CHANNEL, owner=me.id, peer=chat, read_in=upto)
    return [await log.state(tx, me.id, AVAILABLE, str(chat), {"chat": chat}, at=at, by=me)]


async def _begin(app: App, me: Actor, work: Purge) -> Affected:
    rows, below = await _next(app, work)
    return await app.store.write(_slice, me, work, rows, below, int(app.clock.now()))


async def _next(app: App, work: Purge) -> tuple[list[MessageRow], int]:
    """What the next slice takes away, and the id below which the one after it looks (0: none)."""
    chat, speaker, below = work.chat, work.speaker, work.below
    if speaker > 0:
        rows = await app.store.scan(
            q.SAID_BY, channel=chat, sender=speaker, below=below, limit=SLICE
        )
    else:
        rows = await app.store.scan(
            q.OLDER, owner=chat, peer=chat, below=below, above=0, limit=SLICE, skip=0
        )
    last = rows[-1].id if len(rows) == SLICE else 0
    return [row for row in rows if speaker in (0, _speaker(row))], last


def _speaker(row: MessageRow) -> int:
    return contents.speaker(row.sender, row.flags, row.peer, row.extra)


async def _slice(
    tx: Tx, me: Actor, work: Purge, rows: list[MessageRow], below: int, at: int
) -> Affected:
    chat = work.chat
    await boxes.lock(tx, [chat])
    gone = await boxes.remove(tx, chat, [row.id for row in rows], at)
    affected = Affected(0, 0, 0)
    if gone:
        said = boxes.deletion_event(chat, gone)
        event = await log.append(tx, chat, DELETED, said, at=at, count=len(gone), by=me)
        affected = Affected(event.pts, event.count, 0)
    if work.speaker:
        there = {ref.id for ref in gone}
        for row in sorted(row for row in rows if row.id in there):
            await chats.note(tx, chat, work.by, "delete", at=at, new=row)
    key = f"{chat}:{work.speaker}"
    if below:
        await jobs.schedule(tx, replace(work, below=below), due=at, key=key)
    return affected


async def go_on(app: App, work: Purge) -> None:
    """All the slices that are left. May be run again."""
    nobody = Actor(0)
    while work.below:
        rows, below = await _next(app, work)
        work = replace(work, below=below)
        await app.store.write(_slice, nobody, work, rows, 0, int(app.clock.now()))
        await asyncio.sleep(0)
