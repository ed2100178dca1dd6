"""SQL of ``chat`` and of the counters of new ids."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class ChatRow(NamedTuple):
    """One group or channel as it stands in the database. Times are Unix seconds."""

    id: int
    """The peer number."""
    kind: int
    """0 basic group, 1 supergroup, 2 channel."""
    title: str
    about: str
    photo: bytes | None
    creator: int
    created_at: int
    deleted_at: int | None
    flags: int
    """Bits of ``flags.py``."""
    banned: int
    """What members may not do by default: bits of chatBannedRights."""
    version: int
    members: int
    slow_seconds: int
    ttl_seconds: int
    linked: int | None
    migrated_to: int | None
    migrated_from: int | None
    migrated_max: int
    reactions: bytes | None
    settings: bytes | None
    username: str | None
    """The public name in use, in the case it was typed."""


class Id(NamedTuple):
    """A chat's peer number."""

    id: int


_COLUMNS = (
    "id, kind, title, about, photo, creator, created_at, deleted_at, flags, banned, version,"
    " members, slow_seconds, ttl_seconds, linked, migrated_to, migrated_from, migrated_max,"
    " reactions, settings,"
    " (select u.display from username u where u.peer = chat.id and u.rests_until is null"
    " order by u.name limit 1) as username"
)

BY_ID = query(f"select {_COLUMNS} from chat where id = :id", ChatRow)
BY_IDS = query(f"select {_COLUMNS} from chat where id in (:ids)", ChatRow)
LINKED = query(
    f"select {_COLUMNS} from chat where linked is not null and kind = 2 and deleted_at is null"
    " order by linked",
    ChatRow,
)
PUBLIC_OF = query(
    "select id from chat where creator = :account and deleted_at is null and exists"
    " (select 1 from username u where u.peer = chat.id and u.rests_until is null) order by id",
    Id,
)
# Changes nothing and locks the row on PostgreSQL; on SQLite the writer is alone anyway.
LOCK = query(f"update chat set version = version where id = :id returning {_COLUMNS}", ChatRow)
BUMP = query(
    f"update chat set version = version + 1, members = members + :members where id = :id"
    f" returning {_COLUMNS}",
    ChatRow,
    stamps=(("chats", "id"),),
)
INSERT = query(
    "insert into chat (id, kind, title, about, creator, created_at, flags, banned, ttl_seconds,"
    " migrated_from, migrated_max)"
    " values (:id, :kind, :title, :about, :creator, :at, :flags, :banned, :ttl_seconds,"
    " :migrated_from, :migrated_max)",
    stamps=(("chats", "id"),),
)
SET_TITLE = query(
    "update chat set title = :title, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
SET_ABOUT = query(
    "update chat set about = :about, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
SET_PHOTO = query(
    "update chat set photo = :photo, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
SET_BANNED = query(
    "update chat set banned = :banned, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
SET_FLAGS = query(
    "update chat set flags = :flags, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
SET_CREATOR = query(
    "update chat set creator = :creator, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
SET_SLOW = query(
    "update chat set slow_seconds = :seconds, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
SET_TTL = query(
    "update chat set ttl_seconds = :seconds, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
SET_LINKED = query(
    "update chat set linked = :linked, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
SET_REACTIONS = query(
    "update chat set reactions = :reactions, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
SET_SETTINGS = query(
    "update chat set settings = :settings, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
DELETE = query(
    "update chat set deleted_at = :at, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
MIGRATED = query(
    "update chat set migrated_to = :to, version = version + 1 where id = :id",
    stamps=(("chats", "id"),),
)
