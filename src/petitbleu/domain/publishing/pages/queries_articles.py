"""SQL of ``page_author``, ``post_correction`` and ``post_version``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class AuthorRow(NamedTuple):
    """A person who agreed to a byline in a channel. ``since`` is Unix seconds."""

    chat: int
    key: str
    account: int
    slug: str
    name: str
    about: int
    photo: int
    since: int


class CorrectionRow(NamedTuple):
    """What was wrong in a post. ``at`` is Unix seconds."""

    chat: int
    message: int
    at: int
    note: str


class VersionRow(NamedTuple):
    """What a message said from ``since`` until ``until`` (Unix seconds)."""

    chat: int
    message: int
    until: int
    since: int
    text: str


class Placed(NamedTuple):
    """A message of a channel."""

    chat: int
    message: int


class Id(NamedTuple):
    """The id of a message."""

    id: int


class Newest(NamedTuple):
    """When a post was corrected last."""

    message: int
    at: int


_AUTHOR = "chat, key, account, slug, name, about, photo, since"

AUTHORS = query(
    f"select {_AUTHOR} from page_author where chat in (:chats) and slug <> '' order by chat, since",
    AuthorRow,
)
AUTHOR = query(
    f"select {_AUTHOR} from page_author where chat = :chat and key in (:keys)", AuthorRow
)
PUT_AUTHOR = query(
    f"insert into page_author ({_AUTHOR}) values (:chat, :key, :account, :slug, :name, :about,"
    " :photo, :since) on conflict (chat, key) do update set slug = excluded.slug,"
    " name = excluded.name, about = excluded.about, photo = excluded.photo, since = excluded.since",
    stamps=(("authors", "chat"),),
)
END_AUTHOR = query(
    "update page_author set slug = '', name = '', about = 0, photo = 0"
    " where chat = :chat and account = :account and slug <> ''",
    stamps=(("authors", "chat"),),
)
FORGET_AUTHOR = query(
    "update page_author set account = 0, slug = '', name = '', about = 0, photo = 0"
    " where account = :account",
    stamps=(("authors",),),
)
SIGNED = query(
    "select x.id from box x join body b on b.author = x.author and b.id = x.body"
    " where x.owner = :chat and x.peer = :chat and x.id > :above and x.id < :below"
    " and b.sender = :account and b.kind = 0 order by x.id desc limit :limit",
    Id,
)

_CORRECTION = "chat, message, at, note"
CORRECTIONS = query(
    f"select {_CORRECTION} from post_correction where chat in (:chats) and message in (:messages)"
    " order by chat, message, at",
    CorrectionRow,
)
CORRECTED = query(
    "select message, max(at) as at from post_correction"
    " where chat = :chat and message > :above and message <= :upto group by message",
    Newest,
)
PUT_CORRECTION = query(
    "insert into post_correction (chat, message, at, note, by)"
    " values (:chat, :message, :at, :note, :by)"
)
DROP_CORRECTION = query(
    "delete from post_correction where chat = :chat and message = :message and at = :at"
)
ERASE_CORRECTIONS = query("delete from post_correction where chat = :chat and message = :message")

_VERSION = "chat, message, until, since, text"
VERSIONS = query(
    f"select {_VERSION} from post_version where chat = :chat and message in (:messages)"
    " order by until desc, message",
    VersionRow,
)
PUT_VERSION = query(
    f"insert into post_version ({_VERSION}) values (:chat, :message, :until, :since, :text)"
    " on conflict (chat, message, until) do nothing"
)
DROP_VERSION = query(
    "delete from post_version where chat = :chat and message = :message and until = :until"
)
ERASE_VERSIONS = query("delete from post_version where chat = :chat and message = :message")
HAVING = query(
    "select chat, message from post_version where chat > :chat"
    " or (chat = :chat and message > :message) group by chat, message"
    " order by chat, message limit :limit",
    Placed,
)
