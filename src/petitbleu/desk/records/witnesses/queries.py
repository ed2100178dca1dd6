"""SQL of ``log_witness`` and ``log_cosignature``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class WitnessRow(NamedTuple):
    """What a witness has done: ``size`` of the newest head that it has signed, 0 for none;
    ``disputed``: it says that the log is not the one it has signed; ``since``: when it was asked
    first.
    """

    name: str
    size: int
    at: int
    problem: str
    disputed: int
    since: int


class When(NamedTuple):
    """A moment; None: never."""

    at: int | None


WITNESSES = query(
    "select name, size, at, problem, disputed, since from log_witness where origin = :origin",
    WitnessRow,
)
SIGNED = query(
    "insert into log_witness (origin, name, size, at, problem, disputed, since)"
    " values (:origin, :name, :size, :at, '', 0, :now)"
    " on conflict (origin, name) do update set size = excluded.size, at = excluded.at,"
    " problem = '', disputed = 0"
)
FAILED = query(
    "insert into log_witness (origin, name, size, at, problem, disputed, since)"
    " values (:origin, :name, 0, 0, :problem, :disputed, :now)"
    " on conflict (origin, name) do update set problem = excluded.problem,"
    " disputed = excluded.disputed"
)
KEEP = query(
    "insert into log_cosignature (size, name, at, line) values (:size, :name, :at, :line)"
    " on conflict (size, name) do update set at = excluded.at, line = excluded.line"
)
UNSIGNED_SINCE = query("select min(at) as at from audit_signed where size > :size", When)
