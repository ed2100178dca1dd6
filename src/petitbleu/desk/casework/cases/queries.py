"""SQL of cases, their events and the names under which they are found."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import either, query


class Folded(NamedTuple):
    """The whole state, msgpack."""

    folded: bytes


class EventRow(NamedTuple):
    """One event; ``data`` is msgpack."""

    number: int
    seq: int
    at: int
    actor: str
    kind: str
    data: bytes


class Brief(NamedTuple):
    """A case as lists show it."""

    number: int
    opened_at: int
    received_at: int
    changed_at: int
    kind: str
    urgency: int
    state: str
    owner: int
    channel: str
    sender: str
    authority: str
    reference: str
    language: str
    category: str
    title: str
    target: int
    item: int
    reports: int
    looked_at: int | None
    due: int | None
    due_clock: str
    closed_at: int | None
    ending: str
    queue: int


class Number(NamedTuple):
    """A case number."""

    number: int


class Count(NamedTuple):
    """How many."""

    total: int


_COLUMNS = (
    "number, seq, opened_at, received_at, changed_at, kind, urgency, state, open, owner, channel,"
    " sender, authority, reference, language, category, title, target, item, reports, looked_at,"
    " due, due_clock, closed_at, ending, words, queue"
)
CREATE = query(
    f"insert into desk_case ({_COLUMNS})"
    f" values ({', '.join(f':{name}' for name in _COLUMNS.split(', '))})"
)
KEEP = query("insert into desk_state (number, folded) values (:number, :folded)")
LOCK = either(
    sqlite="select folded from desk_state where number = :number",
    postgres="update desk_state set number = number where number = :number returning folded",
    row=Folded,
)
"""For whoever adds to it: on PostgreSQL the others wait, on SQLite nobody else writes meanwhile."""
GET = query("select folded from desk_state where number = :number", Folded)
PROJECT = query(
    "update desk_case set seq = :seq, opened_at = :opened_at, received_at = :received_at,"
    " changed_at = :changed_at, kind = :kind, urgency = :urgency, state = :state, open = :open,"
    " owner = :owner, channel = :channel, sender = :sender, authority = :authority,"
    " reference = :reference, language = :language, category = :category, title = :title,"
    " target = :target, item = :item, reports = :reports, looked_at = :looked_at, due = :due,"
    " due_clock = :due_clock, closed_at = :closed_at, ending = :ending, words = :words,"
    " queue = :queue"
    " where number = :number"
)
FOLD = query("update desk_state set folded = :folded where number = :number")
APPEND = query(
    "insert into desk_event (number, seq, at, actor, kind, data)"
    " values (:number, :seq, :at, :actor, :kind, :data)"
)
EVENTS = query(
    "select number, seq, at, actor, kind, data from desk_event where number = :number order by seq",
    EventRow,
)
NAME = query(
    "insert into desk_key (name, number) values (:name, :number) on conflict (name) do nothing"
)
NAMED = query("select number from desk_key where name = :name", Number)

BRIEF = (
    "select number, opened_at, received_at, changed_at, kind, urgency, state, owner, channel,"
    " sender, authority, reference, language, category, title, target, item, reports, looked_at,"
    " due, due_clock, closed_at, ending, queue from desk_case"
)
OF_TARGET = query(
    f"{BRIEF} where target = :target and item = :item and target <> 0 order by number", Brief
)


class Received(NamedTuple):
    """A case as it is, with where a page of a period goes on."""

    number: int
    received_at: int
    folded: bytes


RECEIVED = query(
    "select c.number, c.received_at, s.folded from desk_case c"
    " join desk_state s on s.number = c.number where c.kind = :kind"
    " and c.received_at >= :first and c.received_at < :last"
    " and (c.received_at > :at or (c.received_at = :at and c.number > :number))"
    " order by c.received_at, c.number limit :limit",
    Received,
)
_NEWEST = "order by number desc limit :limit"
OF_REFERENCE = query(f"{BRIEF} where reference = :reference and reference <> '' {_NEWEST}", Brief)
OF_PLACE = query(f"{BRIEF} where target = :target and target <> 0 {_NEWEST}", Brief)
OF_SENDER = query(f"{BRIEF} where sender = :sender and sender <> '' {_NEWEST}", Brief)
RENAME = query("update desk_key set number = :into where number = :number")
