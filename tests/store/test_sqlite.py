"""SQLite: group commit, slow and full disks, one writer, readers that never wait."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from petitbleu.errors import Fault, LocalFault, StoreUnavailable
from petitbleu.store import checkpoints
from petitbleu.store.api import BatchOp, Tx
from petitbleu.store.query import query
from petitbleu.store.sqlite import SqliteStore
from tests.kit.stores import HeldDisk, open_sqlite
from tests.kit.waiting import until


class Setting(NamedTuple):
    name: str
    value: bytes


PUT = query("insert into setting (name, value) values (:name, :value)")
GET = query("select name, value from setting where name = :name", Setting)
ALL = query("select name, value from setting order by name", Setting)
CAP = query("pragma max_page_count = 120")
NO_CAP = query("pragma max_page_count = 1000000")


async def put(tx: Tx, name: str, value: bytes = b"") -> str:
    await tx.run(PUT, name=name, value=value)
    tx.emit(name)
    return name


async def test_many_writers_share_one_commit_of_a_slow_disk(tmp_path: Path) -> None:
    commits = 0

    def slow_disk() -> None:
        nonlocal commits
        commits += 1
        time.sleep(0.05)

    store = open_sqlite(tmp_path, before_commit=slow_disk)
    await asyncio.gather(*(store.write(put, f"{n}") for n in range(200)))
    # The first goes alone, the others gather while its commit is on its way.
    assert commits <= 3
    await store.close()


async def test_nobody_is_answered_before_the_commit(tmp_path: Path) -> None:
    disk = HeldDisk()
    store = open_sqlite(tmp_path, before_commit=disk.commit)
    seen: list[object] = []
    store.listen(seen.extend)
    waiting = asyncio.create_task(store.write(put, "a"))
    await until(disk.busy.is_set)
    assert not waiting.done()
    assert seen == []
    assert await store.row(GET, name="a") is None, "readers do not wait, and see what is committed"
    disk.free.set()
    assert await waiting == "a"
    assert await store.row(GET, name="a") is not None
    await asyncio.sleep(0)
    assert seen == ["a"]
    await store.close()


async def test_emits_of_a_group_keep_the_order_of_its_jobs(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path)
    seen: list[object] = []
    store.listen(seen.extend)
    await asyncio.gather(*(store.write(put, f"{n:03}") for n in range(100)))
    assert seen == [f"{n:03}" for n in range(100)]
    await store.close()


async def test_a_full_database_refuses_writes_reads_on_and_recovers(
    sqlite_store: SqliteStore,
) -> None:
    await sqlite_store.write(put, "before")

    async def set_cap(tx: Tx, pragma: Any) -> None:
        await tx.rows(pragma)

    await sqlite_store.write(set_cap, CAP)
    jobs = [sqlite_store.write(put, f"big{n}", bytes(200_000)) for n in range(8)]
    answers = await asyncio.gather(*jobs, return_exceptions=True)
    refused = [n for n, a in enumerate(answers) if isinstance(a, StoreUnavailable)]
    assert refused, "something did not fit"
    kept = {s.name for s in await sqlite_store.rows(ALL)}
    assert kept == {"before"} | {f"big{n}" for n in range(8) if n not in refused}
    await sqlite_store.write(set_cap, NO_CAP)
    await sqlite_store.write(put, "after", bytes(200_000))
    found = await sqlite_store.row(GET, name="after")
    assert found is not None
    assert len(found.value) == 200_000


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """No file of this process grows beyond ``size``: writes fail as on a failing device."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_failing_device_leaves_nothing_half_written(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path)
    await store.write(put, "before", b"x")
    log_size = (tmp_path / "petitbleu.sqlite-wal").stat().st_size
    with files_end_at(log_size + 40_000):
        jobs = [store.write(put, f"n{n}", bytes(30_000)) for n in range(6)]
        answers = await asyncio.gather(*jobs, return_exceptions=True)
        assert any(isinstance(a, StoreUnavailable) for a in answers)
        assert await store.row(GET, name="before") == Setting("before", b"x")
    acknowledged = {a for a in answers if isinstance(a, str)}
    await store.write(put, "after")
    assert {s.name for s in await store.rows(ALL)} == acknowledged | {"before", "after"}
    await store.close()
    again = open_sqlite(tmp_path)
    assert {s.name for s in await again.rows(ALL)} == acknowledged | {"before", "after"}
    assert sqlite3.connect(tmp_path / "petitbleu.sqlite").execute(
        "pragma integrity_check"
    ).fetchone() == ("ok",)
    await again.close()


async def test_a_swallowed_database_error_fails_the_transaction(sqlite_store: SqliteStore) -> None:
    async def swallow(tx: Tx) -> None:
        await put(tx, "a")
        try:
            await put(tx, "a")
        except sqlite3.IntegrityError:
            return

    with pytest.raises(LocalFault, match="swallowed"):
        await sqlite_store.write(swallow)
    assert await sqlite_store.rows(ALL) == []


