"""Groups and channels as facts: their rows, remembered, and the primitives that change a row.

What a change says to the members stands in ``changes.py``; who may do what in the members room.

Order of locks, for every transaction: chat rows in ascending id, then counters of owners
(``account_state``) in ascending id, then the rest.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

from petitbleu import ids
from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.domain.communities.chats import queries as q
from petitbleu.domain.communities.chats.flags import (
    ANTISPAM,
    AUTOTRANSLATION,
    FORUM,
    FORUM_TABS,
    HIDDEN_MEMBERS,
    HIDDEN_PREHISTORY,
    JOIN_REQUEST,
    JOIN_REQUEST_LINKS,
    JOIN_TO_SEND,
    NOFORWARDS,
    SECOND_READER,
    SIGNATURE_PROFILES,
    SIGNATURES,
)
from petitbleu.domain.communities.chats.queries import ChatRow
from petitbleu.domain.updates import counters
from petitbleu.errors import Fault
from petitbleu.stamps import cache_of, room
from petitbleu.store import settings
from petitbleu.store.api import Reader, Tx
from petitbleu.store.query import Query

__all__ = [
    "ANTISPAM",
    "AUTOTRANSLATION",
    "BASIC",
    "CHANNEL",
    "FORUM",
    "FORUM_TABS",
    "HIDDEN_MEMBERS",
    "HIDDEN_PREHISTORY",
    "JOIN_REQUEST",
    "JOIN_REQUEST_LINKS",
    "JOIN_TO_SEND",
    "NOFORWARDS",
    "SECOND_READER",
    "SIGNATURES",
    "SIGNATURE_PROFILES",
    "SUPERGROUP",
    "ChatRow",
]

BASIC, SUPERGROUP, CHANNEL = 0, 1, 2
"""``chat.kind``"""
TITLE_MAX = 128
ABOUT_MAX = 255
_CACHE_LIMIT = 20_000
_NEXT = {BASIC: ("next_chat", 1), SUPERGROUP: ("next_channel", ids.FIRST_CHANNEL)}


ROOM = room("chats", chat=(), username=("peer", "display", "rests_until"))
CHATS: Part[Cache[int, ChatRow]] = Part(lambda app: cache_of(app, ROOM, _CACHE_LIMIT))


async def get(app: App, chat: int) -> ChatRow | None:
    """The group or channel with the peer number ``chat``, also a deleted one."""
    cache = app.parts[CHATS]
    known = cache.get(chat)
    if known is not None:
        return known
    generation = cache.generation
    row = await app.store.row(q.BY_ID, id=chat)
    if row is not None:
        cache.keep(chat, row, generation)
    return row


async def get_in(reader: Reader, chat: int) -> ChatRow | None:
    """:func:`get` for a caller inside a transaction."""
    return await reader.row(q.BY_ID, id=chat)


async def get_many(app: App, chats: Iterable[int]) -> dict[int, ChatRow]:
    """Those among ``chats`` (peer numbers; people are passed over) that exist."""
    cache = app.parts[CHATS]
    by_id: dict[int, ChatRow] = {}
    missing = []
    for chat in chats:
        known = cache.get(chat)
        if known is not None:
            by_id[chat] = known
        elif chat < 0:
            missing.append(chat)
    if missing:
        generation = cache.generation
        for row in await app.store.rows(q.BY_IDS, ids=missing):
            cache.keep(row.id, row, generation)
            by_id[row.id] = row
    return by_id


async def with_discussion(app: App) -> list[ChatRow]:
    """Every channel that is linked with a discussion group."""
    return await app.store.rows(q.LINKED)


async def public_of(app: App, account: int) -> list[int]:
    """The public supergroups and channels that an account created, the newest first."""
    return [row.id for row in await app.store.rows(q.PUBLIC_OF, account=account)]


def changing(app: App, *chats: int) -> AbstractContextManager[None]:
    """Around every transaction that changes a row of ``chats`` (or a username of theirs)."""
    return app.parts[CHATS].changing(chats)


# ── inside a transaction ────────────────────────────────────────────────────────────────────────


async def lock(tx: Tx, chat: int) -> ChatRow:
    """The row, locked until the end of the transaction. Take it before owners' counters."""
    row = await tx.row(q.LOCK, id=chat)
    if row is None:
        raise Fault("CHANNEL_INVALID" if ids.is_channel(chat) else "CHAT_ID_INVALID")
    return row


