"""SQL of alarms, their notices and push subscriptions."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class AlertRow(NamedTuple):
    """One rung that rang."""

    id: int
    number: int
    step: str
    clock: str
    what: str
    urgency: int
    level: int
    due: int | None
    raised_at: int
    next_at: int | None
    heard_at: int | None
    heard_by: str
    ended_at: int | None


class NoticeRow(NamedTuple):
    """A notice that waits, with what it is about."""

    id: int
    alert: int
    way: str
    recipient: str
    language: str
    pooled: int
    next_at: int
    tries: int
    made_at: int
    number: int
    clock: str
    what: str
    urgency: int
    level: int
    due: int | None
    over: int
    """1: somebody acknowledged it, or it has ended."""
    kind: str
    """Of the case; empty for alarms of the desk itself."""
    counted: int
    """For how many messages that tell of danger the alarm of the case stands; 0: of none."""


class Sent(NamedTuple):
    """How many notices somebody got lately."""

    recipient: str
    total: int


class Total(NamedTuple):
    """How many."""

    total: int


class DeskRow(NamedTuple):
    """All open cases in numbers (``watch.Figures``)."""

    open: int
    unread: int
    oldest_unread: int | None
    without_owner: int
    due_soon: int
    late: int
    oldest_late: int | None
    running: int
    oldest_running: int | None


class Arrived(NamedTuple):
    """How many cases of a kind arrived."""

    kind: str
    total: int


class Look(NamedTuple):
    """How long a case waited for the first look; None: still waits."""

    received_at: int
    looked_at: int | None


class Fate(NamedTuple):
    """What became of a notice."""

    way: str
    recipient: str
    state: str
    proof: str


class PushRow(NamedTuple):
    """A subscription of a browser."""

    id: int
    staff: int
    endpoint: str
    p256dh: bytes
    auth: bytes


class Figures(NamedTuple):
    """Alarms of a period: raised, acknowledged."""

    raised: int
    heard: int


class Id(NamedTuple):
    """A new row's number."""

    id: int


class When(NamedTuple):
    """A moment, None where there is none."""

    at: int | None


_ALERT = (
    "select id, number, step, clock, what, urgency, level, due, raised_at, next_at, heard_at,"
    " heard_by, ended_at from desk_alert"
)
OF_CASE = query(f"{_ALERT} where number = :number order by id", AlertRow)
OPEN = query(
    f"{_ALERT} where heard_at is null and ended_at is null order by number, id limit :limit",
    AlertRow,
)
BY_STEP = query(f"{_ALERT} where number = :number and step = :step", AlertRow)
RAISE = query(
    "insert into desk_alert (number, step, clock, what, urgency, level, due, raised_at, next_at,"
    " ended_at) values (:number, :step, :clock, :what, :urgency, :level, :due, :at, :next_at,"
    " :ended_at) on conflict (number, step) do nothing returning id",
    Id,
)
CLIMB = query("update desk_alert set level = :level, next_at = :next_at where id = :id")
HEAR = query(
    "update desk_alert set heard_at = :at, heard_by = :by, next_at = null"
    " where number = :number and heard_at is null and ended_at is null"
)
END = query("update desk_alert set ended_at = :at, next_at = null where id = :id")
REOPEN = query(
    "update desk_alert set ended_at = null, heard_at = null, heard_by = '', raised_at = :at,"
    " what = :what, next_at = :next_at, level = :level where id = :id"
)
FIGURES = query(
    "select count(*), coalesce(sum(case when heard_at is not null then 1 else 0 end), 0)"
    " from desk_alert where raised_at >= :since and raised_at < :until",
    Figures,
)
SUPERSEDE = query(
    "update desk_alert set next_at = null where number = :number and level <= :level"
    " and id <> :id and next_at is not null"
)
DROP_NOTICES = query("delete from desk_notice where alert = :alert")
PRUNE_NOTICES = query("delete from desk_notice where ended_at < :before")

