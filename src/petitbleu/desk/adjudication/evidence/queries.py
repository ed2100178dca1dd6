"""SQL of ``desk_reader`` and ``desk_reveal``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Reader(NamedTuple):
    """``avoids``: categories with commas between."""

    avoids: str


class Hours(NamedTuple):
    """When a shift began and ends; 0: not in service."""

    shift_from: int
    shift_until: int


class Sum(NamedTuple):
    """Looks of one person at one category."""

    category: str
    looks: int


class Opened(NamedTuple):
    """A picture that was opened."""

    category: str
    looks: int


# Changes nothing where the row is there, and locks it on PostgreSQL.
LOCK_READER = query(
    "insert into desk_reader (staff) values (:staff)"
    " on conflict (staff) do update set staff = excluded.staff returning avoids",
    Reader,
)
READER = query("select avoids from desk_reader where staff = :staff", Reader)
SET_AVOIDS = query(
    "insert into desk_reader (staff, avoids) values (:staff, :avoids)"
    " on conflict (staff) do update set avoids = excluded.avoids"
)
SHIFT = query("select shift_from, shift_until from desk_reader where staff = :staff", Hours)
SET_SHIFT = query(
    "insert into desk_reader (staff, shift_from, shift_until) values (:staff, :begins, :ends)"
    " on conflict (staff) do update set shift_from = excluded.shift_from,"
    " shift_until = excluded.shift_until"
)
ANEW = query(
    "update desk_reader set shift_from = :begins, shift_until = :ends where staff = :staff"
    " and shift_from > 0 and shift_until <= :begins"
)
SUMS = query(
    "select category, cast(sum(case when looks > 1 then looks else 1 end) as bigint) as looks"
    " from desk_reveal where staff = :staff and at > :after group by category order by category",
    Sum,
)
OPEN = query(
    "insert into desk_reveal (digest, staff, at, category, number, copy, place)"
    " values (:digest, :staff, :at, :category, :number, :copy, :place)"
)
_SAME = (
    "digest = :digest and staff = :staff and number = :number and copy = :copy and place = :place"
    " and at > :after"
)
FETCH = query(f"update desk_reveal set fetched_at = :at where {_SAME} and fetched_at = 0")
PLAYED = query(
    "update desk_reveal set fetched_at = case when fetched_at = 0 then :at else fetched_at end"
    f" where {_SAME}"
)
LOOK = query(
    f"update desk_reveal set looks = looks + 1 where {_SAME} and fetched_at > 0"
    " returning category, looks",
    Opened,
)
FORGET = query("delete from desk_reveal where digest = :digest")
PRUNE = query("delete from desk_reveal where at <= :before")
