"""SQL of holds."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class HoldRow(NamedTuple):
    """One hold. ``ended_at`` is None while it is in force."""

    id: int
    number: int
    release: int
    scope: str
    subject: int
    messages: bytes
    reason: str
    placed_by: str
    at: int
    until: int
    renewals: int
    sha: bytes
    ended_at: int | None
    ended_by: str
    ended_why: str


class Id(NamedTuple):
    """The id of a row."""

    id: int


_ROW = (
    "select id, number, release, scope, subject, messages, reason, placed_by, at, until, renewals,"
    " sha, ended_at, ended_by, ended_why from desk_hold"
)
INSERT = query(
    "insert into desk_hold"
    " (number, release, scope, subject, messages, reason, placed_by, at, until, sha) values"
    " (:number, :release, :scope, :subject, :messages, :reason, :by, :at, :until, :sha)"
    " returning id",
    Id,
)
LOCK = query(
    "update desk_hold set renewals = renewals where id = :id returning id, number, release, scope,"
    " subject, messages, reason, placed_by, at, until, renewals, sha, ended_at, ended_by,"
    " ended_why",
    HoldRow,
)
GET = query(f"{_ROW} where id = :id", HoldRow)
OF_CASE = query(f"{_ROW} where number = :number order by id", HoldRow)
IN_FORCE = query(
    f"{_ROW} where ended_at is null and until > :after order by until, id limit :limit", HoldRow
)
RENEW = query("update desk_hold set until = :until, renewals = renewals + 1 where id = :id")
END = query(
    "update desk_hold set ended_at = :at, ended_by = :by, ended_why = :why"
    " where id = :id and ended_at is null"
)
