"""SQL of ``eu_statement``: statements of reasons on their way to the EU database."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class EuRow(NamedTuple):
    """One statement. Times are Unix seconds; ``payload`` is JSON as it is sent."""

    puid: str
    number: int
    at: int
    not_before: int
    payload: str
    state: str
    tries: int
    next_try: int
    answer: str
    uuid: str
    permalink: str
    sent_at: int | None
    exported_at: int | None


class Waiting(NamedTuple):
    """What has not been taken yet."""

    statements: int
    oldest: int | None


class Count(NamedTuple):
    """How many."""

    statements: int


_ROW = (
    "select puid, number, at, not_before, payload, state, tries, next_try, answer, uuid, permalink,"
    " sent_at, exported_at from eu_statement"
)
INSERT = query(
    "insert into eu_statement (puid, number, at, not_before, payload, next_try)"
    " values (:puid, :number, :at, :not_before, :payload, :not_before)"
    " on conflict (puid) do nothing"
)
GET = query(f"{_ROW} where puid = :puid", EuRow)
OF_DECISION = query(f"{_ROW} where number = :number order by puid", EuRow)
READY = query(
    f"{_ROW} where state = 'queued' and next_try <= :now order by next_try, puid limit :limit",
    EuRow,
)
PAGE = query(
    f"{_ROW} where (at > :at or (at = :at and puid > :puid)) and state <> 'withdrawn'"
    " and (:state = '' or state = :state) order by at, puid limit :limit",
    EuRow,
)
SENT = query(
    "update eu_statement set state = 'sent', tries = tries + 1, answer = :answer, uuid = :uuid,"
    " permalink = :permalink, sent_at = :at where puid = :puid and state = 'queued'"
)
HOLD = query(
    "update eu_statement set not_before = :at, next_try = :at where puid = :puid"
    " and state = 'queued'"
)
LATER = query(
    "update eu_statement set tries = tries + 1, next_try = :next_try, answer = :answer"
    " where puid = :puid and state = 'queued'"
)
REFUSED = query(
    "update eu_statement set state = 'refused', tries = tries + 1, answer = :answer"
    " where puid = :puid and state = 'queued'"
)
AGAIN = query(
    "update eu_statement set state = 'queued', next_try = :at where puid = :puid"
    " and state = 'refused'"
)
WITHDRAW = query(
    "update eu_statement set state = 'withdrawn' where number = :number and state = 'queued'"
    " and tries = 0 and exported_at is null"
)
EXPORTED = query("update eu_statement set exported_at = :at where puid in (:puids)")
WAITING = query(
    "select count(*), min(not_before) from eu_statement where state = 'queued'"
    " and not_before <= :now",
    Waiting,
)
QUARANTINED = query("select count(*) from eu_statement where state = 'refused'", Count)
