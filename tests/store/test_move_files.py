"""Files and keys are moved into a bucket and back: whole, compared, or not at all."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from petitbleu.blobs.bucket import Bucket
from petitbleu.blobs.s3 import BucketBlobs, key_of
from petitbleu.cli.main import cli
from petitbleu.config import Config
from petitbleu.run import moving_files
from petitbleu.run.config import load
from petitbleu.store import move_files
from petitbleu.store.api import Store
from petitbleu.store.migrate import Refused
from petitbleu.store.opening import open_store
from petitbleu.store.query import query
from tests.kit import buckets
from tests.kit.stores import drop_postgres_database, new_postgres_database

_ADD = query("insert into blob (sha, size, gen) values (:sha, :size, :gen)")
CONTENTS = [os.urandom(size) for size in (1, 1000, (1 << 20) + 5)]


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """A stopped instance on SQLite with three files, one of a later generation."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "keys").mkdir()
    (folder / "keys" / "secret").write_bytes(b"key")
    store = await opened(folder / "petitbleu.sqlite")
    for gen, content in enumerate(CONTENTS):
        sha = hashlib.sha256(content).digest()

        async def add(tx: Any, sha: bytes = sha, size: int = len(content), gen: int = gen) -> None:
            await tx.run(_ADD, sha=sha, size=size, gen=gen)

        await store.write(add)
        path = folder / "blobs" / sha.hex()[:2] / (sha.hex()[2:] + (f".{gen}" if gen else ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    await store.close()
    return folder


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """A PostgreSQL database without rows."""
    made = new_postgres_database()
    yield made
    drop_postgres_database(made)


async def opened(path: Path) -> Store:
    return await open_store(Config(data=path.parent))


def run(*args: str) -> Any:
    """The command; its result, or the sentence it ended with."""
    done = CliRunner().invoke(cli, ["move", *args, "--json"])
    return json.loads(done.stdout) if done.exit_code == 0 else done.output


async def move(data: Path, *args: str) -> Any:
    return await asyncio.to_thread(run, "--data", str(data), *args)


def settings(data: Path, database: str, blobs: str) -> None:
    """What the operator writes into the configuration."""
    (data / "petitbleu.toml").write_text(
        f'database = "{database}"\n[cluster]\nblobs = "{blobs}"\n', "utf-8"
    )


async def in_bucket(blobs: str) -> list[bytes]:
    bucket = Bucket(blobs)
    return [await bucket.get(one.key) async for one in bucket.objects("b")]


async def test_all_of_it_goes_there_and_back(data: Path, url: str, tmp_path: Path) -> None:
    blobs = buckets.new_bucket()
    before = await move(data, "--blobs", blobs, "--beforehand")
    assert (before["files"]["contents"], before["files"]["copied"]) == (3, 3)
    there = await move(data, "--to", url, "--blobs", blobs, "--keys", str(tmp_path / "shared-keys"))
    assert (there["files"]["contents"], there["files"]["copied"], there["keys"]) == (3, 0, 1)
    assert there["files"]["digest"] == before["files"]["digest"]
    assert sorted(await in_bucket(blobs)) == sorted(CONTENTS)
    assert (tmp_path / "shared-keys" / "secret").read_bytes() == b"key"
    assert [
        one.key async for one in Bucket(blobs).objects("") if not one.key.startswith("b/")
    ] == []
    settings(data, url, blobs)
    (data / "petitbleu.sqlite").rename(tmp_path / "aside.sqlite")
    (data / "blobs").rename(tmp_path / "aside")
    assert "add --blobs local" in await move(data, "--to", "sqlite")
    back = await move(data, "--to", "sqlite", "--blobs", "local")
    assert back["files"] == there["files"] | {"copied": 3}
    found = {path.relative_to(data / "blobs"): path.read_bytes()
             for path in (data / "blobs").rglob("*") if path.is_file()}  # fmt: skip
    assert found == {
        path.relative_to(tmp_path / "aside"): path.read_bytes()
        for path in (tmp_path / "aside").rglob("*")
        if path.is_file()
    }


async def test_who_is_on_postgresql_moves_files_alone(data: Path, url: str) -> None:
    assert isinstance(await move(data, "--to", url), dict)
    settings(data, url, "")
    blobs = buckets.new_bucket()
    assert (await move(data, "--blobs", blobs))["files"]["copied"] == 3
    side = await moving_files._open(load(data, {}))
    assert await side.setting(move_files.PLACE) == move_files.place_of(blobs).encode()
    line = json.loads(await side.setting("move.line") or b"{}")
    await side.close()
    assert (line["rows"], line["target"]) == (3, Bucket(blobs).name)


async def test_it_goes_on_where_it_was_stopped(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs, config = buckets.new_bucket(), load(data, {})
    adopt, count = BucketBlobs.adopt, 0

    async def stops(self: BucketBlobs, sha: bytes, gen: int, path: Path) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise KeyboardInterrupt
        await adopt(self, sha, gen, path)

    monkeypatch.setattr(BucketBlobs, "adopt", stops)
    with pytest.raises(KeyboardInterrupt):
        await moving_files.copy(config, blobs, print)
    monkeypatch.setattr(BucketBlobs, "adopt", adopt)
    done = await moving_files.copy(config, blobs, print)
    assert (done.contents, done.copied) == (3, 1)


async def test_what_cannot_be_moved_is_refused_before_a_byte_is_copied(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = buckets.new_bucket()
    await Bucket(full).put("somebody/else", b"x")
    assert "not empty" in await move(data, "--blobs", full)
    assert "no such bucket" in await move(data, "--blobs", "s3://nowhere" + full[full.index("?") :])
    assert "credentials stand in" in await move(data, "--blobs", full + "&key=x")
    assert "already" in await move(data, "--blobs", "local")
    assert "Say where to" in await move(data)
    assert [one.key async for one in Bucket(full).objects("")] == ["somebody/else"]
    other = tmp_path / "keys"
    other.mkdir()
    (other / "secret").write_bytes(b"another key")
    assert "never written over" in await move(data, "--keys", str(other))
    assert (other / "secret").read_bytes() == b"another key"
    monkeypatch.setattr(move_files, "has_room", lambda folder, size: False)
    place = moving_files.FolderPlace(tmp_path / "small")
    with pytest.raises(Refused, match="not enough room"):
        await place.prepare(1)


async def test_damaged_and_missing_files_end_the_move(data: Path) -> None:
    blobs = buckets.new_bucket()
    path = max((one for one in (data / "blobs").rglob("*") if one.is_file()), key=os.path.getsize)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"?")
    assert "was damaged there before" in await move(data, "--blobs", blobs)
    path.unlink()
    assert "that the database knows are not in" in await move(data, "--blobs", blobs)
    path.write_bytes(whole)
    assert (await move(data, "--blobs", blobs))["files"]["contents"] == 3
    sha = hashlib.sha256(whole).digest()
    assert await Bucket(blobs).get(key_of(sha, 2)) == whole


async def test_a_server_that_is_set_to_the_old_place_is_refused(data: Path) -> None:
    blobs = buckets.new_bucket()
    await move(data, "--blobs", blobs)
    store = await opened(data / "petitbleu.sqlite")
    await move_files.check(store, move_files.place_of(blobs))
    with pytest.raises(Refused, match="the data folder"):
        await move_files.check(store, move_files.LOCAL)
    await move_files.check(store, move_files.LOCAL, return_to=True)
    await move_files.check(store, move_files.LOCAL)
    await store.close()
