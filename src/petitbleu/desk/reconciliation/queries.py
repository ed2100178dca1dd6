"""SQL of comparing the log with cases and the vault. All in order of the key, a page at a time."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class CaseRow(NamedTuple):
    """What lists show of a case, and its whole state (None: it is gone)."""

    number: int
    seq: int
    opened_at: int
    received_at: int
    kind: str
    urgency: int
    state: str
    open: int
    owner: int
    channel: str
    sender: str
    reference: str
    category: str
    target: int
    item: int
    reports: int
    closed_at: int | None
    ending: str
    folded: bytes | None


class EventRow(NamedTuple):
    """One event; ``data`` is msgpack."""

    number: int
    seq: int
    at: int
    actor: str
    kind: str
    data: bytes


class StateRow(NamedTuple):
    """The state of a case that lists do not show."""

    number: int


class PieceRow(NamedTuple):
    """A piece of the vault."""

    sha: bytes
    size: int
    sealed: bytes


class SizeRow(NamedTuple):
    """How large a piece is."""

    sha: bytes
    size: int


class WaitingRow(NamedTuple):
    """A letter that is stored and not filed."""

    id: int
    sha: bytes


WAITING = query(
    "select id, sha from desk_inbound where state = 'stored' order by id limit 100000", WaitingRow
)
CASES = query(
    "select c.number, c.seq, c.opened_at, c.received_at, c.kind, c.urgency, c.state, c.open,"
    " c.owner, c.channel, c.sender, c.reference, c.category, c.target, c.item, c.reports,"
    " c.closed_at, c.ending, s.folded"
    " from desk_case c left join desk_state s on s.number = c.number"
    " where c.number > :after order by c.number limit :limit",
    CaseRow,
)
STATES = query(
    "select number from desk_state where number > :after order by number limit :limit", StateRow
)
EVENTS = query(
    "select number, seq, at, actor, kind, data from desk_event"
    " where (number, seq) > (:number, :seq) and number <= :last"
    " order by number, seq limit :limit",
    EventRow,
)
SIZES = query("select sha, size from vault where sha > :after order by sha limit :limit", SizeRow)
PIECES = query(
    "select sha, size, sealed from vault where sha >= :first and sha <= :last order by sha",
    PieceRow,
)


class CheckRow(NamedTuple):
    """What a comparison found; ``problems`` 0: everything fits."""

    at: int
    lines: int
    older: int
    problems: int
    said: str
    seconds: int


KEEP = query(
    "insert into log_check (at, lines, older, problems, said, seconds)"
    " values (:at, :lines, :older, :problems, :said, :seconds)"
    " on conflict (at) do update set lines = excluded.lines, older = excluded.older,"
    " problems = excluded.problems, said = excluded.said, seconds = excluded.seconds"
)
NEWEST = query(
    "select at, lines, older, problems, said, seconds from log_check order by at desc limit 1",
    CheckRow,
)
PRUNE = query("delete from log_check where at < :before")
