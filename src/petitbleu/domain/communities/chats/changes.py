"""What a group or channel is called and allows: changes for every kind of chat, told to everybody.

The second door of this room, for rooms that change chats (``service.py`` holds the facts).
"""

from __future__ import annotations

from typing import Any

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import queries as q
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC, CHANNEL, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import ANONYMOUS, BAN, INFO, MemberRow
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx
from petitbleu.store.query import Query

CHANGED = "chat"
SET_ABOUT, SET_REACTIONS, SET_TTL = q.SET_ABOUT, q.SET_REACTIONS, q.SET_TTL
"""For the rooms that say what these columns mean."""
BANNED = "chat.banned"


async def set_title(app: App, me: Actor, chat: int, title: str) -> list[Event]:
    """Rename. Raises CHAT_TITLE_EMPTY, CHAT_NOT_MODIFIED, what :func:`members.require` raises."""
    clean = chats.clean_title(title)
    standing = await members.require(app, me, chat, INFO)
    if clean == standing.chat.title:
        raise Fault("CHAT_NOT_MODIFIED")
    with chats.changing(app, chat):
        return await app.store.write(
            write_title, me, chat, clean, hides(standing.member), int(app.clock.now())
        )


async def write_title(
    tx: Tx, me: Actor, chat: int, title: str, anonymous: bool, at: int
) -> list[Event]:
    """:func:`set_title` inside a transaction, whoever asks."""
    row = await chats.lock(tx, chat)
    await chats.set_column(tx, q.SET_TITLE, chat, title=title)
    await chats.note(tx, chat, me.id, "title", at=at, old=row.title, new=title)
    row = row._replace(title=title)
    return await messages.act(tx, me, row, ["chat_title", title], at=at, anonymous=anonymous)


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


async def set_photo(app: App, me: Actor, chat: int, photo: bytes | None) -> list[Event]:
    """Give the chat a picture (in the form of ``body.media``), or take it away.

    Raises CHAT_NOT_MODIFIED where there is none to take, what :func:`members.require` raises.
    """
    standing = await members.require(app, me, chat, INFO)
    if photo is None and standing.chat.photo is None:
        raise Fault("CHAT_NOT_MODIFIED")
    with chats.changing(app, chat):
        return await app.store.write(
            write_photo, me, chat, photo, hides(standing.member), int(app.clock.now())
        )


async def write_photo(
    tx: Tx, me: Actor, chat: int, photo: bytes | None, anonymous: bool, at: int
) -> list[Event]:
    """:func:`set_photo` inside a transaction, whoever asks."""
    row = await chats.lock(tx, chat)
    if row.photo is not None:
        await media.let_go(tx, row.photo, "chat", chat, at=at)
    if photo is not None:
        await media.hold(tx, photo, "chat", chat)
    await chats.set_column(tx, q.SET_PHOTO, chat, photo=photo)
    await chats.note(tx, chat, me.id, "photo", at=at, old=row.photo, new=photo)
    row = row._replace(photo=photo)
    action = ["chat_photo_deleted" if photo is None else "chat_photo"]
    return await messages.act(tx, me, row, action, at=at, anonymous=anonymous, media=photo)


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
        await log.state(tx, one, kind, str(chat.id), data, at=at, by=me)
        for one in await members.inside(tx, chat.id)
    ]


def hides(member: MemberRow | None) -> bool:
    """Whether an admin acts in the name of the group."""
    return member is not None and bool(member.rights & ANONYMOUS)
