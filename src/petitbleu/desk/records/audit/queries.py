"""SQL of the log."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import either, query


class Head(NamedTuple):
    """How long the log is, and the hash of its newest entry."""

    size: int
    chain: bytes


class Entry(NamedTuple):
    """One line of the log."""

    n: int
    at: int
    actor: str
    action: str
    subject: str
    data: bytes
    chain: bytes


class SignedHead(NamedTuple):
    """A signed head of the tree over the first ``size`` lines. ``edge``: see ``merkle.Edge``."""

    size: int
    at: int
    root: bytes
    edge: bytes
    note: str


BEGIN = query(
    "insert into audit_head (id, size, chain) values (1, 0, :chain) on conflict (id) do nothing"
)
LOCK = either(
    sqlite="select size, chain from audit_head where id = 1",
    postgres="update audit_head set size = size where id = 1 returning size, chain",
    row=Head,
)
"""The end of the log, for whoever writes the next line: on PostgreSQL the others wait for it, on
SQLite nobody else writes meanwhile."""
ADVANCE = query("update audit_head set size = :size, chain = :chain where id = 1")
HEAD = query("select size, chain from audit_head where id = 1", Head)
APPEND = query(
    "insert into audit (n, at, actor, action, subject, data, chain)"
    " values (:n, :at, :actor, :action, :subject, :data, :chain)"
)
ENTRY = "select n, at, actor, action, subject, data, chain from audit"
RANGE = query(f"{ENTRY} where n >= :first order by n limit :limit", Entry)
OF_SUBJECT = query(
    f"{ENTRY} where subject = :subject and n < :before order by n desc limit :limit", Entry
)


class HoldRow(NamedTuple):
    """The desk stands still, since ``at``; ``said`` is JSON."""

    at: int
    why: str
    said: str
    first: str
    reason: str


class Value(NamedTuple):
    """A setting."""

    value: bytes


OPEN_HOLD = query(
    "select at, why, said, first, reason from log_hold where ended_at is null"
    " order by at desc limit 1",
    HoldRow,
)
HOLD = query(
    "insert into log_hold (at, why, said) values (:at, :why, :said) on conflict (at) do nothing"
)
HOLD_FIRST = query(
    "update log_hold set first = :first, reason = :reason, first_at = :now where at = :at"
)
HOLD_END = query("update log_hold set second = :second, ended_at = :now where at = :at")

_SIGNED = "select size, at, root, edge, note from audit_signed"
NEWEST_SIGNED = query(f"{_SIGNED} order by size desc limit 1", SignedHead)
SIGNED = query(f"{_SIGNED} where size < :before order by size desc limit :limit", SignedHead)
SIGNED_AT = query(f"{_SIGNED} where size = :size", SignedHead)
KEEP_SIGNED = query(
    "insert into audit_signed (size, at, root, edge, note)"
    " values (:size, :at, :root, :edge, :note) on conflict (size) do nothing"
)


class CosignatureRow(NamedTuple):
    """A line of a witness under the head of ``size`` lines."""

    size: int
    name: str
    at: int
    line: str


COSIGNATURES = query(
    "select size, name, at, line from log_cosignature where size between :first and :last"
    " order by size, name",
    CosignatureRow,
)
