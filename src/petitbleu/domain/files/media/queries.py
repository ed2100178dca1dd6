"""SQL of ``blob``, ``media``, ``media_file``, ``media_use``, ``media_closed`` and ``storage_use``.

Whether a message still uses a photo or document is asked of ``body`` through the index
``body_media``, which is this room's.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class MediaRow(NamedTuple):
    """A photo (kind 0) or document (1). ``data`` is the list of ``stored.py``."""

    id: int
    kind: int
    owner: int
    access_hash: int
    date: int
    size: int
    sha: bytes
    data: bytes


class FileRow(NamedTuple):
    """One file of a photo or document, with what a download needs to know of it."""

    kind: int
    access_hash: int
    date: int
    sha: bytes
    gen: int
    size: int


class BlobRow(NamedTuple):
    """A content that is to be looked at. ``check_at`` 0: nobody waits for it to be used again."""

    sha: bytes
    gen: int
    size: int
    state: int
    check_at: int


class Gen(NamedTuple):
    """The generation of a content."""

    gen: int


class Due(NamedTuple):
    """A photo or document to look at."""

    id: int
    owner: int
    size: int


class Id(NamedTuple):
    """An id."""

    id: int


class Carried(NamedTuple):
    """What a message carries."""

    author: int
    media: bytes | None


class Sha(NamedTuple):
    """The name of a content."""

    sha: bytes


class Bytes(NamedTuple):
    """A number of bytes."""

    bytes: int


class Closed(NamedTuple):
    """A measure that closes a file; Unix seconds, 0: until it is lifted."""

    countries: str
    until: int


_COLUMNS = "id, kind, owner, access_hash, date, size, sha, data"

ONE = query(f"select {_COLUMNS} from media where id = :id", MediaRow)
MINE = query(
    f"select {_COLUMNS} from media where owner = :owner and sha = :sha and kind = 1"
    " order by id desc limit 20",
    MediaRow,
)
FILE = query(
    "select m.kind, m.access_hash, m.date, f.sha, b.gen, f.size from media_file f"
    " join media m on m.id = f.media join blob b on b.sha = f.sha"
    " where f.media = :media and f.label = :label",
    FileRow,
)
INSERT = query(
    "insert into media (id, kind, owner, access_hash, date, size, sha, data, check_at)"
    " values (:id, :kind, :owner, :access_hash, :date, :size, :sha, :data, :check_at)"
)
INSERT_FILE = query(
    "insert into media_file (media, label, sha, size) values (:media, :label, :sha, :size)"
)

# ── blobs ───────────────────────────────────────────────────────────────────────────────────────

NOTE_BLOB = query(
    "insert into blob (sha, size, check_at) values (:sha, :size, :check_at)"
    " on conflict (sha) do nothing"
)
# Who keeps a content that is going takes the next generation: the last one is being erased.
KEEP_BLOB = query(
    "update blob set gen = gen + (case when state = 1 then 1 else 0 end), state = 0,"
    " check_at = :check_at where sha = :sha returning gen",
    Gen,
)
USE_BLOB = query("update blob set check_at = null where sha = :sha and gen = :gen and state = 0")
IN_USE_BLOB = query("update blob set check_at = null, state = 0 where sha = :sha and state <> 1")
# Who has just kept it has a day's time to use it.
CHECK_BLOB = query(
    "update blob set check_at = greatest(coalesce(check_at, 0), :at) where sha = :sha"
)
CHECK_BLOB_AT_ONCE = query("update blob set check_at = 0 where sha = :sha")
DUE_BLOBS = query(
    "select sha, gen, size, state, check_at from blob where check_at <= :now"
    " order by check_at limit :limit",
    BlobRow,
)
KEPT_BLOB = query("select gen from blob where sha = :sha and state <> 1", Gen)
BLOB_USER = query("select media as id from media_file where sha = :sha limit 1", Id)
LEAVE_BLOB = query(
    "update blob set state = 2, check_at = :at"
    " where sha = :sha and gen = :gen and state = 0 and check_at <= :now"
)
END_BLOB = query(
    "update blob set state = 1"
    " where sha = :sha and gen = :gen and state = :state and check_at <= :now"
)
DROP_BLOB = query("delete from blob where sha = :sha and gen = :gen and state = 1")

# ── who uses what ───────────────────────────────────────────────────────────────────────────────

HOLD = query(
    "insert into media_use (media, holder, key) values (:media, :holder, :key)"
    " on conflict do nothing"
)
RELEASE = query("delete from media_use where media = :media and holder = :holder and key = :key")
HELD_BY = query(
    "select media as id from media_use where media = :media and holder = :holder and key = :key", Id
)
HELD = query("select media as id from media_use where media = :media limit 1", Id)
SHOWN = query(
    "select id from body where substr(media, 1, 8) = :key and media is not null limit 1", Id
)
IN_BOX = query(
    "select x.id from box x join body b on b.author = x.author and b.id = x.body"
    " where x.owner = :owner and x.id = :id and substr(b.media, 1, 8) = :key",
    Id,
)
CARRIED = query(
    "select b.author, b.media from box x join body b on b.author = x.author and b.id = x.body"
    " where x.owner = :owner and x.id = :id",
    Carried,
)
CHECK = query("update media set check_at = :at where id = :id")
IN_USE = query("update media set check_at = null where id = :id")
NEW = query(
    "select id from media where owner = :owner and check_at is not null and date > :since", Id
)
STILL_IN_USE = query(
    "update media set check_at = null where id = :id and (exists"
    " (select 1 from body where substr(media, 1, 8) = :key and media is not null)"
    " or exists (select 1 from media_use u where u.media = :id))"
)
DUE = query(
    "select id, owner, size from media where check_at <= :now order by check_at limit :limit", Due
)
# What a measure closed, and what was a deleted account's, is gone at once.
AT_ONCE = query(
    "select media as id from media_closed where media = :media"
    " union all select id from account where id = :owner and deleted_at is not null limit 1",
    Id,
)
DROP = query("delete from media where id = :id", stamps=(("files", "id"),))
DROP_FILES = query(
    "delete from media_file where media = :media returning sha", Sha, stamps=(("files", "media"),)
)

# ── measures ────────────────────────────────────────────────────────────────────────────────────

CLOSED = query("select countries, until from media_closed where media = :media", Closed)
CLOSE = query(
    "insert into media_closed (media, measure, countries, until)"
    " values (:media, :measure, :countries, :until) on conflict do nothing",
    stamps=(("closed", "media"),),
)
OPEN = query("delete from media_closed where measure = :measure", stamps=(("closed",),))

# ── quota ───────────────────────────────────────────────────────────────────────────────────────

USED = query("select bytes from storage_use where account = :account", Bytes)
ADD_USE = query(
    "insert into storage_use (account, bytes) values (:account, :bytes)"
    " on conflict (account) do update set bytes = storage_use.bytes + excluded.bytes"
    " returning bytes",
    Bytes,
)
