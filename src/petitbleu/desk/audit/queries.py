"""SQL of the log."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


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


BEGIN = query(
    "insert into audit_head (id, size, chain) values (1, 0, :chain) on conflict (id) do nothing"
)
NEXT = query("update audit_head set size = size + 1 where id = 1 returning size, chain", Head)
ADVANCE = query("update audit_head set chain = :chain where id = 1")
HEAD = query("select size, chain from audit_head where id = 1", Head)
APPEND = query(
    "insert into audit (n, at, actor, action, subject, data, chain)"
    " values (:n, :at, :actor, :action, :subject, :data, :chain)"
)
_ENTRY = "select n, at, actor, action, subject, data, chain from audit"
RANGE = query(f"{_ENTRY} where n >= :first order by n limit :limit", Entry)
OF_SUBJECT = query(
    f"{_ENTRY} where subject = :subject and n < :before order by n desc limit :limit", Entry
)
