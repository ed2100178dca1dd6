"""SQL of ``desk_reader`` and ``desk_reveal``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Reader(NamedTuple):
    """``avoids``: categories with commas between."""

    avoids: str


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
