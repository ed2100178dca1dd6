"""An instance moves from SQLite to PostgreSQL and back: all of it, once, whatever interrupts it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from petitbleu.store import counters, moved, settings
from petitbleu.store.api import Store, Tx
from petitbleu.store.lock import DataLock
from petitbleu.store.migrate import Refused
from petitbleu.store.move import Report, move
from petitbleu.store.move_sides import PostgresSide, Side, SqliteSide
from petitbleu.store.postgres import PostgresStore
from petitbleu.store.query import query
from petitbleu.store.sqlite import SqliteStore
from tests.kit import postgres
from tests.kit.stores import drop_postgres_database
from tests.transfer.test_old_folder import ARCHIVES

RETURNED = "sqlite"


class Id(NamedTuple):
    id: int


NEXT_QUEUE = query(
    "insert into desk_queue (name, made_at, made_by) values (:name, 1, 'x') returning id", Id
)


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A folder with people, chats, cases, mails and files of some months, of this version."""
    with tarfile.open(ARCHIVES / "sqlite.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    store = SqliteStore(tmp_path / "data")
    await store.close()
    return tmp_path / "data"


@pytest.fixture
async def url() -> AsyncIterator[str]:
    server = postgres.shared_server_url()
    made = postgres.database_url(server, postgres.create_database(server))
    yield made
    await asyncio.to_thread(drop_postgres_database, made)


async def opened(data: Path, database: str) -> Store:
    if database == "sqlite":
        return SqliteStore(data)
    return await PostgresStore.open(database, data)


async def served(data: Path, database: str, *, return_to: bool = False) -> None:
    """What a start does with the marks of a move. Raises Refused."""
    store = await opened(data, database)
    try:
        await moved.begin(store, 1_800_000_000, return_to=return_to)
    finally:
        await store.close()


async def queue(tx: Tx, name: str = "first") -> int:
    row = await tx.row(NEXT_QUEUE, name=name)
    assert row is not None
    return row.id


def put_aside(data: Path) -> None:
    for path in data.glob("petitbleu.sqlite*"):
        path.rename(path.with_name("left-" + path.name))


async def test_all_of_it_goes_there_and_back(data: Path, url: str) -> None:
    store = await opened(data, "sqlite")
    number = await store.write(queue)
    await store.close()
    there = await move(data, "sqlite", url)
    assert there.rows > 200
    assert {"account", "auth", "box", "body", "event_log", "desk_case"} <= {
        name for name, table in there.tables.items() if table.rows
    }, there.tables
    await served(data, url)
    store = await opened(data, url)
    assert await store.write(queue, "second") == number + 1, "numbers go on where they were"
    await store.close()
    put_aside(data)
    before = {name: table for name, table in there.tables.items() if name != "desk_queue"}
    back = await move(data, url, "sqlite")
    assert {name: table for name, table in back.tables.items() if name != "desk_queue"} == before
    assert back.tables["desk_queue"].rows == there.tables["desk_queue"].rows + 1
    await served(data, "sqlite")
    store = await opened(data, "sqlite")
    assert await store.write(queue, "third") == number + 2
    place = await store.row(settings.LOAD, name=counters.PLACE)
    assert place is None or json.loads(place.value)["file"] == (
        (data / "petitbleu.sqlite").stat().st_ino
    ), "the desk finds the database where the last start left it"
    await store.close()


class Stopped(Exception):
    """As if the process had ended here."""


async def test_a_move_that_is_stopped_at_any_table_goes_on_there(data: Path, url: str) -> None:
    runs: list[int] = []

    def stop(_: str) -> None:
        runs[-1] += 1
        if runs[-1] == 20:
            raise Stopped

    report: Report | None = None
    while report is None:
        runs.append(0)
        try:
            report = await move(data, "sqlite", url, stop)
        except Stopped:
            with pytest.raises(Refused, match="did not end"):
                await served(data, url)
    assert len(runs) > 3
    assert report.copied < report.rows, "what was there was not copied again"
    put_aside(data)
    await served(data, url)
    assert (await move(data, url, "sqlite")).tables == report.tables


@pytest.mark.parametrize("after", [0.15, 0.5, 0.9])
async def test_a_killed_move_goes_on(data: Path, url: str, after: float) -> None:
    words = [sys.executable, "-m", "petitbleu", "move", "--data", str(data), "--to", url]
    running = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    lines = 0
    while (await asyncio.to_thread(running.stdout.readline)) and lines < after * 100:
        lines += 1
    running.kill()
    running.wait()
    report = await move(data, "sqlite", url)
    put_aside(data)
    await served(data, url)
    assert (await move(data, url, "sqlite")).tables == report.tables


async def test_it_stops_between_the_two_ends(
    data: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The target is whole, the source does not know it yet: the same command ends the move."""
    change = SqliteSide.change

    async def refuse(side: Side, rows: dict[str, bytes | None]) -> None:
        if moved.MOVED in rows:
            raise Stopped
        await change(side, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(SqliteSide, "change", refuse)
    with pytest.raises(Stopped):
        await move(data, "sqlite", url)
    monkeypatch.undo()
    assert (await move(data, "sqlite", url)).copied == 0
    with pytest.raises(Refused, match="was moved to"):
        await served(data, "sqlite")


async def test_the_source_is_not_served_any_more_unless_the_target_never_was(
    data: Path, url: str
) -> None:
    await move(data, "sqlite", url)
    with pytest.raises(Refused, match=r"was moved to postgresql://.*--i-know"):
        await served(data, "sqlite")
    with pytest.raises(Refused, match="moved already"):
        await move(data, "sqlite", url)
    await served(data, "sqlite", return_to=True)
    await served(data, "sqlite")
    with pytest.raises(Refused, match="did not end"):
        await served(data, url)


async def test_a_target_that_was_served_is_not_given_up(data: Path, url: str) -> None:
    await move(data, "sqlite", url)
    await served(data, url)
    with pytest.raises(Refused, match="has been served"):
        await served(data, "sqlite", return_to=True)
    await served(data, url)


async def test_a_source_that_ran_again_is_not_moved_on(data: Path, url: str) -> None:
    def stop(_: str) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        await move(data, "sqlite", url, stop)
    await served(data, "sqlite")
    with pytest.raises(Refused, match="before the source last ran"):
        await move(data, "sqlite", url)


async def test_what_cannot_be_moved_is_refused_before_anything_is_copied(
    data: Path, url: str, tmp_path: Path
) -> None:
    lock = DataLock(data)
    with pytest.raises(Refused, match="in use"):
        await move(data, "sqlite", url)
    lock.release()
    with pytest.raises(Refused, match="both SQLite"):
        await move(data, "sqlite", "sqlite")
    with pytest.raises(Refused, match="postgresql://"):
        await move(data, "sqlite", "mysql://somewhere")
    with pytest.raises(Refused, match="nothing to move"):
        await move(tmp_path, "sqlite", url)
    store = await PostgresStore.open(url, None)
    await store.write(queue)
    await store.close()
    with pytest.raises(Refused, match="not empty"):
        await move(data, "sqlite", url)
    with pytest.raises(Refused, match="is there already"):
        await move(data, url, "sqlite")
    await served(data, "sqlite")


async def test_a_server_uses_the_target(data: Path, url: str, tmp_path: Path) -> None:
    side = await PostgresSide.open(url)
    assert await side.is_empty()
    await side.close()
    with tarfile.open(ARCHIVES / "sqlite.tar.xz") as archive:
        archive.extractall(tmp_path / "older", filter="data")
    with pytest.raises(Refused, match="another version"):
        await move(tmp_path / "older" / "data", "sqlite", url)
