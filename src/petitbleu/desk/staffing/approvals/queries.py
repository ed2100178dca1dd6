"""SQL of ``second``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class SecondRow(NamedTuple):
    """A request that needs a second person. Times are Unix seconds, 0 for never."""

    id: int
    kind: str
    subject: str
    digest: bytes
    shown: str
    data: str
    first: str
    first_passkey: bytes | None
    verdict: str
    emergency: int
    asked_at: int
    expires_at: int
    state: int
    second: int
    second_passkey: bytes | None
    opened_at: int
    closed_at: int
    answer: str
    used_at: int


class Id(NamedTuple):
    """A number."""

    id: int


class Count(NamedTuple):
    """How many."""

    n: int


_ALL = (
    "id, kind, subject, digest, shown, data, first, first_passkey, verdict, emergency, asked_at,"
    " expires_at, state, second, second_passkey, opened_at, closed_at, answer, used_at"
)

INSERT = query(
    "insert into second (kind, subject, digest, shown, data, first, first_passkey, verdict,"
    " emergency, asked_at, expires_at) values (:kind, :subject, :digest, :shown, :data, :first,"
    " :first_passkey, :verdict, :emergency, :at, :expires_at) on conflict do nothing returning id",
    Id,
)
REQUEST = query(f"select {_ALL} from second where id = :id", SecondRow)
# Changes nothing and locks the row on PostgreSQL; on SQLite the writer is alone anyway.
LOCK = query(f"update second set asked_at = asked_at where id = :id returning {_ALL}", SecondRow)
OPEN_OF = query(
    f"select {_ALL} from second where kind = :kind and digest = :digest and state < 2", SecondRow
)
USABLE = query(
    f"select {_ALL} from second where kind = :kind and digest = :digest and used_at = 0"
    " order by id desc limit 1",
    SecondRow,
)
OPENED = query("update second set state = 1, second = :second, opened_at = :at where id = :id")
CLOSE = query(
    "update second set state = :state, second = :second, second_passkey = :passkey,"
    " closed_at = :at, answer = :answer where id = :id"
)
USE = query("update second set used_at = :at where id = :id and used_at = 0")
PENDING = query(
    f"select {_ALL} from second where state in (0, 1) and expires_at > :now"
    " order by state, expires_at limit :limit",
    SecondRow,
)
WAITING = query(
    "select count(*) as n from second where state in (0, 1) and expires_at > :now", Count
)
LATE = query(
    f"select {_ALL} from second where state in (0, 1) and expires_at <= :now"
    " order by expires_at limit :limit",
    SecondRow,
)
EXPIRE = query("update second set state = 4, closed_at = :at where id = :id and state < 2")
RECENT = query(f"select {_ALL} from second order by id desc limit :limit", SecondRow)
