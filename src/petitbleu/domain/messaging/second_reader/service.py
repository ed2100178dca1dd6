"""A second pair of eyes: in a channel that demands it, nobody publishes or changes a post alone.

What an admin schedules waits, also past its time, and an edit of a post waits, until another admin
with the right to post approves that very version. Who approves is never who wrote the version.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import changes
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import CHANNEL, SECOND_READER, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import ADMIN, OWNER, WRITE
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.scheduled import approving
from petitbleu.domain.messaging.scheduled.approving import Post
from petitbleu.domain.messaging.second_reader import gate, held
from petitbleu.domain.messaging.second_reader.gate import Tell, is_demanded
from petitbleu.domain.messaging.second_reader.queries import HeldRow
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

__all__ = [
    "Pending",
    "approve",
    "approve_edit",
    "drop_edit",
    "is_demanded",
    "pending",
    "set_demanded",
]

REASON_MAX = 300
"""Characters of a reason."""


# ── the setting ─────────────────────────────────────────────────────────────────────────────────


async def set_demanded(app: App, me: Actor, channel: int, *, on: bool) -> None:
    """Demand a second reader in a channel, or no longer. For its owner alone: CHAT_ADMIN_REQUIRED.

    Nothing is published by that: what waited past its time stays until somebody sends it, and edits
    that waited are dropped.
    """
    place = await members.require(app, me, channel, OWNER)
    if place.chat.kind != CHANNEL:
        raise Fault("BROADCAST_REQUIRED")
    with chats.changing(app, channel):
        await app.store.write(_set_demanded, app, me, channel, on)


async def _set_demanded(tx: Tx, app: App, me: Actor, channel: int, on: bool) -> None:
    at = int(app.clock.now())
    row = await chats.lock(tx, channel)
    if not members.may(row, await members.of_in(tx, channel, me.id), OWNER, at):
        raise Fault("CHAT_ADMIN_REQUIRED")
    if bool(row.flags & SECOND_READER) == on:
        return
    flags = row.flags | SECOND_READER if on else row.flags & ~SECOND_READER
    await chats.set_flags(tx, channel, flags)
    await chats.note(tx, channel, me.id, "second_reader", at=at, old=not on, new=on)
    await changes.tell_all(tx, me, row, changes.CHANGED, {"chat": channel}, at=at)
    kind = gate.SWITCHED_ON if on else gate.SWITCHED_OFF
    await gate.tell(tx, Tell(kind=kind, channel=channel, by=me.id, at=at))
    if on:
        return
    await messages.lock(tx, [channel])
    for edit in await held.waiting(tx, channel):
        await held.drop(tx, channel, edit.message, at=at)
        await gate.tell(tx, _dropped(edit, 0, at))


def _dropped(edit: HeldRow, by: int, at: int) -> Tell:
    return Tell(kind=gate.DROPPED, channel=edit.channel, id=edit.message, by=by, to=edit.editor,
                at=at)  # fmt: skip


# ── what waits ──────────────────────────────────────────────────────────────────────────────────


class Pending(NamedTuple):
    """What waits in a channel. Each edit with the post as it is public."""

    chat: ChatRow
    posts: list[Post]
    edits: list[tuple[HeldRow, MessageRow]]


async def pending(app: App, me: Actor, channel: int) -> Pending:
    """What waits there, for its people with the right to post: CHAT_ADMIN_REQUIRED."""
    place = await members.require(app, me, channel, WRITE)
    if place.chat.kind != CHANNEL:
        raise Fault("BROADCAST_REQUIRED")
    edits = await held.waiting(app.store, channel)
    where = await messages.place(app, me, channel)
    there = await messages.in_place(app, where, [one.message for one in edits])
    both = [(one, there[one.message]) for one in edits if one.message in there]
    return Pending(place.chat, await approving.posts(app.store, channel), both)


# ── approving ───────────────────────────────────────────────────────────────────────────────────


async def approve(
    app: App, me: Actor, channel: int, message: int, seen: str, reason: str | None = None
) -> Post:
    """Agree to the version ``seen`` of a waiting post: it is published at its time, or now where
    that is over. With a ``reason`` its creator publishes it alone.

    Raises CHAT_ADMIN_REQUIRED, MESSAGE_ID_INVALID, APPROVAL_OUTDATED, APPROVAL_FORBIDDEN,
    CHAT_NOT_MODIFIED (nobody demands it, or it is approved).
    """
    why = _clean(reason)
    return await app.store.write(_approve, me, channel, message, seen, why, int(app.clock.now()))


def _clean(reason: str | None) -> str | None:
    if reason is None:
        return None
    clean = " ".join(reason.split())[:REASON_MAX]
    if not clean:
        raise Fault("APPROVAL_FORBIDDEN")
    return clean


async def _approve(
    tx: Tx, me: Actor, channel: int, message: int, seen: str, reason: str | None, at: int
) -> Post:
    row = await _reading(tx, me, channel, at)
    before = await approving.post(tx, channel, message)
    if reason is None:
        post = await approving.approve(tx, me, row, message, seen)
    else:
        post = await approving.alone(tx, me, row, message, seen, reason)
    if before != post:  # a command may be carried out again
        await _say_so(tx, row, me, post[0].id, post[0].author, reason, at, edit=False)
    return post


async def _reading(tx: Tx, me: Actor, channel: int, at: int) -> ChatRow:
    row = await gate.reader(tx, channel, me.id, at)
    if not is_demanded(row) or me.bot:
        raise Fault("CHAT_NOT_MODIFIED")
    return row


async def _say_so(
    tx: Tx, row: ChatRow, me: Actor, id: int, author: int, reason: str | None, at: int, *,
    edit: bool,
) -> None:  # fmt: skip
    """Keep it in the recent actions, and tell the others."""
    await chats.note(
        tx, row.id, me.id, "approved", at=at, author=author, edit=edit, reason=reason or "",
        post=id if edit else 0,
    )  # fmt: skip
    if reason is not None:
        work = Tell(kind=gate.ALONE, channel=row.id, id=id, by=me.id, text=reason, at=at)
    else:
        kind = gate.EDIT_APPROVED if edit else gate.APPROVED
        work = Tell(kind=kind, channel=row.id, id=id, by=me.id, to=author, at=at)
    await gate.tell(tx, work)


async def approve_edit(
    app: App, me: Actor, channel: int, message: int, seen: str, reason: str | None = None
) -> list[Event]:
    """Agree to the version ``seen`` of an edit: the post says it from now on. Raises what
    :func:`approve` raises.
    """
    why, at = _clean(reason), int(app.clock.now())
    with held.describing(app, channel):
        new, events = await app.store.write(_approve_edit, app, me, channel, message, seen, why, at)
    if events:
        messages.announce(app, new)
    return events


async def _approve_edit(
    tx: Tx, app: App, me: Actor, channel: int, message: int, seen: str, reason: str | None, at: int
) -> tuple[MessageRow, list[Event]]:
    row = await _reading(tx, me, channel, at)
    await messages.lock(tx, [channel])
    edit = await held.one(tx, channel, message)
    if edit is None:
        raise Fault("MESSAGE_ID_INVALID")
    # An edit of somebody who is no admin any more is nobody's: another makes it their own.
    editor = await members.of_in(tx, channel, edit.editor)
    if held.version(edit) != seen or members.role(editor, at) < ADMIN:
        raise Fault("APPROVAL_OUTDATED")
    if (edit.editor == me.id) != (reason is not None) or (reason and row.creator != me.id):
        raise Fault("APPROVAL_FORBIDDEN")
    done = await messages.replace(tx, edit, at=at)
    if done is None:
        raise Fault("MESSAGE_ID_INVALID")
    await held.drop(tx, channel, message, at=at)
    await held.described(tx, app, edit)
    await _say_so(tx, row, me, message, edit.editor, reason, at, edit=True)
    return done


async def drop_edit(app: App, me: Actor, channel: int, message: int, seen: str) -> None:
    """Have the version ``seen`` of an edit not be made: by its editor, or whoever could approve it.

    Raises CHAT_ADMIN_REQUIRED, MESSAGE_ID_INVALID, APPROVAL_OUTDATED.
    """
    await app.store.write(_drop_edit, me, channel, message, seen, int(app.clock.now()))


async def _drop_edit(tx: Tx, me: Actor, channel: int, message: int, seen: str, at: int) -> None:
    await gate.reader(tx, channel, me.id, at)
    await messages.lock(tx, [channel])
    edit = await held.one(tx, channel, message)
    if edit is None:
        raise Fault("MESSAGE_ID_INVALID")
    if held.version(edit) != seen:
        raise Fault("APPROVAL_OUTDATED")
    await held.drop(tx, channel, message, at=at)
    if edit.editor != me.id:
        await gate.tell(tx, _dropped(edit, me.id, at))
