"""SQL of ``desk_concern``: whom which case concerns."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Concern(NamedTuple):
    """A case that concerns a person, and as whom."""

    number: int
    role: str
    at: int


CONCERNS = query(
    "insert into desk_concern (person, number, role, at) values (:person, :number, :role, :at)"
    " on conflict (person, number, role) do nothing"
)
CASES_OF = query(
    "select number, role, at from desk_concern where person in (:persons)"
    " order by at desc, number desc limit :limit",
    Concern,
)
ROLES = query(
    "select number, role, at from desk_concern where person in (:persons) and number = :number",
    Concern,
)
