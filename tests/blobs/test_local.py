"""Contents on the local disk."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from petitbleu.blobs.api import BlobMissing
from petitbleu.blobs.local import LocalBlobs


async def test_what_was_put_is_read_in_pieces(tmp_path: Path) -> None:
    blobs, data = LocalBlobs(tmp_path / "blobs"), os.urandom(10_000)
    sha = hashlib.sha256(data).digest()
    await blobs.put(sha, 0, data)
    assert await blobs.read(sha, 0, 0, 100_000) == data
    assert await blobs.read(sha, 0, 4096, 100) == data[4096:4196]
    assert await blobs.read(sha, 0, 20_000, 100) == b""


async def test_a_finished_file_moves_in_and_a_second_copy_is_dropped(tmp_path: Path) -> None:
    blobs, data = LocalBlobs(tmp_path / "blobs"), b"one content"
    sha = hashlib.sha256(data).digest()
    for name in ("a", "b"):
        path = tmp_path / name
        path.write_bytes(data)
        await blobs.adopt(sha, 0, path)
        assert not path.exists()
    files = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert files == [blobs.path(sha)]
    assert files[0].stat().st_mode & 0o77 == 0


async def test_a_removed_content_is_missing(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    sha = hashlib.sha256(b"x").digest()
    await blobs.put(sha, 0, b"x")
    await blobs.remove(sha, 0)
    await blobs.remove(sha, 0)
    with pytest.raises(BlobMissing):
        await blobs.read(sha, 0, 0, 1)
    assert await blobs.free() > 0


async def test_a_generation_goes_with_those_before_it_and_without_those_after(
    tmp_path: Path,
) -> None:
    blobs, sha = LocalBlobs(tmp_path / "blobs"), hashlib.sha256(b"x").digest()
    for gen in range(3):
        await blobs.put(sha, gen, b"x")
    await blobs.remove(sha, 1)
    for gen in range(2):
        with pytest.raises(BlobMissing):
            await blobs.read(sha, gen, 0, 1)
    assert await blobs.read(sha, 2, 0, 1) == b"x"
    assert Path(blobs.address(sha, 2)).read_bytes() == b"x"
