"""Backup of a running instance, and restoring it elsewhere.

A backup is a folder: the database as it was at one moment, the keys, the settings, and
``manifest.json`` with the SHA-256 of every file. SQLite is copied page by page out of one read
transaction; PostgreSQL by COPY of every table in one repeatable-read transaction. Neither stops
writers, and no program of the database is needed.

The database is copied first, keys afterwards: rotation only adds keys, so that the newest keys open
everything that the database holds.

Restoring needs an empty place. What was acknowledged after the backup is not in it, while devices
and others have seen it; so all counters skip ahead (``counters.py``), and no number that anybody
knows is given out again. The next start of the server writes a line of the log and tells leads and
directors.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from petitbleu import __version__
from petitbleu.errors import StoreUnavailable
from petitbleu.store import counters, migrate
from petitbleu.store.api import Store
from petitbleu.store.lock import DataLock
from petitbleu.store.migrate import Refused

if TYPE_CHECKING:
    from petitbleu.store.postgres import PostgresStore

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "petitbleu.sqlite"
TABLES = "tables"
BESIDE = ("keys", "petitbleu.toml", "blobs", "law")
"""What lies in the data folder beside the database and belongs to a backup, where it exists."""
ERASED = "erased.log"
"""In the data folder: contents that were erased for good (``blobs/local.py``)."""
STEP_PAGES = 1024
"""Pages copied (4 MiB) before others may have the disk."""
COPY_SECONDS = 86_400.0
"""Time one table of PostgreSQL may take."""


class Table(msgspec.Struct, frozen=True):
    """One table of a PostgreSQL backup, in COPY's text format."""

    name: str
    columns: tuple[str, ...]


class Applied(msgspec.Struct, frozen=True):
    """One migration of the saved database."""

    version: int
    name: str
    digest: str
    oldest_ok: int


class Manifest(msgspec.Struct, frozen=True):
    """What a backup is. ``files`` maps relative paths to SHA-256; ``at`` is in Unix seconds."""

    format: int
    program: str
    at: int
    engine: str
    live: bool
    migrations: tuple[Applied, ...]
    tables: tuple[Table, ...]
    files: dict[str, str]


# ── taking ──────────────────────────────────────────────────────────────────────────────────────


async def backup(store: Store, data: Path, target: Path, *, at: int, live: bool = True) -> Manifest:
    """Save the instance to the new folder ``target``, whole or not at all.

    ``live``: others may write meanwhile or afterwards (a server is running on it). Raises Refused
    where ``target`` exists, StoreUnavailable or OSError where something fails.
    """
    partial = await asyncio.to_thread(_begin, target)
    try:
        if store.dialect == "sqlite":
            tables: Sequence[Table] = ()
            applied = await asyncio.to_thread(_copy_sqlite, data / DATABASE, partial / DATABASE)
        else:
            applied, tables = await _copy_out(store, partial / TABLES)  # type: ignore[arg-type]
        manifest = await asyncio.to_thread(
            _finish, data, partial, target, at, live, store.dialect, applied, tables
        )
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return manifest


def _begin(target: Path) -> Path:
    """The folder to fill; it takes the name ``target`` once it is whole."""
    if target.exists():
        raise Refused(f"{target} exists already; name a new folder.")
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    (partial / TABLES).mkdir(0o700, parents=True)
    return partial


def _copy_sqlite(source: Path, target: Path) -> list[Applied]:
    """Copy the pages of one read transaction; writers go on."""
    try:
        reader = sqlite3.connect(source, isolation_level=None)
        copy = sqlite3.connect(target, isolation_level=None)
        try:
            reader.execute("pragma query_only = on")
            # An open read transaction: the copy does not start anew whenever somebody writes.
            reader.execute("begin")
            applied = _applied(reader)
            reader.backup(copy, pages=STEP_PAGES, sleep=0.001)
            reader.execute("commit")
            copy.execute("pragma journal_mode = delete")
            problem = copy.execute("pragma quick_check(1)").fetchone()[0]
            if problem != "ok":
                raise StoreUnavailable(f"the copy is damaged: {problem}")
        finally:
            copy.close()
            reader.close()
    except sqlite3.Error as error:
        raise StoreUnavailable(f"the database cannot be copied: {error}") from error
    return applied


