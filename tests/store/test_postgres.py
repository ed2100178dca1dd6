"""PostgreSQL: retries, lost connections, and batches that never make a lone caller wait."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, NamedTuple

import asyncpg
import pytest

from petitbleu.errors import Fault, StoreUnavailable
from petitbleu.store import postgres_types
from petitbleu.store.api import BatchOp, Tx
from petitbleu.store.postgres import PostgresStore
from petitbleu.store.query import query
from tests.kit import postgres
from tests.kit.stores import drop_postgres_database, new_postgres_database


class Setting(NamedTuple):
    name: str
    value: bytes


PUT = query("insert into setting (name, value) values (:name, :value)")
CHANGE = query("update setting set value = :value where name = :name")
ALL = query("select name, value from setting order by name", Setting)


async def put(tx: Tx, name: str) -> str:
    await tx.run(PUT, name=name, value=b"")
    tx.emit(name)
    return name


async def test_a_deadlock_is_run_again(postgres_store: PostgresStore) -> None:
    for name in "ab":
        await postgres_store.write(put, name)
    met = asyncio.Barrier(2)
    runs = 0

    async def cross(tx: Tx, first: str, second: str) -> None:
        nonlocal runs
        runs += 1
        again = runs > 2
        await tx.run(CHANGE, name=first, value=first.encode())
        if not again:
            await met.wait()
        await tx.run(CHANGE, name=second, value=first.encode())
        tx.emit(first)

    seen: list[object] = []
    postgres_store.listen(seen.extend)
    await asyncio.gather(
        postgres_store.write(cross, "a", "b"), postgres_store.write(cross, "b", "a")
    )
    # Who was undone may come back before the other one woke up, and be undone again.
    assert runs >= 3
    assert sorted(map(str, seen)) == ["a", "b"], "the undone run announced nothing"
    assert len({s.value for s in await postgres_store.rows(ALL)}) == 1


async def test_a_lost_connection_is_told_and_mended() -> None:
    url = new_postgres_database()
    store = await PostgresStore.open(url, connections=2)
    await store.write(put, "before")
    admin = await asyncpg.connect(postgres.shared_server_url())

    async def cut(tx: Tx) -> None:
        await put(tx, "lost")
        await admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1"
            " and datname = $2",
            "petitbleu",
            url.split("?")[0].rpartition("/")[2],
        )
        await put(tx, "never")

    with pytest.raises(StoreUnavailable):
        await store.write(cut)
    await store.write(put, "after")
    assert [s.name for s in await store.rows(ALL)] == ["after", "before"]
    await admin.close()
    await store.close()
    drop_postgres_database(url)


async def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(StoreUnavailable):
        await PostgresStore.open("postgresql://nobody@127.0.0.1:1/none")


def _not_sqlite(conn: Any, items: Sequence[str]) -> list[tuple[Any, Sequence[object]]]:
    raise AssertionError("this test is about PostgreSQL")


async def _insert_items(conn: Any, items: Sequence[str]) -> list[tuple[Any, Sequence[object]]]:
    if "broken" in items:
        raise ValueError("broken")
    good = [item for item in items if item != "bad"]
    await conn.execute("insert into setting select unnest($1::text[]), ''::bytea", good)
    return [
        (Fault("PEER_ID_INVALID"), ()) if item == "bad" else ((item, len(items)), (item,))
        for item in items
    ]


INSERT = BatchOp("insert", _not_sqlite, _insert_items)


async def test_what_gathers_during_a_batch_goes_into_the_next(
    postgres_store: PostgresStore,
) -> None:
    seen: list[object] = []
    postgres_store.listen(seen.extend)
    first = asyncio.create_task(postgres_store.batch(INSERT, "first"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    items = [f"{n:02}" for n in range(20)] + ["bad"]
    rest = [asyncio.create_task(postgres_store.batch(INSERT, item)) for item in items]
    assert await first == ("first", 1), "a lone caller does not wait for company"
    answers = await asyncio.gather(*rest, return_exceptions=True)
    assert answers[:20] == [(item, 21) for item in items[:20]]
    assert isinstance(answers[20], Fault)
    assert seen == ["first", *items[:20]]


async def test_a_breaking_item_fails_alone(postgres_store: PostgresStore) -> None:
    items = ["a", "broken", "b"]
    answers = await asyncio.gather(
        *(postgres_store.batch(INSERT, item) for item in items), return_exceptions=True
    )
    assert isinstance(answers[1], ValueError)
    assert [s.name for s in await postgres_store.rows(ALL)] == ["a", "b"]


async def test_a_wrongly_encoded_database_is_refused() -> None:
    server = postgres.shared_server_url()
    name = postgres.create_database(server, encoding="SQL_ASCII")
    from petitbleu.store.migrate import Refused

    with pytest.raises(Refused, match="SQL_ASCII"):
        await PostgresStore.open(postgres.database_url(server, name))
    postgres.drop_database(server, name)


async def test_a_nul_in_a_text_is_the_clients_fault(postgres_store: PostgresStore) -> None:
    with pytest.raises(Fault, match="INPUT_FETCH_ERROR"):
        await postgres_store.write(put, "a\0b")
    with pytest.raises(Fault, match="INPUT_FETCH_ERROR"):
        await postgres_store.rows(query("select name from setting where name = :n"), n="a\0b")


async def test_types_of_postgresql_are_asked_for_once_in_a_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a database made itself is asked for by each connection."""
    monkeypatch.setattr(postgres_types, "_KNOWN", {})
    asked: list[frozenset[int]] = []
    kind: Any = asyncpg.Connection
    really = kind._introspect_types

    async def ask(self: Any, typeoids: Any, *rest: Any) -> Any:
        asked.append(frozenset(typeoids))
        return await really(self, typeoids, *rest)

    monkeypatch.setattr(kind, "_introspect_types", ask)
    url = new_postgres_database()
    store = await PostgresStore.open(url)
    try:
        connections = [await store.pool.acquire() for _ in range(3)]
        asked.clear()
        for connection in connections:
            assert await connection.fetchval("select $1::bigint[] || $2::bigint", [1, 2], 3) == [
                1,
                2,
                3,
            ]
            assert await connection.fetchval("select $1::text[]", ["a", None]) == ["a", None]
        assert len(asked) == len(set(asked)) <= 2
        await connections[0].execute("create type mood as enum ('calm')")
        asked.clear()
        for connection in connections:
            assert await connection.fetchval("select $1::mood[]", ["calm"]) == ["calm"]
        assert len(asked) == len(connections)
        await connections[0].execute("drop type mood; create type mood as (a int, b text)")
        for connection in connections:
            assert await connection.fetchval("select $1::mood", (1, "b")) == (1, "b")
            await store.pool.release(connection)
    finally:
        await store.close()
        drop_postgres_database(url)
