"""Unfinished uploads: parts in any order, sizes that are not told, restarts, leftovers."""

from __future__ import annotations

import hashlib
import os
import random
import time
from pathlib import Path

import pytest

from petitbleu.blobs import settling
from petitbleu.blobs import spool as spool_module
from petitbleu.blobs.api import MAX_PART, Missing, Unfit
from petitbleu.blobs.spool import Spool, Upload

KIB = 1024


async def fill(spool: Spool, data: bytes, part: int, order: list[int], total: int = -1) -> Upload:
    upload = await spool.upload(7, 1)
    for n in order:
        await spool.add(upload, n, data[n * part : (n + 1) * part], total)
    return upload


@pytest.mark.parametrize("size", [1, 1000, 4 * KIB, 4 * KIB + 1, 40 * KIB, 41 * KIB + 17])
@pytest.mark.parametrize("announced", [True, False])
async def test_parts_in_any_order_make_the_same_file(
    tmp_path: Path, size: int, announced: bool
) -> None:
    data, part = os.urandom(size), 4 * KIB
    parts = -(-size // part)
    for seed in range(8):
        spool = Spool(tmp_path / str(seed))
        order = list(range(parts))
        random.Random(seed).shuffle(order)
        upload = await fill(spool, data, part, order, parts if announced else -1)
        found = upload.whole(parts, True)
        assert found.path.read_bytes() == data
        assert (found.size, found.sha) == (size, hashlib.sha256(data).digest())
        assert found.md5 == hashlib.md5(data).digest()


async def test_an_upload_goes_on_after_a_restart(tmp_path: Path) -> None:
    data = os.urandom(10 * KIB + 5)
    await fill(Spool(tmp_path), data, KIB, [10, 0, 1, 2, 7])
    again = Spool(tmp_path)
    upload = await again.upload(7, 1)
    assert await again.held(7) > 0
    with pytest.raises(Missing) as missing:
        upload.whole(11, False)
    assert missing.value.part == 3
    await fill(again, data, KIB, [3, 4, 5, 6, 8, 9])
    assert upload.whole(11, False).path.read_bytes() == data


async def test_what_was_made_is_noted_for_a_while(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    upload = await fill(spool, bytes(KIB), KIB, [0])
    await spool.drop(upload, "photo", 1 << 62)
    again = await Spool(tmp_path).upload(7, 1)
    assert (again.made("photo"), again.made("document")) == (1 << 62, 0)
    with pytest.raises(Missing):
        again.whole(1, False)
    await spool.expire(time.time() - 60)
    assert again.made("photo")
    await spool.expire(time.time() + 60)
    assert again.made("photo") == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


async def test_parts_from_before_a_restart_of_the_machine_are_not_believed(tmp_path: Path) -> None:
    upload = await fill(Spool(tmp_path), bytes(2 * KIB), KIB, [0, 1])
    raw = upload.map.read_bytes()
    upload.map.write_bytes(bytes(16) + raw[16:])
    with pytest.raises(Missing):
        (await Spool(tmp_path).upload(7, 1)).whole(2, False)


async def test_the_same_part_again_changes_nothing(tmp_path: Path) -> None:
    data = os.urandom(3 * KIB + 1)
    spool = Spool(tmp_path)
    upload = await fill(spool, data, KIB, [0, 1, 1, 3, 3, 2, 0])
    assert upload.received == len(data) == await spool.held(7)
    assert upload.whole(4, False).sha == hashlib.sha256(data).digest()


@pytest.mark.parametrize(
    ("sizes", "fault"),
    [
        ([(0, 2048), (1, 1024), (2, 1024)], "changed"),  # two parts smaller than the first
        ([(0, 2048), (1, 1500), (2, 700)], "size"),
        ([(0, 1024), (1, 1024), (2, 2048)], "changed"),
        ([(0, 3000), (1, 3000)], "size"),  # an odd size is the last, nothing comes after it
        ([(3, 1500), (5, 2048)], "changed"),
        ([(0, 2048), (2, 2048), (1, 1500)], "size"),
    ],
)
async def test_parts_that_do_not_fit_are_refused(
    tmp_path: Path, sizes: list[tuple[int, int]], fault: str
) -> None:
    upload = Upload(tmp_path / "1.part", 7, bytes(16))
    for part, size in sizes[:-1]:
        upload.add(part, bytes(size), -1)
    with pytest.raises(Unfit) as unfit:
        upload.add(sizes[-1][0], bytes(sizes[-1][1]), -1)
    assert unfit.value.name == fault


async def test_a_far_part_takes_no_room_for_what_lies_before_it(tmp_path: Path) -> None:
    upload = Upload(tmp_path / "1.part", 7, bytes(16))
    upload.add(3999, bytes(MAX_PART), 4000)
    assert upload.path.stat().st_size == 4000 * MAX_PART
    assert upload.path.stat().st_blocks * 512 < 2 * MAX_PART


async def test_leftovers_are_dropped_and_counted_no_more(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    upload = await fill(spool, bytes(4 * KIB), KIB, [0, 1, 2])
    assert await spool.expire(time.time() - 60) == 0
    assert await spool.expire(time.time() + 60) == 1
    assert await spool.held(7) == 0
    assert not upload.path.exists() and not upload.map.exists()


async def test_a_part_is_at_the_disk_when_it_is_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[tuple[int, bytes]] = []

    def settle(fd: int, offset: int, size: int) -> None:
        settled.append((offset, os.pread(fd, size, offset)))

    monkeypatch.setattr(spool_module, "settle", settle)
    data = os.urandom(3 * KIB + 1)
    await fill(Spool(tmp_path), data, KIB, [1, 0, 3])
    assert settled == [(KIB, data[KIB : 2 * KIB]), (0, data[:KIB]), (3 * KIB, data[3 * KIB :])]


@pytest.mark.parametrize("linux", [True, False])
def test_settling_leaves_the_bytes_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linux: bool
) -> None:
    if not linux:
        monkeypatch.setattr(settling, "_sync_file_range", None)
    data = os.urandom(100 * KIB)
    path = tmp_path / "part"
    path.write_bytes(data)
    with path.open("r+b") as file:
        settling.settle(file.fileno(), 4 * KIB, 64 * KIB)
        settling.settle(file.fileno(), 96 * KIB, 64 * KIB)
    settling.settle(file_descriptor_that_is_closed(path), 0, KIB)
    assert path.read_bytes() == data


def file_descriptor_that_is_closed(path: Path) -> int:
    fd = os.open(path, os.O_RDWR)
    os.close(fd)
    return fd