async def test_a_lone_failed_job_leaves_nothing(sqlite_store: SqliteStore) -> None:
    async def fail(tx: Tx) -> None:
        await put(tx, "a")
        raise Fault("PEER_ID_INVALID")

    for _ in range(3):
        with pytest.raises(Fault):
            await sqlite_store.write(fail)
    await sqlite_store.write(put, "b")
    assert [s.name for s in await sqlite_store.rows(ALL)] == ["b"]


async def test_a_cancelled_caller_does_not_disturb_the_others(sqlite_store: SqliteStore) -> None:
    tasks = [asyncio.create_task(sqlite_store.write(put, str(n))) for n in range(5)]
    await asyncio.sleep(0)
    tasks[2].cancel()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(answers[2], asyncio.CancelledError)
    assert [a for a in answers if isinstance(a, str)] == ["0", "1", "3", "4"]


async def test_the_event_loop_cannot_write_through_the_readers(sqlite_store: SqliteStore) -> None:
    with pytest.raises((StoreUnavailable, sqlite3.OperationalError)):
        await sqlite_store.rows(PUT, name="a", value=b"")
    with pytest.raises((StoreUnavailable, sqlite3.OperationalError)):
        await sqlite_store.scan(PUT, name="a", value=b"")


def _insert_items(conn: Any, items: Sequence[str]) -> list[tuple[Any, Sequence[object]]]:
    """A batch statement: refuses "bad" by itself, breaks on "broken"."""
    if "broken" in items:
        raise ValueError("broken")
    good = [item for item in items if item != "bad"]
    conn.executemany("insert into setting values (?, x'')", [(item,) for item in good])
    return [
        (Fault("PEER_ID_INVALID"), ()) if item == "bad" else ((item, len(items)), (item,))
        for item in items
    ]


async def _never(conn: Any, items: Sequence[str]) -> list[tuple[Any, Sequence[object]]]:
    raise AssertionError("this test is about SQLite")


INSERT = BatchOp("insert", _insert_items, _never)


async def test_waiting_items_of_one_operation_run_as_one_job(tmp_path: Path) -> None:
    disk = HeldDisk()
    store = open_sqlite(tmp_path, before_commit=disk.commit)
    seen: list[object] = []
    store.listen(seen.extend)
    first = asyncio.create_task(store.batch(INSERT, "first"))
    await until(disk.busy.is_set)
    rest = [asyncio.create_task(store.batch(INSERT, f"{n}")) for n in range(9)]
    rest.append(asyncio.create_task(store.batch(INSERT, "bad")))
    await asyncio.sleep(0)
    disk.free.set()
    assert await first == ("first", 1)
    answers = await asyncio.gather(*rest, return_exceptions=True)
    assert answers[:9] == [(f"{n}", 10) for n in range(9)]
    assert isinstance(answers[9], Fault)
    assert seen == ["first", *(f"{n}" for n in range(9))]
    await store.close()


async def test_a_breaking_item_fails_alone(sqlite_store: SqliteStore) -> None:
    items = ["a", "broken", "b"]
    answers = await asyncio.gather(
        *(sqlite_store.batch(INSERT, item) for item in items), return_exceptions=True
    )
    assert isinstance(answers[1], ValueError)
    assert [s.name for s in await sqlite_store.rows(ALL)] == ["a", "b"]


async def test_closing_finishes_what_is_queued(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path)
    jobs = [asyncio.create_task(store.write(put, f"{n:03}")) for n in range(50)]
    await asyncio.sleep(0)
    await store.close()
    await store.close()
    assert len(await asyncio.gather(*jobs)) == 50
    with pytest.raises(StoreUnavailable):
        await store.write(put, "late")
    again = open_sqlite(tmp_path)
    assert len(await again.rows(ALL)) == 50
    await again.close()


async def test_the_log_stays_short_under_endless_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "ROWS", 50)
    monkeypatch.setattr(checkpoints, "LOG_PAGES", 200)
    store = open_sqlite(tmp_path)
    await store.write(put, "x", bytes(4000))
    update = query("update setting set value = :value where name = 'x'")

    async def change(tx: Tx, n: int) -> None:
        await tx.run(update, value=n.to_bytes(4, "big") * 1000)

    for n in range(4000):
        await store.write(change, n)
        if n % 200 == 0:
            await asyncio.sleep(0.02)  # a slow disk is no failure: the checkpoint has its turn
    assert (tmp_path / "petitbleu.sqlite-wal").stat().st_size < 16 << 20, "changes are 32 MiB"
    await store.close()
    assert not (tmp_path / "petitbleu.sqlite-wal").exists()


async def test_the_files_are_private(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path)
    await store.write(put, "a")
    for path in tmp_path.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path.name
    await store.close()


async def test_a_broken_connection_of_the_writer_is_replaced(sqlite_store: SqliteStore) -> None:
    await sqlite_store.write(put, "before")
    sqlite_store._writer.close()
    with pytest.raises(StoreUnavailable):
        await sqlite_store.write(put, "lost")
    await sqlite_store.write(put, "after")
    assert [s.name for s in await sqlite_store.rows(ALL)] == ["after", "before"]
