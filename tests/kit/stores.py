"""Fixture ``store``: a test that takes it runs on SQLite and on PostgreSQL, both empty.

``sqlite_store`` and ``postgres_store`` give one engine. The tables are migrated once per test
process: on SQLite a test gets a copy of that file, on PostgreSQL the tests of a process share one
database, which is emptied after each (a database for each test costs more than most tests do).
"""

from __future__ import annotations

import asyncio
import atexit
import functools
import shutil
import tempfile
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from petitbleu.store.api import Store
from petitbleu.store.migrate import migrate_sqlite
from petitbleu.store.postgres import PostgresStore
from petitbleu.store.sqlite import SqliteStore
from tests.kit import engines, leftovers, postgres
from tests.kit.waiting import GUARD


@functools.cache
def _sqlite_template() -> Path:
    import sqlite3

    folder = Path(tempfile.mkdtemp(prefix="petitbleu-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    conn = sqlite3.connect(folder / "petitbleu.sqlite", isolation_level=None)
    conn.execute("pragma journal_mode = wal")
    migrate_sqlite(conn)
    conn.execute("pragma wal_checkpoint(truncate)")
    conn.close()
    return folder / "petitbleu.sqlite"


@functools.cache
def _postgres_template() -> str:
    server = postgres.shared_server_url()
    name = postgres.create_database(server)

    def migrate() -> None:
        async def run() -> None:
            store = await PostgresStore.open(postgres.database_url(server, name))
            await store.close()

        asyncio.run(run())

    import threading

    thread = threading.Thread(target=migrate)
    thread.start()
    thread.join()
    atexit.register(postgres.drop_database, server, name)
    return name


class HeldDisk:
    """A disk that is busy with its first commit until the test lets it go on."""

    def __init__(self) -> None:
        self.busy, self.free = threading.Event(), threading.Event()

    def commit(self) -> None:
        self.busy.set()
        assert self.free.wait(GUARD)


def open_sqlite(data: Path, **options: object) -> SqliteStore:
    """A SQLite store in ``data``: what is there already, or an empty migrated one."""
    data.mkdir(parents=True, exist_ok=True)
    target = data / "petitbleu.sqlite"
    if not target.exists():
        shutil.copyfile(_sqlite_template(), target)
    return SqliteStore(data, **{"synchronous": "NORMAL", **options})  # type: ignore[arg-type]


def new_postgres_database() -> str:
    """URL of a new migrated database; drop it with ``drop_postgres_database``."""
    server = postgres.shared_server_url()
    return postgres.database_url(server, postgres.create_database(server, _postgres_template()))


RECORD = "migration"
"""The table that migrations are recorded in: the only one with rows in an empty store."""
_TABLES = (
    "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
    " order by relname"
)


@functools.cache
def _shared_postgres_database() -> str:
    """URL of the database that the tests of this process use one after the other."""
    return new_postgres_database()


class _KeptPool:
    """The connections to the shared database: a test's store uses them and leaves them open."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)

    async def close(self) -> None:
        """Nothing: the next test goes on with the same connections."""


_pools: dict[asyncio.AbstractEventLoop, tuple[Any, Any]] = {}
"""The kept connections, by event loop: in practice the one that all tests share."""


async def _shared_postgres_store() -> PostgresStore:
    """A store on the shared database, over connections that outlive it."""
    loop = asyncio.get_running_loop()
    if loop not in _pools:
        first = await PostgresStore.open(_shared_postgres_database(), connections=5)
        _pools[loop] = (first.pool, first.hot)
    pool, hot = _pools[loop]
    return PostgresStore(_KeptPool(pool), _KeptPool(hot), None)


async def _empty(conn: Any) -> None:
    """Delete every row that a test left."""
    tables = [row[0] for row in await conn.fetch(_TABLES)]
    filled = await conn.fetch(
        " union all ".join(
            f"select '{table}' where exists (select 1 from \"{table}\")"
            for table in tables
            if table != RECORD
        )
    )
    if filled:
        await conn.execute(";".join(f'delete from "{row[0]}"' for row in filled))


@asynccontextmanager
async def empty_postgres_store() -> AsyncIterator[PostgresStore]:
    """A store on the shared database, which is emptied afterwards."""
    store = await _shared_postgres_store()
    async with leftovers.cancelled():
        yield store
    await store.close()
    async with store.pool.acquire() as conn:
        await _empty(conn)


def drop_postgres_database(url: str) -> None:
    """Drop what ``new_postgres_database`` made."""
    name = url.split("?")[0].rpartition("/")[2]
    postgres.drop_database(postgres.shared_server_url(), name)


@asynccontextmanager
async def _empty_sqlite_store(data: Path) -> AsyncIterator[SqliteStore]:
    """A store in ``data``."""
    store = open_sqlite(data)
    async with leftovers.cancelled():
        yield store
    await store.close()


@pytest.fixture
async def sqlite_store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    """An empty store on SQLite."""
    async with _empty_sqlite_store(tmp_path / "data") as store:
        yield store


@pytest.fixture
async def postgres_store() -> AsyncIterator[PostgresStore]:
    """An empty store on PostgreSQL."""
    async with empty_postgres_store() as store:
        yield store


@pytest.fixture(params=engines.ENGINES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store, on each engine in turn."""
    sqlite = request.param == "sqlite"
    async with _empty_sqlite_store(tmp_path / "data") if sqlite else empty_postgres_store() as one:
        yield one
