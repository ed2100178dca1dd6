"""Changes of a chat that are told to everybody without a service message.

Those with one (title, picture) stand above the messages, in ``administration/chat_editing``.
"""

from __future__ import annotations

from typing import Any

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import queries as q
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC, CHANNEL, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import ANONYMOUS, BAN, INFO, MemberRow
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx
from petitbleu.store.query import Query

CHANGED = "chat"
SET_ABOUT, SET_REACTIONS, SET_TTL = q.SET_ABOUT, q.SET_REACTIONS, q.SET_TTL
SET_TITLE, SET_PHOTO, SET_DELETED, SET_MIGRATED = q.SET_TITLE, q.SET_PHOTO, q.DELETE, q.MIGRATED
"""For the rooms that say what these columns mean."""
BANNED = "chat.banned"


async def set_about(app: App, me: Actor, chat: int, about: str) -> list[Event]:
    """Describe. Raises CHAT_ABOUT_TOO_LONG, CHAT_ABOUT_NOT_MODIFIED and what
    :func:`members.require` raises.
    """
    clean = chats.clean_about(about)
    standing = await members.require(app, me, chat, INFO)
    if clean == standing.chat.about:
        raise Fault("CHAT_ABOUT_NOT_MODIFIED")
    with chats.changing(app, chat):
        return await app.store.write(
            set_in, me, chat, q.SET_ABOUT, {"about": clean}, "about", int(app.clock.now())
        )


async def set_in(
    tx: Tx, me: Actor, chat: int, change: Query[Any], value: dict[str, Any], kind: str, at: int
) -> list[Event]:
    """Run one ``SET_...`` statement of :mod:`queries` and have everybody look at the chat anew.

    ``kind`` is what the change is called to those who keep a log of changes.
    """
    row = await chats.lock(tx, chat)
    await chats.set_column(tx, change, chat, **value)
    (name,) = value
    await chats.note(tx, chat, me.id, kind, at=at, old=getattr(row, name), new=value[name])
    return await tell_all(tx, me, row, CHANGED, {"chat": chat}, at=at)


async def set_banned(app: App, me: Actor, chat: int, banned: int) -> list[Event]:
    """What members may not do by default (a mask with what follows from it).

    Raises BANNED_RIGHTS_INVALID, CHAT_NOT_MODIFIED and what :func:`members.require` raises.
    """
    standing = await members.require(app, me, chat, BAN)
    if standing.chat.kind == CHANNEL or banned & members.rights.VIEW:
        raise Fault("BANNED_RIGHTS_INVALID")
    if banned == standing.chat.banned:
        raise Fault("CHAT_NOT_MODIFIED")
    with chats.changing(app, chat):
        return await app.store.write(_set_banned, me, chat, banned, int(app.clock.now()))


async def _set_banned(tx: Tx, me: Actor, chat: int, banned: int, at: int) -> list[Event]:
    row = await chats.lock(tx, chat)
    await chats.set_column(tx, q.SET_BANNED, chat, banned=banned)
    await chats.note(tx, chat, me.id, "banned", at=at, old=row.banned, new=banned)
    return await tell_all(tx, me, row, BANNED, {"chat": chat}, at=at)


async def tell_all(
    tx: Tx, me: Actor, chat: ChatRow, kind: str, data: dict[str, Any], *, at: int
) -> list[Event]:
    """News about a chat, to everybody in it: kept for those away in a basic group.

    Members of a channel that are away get the new Chat with the next thing that happens there.
    """
    if chat.kind != BASIC:
        emit = log.passing(chat.id, kind, data, at=at, by=me)
        tx.emit(emit)
        return [emit.event]
    return [
        await log.state(tx, account, kind, str(chat.id), data, at=at, by=me)
        for account in await members.inside(tx, chat.id)
    ]


def hides(member: MemberRow | None) -> bool:
    """Whether an admin acts in the name of the group."""
    return member is not None and bool(member.rights & ANONYMOUS)
