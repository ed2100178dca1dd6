"""The table ``setting``: values of the instance by name, one owner each name.

Names are those of whoever keeps the value (``keys.check``, ``search.version``, ``next_user``, ...).
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import either, query


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
TAKE = either(
    sqlite="insert into setting (name, value) values (:name, cast('2' as blob))"
    " on conflict (name) do update set"
    " value = cast(cast(cast(cast(setting.value as text) as integer) + 1 as text) as blob)"
    " returning value",
    postgres="insert into setting (name, value) values (:name, '2')"
    " on conflict (name) do update set value ="
    " convert_to(cast(cast(convert_from(setting.value, 'UTF8') as bigint) + 1 as text), 'UTF8')"
    " returning value",
    row=Value,
)
"""Count one on, from 1: the number after the one that is taken. For counters in decimal digits."""
CHANGE = query("update setting set value = :value where name = :name")
"""Set a value that is locked."""
DROP = query("delete from setting where name = :name")
