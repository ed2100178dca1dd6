"""Contents in a bucket, over HTTP: ranges, what is remembered, what is gone, and a bucket away."""

from __future__ import annotations

import asyncio
import hashlib
import os
import threading
from pathlib import Path

import pytest

from petitbleu.blobs import bucket as bucket_module
from petitbleu.blobs.api import BlobMissing, FilesUnavailable
from petitbleu.blobs.blocks import BLOCK, Block, Blocks
from petitbleu.blobs.bucket import Bucket, read_address
from petitbleu.blobs.s3 import BucketBlobs, BucketObjects, key_of
from tests.kit import buckets
from tests.kit.waiting import until


def blobs_in(url: str, folder: Path, disk: int = 8 << 20) -> BucketBlobs:
    """What one worker reads and keeps with."""
    return BucketBlobs(Bucket(url), Blocks(folder, disk))


def sha_of(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


@pytest.fixture
def url() -> str:
    return buckets.new_bucket()


async def test_what_was_put_is_read_in_pieces(url: str, tmp_path: Path) -> None:
    blobs, data = blobs_in(url, tmp_path), os.urandom(2 * BLOCK + 100)
    sha = sha_of(data)
    await blobs.put(sha, 0, data)
    assert await blobs.read(sha, 0, 0, BLOCK) == data[:BLOCK]
    assert await blobs.read(sha, 0, BLOCK - 50, 100) == data[BLOCK - 50 : BLOCK + 50]
    assert await blobs.read(sha, 0, 2 * BLOCK, BLOCK) == data[2 * BLOCK :]
    assert await blobs.read(sha, 0, 4 * BLOCK, 100) == b""
    whole = sha_of(b"")
    await blobs.put(whole, 0, b"")
    assert await blobs.read(whole, 0, 0, 100) == b""
    with pytest.raises(BlobMissing):
        await blobs.read(sha, 1, 0, 1)


async def test_a_large_file_travels_in_pieces_and_once(url: str, tmp_path: Path) -> None:
    blobs, data = blobs_in(url, tmp_path / "cache"), os.urandom(bucket_module.PIECE + 1000)
    for _ in range(2):
        path = tmp_path / "whole"
        path.write_bytes(data)
        await blobs.adopt(sha_of(data), 0, path)
        assert not path.exists()
    assert await blobs.bucket.size(key_of(sha_of(data), 0)) == len(data)
    end = bucket_module.PIECE
    assert await blobs.read(sha_of(data), 0, end, 1000) == data[end:]


async def test_pieces_are_fetched_once_and_remembered(url: str, tmp_path: Path) -> None:
    data = os.urandom(1000)
    sha, first = sha_of(data), blobs_in(url, tmp_path)
    await first.put(sha, 0, data)
    got = await asyncio.gather(*(first.read(sha, 0, n, 10) for n in range(50)))
    assert got == [data[n : n + 10] for n in range(50)]
    await first.bucket.delete([key_of(sha, 0)])
    assert await first.read(sha, 0, 0, 1000) == data  # from memory
    await first.close()  # what is on its way to the disk has come there
    second = blobs_in(url, tmp_path)
    assert await second.remembered() == [sha]
    assert await second.read(sha, 0, 0, 1000) == data  # from the disk
    second.forget([sha])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    with pytest.raises(BlobMissing):
        await second.read(sha, 0, 0, 1)


async def test_what_is_erased_on_its_way_to_the_disk_does_not_stay(tmp_path: Path) -> None:
    blocks, block = Blocks(tmp_path, 3000), Block(sha_of(b"secret"), 0, 0)
    before = blocks.keep(block, bytes(1000))
    assert await blocks.get(block) == bytes(1000)  # from memory, already
    blocks.forget([block.sha])
    await before
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert await blocks.get(block) is None
    await asyncio.gather(blocks.keep(block, bytes(1000)), blocks.keep(block, bytes(1000)))
    assert await Blocks(tmp_path, 3000).load() == [block.sha]


async def test_what_is_read_from_the_disk_while_it_is_erased_is_not_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block, loop = Block(sha_of(b"secret"), 0, 0), asyncio.get_running_loop()
    await Blocks(tmp_path, 3000).keep(block, b"secret")
    blocks = Blocks(tmp_path, 3000)
    await blocks.load()
    read, went_on, erased = Path.read_bytes, asyncio.Event(), threading.Event()

    def slow(path: Path) -> bytes:
        piece = read(path)
        loop.call_soon_threadsafe(went_on.set)
        assert erased.wait(10)
        return piece

    monkeypatch.setattr(Path, "read_bytes", slow)
    reading = asyncio.ensure_future(blocks.get(block))
    await went_on.wait()
    blocks.forget([block.sha])
    erased.set()
    assert await reading is None
    assert await blocks.get(block) is None


async def test_a_piece_that_is_erased_and_asked_for_again_meanwhile_is_not_remembered(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs, sha = blobs_in(url, tmp_path), sha_of(b"secret")
    answers: list[asyncio.Future[bytes]] = []

    async def answered(self: Bucket, key: str, offset: int, end: int) -> bytes:
        answers.append(asyncio.get_running_loop().create_future())
        return await answers[-1]

    monkeypatch.setattr(Bucket, "get_range", answered)
    before = asyncio.ensure_future(blobs.read(sha, 0, 0, 10))
    await until(lambda: len(answers) == 1)
    blobs.forget([sha])
    after = asyncio.ensure_future(blobs.read(sha, 0, 0, 10))
    await until(lambda: len(answers) == 2)
    answers[0].set_result(b"secret")
    assert await before == b"secret"
    answers[1].set_exception(BlobMissing(key_of(sha, 0)))
    with pytest.raises(BlobMissing):
        await after
    await blobs.close()
    assert await blobs.blocks.get(Block(sha, 0, 0)) is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("endpoint", "safe"),
    [
        ("https://s3.example", True),
        ("http://127.0.0.1:7070", True),
        ("http://[::1]:7070", True),
        ("http://localhost", True),
        ("http://10.0.0.2:7070", False),
        ("http://127.0.0.1.example", False),
        ("http://localhost.example", False),
    ],
)
def test_bytes_are_signed_where_somebody_could_change_them(endpoint: str, safe: bool) -> None:
    assert bucket_module._is_safe(endpoint) is safe


async def test_the_disk_holds_no_more_than_it_may(tmp_path: Path) -> None:
    blocks = Blocks(tmp_path, 3000)
    for n in range(5):
        await blocks.keep(Block(sha_of(b"%d" % n), 0, 0), bytes(1000))
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 3
    assert set(await Blocks(tmp_path, 3000).load()) == {sha_of(b"%d" % n) for n in (2, 3, 4)}
    (tmp_path / "ab").mkdir(exist_ok=True)
    (tmp_path / "ab" / ".half").write_bytes(b"x")
    assert await Blocks(tmp_path, 0).load() == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


async def test_what_is_fetched_while_it_is_erased_is_not_remembered(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blobs, data = blobs_in(url, tmp_path), b"secret"
    sha, got = sha_of(data), asyncio.Event()
    await blobs.put(sha, 0, data)
    fetch, go = blobs.bucket.get_range, asyncio.Event()

    async def slow(self: Bucket, key: str, offset: int, end: int) -> bytes:
        piece = await fetch(key, offset, end)
        got.set()
        await go.wait()
        return piece

    monkeypatch.setattr(Bucket, "get_range", slow)
    reading = asyncio.ensure_future(blobs.read(sha, 0, 0, 10))
    await got.wait()
    await blobs.remove(sha, 0)
    go.set()
    assert await reading == data
    assert await blobs.blocks.get(Block(sha, 0, 0)) is None
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("versions", [False, True])
async def test_what_is_removed_leaves_no_version(tmp_path: Path, versions: bool) -> None:
    blobs = blobs_in(buckets.new_bucket(versions=versions), tmp_path)
    sha, other = sha_of(b"x"), sha_of(b"y")
    for gen in range(3):
        await blobs.put(sha, gen, b"x")
        await blobs.put(sha, gen, b"x")
    await blobs.put(other, 0, b"y")
    await blobs.bucket.delete([key_of(sha, 0)])  # somebody's hand: a version is left
    await blobs.remove(sha, 1)
    assert await blobs.bucket.remembers("b") == sorted([key_of(sha, 2), key_of(other, 0)])
    assert await blobs.read(sha, 2, 0, 1) == b"x"


async def test_parts_are_objects_that_go_together(url: str) -> None:
    bucket = Bucket(url)
    objects = BucketObjects(bucket)
    for key in ("parts/7/a/0", "parts/7/a/11", "parts/7/ab/0"):
        await objects.put(key, key.encode())
    assert await objects.get("parts/7/a/11") == b"parts/7/a/11"
    await objects.drop("parts/7/a")
    assert await bucket.remembers("parts") == ["parts/7/ab/0"]
    with pytest.raises(BlobMissing):
        await objects.get("parts/7/a/0")


@pytest.mark.parametrize("versions", [False, True])
async def test_no_version_of_a_part_is_left(versions: bool) -> None:
    """An upload that is over is an object of its own: what it came in is erased with it."""
    bucket = Bucket(buckets.new_bucket(versions=versions))
    objects = BucketObjects(bucket)
    for key in (*(f"parts/7/a/{n}" for n in range(30)), "parts/7/a/3", "parts/7/ab/0"):
        await objects.put(key, b"x")
    await bucket.delete(["parts/7/a/4"])  # of whom nothing but versions is left
    await objects.drop("parts/7/a")
    assert await bucket.remembers("parts") == ["parts/7/ab/0"]


async def test_a_bucket_away_is_told_after_three_tries_and_comes_back(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bucket_module, "_PAUSES", (0.0, 0.0))
    monkeypatch.setattr(bucket_module, "FAILING_SECONDS", 0.0)
    blobs = blobs_in(url, tmp_path)
    await blobs.put(sha_of(b"x"), 0, b"x")
    assert await blobs.trouble() == ""
    tried = 0
    put = bucket_module.obstore.put_async

    def counted(*args: object, **more: object) -> object:
        nonlocal tried
        tried += 1
        return put(*args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(bucket_module.obstore, "put_async", counted)
    count = sum(bucket_module.S3_SECONDS.counts)
    buckets.server().stop()
    try:
        for call in (
            blobs.put(sha_of(b"y"), 0, b"y"),
            blobs.read(sha_of(b"x"), 0, 0, 1),
            blobs.bucket.try_out(),
        ):
            with pytest.raises(FilesUnavailable, match="does not answer"):
                await call
        assert tried == 2 * bucket_module.TRIES
        assert "does not answer" in await blobs.trouble()
    finally:
        buckets.server().start()
    await blobs.bucket.try_out()
    assert await blobs.read(sha_of(b"x"), 0, 0, 1) == b"x"
    assert await blobs.trouble() == ""
    assert sum(bucket_module.S3_SECONDS.counts) > count


async def test_a_bucket_that_is_not_there_is_no_missing_file(url: str, tmp_path: Path) -> None:
    blobs = blobs_in(url.replace("bucket-", "nobucket-"), tmp_path)
    for call in (blobs.read(sha_of(b"x"), 0, 0, 1), blobs.put(sha_of(b"x"), 0, b"x")):
        with pytest.raises(FilesUnavailable, match="no such bucket"):
            await call


def test_a_refusal_is_told_in_the_words_of_the_bucket() -> None:
    said = (
        "Generic S3 error: Error performing PUT http://127.0.0.1/f/k in 2ms - Server returned"
        ' non-2xx status code: 400 Bad Request: <?xml version="1.0" encoding="UTF-8"?>\n<Error>'
        "<Code>InvalidBucketName</Code><Message>The specified bucket is not valid.</Message>"
        "<BucketName>f</BucketName></Error>\n\nDebug source:"
    )
    told = bucket_module._reason(OSError(said))
    assert told == "InvalidBucketName: The specified bucket is not valid."


def test_addresses_are_read() -> None:
    found = read_address("s3://files/a/b?endpoint=https://s3.example.org:9000/&region=eu")
    assert found == ("files", "a/b", "https://s3.example.org:9000", "eu")
    assert read_address("s3://files").endpoint == "https://s3.us-east-1.amazonaws.com"
    for wrong in ("s3://", "https://files", "s3://files?bucket=x", "s3://key:secret@files"):
        with pytest.raises(ValueError, match="credentials stand in"):
            read_address(wrong)