def _applied(conn: sqlite3.Connection) -> list[Applied]:
    rows = conn.execute("select version, name, digest, oldest_ok from migration order by version")
    return [Applied(*row) for row in rows]


async def _copy_out(store: PostgresStore, folder: Path) -> tuple[list[Applied], list[Table]]:
    """COPY every table in one snapshot."""
    import asyncpg

    try:
        async with (
            store.pool.acquire() as conn,
            conn.transaction(isolation="repeatable_read", readonly=True),
        ):
            rows = await conn.fetch(
                "select version, name, digest, oldest_ok from migration order by version"
            )
            tables = await _tables(conn)
            for table in tables:
                await conn.copy_from_table(
                    table.name,
                    columns=table.columns,
                    output=folder / table.name,
                    timeout=COPY_SECONDS,
                )
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise StoreUnavailable(f"the database cannot be copied: {error}") from error
    return [Applied(*row) for row in rows], tables


async def _tables(conn: Any) -> list[Table]:
    """The tables of the current schema, but for the list of migrations."""
    rows = await conn.fetch(
        "select table_name, array_agg(column_name::text order by ordinal_position) as columns"
        " from information_schema.columns join information_schema.tables"
        " using (table_schema, table_name)"
        " where table_schema = current_schema() and table_type = 'BASE TABLE'"
        " and table_name <> 'migration' group by table_name order by table_name"
    )
    return [Table(name, tuple(columns)) for name, columns in rows]


