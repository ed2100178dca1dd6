"""SQL of ``mark``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Mark(NamedTuple):
    """What one measure changes of one message, person or chat. Times are Unix seconds."""

    owner: int
    """Whose message; the person, group or channel itself where ``id`` is 0."""
    id: int
    measure: int
    kind: int
    """1 withheld, 2 labelled, 3 frozen, 4 suspended."""
    countries: str
    """ISO 3166 codes, commas between; empty: everywhere."""
    label: str
    shown: str
    """What clients show in its place."""
    since: int
    until: int
    """When it ends; 0: never by itself."""


class Owner(NamedTuple):
    """Somebody with marks."""

    owner: int


_COLUMNS = "owner, id, measure, kind, countries, label, shown, since, until"

OWNERS = query("select distinct owner from mark", Owner)
OF_OWNERS = query(
    f"select {_COLUMNS} from mark where owner in (:owners) order by owner, id, measure", Mark
)
OF_MEASURE = query(f"select {_COLUMNS} from mark where measure = :measure order by owner, id", Mark)
PUT = query(
    f"insert into mark ({_COLUMNS}) values (:owner, :id, :measure, :kind, :countries, :label,"
    " :shown, :since, :until)",
    stamps=(("marks", "owner"), ("standings", "owner"), ("accounts", "owner")),
)
REWORD = query(
    "update mark set shown = :shown where measure = :measure",
    stamps=(("marks",), ("standings",), ("accounts",)),
)
DROP = query(
    "delete from mark where measure = :measure", stamps=(("marks",), ("standings",), ("accounts",))
)
