"""A content is erased by one worker while another keeps it again: no lock, and none is missing."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
from pathlib import Path
from typing import Any

import pytest

from petitbleu.app import App
from petitbleu.blobs.api import BlobMissing
from petitbleu.config import Cluster
from petitbleu.domain.files.media import queries as q
from petitbleu.domain.files.media import storage, sweep
from petitbleu.domain.files.media.queries import BlobRow
from petitbleu.keys import Secrets
from petitbleu.store.api import Store
from petitbleu.store.query import query
from tests.kit import buckets
from tests.kit.world import World, running

_DUE = query("update blob set check_at = 1 where sha = :sha")
_BLOB = query("select sha, gen, size, state, check_at from blob where sha = :sha", BlobRow)
_ALL = query("select sha, gen, size, state, check_at from blob where state = 0", BlobRow)
AT_ONCE = 50


class Slow:
    """Blobs that take a moment now and then, as a disk or a network does."""

    def __init__(self, blobs: Any, seed: int) -> None:
        self._blobs = blobs
        self._random = random.Random(seed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._blobs, name)

    async def _wait(self) -> None:
        for _ in range(self._random.choice((0, 0, 1, 2, 5, 20))):
            await asyncio.sleep(0)

    async def put(self, sha: bytes, gen: int, data: bytes) -> None:
        await self._wait()
        await self._blobs.put(sha, gen, data)

    async def remove(self, sha: bytes, gen: int) -> None:
        await self._wait()
        await self._blobs.remove(sha, gen)


async def _race(app: App, n: int) -> None:
    """Keep a content that is due to be erased, while it is erased; then it is there."""
    data = b"content %d " % n + os.urandom(8)
    sha = hashlib.sha256(data).digest()
    await storage.keep(app, data)
    for _ in range(1 + n % 3):
        await app.store.write(_make_due, sha)
        row = await app.store.row(_BLOB, sha=sha)
        assert row is not None
        kept, _ = await asyncio.gather(
            storage.keep(app, data), sweep._erase_blob(app, row, int(app.clock.now()))
        )
        found = await app.store.row(_BLOB, sha=sha)
        assert found is not None and found.state == sweep.KEPT and found.gen == kept.gen
        assert await app.parts[storage.STORAGE].blobs.read(sha, kept.gen, 0, 100) == data


async def _make_due(tx: Any, sha: bytes) -> None:
    await tx.run(_DUE, sha=sha)


async def _races(world: World, count: int) -> None:
    kept = world.app.parts[storage.STORAGE]
    kept.blobs = Slow(kept.blobs, 7)  # type: ignore[assignment]
    for first in range(0, count, 50):
        await asyncio.gather(*(_race(world.app, n) for n in range(first, first + 50)))
    assert await storage.used(world.app, storage.SERVER) > 0


@pytest.mark.engines
async def test_what_is_kept_again_while_it_is_erased_is_there(world: World) -> None:
    await _races(world, 150)


@pytest.mark.long
@pytest.mark.engines
async def test_ten_thousand_races_lose_nothing(world: World) -> None:
    await _races(world, 5_000)  # each up to three times


@pytest.mark.long
async def test_two_workers_and_a_bucket_lose_nothing(postgres_store: Store, tmp_path: Path) -> None:
    """As many races as ``CONTENT_RACES`` says, in the bucket ``CONTENT_BUCKET`` or one of moto."""
    count = int(os.environ.get("CONTENT_RACES", "1000"))
    place = Cluster(
        bus="nats://127.0.0.1:1",
        blobs=os.environ.get("CONTENT_BUCKET") or buckets.new_bucket(),
        undelete_days=0,
    )
    secrets = Secrets.create()
    workers = [
        World(postgres_store, tmp_path / str(n), secrets=secrets, cluster=place) for n in range(2)
    ]
    async with running(workers[0]), running(workers[1]):
        for first in range(0, count, AT_ONCE):
            chosen = range(first, min(first + AT_ONCE, count))
            await asyncio.gather(*(_race_of_two(workers, n) for n in chosen))
        missing = []
        for row in await postgres_store.rows(_ALL):
            for world in workers:
                kept = world.app.parts[storage.STORAGE].blobs
                kept.forget([row.sha])  # as a worker that never read it
                try:
                    await kept.read(row.sha, row.gen, 0, 1)
                except BlobMissing:
                    missing.append(row)
        assert not missing


async def _race_of_two(workers: list[World], n: int) -> None:
    """One worker erases a content while the other, or both, keep it again."""
    data = b"content %d " % n + os.urandom(8)
    sha = hashlib.sha256(data).digest()
    eraser, keeper = (workers[n % 2].app, workers[1 - n % 2].app)
    await storage.keep(eraser, data)
    await eraser.store.write(_make_due, sha)
    row = await eraser.store.row(_BLOB, sha=sha)
    assert row is not None
    works: list[Any] = [sweep._erase_blob(eraser, row, int(eraser.clock.now()))]
    works += [storage.keep(app, data) for app in (keeper, eraser)[: 1 + (n % 3 == 0)]]
    await asyncio.gather(*works)
    found = await eraser.store.row(_BLOB, sha=sha)
    assert found is not None and found.state == sweep.KEPT


async def _kept_and_due(world: World) -> BlobRow:
    kept = await storage.keep(world.app, b"x")
    await world.app.store.write(_make_due, kept.sha)
    row = await world.app.store.row(_BLOB, sha=kept.sha)
    assert row is not None
    return row


async def test_who_keeps_a_content_that_is_going_takes_the_next_generation(world: World) -> None:
    row = await _kept_and_due(world)
    app, blobs = world.app, world.app.parts[storage.STORAGE].blobs
    assert await app.store.write(sweep._end_blob, row, int(app.clock.now()), 0)
    again = await storage.keep(app, b"x")
    assert (again.sha, again.gen) == (row.sha, row.gen + 1)
    await blobs.remove(row.sha, row.gen)
    assert await app.store.write(sweep._drop_blob, row) == 0
    assert await blobs.read(row.sha, again.gen, 0, 1) == b"x"
    assert await storage.used(app, storage.SERVER) == 1


async def test_an_eraser_that_was_stopped_is_finished_by_the_next(world: World) -> None:
    row = await _kept_and_due(world)
    app = world.app
    await app.store.write(sweep._end_blob, row, int(app.clock.now()), 0)
    assert (await sweep.run(app))[1] == 1
    assert await app.store.row(_BLOB, sha=row.sha) is None
    with pytest.raises(BlobMissing):
        await app.parts[storage.STORAGE].blobs.read(row.sha, row.gen, 0, 1)
    assert await storage.used(app, storage.SERVER) == 0


async def test_what_was_erased_before_it_is_used_is_refused_not_shown(world: World) -> None:
    """Two days pass between keeping and using: no photo without its content."""
    kept = await storage.keep(world.app, b"x")
    row = await world.app.store.row(_BLOB, sha=kept.sha)
    assert row is not None
    assert row.check_at > world.clock.now()
    await world.app.store.write(_make_due, kept.sha)
    assert (await sweep.run(world.app))[1] == 1

    async def use(tx: Any) -> int:
        return await tx.run(q.USE_BLOB, sha=kept.sha, gen=kept.gen)

    assert await world.app.store.write(use) == 0


async def test_files_of_the_first_generation_lie_where_they_always_did(
    world: World, tmp_path: Path
) -> None:
    kept = await storage.keep(world.app, b"x")
    name = kept.sha.hex()
    assert (tmp_path / "blobs" / name[:2] / name[2:]).read_bytes() == b"x"