NOTE = query(
    "insert into desk_notice (alert, level, way, recipient, language, pooled, next_at)"
    " values (:alert, :level, :way, :recipient, :language, :pooled, :next_at)"
    " on conflict (alert, level, way, recipient) do nothing"
)
WAITING = query(
    "select n.id, n.alert, n.way, n.recipient, n.language, n.pooled, n.next_at, n.tries,"
    " a.raised_at, a.number, a.clock, a.what, a.urgency, n.level, a.due,"
    " case when a.heard_at is null and a.ended_at is null then 0 else 1 end,"
    " coalesce(c.kind, ''), coalesce(d.counted, 0)"
    " from desk_notice n join desk_alert a on a.id = n.alert"
    " left join desk_case c on c.number = a.number"
    " left join desk_danger d on d.number = a.number and d.lead = d.number"
    " where n.state = 'queued' and n.next_at <= :now order by n.next_at, n.id limit :limit",
    NoticeRow,
)
CLAIM = query(
    "update desk_notice set next_at = :until where id in (:ids) and state = 'queued'"
    " and next_at <= :now returning id",
    Id,
)
"""Of what waits, what one of several workers is going to send; the others leave it alone until
then."""
NEXT = query("select coalesce(min(next_at), 0) from desk_notice where state = 'queued'", Total)
LATELY = query(
    "select recipient, count(*) from desk_notice where state = 'sent' and way = 'mail'"
    " and recipient in (:recipients) and ended_at > :since group by recipient",
    Sent,
)
ENDED = query(
    "update desk_notice set state = :state, ended_at = :at, proof = :proof"
    " where id in (:ids) and state = 'queued'"
)
TRIED = query(
    "update desk_notice set tries = tries + 1, next_at = :next_at, proof = :proof"
    " where id in (:ids) and state = 'queued'"
)
OF_ALERT = query(
    "select way, recipient, state, proof from desk_notice where alert = :alert order by id", Fate
)

_PUSH = "select id, staff, endpoint, p256dh, auth from desk_push"
SUBSCRIBE = query(
    "insert into desk_push (staff, endpoint, p256dh, auth, made_at)"
    " values (:staff, :endpoint, :p256dh, :auth, :at) on conflict (endpoint)"
    " do update set staff = excluded.staff, p256dh = excluded.p256dh, auth = excluded.auth"
)
UNSUBSCRIBE = query("delete from desk_push where staff = :staff and endpoint = :endpoint")
FORGET = query("delete from desk_push where id = :id")
SUBSCRIPTION = query(f"{_PUSH} where id = :id", PushRow)
SUBSCRIPTIONS = query(f"{_PUSH} where staff in (:staff) order by id", PushRow)

DESK = query(
    "select count(*), coalesce(sum(case when looked_at is null then 1 else 0 end), 0),"
    " min(case when looked_at is null then received_at end),"
    " coalesce(sum(case when owner = 0 then 1 else 0 end), 0),"
    " coalesce(sum(case when due >= :now and due < :soon then 1 else 0 end), 0),"
    " coalesce(sum(case when due < :now then 1 else 0 end), 0),"
    " min(case when due < :now then due end),"
    " coalesce(sum(case when due is null then 0 else 1 end), 0),"
    " min(case when due is null then null else received_at end)"
    " from desk_case where open = 1",
    DeskRow,
)
RINGING = query(
    "select count(*) from desk_alert where heard_at is null and ended_at is null", Total
)
ARRIVED = query(
    "select kind, count(*) from desk_case where opened_at >= :since and opened_at < :until"
    " group by kind order by kind",
    Arrived,
)
LOOKS = query(
    "select received_at, looked_at from desk_case where opened_at >= :since and opened_at < :until",
    Look,
)

MARKED = query("select at from desk_mark where name = :name", When)
MARK = query("insert into desk_mark (name, at) values (:name, :at) on conflict (name) do nothing")
PRUNE_MARKS = query("delete from desk_mark where at < :before and name <> 'begun'")
