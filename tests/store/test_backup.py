"""Backups under load, restored elsewhere; refused where they would overwrite or mislead."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from petitbleu.store import counters
from petitbleu.store.api import Store, Tx
from petitbleu.store.backup import Manifest, backup, restore
from petitbleu.store.migrate import Refused
from petitbleu.store.postgres import PostgresStore
from petitbleu.store.query import query
from petitbleu.store.sqlite import SqliteStore
from tests.kit import postgres
from tests.kit.stores import drop_postgres_database

AT = 1_800_000_000

PUT = query("insert into setting (name, value) values (:name, :value)")
STATE = query("insert into account_state (owner, pts, top_id) values (:owner, :pts, :top_id)")
QUEUE = query("insert into desk_queue (id, name, made_at, made_by) values (:id, 'one', 1, 'x')")
NEXT_QUEUE = query(
    "insert into desk_queue (name, made_at, made_by) values ('two', 1, 'x') returning id"
)
NEXT_VIEW = query(
    "insert into desk_view (staff, name, filter, made_at) values (1, 'x', '', 1) returning id"
)


class Setting(NamedTuple):
    name: str
    value: bytes


class State(NamedTuple):
    owner: int
    pts: int
    top_id: int


ALL = query("select name, value from setting", Setting)
STATES = query("select owner, pts, top_id from account_state order by owner", State)

Restore = Callable[[Path], Awaitable[tuple[Manifest, Store]]]


async def put(tx: Tx, name: str, value: bytes) -> None:
    await tx.run(PUT, name=name, value=value)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of the ``store`` fixture, with keys and settings in it."""
    folder = tmp_path / "data"
    (folder / "keys").mkdir(parents=True)
    (folder / "keys" / "secrets.json").write_text('{"a": 1}')
    (folder / "petitbleu.toml").write_text("signup = 'invite'\n")
    return folder


@asynccontextmanager
async def elsewhere(dialect: str, tmp_path: Path) -> AsyncIterator[tuple[Path, str]]:
    """An empty place for a restore: ``(data folder, database)``."""
    data = tmp_path / "elsewhere"
    if dialect == "sqlite":
        yield data, "sqlite"
        return
    server = postgres.shared_server_url()
    url = postgres.database_url(server, postgres.create_database(server))
    yield data, url
    drop_postgres_database(url)


async def opened(data: Path, database: str) -> Store:
    if database == "sqlite":
        return SqliteStore(data)
    return await PostgresStore.open(database, data)


async def test_everything_acknowledged_before_is_in_a_backup_under_load(
    data: Path, store: Store, tmp_path: Path
) -> None:
    numbers = itertools.count()
    acknowledged: list[int] = []
    going_on = True

    async def load() -> None:
        while going_on:
            n = next(numbers)
            await store.write(put, f"{n}", b"\x00\\\t\n\xff" + n.to_bytes(2000, "big"))
            acknowledged.append(n)

    tasks = [asyncio.create_task(load()) for _ in range(8)]
    while len(acknowledged) < 300:
        await asyncio.sleep(0.01)
    before = set(acknowledged)
    await backup(store, data, tmp_path / "copy", at=AT)
    after = len(acknowledged)
    going_on = False
    await asyncio.gather(*tasks)
    assert after > len(before), "writers went on meanwhile"

    async with elsewhere(store.dialect, tmp_path) as (place, database):
        await restore(tmp_path / "copy", place, database)
        again = await opened(place, database)
        rows = await again.rows(ALL)
        kept = {int(row.name): row.value for row in rows if row.name.isdigit()}
        await again.close()
    assert before <= set(kept)
    # One moment: with eight writers at most eight numbers are missing below the highest.
    assert max(kept) - len(kept) < 8
    assert all(value == b"\x00\\\t\n\xff" + n.to_bytes(2000, "big") for n, value in kept.items())
    assert (place / "keys" / "secrets.json").read_text() == '{"a": 1}'
    assert (place / "petitbleu.toml").read_text() == "signup = 'invite'\n"
    assert (place / "keys" / "secrets.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("live", [True, False])
async def test_counters_skip_ahead_of_whatever_happened_since(
    data: Path, store: Store, tmp_path: Path, live: bool
) -> None:
    async def fill(tx: Tx) -> None:
        await tx.run(STATE, owner=1, pts=7, top_id=5)
        await put(tx, "next_user", b"1000009")
        await put(tx, "reference.2027", b"18")
        await put(tx, "other", b"18")
        await tx.run(QUEUE, id=41)

    await store.write(fill)
    await backup(store, data, tmp_path / "copy", at=AT, live=live)
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "mail.eml").write_text("Votre dossier PB-2027-054321, décision pb-2027-060000-1.")
    async with elsewhere(store.dialect, tmp_path) as (place, database):
        manifest = await restore(tmp_path / "copy", place, database, outside=[kept])
        again = await opened(place, database)
        assert await again.rows(STATES) == [State(1, 7 + counters.SKIP, 5 + counters.SKIP)]
        found = {row.name: row.value for row in await again.rows(ALL)}
        assert found["next_user"] == b"1010009"
        assert found["reference.2027"] == b"60001"
        assert found["other"] == b"18"
        assert found["reference.2028"] == b"10001", "nothing was given out in that year as yet"
        assert counters.PLACE not in found and counters.RESTORED in found

        async def add(tx: Tx) -> list[int]:
            made = [await tx.row(NEXT_QUEUE), await tx.row(NEXT_VIEW)]
            return [row[0] for row in made if row is not None]

        queue, view = await again.write(add)
        assert queue > 41 + counters.SKIP_NUMBERS
        assert view > counters.SKIP_NUMBERS, "a table that was empty skips too"
        await again.close()
    assert (manifest.at, manifest.live, manifest.engine) == (AT, live, store.dialect)


