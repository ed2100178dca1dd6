"""Title and picture of a group or channel: changes that a service message tells."""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import changes
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import INFO
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.updates.log import EVENTS, Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx


async def set_title(app: App, me: Actor, chat: int, title: str) -> list[Event]:
    """Rename. Raises CHAT_TITLE_EMPTY, CHAT_NOT_MODIFIED, what :func:`members.require` raises."""
    clean = chats.clean_title(title)
    standing = await members.require(app, me, chat, INFO)
    if clean == standing.chat.title:
        raise Fault("CHAT_NOT_MODIFIED")
    with chats.changing(app, chat):
        return await app.store.write(
            write_title, me, chat, clean, changes.hides(standing.member), int(app.clock.now())
        )


async def write_title(
    tx: Tx, me: Actor, chat: int, title: str, anonymous: bool, at: int
) -> list[Event]:
    """:func:`set_title` inside a transaction, whoever asks."""
    row = await chats.lock(tx, chat)
    await chats.set_column(tx, changes.SET_TITLE, chat, title=title)
    await chats.note(tx, chat, me.id, "title", at=at, old=row.title, new=title)
    row = row._replace(title=title)
    return await messages.act(tx, me, row, ["chat_title", title], at=at, anonymous=anonymous)


async def set_photo(app: App, me: Actor, chat: int, photo: bytes | None) -> list[Event]:
    """Give the chat a picture (in the form of ``body.media``), or take it away.

    Raises CHAT_NOT_MODIFIED where there is none to take, what :func:`members.require` raises.
    """
    standing = await members.require(app, me, chat, INFO)
    if photo is None and standing.chat.photo is None:
        raise Fault("CHAT_NOT_MODIFIED")
    with chats.changing(app, chat):
        return await app.store.write(
            write_photo, me, chat, photo, changes.hides(standing.member), int(app.clock.now())
        )


async def write_photo(
    tx: Tx, me: Actor, chat: int, photo: bytes | None, anonymous: bool, at: int
) -> list[Event]:
    """:func:`set_photo` inside a transaction, whoever asks."""
    await tx.once(EVENTS)
    row = await chats.lock(tx, chat)
    if row.photo is not None:
        await media.let_go(tx, row.photo, "chat", chat, at=at)
    if photo is not None:
        await media.hold(tx, photo, "chat", chat)
    await chats.set_column(tx, changes.SET_PHOTO, chat, photo=photo)
    await chats.note(tx, chat, me.id, "photo", at=at, old=row.photo, new=photo)
    row = row._replace(photo=photo)
    action = ["chat_photo_deleted" if photo is None else "chat_photo"]
    return await messages.act(tx, me, row, action, at=at, anonymous=anonymous, media=photo)
