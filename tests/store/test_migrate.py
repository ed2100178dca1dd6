"""Migrations on both engines: applied once, in order, refused where the data does not fit."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import asyncpg
import pytest

from petitbleu.store import migrate
from petitbleu.store.lock import DataLock
from petitbleu.store.migrate import Refused
from petitbleu.store.sqlite import SqliteStore
from tests.kit import postgres

Run = Callable[[Path], Awaitable[int]]

ONE = "create table a (\n  id <id> primary key,\n  t text not null  -- a; comment\n);\n"
TWO = "alter table a add column n <int>;\ncreate index a_n on a (n);\n"


def write(folder: Path, *scripts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for number, script in enumerate(scripts, 1):
        (folder / f"{number:04}_step.sql").write_text(script)
    return folder


@pytest.fixture(params=["sqlite", "postgres"])
async def run(request: pytest.FixtureRequest, tmp_path: Path):  # type: ignore[no-untyped-def]
    """A function that migrates one and the same database with the scripts of a folder."""
    if request.param == "sqlite":
        lite = sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None)

        async def on_sqlite(folder: Path) -> int:
            return migrate.migrate_sqlite(lite, migrate.load(folder))

        yield on_sqlite
        lite.close()
        return
    server = postgres.shared_server_url()
    name = postgres.create_database(server)
    conn = await asyncpg.connect(postgres.database_url(server, name))

    async def on_postgres(folder: Path) -> int:
        return await migrate.migrate_postgres(conn, migrate.load(folder))

    yield on_postgres
    await conn.close()
    postgres.drop_database(server, name)


async def test_each_migration_is_applied_once(run: Run, tmp_path: Path) -> None:
    assert await run(write(tmp_path / "m", ONE)) == 1
    assert await run(write(tmp_path / "m", ONE)) == 0
    assert await run(write(tmp_path / "m", ONE, TWO)) == 1
    assert await run(write(tmp_path / "m", ONE, TWO)) == 0


async def test_a_failing_migration_leaves_the_version_before_it(run: Run, tmp_path: Path) -> None:
    bad = "create table b (\n  id <id>\n);\ncreate table a (\n  id <id>\n);\n"
    with pytest.raises((sqlite3.Error, asyncpg.PostgresError)):
        await run(write(tmp_path / "m", ONE, bad))
    assert await run(write(tmp_path / "m", ONE, "create table b (\n  id <id>\n);\n")) == 1


async def test_older_code_refuses_newer_data(run: Run, tmp_path: Path) -> None:
    await run(write(tmp_path / "new", ONE, TWO))
    with pytest.raises(Refused, match="newer petitbleu"):
        await run(write(tmp_path / "old", ONE))


async def test_older_code_starts_within_oldest_ok(run: Run, tmp_path: Path) -> None:
    await run(write(tmp_path / "new", ONE, "-- oldest_ok: 1\n" + TWO))
    assert await run(write(tmp_path / "old", ONE)) == 0


async def test_data_of_unreleased_code_is_refused(run: Run, tmp_path: Path) -> None:
    await run(write(tmp_path / "m", ONE))
    with pytest.raises(Refused, match="unreleased code"):
        await run(write(tmp_path / "m", ONE.replace("t text", "u text")))


async def test_comments_may_change(run: Run, tmp_path: Path) -> None:
    await run(write(tmp_path / "m", ONE))
    assert await run(write(tmp_path / "m", "-- told better\n" + ONE)) == 0


def test_a_gap_in_the_numbers_stops_the_program(tmp_path: Path) -> None:
    write(tmp_path / "m", ONE)
    (tmp_path / "m" / "0003_step.sql").write_text(TWO)
    with pytest.raises(RuntimeError, match="not numbered"):
        migrate.load(tmp_path / "m")


def test_text_compares_by_bytes_on_postgresql() -> None:
    assert 't text collate "C" not null' in migrate.translate(ONE, "postgres")
    assert "collate" not in migrate.translate(ONE, "sqlite")


def test_a_statement_of_one_engine_is_left_out_for_the_other() -> None:
    sql = "<only sqlite> create a;\n<only postgres> create b\n  c;\ncreate d;"
    assert migrate.translate(sql, "sqlite").split() == ["create", "a;", "create", "d;"]
    assert migrate.translate(sql, "postgres").split() == ["create", "b", "c;", "create", "d;"]


async def test_a_second_process_cannot_open_the_data(tmp_path: Path) -> None:
    lock = DataLock(tmp_path)
    with pytest.raises(Refused, match="in use by another"):
        SqliteStore(tmp_path)
    lock.release()
    store = SqliteStore(tmp_path)
    with pytest.raises(Refused):
        DataLock(tmp_path)
    await store.close()
    DataLock(tmp_path).release()