async def bump(tx: Tx, chat: int, members: int = 0) -> ChatRow:
    """Members or their rights change: a new version, the count moved by ``members``; the row."""
    row = await tx.row(q.BUMP, id=chat, members=members)
    if row is None:
        raise Fault("CHANNEL_INVALID" if ids.is_channel(chat) else "CHAT_ID_INVALID")
    return row


async def insert(
    tx: Tx,
    kind: int,
    title: str,
    creator: int,
    *,
    at: int,
    about: str = "",
    flags: int = 0,
    banned: int = 0,
    ttl_seconds: int = 0,
    migrated_from: int | None = None,
    migrated_max: int = 0,
) -> int:
    """Make the row of a new chat (without members); its peer number.

    A supergroup or channel gets counters of its own: it is an owner.
    """
    number = await _next_id(tx, kind)
    chat = ids.peer_of_chat(number) if kind == BASIC else ids.peer_of_channel(number)
    await tx.run(
        q.INSERT,
        id=chat,
        kind=kind,
        title=title,
        about=about,
        creator=creator,
        at=at,
        flags=flags,
        banned=banned,
        ttl_seconds=ttl_seconds,
        migrated_from=migrated_from,
        migrated_max=migrated_max,
    )
    if kind != BASIC:
        await tx.run(counters.INSERT, owner=chat)
    return chat


async def _next_id(tx: Tx, kind: int) -> int:
    name, first = _NEXT[min(kind, SUPERGROUP)]
    row = await tx.row(settings.LOCK, name=name, value=str(first).encode("ascii"))
    assert row is not None
    number = int(row.value)
    if number > ids.LAST_CHANNEL:
        raise Fault("CHAT_ID_GENERATE_FAILED")
    await tx.run(settings.CHANGE, name=name, value=str(number + 1).encode("ascii"))
    return number


async def set_column(tx: Tx, change: Query[Any], chat: int, **value: Any) -> None:
    """Run one of the ``SET_...`` statements of ``chats.queries``."""
    await tx.run(change, id=chat, **value)


async def set_flags(tx: Tx, chat: int, flags: int) -> None:
    """Which switches are on (the caller has locked the chat)."""
    await set_column(tx, q.SET_FLAGS, chat, flags=flags)


async def set_creator(tx: Tx, chat: int, account: int) -> None:
    """Whose chat it is (the caller has locked it and sets the members' roles)."""
    await set_column(tx, q.SET_CREATOR, chat, creator=account)


async def set_linked(tx: Tx, chat: int, other: int | None) -> None:
    """The discussion group of a channel, or the channel of a group (the caller has locked it)."""
    await set_column(tx, q.SET_LINKED, chat, linked=other)


# ── what others keep of changes ─────────────────────────────────────────────────────────────────


class Change(NamedTuple):
    """Something an admin did (or somebody who came or went), for whoever keeps a log of it."""

    chat: int
    by: int
    at: int
    kind: str
    """title, about, photo, banned, flags, member, join, leave, pin, edit, delete, ..."""
    data: dict[str, Any]
    """Plain values: ``old`` and ``new`` where something was replaced."""


Listener = Callable[[Tx, Change], Awaitable[None]]
_listeners: list[Listener] = []


def on_change(listener: Listener) -> Listener:
    """Have ``listener(tx, change)`` called inside every transaction that changes a chat."""
    _listeners.append(listener)
    return listener


async def note(tx: Tx, chat: int, by: int, kind: str, *, at: int, **data: Any) -> None:
    """Tell the listeners of a change."""
    for listener in _listeners:
        await listener(tx, Change(chat, by, at, kind, data))


# ── forms ───────────────────────────────────────────────────────────────────────────────────────


def clean_title(title: str) -> str:
    """A title as it is kept: one line, at most 128 characters. CHAT_TITLE_EMPTY."""
    clean = " ".join(title.split())[:TITLE_MAX].strip()
    if not clean:
        raise Fault("CHAT_TITLE_EMPTY")
    return clean


def clean_about(about: str) -> str:
    """A description as it is kept. CHAT_ABOUT_TOO_LONG above 255 characters."""
    clean = about.strip()
    if len(clean) > ABOUT_MAX:
        raise Fault("CHAT_ABOUT_TOO_LONG")
    return clean


def dead(chat: ChatRow) -> bool:
    """Nothing can be said or changed there any more: deleted, or moved to a supergroup."""
    return chat.deleted_at is not None or chat.migrated_to is not None
