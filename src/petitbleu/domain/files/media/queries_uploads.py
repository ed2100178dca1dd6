"""SQL of ``upload`` and ``upload_part``: unfinished uploads of a server with several workers."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class UploadRow(NamedTuple):
    """What is known of an upload (``blobs/shape.py``)."""

    part_size: int
    total: int
    last: int
    last_size: int
    parts: int
    highest: int
    received: int
    purpose: str
    made: int


class PartRow(NamedTuple):
    """A part that has come."""

    part: int
    size: int
    md5: bytes


class Key(NamedTuple):
    """Which upload."""

    account: int
    file_id: int


class Bytes(NamedTuple):
    """A number of bytes."""

    bytes: int


class Count(NamedTuple):
    """How many."""

    n: int


_COLUMNS = "part_size, total, last, last_size, parts, highest, received, purpose, made"

ONE = query(
    f"select {_COLUMNS} from upload where account = :account and file_id = :file_id", UploadRow
)
# Holds the row until the transaction ends, whether it was there or not.
BEGIN = query(
    "insert into upload (account, file_id, at) values (:account, :file_id, :at)"
    f" on conflict (account, file_id) do update set at = excluded.at returning {_COLUMNS}",
    UploadRow,
)
NOTE = query(
    "update upload set part_size = :part_size, total = :total, last = :last,"
    " last_size = :last_size, parts = :parts, highest = :highest, received = :received"
    " where account = :account and file_id = :file_id"
)
PART = query(
    "select part, size, md5 from upload_part"
    " where account = :account and file_id = :file_id and part = :part",
    PartRow,
)
PARTS = query(
    "select part, size, md5 from upload_part where account = :account and file_id = :file_id"
    " order by part",
    PartRow,
)
PARTS_BETWEEN = query(
    "select part, size, md5 from upload_part"
    " where account = :account and file_id = :file_id and part between :first and :last",
    PartRow,
)
NOTE_PART = query(
    "insert into upload_part (account, file_id, part, size, md5)"
    " values (:account, :file_id, :part, :size, :md5)"
    " on conflict (account, file_id, part) do update set size = excluded.size, md5 = excluded.md5"
)
CLAIM = query(
    "update upload set claim = :claim, until = :until where account = :account"
    " and file_id = :file_id and (claim in (0, :claim) or until < :now)"
)
LET_GO = query(
    "update upload set claim = 0, until = 0"
    " where account = :account and file_id = :file_id and claim = :claim"
)
MADE = query(
    "update upload set purpose = :purpose, made = :made, received = 0, parts = 0, highest = -1,"
    " part_size = 0, total = -1, last = -1, last_size = 0"
    " where account = :account and file_id = :file_id"
)
DROP = query("delete from upload where account = :account and file_id = :file_id")
DROP_PARTS = query("delete from upload_part where account = :account and file_id = :file_id")
HELD = query(
    "select cast(coalesce(sum(received), 0) as bigint) as bytes from upload"
    " where account = :account",
    Bytes,
)
UNFINISHED = query(
    "select count(*) as n from upload where account = :account and received > 0", Count
)
OF_ACCOUNT = query(
    "select account, file_id from upload where account = :account order by file_id limit :limit",
    Key,
)
STALE = query(
    "select account, file_id from upload where at < :before order by at limit :limit", Key
)
