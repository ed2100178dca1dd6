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
    await blobs.put(sha, data)
    assert await blobs.read(sha, 0, 100_000) == data
    assert await blobs.read(sha, 4096, 100) == data[4096:4196]
    assert await blobs.read(sha, 20_000, 100) == b""


async def test_a_finished_file_moves_in_and_a_second_copy_is_dropped(tmp_path: Path) -> None:
    blobs, data = LocalBlobs(tmp_path / "blobs"), b"one content"
    sha = hashlib.sha256(data).digest()
    for name in ("a", "b"):
        path = tmp_path / name
        path.write_bytes(data)
        await blobs.adopt(sha, path)
        assert not path.exists()
    files = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert files == [blobs.path(sha)]
    assert files[0].stat().st_mode & 0o77 == 0


async def test_a_removed_content_is_missing(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    sha = hashlib.sha256(b"x").digest()
    await blobs.put(sha, b"x")
    await blobs.remove(sha)
    await blobs.remove(sha)
    with pytest.raises(BlobMissing):
        await blobs.read(sha, 0, 1)
    assert await blobs.free() > 0
