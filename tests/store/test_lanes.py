"""Background writes: people's writes go first, and background work has its share all the same."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from petitbleu.store import lanes
from petitbleu.store.api import Store, Tx
from petitbleu.store.lanes import Lanes
from petitbleu.store.query import query
from tests.kit.stores import HeldDisk, open_sqlite
from tests.kit.waiting import GUARD, until

PUT = query("insert into setting (name, value) values (:name, :value)")


async def put(tx: Tx, name: str) -> str:
    await tx.run(PUT, name=name, value=b"")
    tx.emit(name)
    return name


async def refuse(tx: Tx) -> None:
    await tx.run(PUT, name="refused", value=b"")
    raise ValueError("refused")


def filled(*jobs: str) -> Lanes[str]:
    made: Lanes[str] = Lanes(100)
    for job in jobs:
        made.put(job, behind=job.islower())
    return made


def test_the_first_lane_does_not_wait_for_the_second() -> None:
    waiting = filled("a", "b", "A", "c", "B")
    assert waiting.first() == ["A", "B"]
    assert list(waiting.second(alone=False)) == []
    assert waiting.first() == [], "nothing else waits: the second lane's turn"
    assert list(waiting.second(alone=True)) == ["a", "b", "c"]


def test_a_turn_of_the_second_lane_ends_when_something_comes() -> None:
    waiting = filled("a", "b", "c")
    assert waiting.first() == []
    turn = waiting.second(alone=True)
    assert next(turn) == "a"
    waiting.put("A")
    assert list(turn) == []
    assert waiting.first() == ["A"]


def test_who_waited_long_enough_joins_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes, "PATIENCE", 0.0)
    monkeypatch.setattr(lanes, "SHARE", 0.0)
    waiting = filled("A", "a", "b")
    assert waiting.first() == ["A"]
    assert list(waiting.second(alone=False)) == ["a"]
    waiting.put("B")
    assert waiting.first() == ["B"]
    assert list(waiting.second(alone=False)) == ["b"]


def test_what_waits_is_handed_out_after_the_end() -> None:
    waiting = filled("A", "a")
    waiting.close()
    assert waiting.first() == ["A"]
    assert waiting.first() == []
    assert list(waiting.second(alone=True)) == ["a"]
    assert waiting.first() is None


async def test_a_message_passes_twenty_background_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "PATIENCE", 60.0)
    disk = HeldDisk()
    store = open_sqlite(tmp_path, before_commit=disk.commit)
    seen: list[object] = []
    store.listen(seen.extend)
    first = asyncio.create_task(store.write(put, "first"))
    await until(disk.busy.is_set)
    behind = [asyncio.create_task(store.background(put, f"behind{n}")) for n in range(20)]
    await asyncio.sleep(0)
    message = asyncio.create_task(store.write(put, "message"))
    await asyncio.sleep(0)
    disk.free.set()
    await asyncio.gather(first, message, *behind)
    assert seen == ["first", "message", *(f"behind{n}" for n in range(20))]
    await store.close()


async def test_a_message_that_arrives_during_background_work_joins_its_commit(
    tmp_path: Path,
) -> None:
    at_work, arrived = threading.Event(), threading.Event()
    store = open_sqlite(tmp_path)
    commits: list[list[object]] = []
    store.listen(commits.append)

    async def slow(tx: Tx) -> None:
        at_work.set()
        assert arrived.wait(GUARD)
        await put(tx, "slow")

    behind = [
        asyncio.create_task(one) for one in (store.background(slow), store.background(put, "b"))
    ]
    await asyncio.to_thread(at_work.wait, GUARD)
    message = asyncio.create_task(store.write(put, "message"))
    refused = asyncio.create_task(store.write(refuse))
    await asyncio.sleep(0)
    arrived.set()
    assert await message == "message"
    with pytest.raises(ValueError, match="refused"):
        await refused
    await asyncio.gather(*behind)
    assert commits == [["slow", "message"], ["b"]], "what failed beside them took nothing along"
    await store.close()


async def test_background_work_has_its_share_of_a_writer_that_never_rests(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path)
    running = True
    messages = 0

    async def write_on(who: int) -> None:
        nonlocal messages
        while running:
            await store.write(put, f"{who}/{messages}")
            messages += 1

    people = [asyncio.create_task(write_on(who)) for who in range(8)]
    async with asyncio.timeout(GUARD):
        await asyncio.gather(*(store.background(put, f"behind{n}") for n in range(30)))
    running = False
    await asyncio.gather(*people)
    assert messages > 0
    await store.close()


async def test_closing_finishes_background_work(tmp_path: Path) -> None:
    store = open_sqlite(tmp_path)
    waiting = [asyncio.create_task(store.background(put, f"{n}")) for n in range(50)]
    await asyncio.sleep(0)
    await store.close()
    assert await asyncio.gather(*waiting) == [f"{n}" for n in range(50)]


async def test_a_background_write_is_a_write(store: Store) -> None:
    seen: list[object] = []
    store.listen(seen.extend)
    assert await store.background(put, "one") == "one"
    with pytest.raises(ValueError, match="refused"):
        await store.background(refuse)
    assert await store.background(put, "refused") == "refused", "nothing of the failed one stayed"
    await asyncio.sleep(0)
    assert seen == ["one", "refused"]
