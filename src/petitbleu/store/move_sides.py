"""The two ends of a move: a database of either engine, read and filled table by table.

Both engines have the same tables (one list of migrations) but for the search index, which each
makes in its own way: its tables are left out here and made anew by the indexer.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from petitbleu import durable
from petitbleu.errors import StoreUnavailable
from petitbleu.store import migrate
from petitbleu.store.database_lock import DatabaseLock
from petitbleu.store.migrate import Refused

BATCH = 5000
"""Rows that are in memory at a time."""
INDEX = ("search_doc", "search_text")
"""What the indexer makes anew."""
_SHADOW = "search_text_"
_BESIDES = ("migration", *INDEX)

Row = tuple[Any, ...]


class Table(NamedTuple):
    """A table and its columns, in the order in which both ends read and write them."""

    name: str
    columns: tuple[str, ...]


class Side(Protocol):
    """A database that nothing else writes to while it is open here."""

    name: str
    """For people: without a password."""

    async def applied(self) -> list[tuple[int, str, str, int]]:
        """The rows of ``migration``; empty where the database is."""

    async def is_empty(self) -> bool:
        """Whether there is no table at all."""

    async def size(self) -> int:
        """Bytes it takes."""

    async def migrate(self) -> None:
        """Make the tables."""

    async def tables(self) -> list[Table]:
        """All that are moved, by name."""

    def rows(self, table: Table) -> AsyncIterator[list[Row]]:
        """All rows, at most :data:`BATCH` at a time."""

    async def has_rows(self, table: Table) -> bool:
        """Whether there is any row."""

    async def fill(self, table: Table, rows: AsyncIterator[list[Row]]) -> None:
        """Put rows in the place of those that are there, whole or not at all."""

    async def last_numbers(self) -> dict[str, int]:
        """Table with a ``<serial>`` column -> the last number given out, 0: none."""

    async def set_last_numbers(self, numbers: Mapping[str, int]) -> None:
        """Go on after these."""

    async def setting(self, name: str) -> bytes | None:
        """The value of a row of ``setting``."""

    async def change(self, rows: Mapping[str, bytes | None]) -> None:
        """Set rows of ``setting``, or drop those whose value is None, at once and durably."""

    @property
    def file(self) -> int:
        """What the system calls the file that it is; 0: none."""

    async def finish(self) -> None:
        """All is there: put it where a server opens it. Nothing else is asked of it afterwards."""

    async def close(self) -> None:
        """Give the locks back."""


class SqliteSide:
    """A file; a new one is filled beside its place and takes it when it is whole."""

    PARTIAL = "petitbleu.sqlite.moving"

    def __init__(self, path: Path, *, filling: bool = False) -> None:
        """The database ``path``; ``filling``: the one that is to be there."""
        self.name = str(path)
        self._path = path
        place = path.with_name(self.PARTIAL) if filling and not path.exists() else path
        self._place = place
        self._conn = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
        place.chmod(0o600)
        self._conn.execute("pragma journal_mode = wal")
        # What is said to be done is on the disk.
        self._conn.execute("pragma synchronous = full")
        self._conn.execute("pragma cache_size = -65536")

    async def applied(self) -> list[tuple[int, str, str, int]]:
        if await self.is_empty():
            return []
        return self._conn.execute(
            "select version, name, digest, oldest_ok from migration order by version"
        ).fetchall()

    async def is_empty(self) -> bool:
        return self._conn.execute("select 1 from sqlite_master limit 1").fetchone() is None

    async def size(self) -> int:
        return self._path.stat().st_size

    async def migrate(self) -> None:
        await asyncio.to_thread(migrate.migrate_sqlite, self._conn)

    async def tables(self) -> list[Table]:
        names = self._conn.execute(
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
            " order by name"
        )
        return [
            Table(name, tuple(row[1] for row in self._conn.execute(f"pragma table_info({name})")))
            for (name,) in names.fetchall()
            if name not in _BESIDES and not name.startswith(_SHADOW)
        ]

    async def has_rows(self, table: Table) -> bool:
        return self._conn.execute(f"select 1 from {table.name} limit 1").fetchone() is not None  # noqa: S608

    async def rows(self, table: Table) -> AsyncIterator[list[Row]]:
        columns = ", ".join(f'"{column}"' for column in table.columns)
        cursor = self._conn.execute(f"select {columns} from {table.name}")  # noqa: S608
        while rows := await asyncio.to_thread(cursor.fetchmany, BATCH):
            yield rows

    async def fill(self, table: Table, rows: AsyncIterator[list[Row]]) -> None:
        columns = ", ".join(f'"{column}"' for column in table.columns)
        places = ", ".join("?" * len(table.columns))
        sql = f"insert into {table.name} ({columns}) values ({places})"  # noqa: S608
        self._conn.execute("begin immediate")
        try:
            self._conn.execute(f"delete from {table.name}")  # noqa: S608
            async for batch in rows:
                await asyncio.to_thread(self._conn.executemany, sql, batch)
        except BaseException:
            self._conn.execute("rollback")
            raise
        await asyncio.to_thread(self._conn.execute, "commit")

    async def last_numbers(self) -> dict[str, int]:
        given = dict(self._conn.execute("select name, seq from sqlite_sequence").fetchall())
        counting = self._conn.execute(
            "select name from sqlite_master where type = 'table' and sql like '%autoincrement%'"
        )
        return {name: given.get(name, 0) for (name,) in counting.fetchall()}

    async def set_last_numbers(self, numbers: Mapping[str, int]) -> None:
        self._conn.execute("begin immediate")
        self._conn.execute("delete from sqlite_sequence")
        self._conn.executemany(
            "insert into sqlite_sequence (name, seq) values (?, ?)",
            [(name, number) for name, number in numbers.items() if number],
        )
        self._conn.execute("commit")

    async def setting(self, name: str) -> bytes | None:
        row = self._conn.execute("select value from setting where name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    async def change(self, rows: Mapping[str, bytes | None]) -> None:
        self._conn.execute("begin immediate")
        for name, value in rows.items():
            self._conn.execute("delete from setting where name = ?", (name,))
            if value is not None:
                self._conn.execute("insert into setting values (?, ?)", (name, value))
        self._conn.execute("commit")

    @property
    def file(self) -> int:
        return self._place.stat().st_ino

    async def finish(self) -> None:
        await asyncio.to_thread(self._conn.execute, "analyze")
        # Its log goes by the name of the file: there is none when that changes.
        self._conn.execute("pragma wal_checkpoint(truncate)")
        self._conn.close()
        self._place.rename(self._path)
        durable.sync(self._path.parent)

    async def close(self) -> None:
        self._conn.close()


class PostgresSide:
    """A database of PostgreSQL, under the lock that a server takes."""

    def __init__(self, url: str, conn: Any, lock: DatabaseLock) -> None:
        self.name = without_password(url)
        self._conn = conn
        self._lock = lock

    @classmethod
    async def open(cls, url: str) -> PostgresSide:
        """Raises Refused where a server uses it, StoreUnavailable where it cannot be reached."""
        import asyncpg

        try:
            lock = await DatabaseLock.take(url)
            try:
                conn = await asyncpg.connect(url)
                encoding = await conn.fetchval("show server_encoding")
                if encoding != "UTF8":
                    raise Refused(
                        f"The database is encoded in {encoding}. Create it with `encoding 'UTF8'`."
                    )
            except BaseException:
                await lock.close()
                raise
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError) as error:
            raise StoreUnavailable(
                f"the database {without_password(url)} cannot be opened: {error}"
            ) from error
        return cls(url, conn, lock)

    async def applied(self) -> list[tuple[int, str, str, int]]:
        if await self.is_empty():
            return []
        rows = await self._conn.fetch(
            "select version, name, digest, oldest_ok from migration order by version"
        )
        return [tuple(row) for row in rows]

    async def is_empty(self) -> bool:
        count = await self._conn.fetchval(
            "select count(*) from information_schema.tables where table_schema = current_schema()"
        )
        return bool(count == 0)

    async def size(self) -> int:
        return int(await self._conn.fetchval("select pg_database_size(current_database())"))

    async def migrate(self) -> None:
        await migrate.migrate_postgres(self._conn)

    async def tables(self) -> list[Table]:
        rows = await self._conn.fetch(
            "select table_name, array_agg(column_name::text order by ordinal_position) as columns"
            " from information_schema.columns join information_schema.tables"
            " using (table_schema, table_name) where table_schema = current_schema()"
            " and table_type = 'BASE TABLE' group by table_name order by table_name"
        )
        return [Table(name, tuple(columns)) for name, columns in rows if name not in _BESIDES]

    async def has_rows(self, table: Table) -> bool:
        return await self._conn.fetchval(f"select 1 from {table.name} limit 1") is not None  # noqa: S608

    async def rows(self, table: Table) -> AsyncIterator[list[Row]]:
        columns = ", ".join(f'"{column}"' for column in table.columns)
        async with self._conn.transaction(isolation="repeatable_read", readonly=True):
            cursor = await self._conn.cursor(f"select {columns} from {table.name}")  # noqa: S608
            while records := await cursor.fetch(BATCH):
                yield [tuple(record) for record in records]

    async def fill(self, table: Table, rows: AsyncIterator[list[Row]]) -> None:
        async with self._conn.transaction():
            await self._conn.execute(f"truncate {table.name}")
            async for batch in rows:
                await self._conn.copy_records_to_table(
                    table.name, records=batch, columns=table.columns, timeout=None
                )

    async def _sequences(self) -> list[tuple[str, str]]:
        rows = await self._conn.fetch(
            "select table_name, pg_get_serial_sequence(table_name, column_name) as sequence"
            " from information_schema.columns"
            " where table_schema = current_schema() and is_identity = 'YES'"
        )
        return [tuple(row) for row in rows]

    async def last_numbers(self) -> dict[str, int]:
        numbers = {}
        for table, sequence in await self._sequences():
            row = await self._conn.fetchrow(f"select last_value, is_called from {sequence}")  # noqa: S608
            numbers[table] = row[0] if row[1] else 0
        return numbers

    async def set_last_numbers(self, numbers: Mapping[str, int]) -> None:
        for table, sequence in await self._sequences():
            last = numbers.get(table, 0)
            await self._conn.execute("select setval($1, $2, $3)", sequence, max(last, 1), last > 0)

    async def setting(self, name: str) -> bytes | None:
        value = await self._conn.fetchval("select value from setting where name = $1", name)
        return None if value is None else bytes(value)

    async def change(self, rows: Mapping[str, bytes | None]) -> None:
        async with self._conn.transaction():
            for name, value in rows.items():
                await self._conn.execute("delete from setting where name = $1", name)
                if value is not None:
                    await self._conn.execute("insert into setting values ($1, $2)", name, value)

    @property
    def file(self) -> int:
        return 0

    async def finish(self) -> None:
        await self._conn.execute("analyze")

    async def close(self) -> None:
        await self._conn.close()
        await self._lock.close()


def without_password(url: str) -> str:
    """A database's address as it may be shown and logged."""
    from urllib.parse import urlsplit, urlunsplit

    parts = urlsplit(url)
    if parts.password is None:
        return url
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username}@{host}"))


def column_mismatch(here: Sequence[Table], there: Sequence[Table]) -> str:
    """The first table that the two ends do not have alike; empty where they do."""
    known = {table.name: set(table.columns) for table in there}
    for table in here:
        if known.pop(table.name, None) != set(table.columns):
            return table.name
    return next(iter(known), "")