async def test_a_backup_overwrites_nothing(data: Path, store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    with pytest.raises(Refused, match="exists already"):
        await backup(store, data, tmp_path / "copy", at=AT)


async def test_a_changed_or_missing_file_is_refused(
    data: Path, store: Store, tmp_path: Path
) -> None:
    await backup(store, data, tmp_path / "copy", at=AT)
    (tmp_path / "copy" / "keys" / "secrets.json").write_text('{"a": 2}')
    async with elsewhere(store.dialect, tmp_path) as (place, database):
        with pytest.raises(Refused, match=r"secrets.json is missing .* or was changed"):
            await restore(tmp_path / "copy", place, database)
        assert not place.exists()


async def test_a_used_place_is_refused(data: Path, store: Store, tmp_path: Path) -> None:
    await backup(store, data, tmp_path / "copy", at=AT)
    async with elsewhere(store.dialect, tmp_path) as (place, database):
        place.mkdir()
        (place / "something").write_text("")
        with pytest.raises(Refused, match="not empty"):
            await restore(tmp_path / "copy", place, database)
        assert (place / "something").exists()


async def test_a_used_database_is_refused(postgres_store: PostgresStore, tmp_path: Path) -> None:
    await backup(postgres_store, tmp_path / "none", tmp_path / "copy", at=AT)
    async with elsewhere("postgres", tmp_path) as (place, database):
        (await PostgresStore.open(database)).pool.terminate()
        with pytest.raises(Refused, match="database is not empty"):
            await restore(tmp_path / "copy", place, database)


async def test_a_backup_of_the_other_engine_is_refused(
    data: Path, sqlite_store: Store, tmp_path: Path
) -> None:
    await backup(sqlite_store, data, tmp_path / "copy", at=AT)
    with pytest.raises(Refused, match="taken from sqlite"):
        await restore(tmp_path / "copy", tmp_path / "x", "postgresql://nobody@127.0.0.1:1/none")


async def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="is not a backup"):
        await restore(tmp_path, tmp_path / "x")


async def test_a_manifest_that_reaches_outside_is_refused(
    data: Path, sqlite_store: Store, tmp_path: Path
) -> None:
    await backup(sqlite_store, data, tmp_path / "copy", at=AT)
    manifest = tmp_path / "copy" / "manifest.json"
    manifest.write_text(manifest.read_text().replace("keys/secrets.json", "../data/lock"))
    with pytest.raises(Refused, match="outside the backup"):
        await restore(tmp_path / "copy", tmp_path / "x")


async def test_what_was_erased_for_good_is_not_brought_back(data: Path, tmp_path: Path) -> None:
    blobs = data / "blobs" / "ab"
    blobs.mkdir(parents=True, exist_ok=True)
    before, since, kept = ("cd" * 31, "ce" * 31, "cf" * 31)
    for name in (before, since, f"{since}.1", kept):
        (blobs / name).write_bytes(b"x")
    (data / "erased.log").write_text(f"5 ab{before}\n5000 ab{since}\n", "ascii")
    store = SqliteStore(data)
    await backup(store, data, tmp_path / "saved", at=1000)
    await store.close()
    await restore(tmp_path / "saved", tmp_path / "new", outside=[data / "erased.log"])
    found = {path.name for path in (tmp_path / "new" / "blobs" / "ab").iterdir()}
    assert found == {before, kept}
    assert (tmp_path / "new" / "erased.log").read_text("ascii").count("\n") == 2
