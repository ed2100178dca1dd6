"""Reading a database from a process beside the server: long work that must not hold up messages.

Nothing here writes, migrates or takes a lock. On SQLite a reader sees each finished commit and
holds no snapshot longer than one query, so that the write-ahead log can be checkpointed meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from petitbleu.store.api import Reader
from petitbleu.store.query import Query

R = TypeVar("R")


class _Sqlite:
    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    async def rows(self, query: Query[R], /, **params: Any) -> list[R]:
        records = self._conn.execute(query.sqlite, query.bind_sqlite(params)).fetchall()
        return list(map(query.make, records))

    async def row(self, query: Query[R], /, **params: Any) -> R | None:
        rows = await self.rows(query, **params)
        return rows[0] if rows else None


class _Postgres:
    def __init__(self, conn: Any) -> None:
        self._conn = conn

    async def rows(self, query: Query[R], /, **params: Any) -> list[R]:
        records = await self._conn.fetch(query.postgres, *query.bind_postgres(params))
        return list(map(query.make, records))

    async def row(self, query: Query[R], /, **params: Any) -> R | None:
        record = await self._conn.fetchrow(query.postgres, *query.bind_postgres(params))
        return None if record is None else query.make(record)


@asynccontextmanager
async def reader(dialect: str, place: str) -> AsyncIterator[Reader]:
    """A connection of its own that only reads; ``place`` as in ``Store.place``."""
    if dialect == "sqlite":
        lite = sqlite3.connect(place, isolation_level=None, timeout=30.0)
        try:
            lite.execute("pragma query_only = on")
            lite.execute("pragma cache_size = -8192")
            yield _Sqlite(lite)
        finally:
            lite.close()
        return
    import asyncpg

    conn = await asyncpg.connect(place, server_settings={"default_transaction_read_only": "on"})
    try:
        yield _Postgres(conn)
    finally:
        await conn.close()
