"""Writes that wait for company come out as if each had been done at once."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import pytest

from petitbleu.store.api import Conflict, Store, Tx
from petitbleu.store.later import MAX_WRITES, Later
from petitbleu.store.query import query

_KEYED = "insert into setting (name, value) values (:name, :value)"
PUT = query(_KEYED)
KEEP = query(f"{_KEYED} on conflict (name) do nothing")
SET = query(f"{_KEYED} on conflict (name) do update set value = excluded.value", apart=("name",))
DELETE = query("delete from setting where name = :name", apart=("name",))
CHANGE = query("update setting set value = :value where name = :name")
COPY = query(
    "insert into desk_setting (name, value, changed_at)"
    " select name, value, 1 from setting where name = :name on conflict (name) do nothing"
)


class Setting(NamedTuple):
    """A row."""

    name: str
    value: bytes


ALL = query("select name, value from setting order by name", Setting)
COPIES = query("select name, value from desk_setting order by name", Setting)


async def test_a_read_in_the_same_transaction_sees_what_waits(store: Store) -> None:
    async def change(tx: Tx) -> list[Setting]:
        await tx.later(PUT, name="a", value=b"1")
        await tx.later(PUT, name="b", value=b"2")
        return await tx.rows(ALL)

    assert await store.write(change) == [Setting("a", b"1"), Setting("b", b"2")]


async def test_a_write_that_reads_what_waits_sees_it(store: Store) -> None:
    async def change(tx: Tx) -> None:
        await tx.later(PUT, name="a", value=b"1")
        await tx.later(COPY, name="a")

    await store.write(change)
    assert await store.rows(COPIES) == [Setting("a", b"1")]


async def test_any_order_of_writes_to_the_same_rows_is_kept(store: Store) -> None:
    chance = random.Random(5)
    steps: list[tuple[Any, dict[str, Any]]] = []
    expected: dict[str, bytes] = {}
    for number in range(300):
        name, value = chance.choice("abcdefgh"), b"%d" % number
        one = chance.choice([KEEP, SET, DELETE, CHANGE])
        steps.append((one, {"name": name} | ({} if one is DELETE else {"value": value})))
        if one is DELETE:
            expected.pop(name, None)
        elif one is SET or (one is KEEP) != (name in expected):
            expected[name] = value

    async def change(tx: Tx) -> None:
        for one, params in steps:
            await tx.later(one, **params)

    await store.write(change)
    assert {row.name: row.value for row in await store.rows(ALL)} == expected


async def test_a_broken_rule_ends_the_whole_transaction(store: Store) -> None:
    async def change(tx: Tx) -> None:
        await tx.later(KEEP, name="a", value=b"1")
        await tx.later(PUT, name="b", value=b"1")
        await tx.later(PUT, name="b", value=b"2")

    with pytest.raises(Conflict):
        await store.write(change)
    assert await store.rows(ALL) == []


async def test_what_waits_is_dropped_when_the_change_fails(store: Store) -> None:
    async def change(tx: Tx) -> None:
        await tx.later(PUT, name="a", value=b"1")
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(change)
    assert await store.rows(ALL) == []


def test_rows_that_are_told_apart_share_a_statement_and_others_do_not() -> None:
    later = Later()
    later.add(SET, {"name": "a", "value": b""})
    assert later.fits(DELETE, {"name": "b"})
    assert not later.fits(DELETE, {"name": "a"})
    assert not later.fits(CHANGE, {"name": "b", "value": b""})
    assert later.concerns(ALL) and not later.concerns(COPIES)
    later.add(DELETE, {"name": "b"})
    statement, values = later.take()
    assert statement.count("$") == 3 and "name = $3" in statement
    assert values == ["a", b"", "b"]
    assert not later and later.fits(CHANGE, {"name": "b", "value": b""})


def test_a_statement_does_not_grow_without_end() -> None:
    later = Later()
    for number in range(MAX_WRITES):
        assert later.fits(PUT, {"name": str(number), "value": b""})
        later.add(PUT, {"name": str(number), "value": b""})
    assert not later.fits(PUT, {"name": "x", "value": b""})


def test_a_read_cannot_wait() -> None:
    with pytest.raises(TypeError, match="not a plain insert"):
        Later().add(ALL, {})
