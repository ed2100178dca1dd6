"""SQL of letters out."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class LetterRow(NamedTuple):
    """One letter out."""

    id: int
    number: int
    key: str
    purpose: str
    recipient: str
    language: str
    subject: str
    sha: bytes
    queued_at: int
    not_before: int
    tries: int
    state: str
    sent_at: int | None
    proof: str


class Id(NamedTuple):
    """The id of a row."""

    id: int


class Waiting(NamedTuple):
    """What has not left."""

    total: int
    oldest: int | None


_ROW = (
    "select id, number, key, purpose, recipient, language, subject, sha, queued_at, not_before,"
    " tries, state, sent_at, proof from desk_letter"
)
QUEUE = query(
    "insert into desk_letter"
    " (number, key, purpose, recipient, language, subject, sha, queued_at,"
    " not_before, next_at) values (:number, :key, :purpose, :recipient, :language, :subject, :sha,"
    " :at, :not_before, :not_before)"
    " on conflict (number, key) do nothing returning id",
    Id,
)
BY_KEY = query(f"{_ROW} where number = :number and key = :key", LetterRow)
GET = query(f"{_ROW} where id = :id", LetterRow)
OF_CASE = query(f"{_ROW} where number = :number order by id", LetterRow)
TRIED = query(
    "update desk_letter set tries = tries + 1, next_at = :next, proof = :proof where id = :id"
)
ENDED = query(
    "update desk_letter set tries = tries + 1, state = :state, sent_at = :at, proof = :proof"
    " where id = :id and state = 'queued'"
)
CAME_BACK = query(
    "update desk_letter set state = 'failed', proof = :proof where id = :id and state = 'sent'"
)
HOLD = query(
    "update desk_letter set not_before = :at, next_at = :at where id = :id and state = 'queued'"
)
WITHDRAW = query(
    "update desk_letter set state = 'withdrawn' where number = :number and key = :key"
    " and state = 'queued'"
)
WAITING = query(
    "select count(*), min(not_before) from desk_letter"
    " where state = 'queued' and not_before <= :now",
    Waiting,
)
