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

import asyncpg
import pytest

from petitbleu.store.api import Store
from petitbleu.store.migrate import migrate_sqlite
from petitbleu.store.postgres import PostgresStore
from petitbleu.store.sqlite import SqliteStore
from tests.kit import engines, postgres
from tests.kit.loops import KeptLoop, KeptPool
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


class _Cleaner:
    """A connection to the shared database that lives as long as the process, in a thread with a
    loop of its own. It knows all tables after the first test; a new connection would have to read
    their descriptions again, which takes longer than most tests use the database.
    """

    def __init__(self, url: str) -> None:
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="cleaner", daemon=True).start()
        self._ready = asyncio.run_coroutine_threadsafe(self._connect(url), self._loop)

    async def empty(self) -> None:
        """Delete every row that a test left."""
        work = asyncio.run_coroutine_threadsafe(self._empty(), self._loop)
        await asyncio.wrap_future(work)

    async def _connect(self, url: str) -> None:
        self._conn = await asyncpg.connect(url)
        tables = [row[0] for row in await self._conn.fetch(_TABLES)]
        self._filled = " union all ".join(
            f"select '{table}' where exists (select 1 from \"{table}\")"
            for table in tables
            if table != RECORD
        )

    async def _empty(self) -> None:
        await asyncio.wrap_future(self._ready)
        if filled := await self._conn.fetch(self._filled):
            await self._conn.execute(";".join(f'delete from "{row[0]}"' for row in filled))


@functools.cache
def _cleaner() -> _Cleaner:
    return _Cleaner(_shared_postgres_database())


async def _shared_postgres_pools() -> tuple[Any, Any]:
    """Connections to the shared database: those of the test before, where the loop is its loop."""
    loop = asyncio.get_running_loop()
    kept = loop.pools if isinstance(loop, KeptLoop) else ()
    if kept and all(pool.sound for pool in kept):
        pool, hot = (one.reopened() for one in kept)
    else:
        for one in kept:
            one.terminate()
        # Its tables are there: PostgresStore.open would look at them on a connection of its own.
        pool, hot = await PostgresStore._pools(_shared_postgres_database(), 5, "petitbleu")
        if not isinstance(loop, KeptLoop):
            return pool, hot
        pool, hot = KeptPool(pool), KeptPool(hot)
    loop.pools = (pool, hot)
    return pool, hot


@asynccontextmanager
async def empty_postgres_store() -> AsyncIterator[PostgresStore]:
    """A store on the shared database, which is emptied afterwards."""
    place = _shared_postgres_database()
    store = PostgresStore(*await _shared_postgres_pools(), None, place=place)
    yield store
    await store.close()
    await _cleaner().empty()


def drop_postgres_database(url: str) -> None:
    """Drop what ``new_postgres_database`` made."""
    name = url.split("?")[0].rpartition("/")[2]
    postgres.drop_database(postgres.shared_server_url(), name)


@asynccontextmanager
async def _empty_sqlite_store(data: Path) -> AsyncIterator[SqliteStore]:
    """A store in ``data``."""
    store = open_sqlite(data)
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
