"""SQL of rules and named queues."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class RuleRow(NamedTuple):
    """A rule; ``conditions`` is msgpack."""

    id: int
    place: int
    name: str
    active: int
    conditions: bytes
    queue: int
    owner: int
    urgency: int | None
    changed_at: int
    changed_by: str


class QueueRow(NamedTuple):
    """A named queue; ``members`` with commas between."""

    id: int
    name: str
    members: str
    made_at: int
    made_by: str


class Held(NamedTuple):
    """A kind of which a queue holds open cases, and one of them."""

    kind: str
    number: int


class Id(NamedTuple):
    """A number."""

    id: int


_RULE = (
    "select id, place, name, active, conditions, queue, owner, urgency, changed_at, changed_by"
    " from desk_rule"
)
RULES = query(f"{_RULE} order by place, id", RuleRow)
RULE = query(f"{_RULE} where id = :id", RuleRow)
ADD_RULE = query(
    "insert into desk_rule"
    " (place, name, active, conditions, queue, owner, urgency, changed_at, changed_by)"
    " select coalesce(max(place), 0) + 1, cast(:name as text), cast(:active as bigint),"
    " :conditions, cast(:queue as bigint), cast(:owner as bigint), cast(:urgency as bigint),"
    " cast(:at as bigint), cast(:by as text) from desk_rule returning id",
    Id,
    stamps=(("routing",),),
)
CHANGE_RULE = query(
    "update desk_rule set name = :name, conditions = :conditions, queue = :queue,"
    " owner = :owner, urgency = :urgency, changed_at = :at, changed_by = :by where id = :id",
    stamps=(("routing",),),
)
SWITCH_RULE = query(
    "update desk_rule set active = :active, changed_at = :at, changed_by = :by where id = :id",
    stamps=(("routing",),),
)
PLACE_RULE = query("update desk_rule set place = :place where id = :id", stamps=(("routing",),))
DELETE_RULE = query("delete from desk_rule where id = :id", stamps=(("routing",),))

_QUEUE = "select id, name, members, made_at, made_by from desk_queue"
QUEUES = query(f"{_QUEUE} order by name, id", QueueRow)
QUEUE = query(f"{_QUEUE} where id = :id", QueueRow)
QUEUE_NAMED = query(f"{_QUEUE} where name = :name", QueueRow)
ADD_QUEUE = query(
    "insert into desk_queue (name, members, made_at, made_by)"
    " values (:name, :members, :at, :by) returning id",
    Id,
)
CHANGE_QUEUE = query("update desk_queue set name = :name, members = :members where id = :id")
DELETE_QUEUE = query("delete from desk_queue where id = :id")
KINDS_IN = query(
    "select kind, min(number) from desk_case where open = 1 and queue = :queue and queue <> 0"
    " group by kind order by kind",
    Held,
)
HELD = query(
    "select number as id from desk_case where open = 1 and queue = :queue and queue <> 0"
    " order by number limit :limit",
    Id,
)