def _finish(
    data: Path,
    partial: Path,
    target: Path,
    at: int,
    live: bool,
    engine: str,
    applied: Sequence[Applied],
    tables: Sequence[Table],
) -> Manifest:
    """Add what lies beside the database, write the manifest, put everything on disk."""
    for name in BESIDE:
        if (data / name).is_dir():
            shutil.copytree(data / name, partial / name)
        elif (data / name).exists():
            shutil.copy2(data / name, partial / name)
    files = {str(path.relative_to(partial)): _digest(path) for path in _files(partial)}
    manifest = Manifest(FORMAT, __version__, at, engine, live, tuple(applied), tuple(tables), files)
    encoded = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    (partial / MANIFEST).write_bytes(encoded)
    _make_private_and_durable(partial)
    partial.rename(target)
    _sync(target.parent)
    return manifest


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _make_private_and_durable(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


# ── restoring ───────────────────────────────────────────────────────────────────────────────────


async def restore(
    source: Path, data: Path, database: str = "sqlite", *, outside: Sequence[Path] = ()
) -> Manifest:
    """Bring the backup ``source`` back into the empty folder ``data`` (and empty ``database``).

    ``outside``: files and folders with what left the instance after the backup (mails, heads,
    exports): no number of a case in them is given out again. Files that an ``erased.log`` among
    them names since are not brought back.

    ``database`` is ``sqlite`` or a PostgreSQL URL, of the engine the backup was taken from. Raises
    Refused where the backup is damaged or too new, or the place is not empty.
    """
    manifest = await asyncio.to_thread(_checked, source, database)
    known = await asyncio.to_thread(counters.highest_outside, outside)
    with _empty(data):
        if manifest.engine == "sqlite":
            await asyncio.to_thread(_put_back_sqlite, source, data, manifest, known)
        else:
            await _copy_in(source / TABLES, database, manifest, known)
        await asyncio.to_thread(_put_back_files, source, data)
        await asyncio.to_thread(_erase_again, data, outside, manifest.at)
    return manifest


def read_manifest(source: Path) -> Manifest:
    """The manifest of a backup. Raises Refused."""
    try:
        manifest = msgspec.json.decode((source / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise Refused(f"{source} is not a backup: {error}") from error
    if manifest.format != FORMAT:
        raise Refused(f"{source} has format {manifest.format}; this program reads {FORMAT}.")
    return manifest


def _checked(source: Path, database: str) -> Manifest:
    """The manifest, once every file has been found as it was saved."""
    manifest = read_manifest(source)
    if (manifest.engine == "sqlite") != (database == "sqlite"):
        raise Refused(
            f"The backup was taken from {manifest.engine}; it can be restored to that engine only"
            " (setting `database`)."
        )
    migrate.pending([msgspec.structs.astuple(m) for m in manifest.migrations], migrate.load())
    for name, digest in manifest.files.items():
        path = source / name
        if not path.resolve().is_relative_to(source.resolve()):
            raise Refused(f"The manifest names a file outside the backup: {name}")
        if not path.is_file() or _digest(path) != digest:
            raise Refused(f"{name} is missing from the backup or was changed since.")
    return manifest


@contextmanager
def _empty(data: Path) -> Iterator[None]:
    """Hold the lock of a folder that has nothing in it; leave nothing in it on failure."""
    if data.exists() and any(path.name != "lock" for path in data.iterdir()):
        raise Refused(f"{data} is not empty; a backup is restored into an empty folder.")
    lock = DataLock(data)
    try:
        yield
    except BaseException:
        for path in data.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        raise
    finally:
        lock.release()


def _put_back_files(source: Path, data: Path) -> None:
    for name in BESIDE:
        if (source / name).is_dir():
            shutil.copytree(source / name, data / name)
        elif (source / name).exists():
            shutil.copy2(source / name, data / name)
    _make_private_and_durable(data)


def _erase_again(data: Path, outside: Sequence[Path], since: int) -> int:
    """Drop the contents that were erased for good after the backup, as ``erased.log`` among
    ``outside`` says; how many.
    """
    logs = [path / ERASED if path.is_dir() else path for path in outside]
    lines = [
        line.split()
        for log in logs
        if log.name == ERASED and log.is_file()
        for line in log.read_text("ascii").splitlines()
    ]
    gone = {name for at, name in lines if int(at) >= since}
    for name in gone:
        for path in (data / "blobs" / name[:2]).glob(f"{name[2:]}*"):
            path.unlink()
    if lines:
        (data / ERASED).write_text("".join(f"{at} {name}\n" for at, name in lines), "ascii")
    return len(gone)


def _put_back_sqlite(source: Path, data: Path, manifest: Manifest, outside: dict[int, int]) -> None:
    shutil.copyfile(source / DATABASE, data / DATABASE)
    conn = sqlite3.connect(data / DATABASE)
    try:
        now = int(time.time())
        counters.skip_sqlite(conn, manifest.at, now, outside)
        conn.execute("delete from setting where name = ?", (counters.PLACE,))
        conn.execute(
            "insert or replace into setting (name, value) values (?, ?)",
            (counters.RESTORED, _restored(manifest, now)),
        )
        conn.commit()
        conn.execute("pragma journal_mode = wal")
    finally:
        conn.close()


def _restored(manifest: Manifest, now: int) -> bytes:
    """What the next start is told."""
    return msgspec.json.encode({"backup": manifest.at, "at": now, "live": manifest.live})


async def _copy_in(folder: Path, url: str, manifest: Manifest, outside: dict[int, int]) -> None:
    """Make the tables as they were and COPY the rows back, in one transaction each."""
    import asyncpg

    known = [m for m in migrate.load() if m.version <= manifest.migrations[-1].version]
    try:
        conn = await asyncpg.connect(url)
        try:
            taken = await conn.fetchval(
                "select count(*) from information_schema.tables"
                " where table_schema = current_schema()"
            )
            if taken:
                raise Refused("The database is not empty; a backup is restored into an empty one.")
            async with conn.transaction():
                await migrate.migrate_postgres(conn, known)
                for table in manifest.tables:
                    await conn.copy_to_table(
                        table.name, columns=table.columns, source=folder / table.name
                    )
                now = int(time.time())
                await counters.skip_postgres(conn, manifest.at, now, outside)
                await conn.execute("delete from setting where name = $1", counters.PLACE)
                await conn.execute(
                    "insert into setting (name, value) values ($1, $2)"
                    " on conflict (name) do update set value = excluded.value",
                    *(counters.RESTORED, _restored(manifest, now)),
                )
            await conn.execute("analyze")
        finally:
            await conn.close()
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        raise StoreUnavailable(f"the database cannot be restored: {error}") from error
