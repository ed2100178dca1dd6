"""What both engines promise: durable writes, one job's failure alone, emits in commit order."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

import pytest

from petitbleu.errors import Fault, LocalFault
from petitbleu.store.api import Conflict, Store, Tx
from petitbleu.store.query import query


class Setting(NamedTuple):
    name: str
    value: bytes


PUT = query("insert into setting (name, value) values (:name, :value)")
PUT_QUIETLY = query(
    "insert into setting (name, value) values (:name, :value) on conflict (name) do nothing"
)
GET = query("select name, value from setting where name = :name", Setting)
SOME = query("select name, value from setting where name in (:names) order by name", Setting)
OTHERS = query("select name, value from setting where name not in (:names) order by name", Setting)
ALL = query("select name, value from setting order by name", Setting)


async def put(tx: Tx, name: str, value: bytes = b"") -> str:
    await tx.run(PUT, name=name, value=value)
    tx.emit(name)
    return name


async def test_a_write_is_seen_by_the_next_read(store: Store) -> None:
    assert await store.write(put, "a", b"\x00\xff") == "a"
    assert await store.row(GET, name="a") == Setting("a", b"\x00\xff")
    assert await store.scan(GET, name="a") == [Setting("a", b"\x00\xff")]
    assert await store.row(GET, name="b") is None


async def test_lists_select_and_exclude(store: Store) -> None:
    for name in "abc":
        await store.write(put, name)
    assert [s.name for s in await store.rows(SOME, names=["a", "c", "x"])] == ["a", "c"]
    assert [s.name for s in await store.rows(OTHERS, names=("a", "c"))] == ["b"]
    assert await store.rows(SOME, names=[]) == []


async def test_a_failed_transaction_leaves_nothing_and_emits_nothing(store: Store) -> None:
    seen: list[object] = []
    store.listen(seen.extend)

    async def fail(tx: Tx) -> None:
        await put(tx, "half")
        raise Fault("PEER_ID_INVALID")

    with pytest.raises(Fault, match="PEER_ID_INVALID"):
        await store.write(fail)
    assert await store.rows(ALL) == []
    assert seen == []


async def test_one_failure_takes_nothing_of_those_that_share_its_commit(store: Store) -> None:
    async def fail(tx: Tx, name: str) -> None:
        await put(tx, name)
        raise Fault("PEER_ID_INVALID")

    jobs = [store.write(fail if n % 3 == 0 else put, f"{n:02}") for n in range(30)]
    answers = await asyncio.gather(*jobs, return_exceptions=True)
    assert [isinstance(a, Fault) for a in answers] == [n % 3 == 0 for n in range(30)]
    kept = [s.name for s in await store.rows(ALL)]
    assert kept == [f"{n:02}" for n in range(30) if n % 3]


async def test_a_broken_unique_rule_is_a_conflict(store: Store) -> None:
    await store.write(put, "a", b"1")
    with pytest.raises(Conflict):
        await store.write(put, "a", b"2")
    assert await store.row(GET, name="a") == Setting("a", b"1")


async def test_run_tells_how_many_rows_changed(store: Store) -> None:
    async def twice(tx: Tx) -> tuple[int, int]:
        first = await tx.run(PUT_QUIETLY, name="a", value=b"")
        return first, await tx.run(PUT_QUIETLY, name="a", value=b"")

    assert await store.write(twice) == (1, 0)


async def test_many_runs_once_per_mapping(store: Store) -> None:
    async def fill(tx: Tx) -> None:
        await tx.many(PUT, ({"name": str(n), "value": b""} for n in range(5)))

    await store.write(fill)
    assert len(await store.rows(ALL)) == 5


async def test_emits_come_after_commit_in_order(store: Store) -> None:
    seen: list[object] = []
    store.listen(seen.extend)
    for n in range(20):
        await store.write(put, f"{n:02}")
    await asyncio.sleep(0)
    assert seen == [f"{n:02}" for n in range(20)]


async def test_a_missing_or_unknown_parameter_is_refused(store: Store) -> None:
    with pytest.raises(TypeError, match="expected"):
        await store.row(GET)
    with pytest.raises(TypeError, match="expected"):
        await store.row(GET, name="a", value=b"")


async def test_a_sqlite_transaction_that_awaits_something_else_fails_clearly(
    sqlite_store: Store,
) -> None:
    async def wait(tx: Tx) -> None:
        await put(tx, "a")
        await asyncio.sleep(0.01)

    with pytest.raises(LocalFault, match="awaited something other than its tx"):
        await sqlite_store.write(wait)
    assert await sqlite_store.rows(ALL) == []


COUNT = query("update account_state set pts = :pts where owner = :owner")


async def test_flags_are_numbers(store: Store) -> None:
    async def flag(tx: Tx) -> int:
        return await tx.run(COUNT, pts=True, owner=1)

    assert await store.write(flag) == 0
