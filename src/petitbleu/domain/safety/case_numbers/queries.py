"""SQL of the yearly counters, rows of ``setting``."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Value(NamedTuple):
    """A stored value."""

    value: bytes


# The upsert that changes nothing locks the row on PostgreSQL, so that numbers go out one by one.
LOCK = query(
    "insert into setting (name, value) values (:name, :first)"
    " on conflict (name) do update set value = setting.value returning value",
    Value,
)
SET = query("update setting set value = :value where name = :name")
