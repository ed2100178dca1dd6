"""Linking a channel with the supergroup that its comments go to."""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import changes as chat_changes
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import (
    BASIC,
    CHANNEL,
    HIDDEN_PREHISTORY,
    SUPERGROUP,
    ChatRow,
)
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import ADMIN, CREATOR, INFO, PIN, may, role
from petitbleu.domain.messaging.discussions import queries as q
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx


async def candidates(app: App, me: Actor) -> list[int]:
    """Groups of mine that a channel could be linked with; basic groups are migrated first."""
    mine = await members.chats_of(app.store, me.id)
    rows = await chats.get_many(app, mine)
    standing = await members.of_chats(app, me.id, mine)
    now = app.clock.now()
    numbers = []
    for chat in mine:
        row, member = rows.get(chat), standing.get(chat)
        if row is None or member is None or chats.dead(row) or row.linked is not None:
            continue
        group = row.kind == SUPERGROUP and role(member, now) >= ADMIN
        if (group and may(row, member, PIN, now)) or (
            row.kind == BASIC and role(member, now) == CREATOR
        ):
            numbers.append(chat)
    return numbers


async def link(app: App, me: Actor, channel: int, group: int) -> list[Event]:
    """Link ``channel`` with ``group``, or end the link of the one that is given (the other: 0).

    Raises BROADCAST_ID_INVALID, MEGAGROUP_ID_INVALID, MEGAGROUP_PREHISTORY_HIDDEN,
    LINK_NOT_MODIFIED and what :func:`members.require` raises.
    """
    if channel:
        row = (await members.require(app, me, channel, INFO)).chat
        if row.kind != CHANNEL:
            raise Fault("BROADCAST_ID_INVALID")
        before = row.linked
    if group:
        row, member = await members.require(app, me, group)
        if row.kind != SUPERGROUP:
            raise Fault("MEGAGROUP_ID_INVALID")
        now = app.clock.now()
        if role(member, now) < ADMIN or not may(row, member, PIN, now):
            raise Fault("CHAT_ADMIN_REQUIRED")
        if channel and row.flags & HIDDEN_PREHISTORY:
            raise Fault("MEGAGROUP_PREHISTORY_HIDDEN")
        if not channel:
            before = row.linked
    if not channel and not group:
        raise Fault("LINK_NOT_MODIFIED")
    if before == (group if channel else channel) or (before is None and not (channel and group)):
        raise Fault("LINK_NOT_MODIFIED")
    involved = await _involved(app, channel, group)
    with chats.changing(app, *involved):
        return await app.store.write(_link, me, channel, group, involved, int(app.clock.now()))


async def _involved(app: App, *given: int) -> list[int]:
    """The chats given, and those they are linked with now: in the order of locking."""
    rows = await chats.get_many(app, [chat for chat in given if chat])
    return sorted({*rows, *(row.linked for row in rows.values() if row.linked is not None)})


async def _link(
    tx: Tx, me: Actor, channel: int, group: int, involved: list[int], at: int
) -> list[Event]:
    rows = {chat: await chats.lock(tx, chat) for chat in involved}
    wanted: dict[int, int | None] = dict.fromkeys(involved)
    if channel and group:
        wanted |= {channel: group, group: channel}
    events: list[Event] = []
    for chat, other in wanted.items():
        row = rows[chat]
        if row.linked != other:
            events += await _set(tx, me, row, other, at)
    if channel and group:
        top = await messages.last_id(tx, channel)
        await tx.run(q.PUT, channel=channel, post=-top - 1, chat=group, message=0)
    return events


async def _set(tx: Tx, me: Actor, row: ChatRow, other: int | None, at: int) -> list[Event]:
    await chats.set_linked(tx, row.id, other)
    await chats.note(tx, row.id, me.id, "linked", at=at, old=row.linked, new=other)
    return await chat_changes.tell_all(tx, me, row, chat_changes.CHANGED, {"chat": row.id}, at=at)
