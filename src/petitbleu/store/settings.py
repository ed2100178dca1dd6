"""The table ``setting``: values of the instance by name, one owner each name.

Names are those of whoever keeps the value (``keys.check``, ``search.version``, ``next_user``, ...).
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Value(NamedTuple):
    """A stored value."""

    value: bytes


LOAD = query("select value from setting where name = :name", Value)
SET = query(
    "insert into setting (name, value) values (:name, :value)"
    " on conflict (name) do update set value = excluded.value"
)
ADD = query(
    "insert into setting (name, value) values (:name, :value) on conflict (name) do nothing"
)
"""Keep a value where there is none."""
LOCK = query(
    "insert into setting (name, value) values (:name, :value)"
    " on conflict (name) do update set value = setting.value returning value",
    Value,
)
"""A counter's value, ``:value`` where it begins now. The upsert that changes nothing locks the row
on PostgreSQL, so that numbers are given out one by one."""
CHANGE = query("update setting set value = :value where name = :name")
"""Set a value that is locked."""
DROP = query("delete from setting where name = :name")
