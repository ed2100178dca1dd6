"""Parts of one upload at several workers of one database."""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
from pathlib import Path
from typing import Any

import pytest

from petitbleu.blobs.api import FilesUnavailable, Missing, Unfit
from petitbleu.blobs.objects import FolderObjects
from petitbleu.domain.files.media import making, shared_parts
from petitbleu.domain.files.media import queries_uploads as q
from petitbleu.domain.files.media.shared_parts import SharedParts, SharedUpload
from petitbleu.store.api import Tx
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, download, location
from tests.kit.world import World

KIB = 1024
SELF = api.InputPeerSelf()


def workers(world: World, folder: Path, count: int = 3) -> list[SharedParts]:
    """What so many workers of one machine keep parts with."""
    return [SharedParts(world.app, FolderObjects(folder), folder) for _ in range(count)]


async def fill(
    parts: list[SharedParts], data: bytes, size: int, order: list[int], total: int = -1
) -> SharedUpload:
    """Each part reaches another worker."""
    for n in order:
        worker = parts[n % len(parts)]
        upload = await worker.upload(7, -1)
        await worker.add(upload, n, data[n * size : (n + 1) * size], total)
    return await parts[0].upload(7, -1)


@pytest.mark.parametrize("size", [1, 4 * KIB, 4 * KIB + 1, 40 * KIB, 41 * KIB + 17])
@pytest.mark.parametrize("announced", [True, False])
async def test_parts_at_any_worker_make_the_same_file(
    world: World, tmp_path: Path, size: int, announced: bool
) -> None:
    data, part = os.urandom(size), 4 * KIB
    count = -(-size // part)
    for seed in range(3):
        parts = workers(world, tmp_path / str(seed))
        order = list(range(count))
        random.Random(seed).shuffle(order)
        upload = await fill(parts, data, part, order, count if announced else -1)
        assert await parts[1].got(upload) == b"\1" * count
        async with parts[0].alone(upload):
            found = await parts[0].whole(upload, count, True)
            assert found.path.read_bytes() == data
            assert (found.size, found.sha) == (size, hashlib.sha256(data).digest())
            assert found.md5 == hashlib.md5(data).digest()
            await parts[0].drop(upload)
        assert [path for path in (tmp_path / str(seed)).rglob("*") if path.is_file()] == []
        assert await parts[2].held(7) == 0


async def test_parts_sent_at_once_are_all_counted(world: World, tmp_path: Path) -> None:
    data = os.urandom(64 * KIB)
    parts = workers(world, tmp_path / "p", 4)

    async def send(n: int) -> None:
        worker = parts[n % 4]
        upload = await worker.upload(7, 5)
        await worker.add(upload, n, data[n * KIB : (n + 1) * KIB], 64)

    await asyncio.gather(*(send(n) for n in range(64)), *(send(n) for n in range(0, 64, 7)))
    upload = await parts[0].upload(7, 5)
    assert (upload.received, await parts[0].held(7)) == (64 * KIB, 64 * KIB)
    async with parts[3].alone(upload):
        assert (await parts[3].whole(upload, 64, False)).path.read_bytes() == data


@pytest.mark.parametrize(
    ("sizes", "fault"),
    [
        ([(0, 2048), (1, 1024), (2, 1024)], "changed"),
        ([(0, 2048), (1, 1500), (2, 700)], "size"),
        ([(0, 1024), (1, 1024), (2, 2048)], "changed"),
        ([(0, 3000), (1, 3000)], "size"),
        ([(3, 1500), (5, 2048)], "changed"),
    ],
)
async def test_parts_that_do_not_fit_are_refused_at_any_worker(
    world: World, tmp_path: Path, sizes: list[tuple[int, int]], fault: str
) -> None:
    parts = workers(world, tmp_path / "p")
    for n, (part, size) in enumerate(sizes[:-1]):
        await parts[n].add(await parts[n].upload(7, 1), part, bytes(size), -1)
    before = await parts[0].upload(7, 1)
    with pytest.raises(Unfit) as unfit:
        await parts[2].add(await parts[2].upload(7, 1), sizes[-1][0], bytes(sizes[-1][1]), -1)
    assert unfit.value.name == fault
    assert (await parts[0].upload(7, 1)).row == before.row


async def test_parts_that_wait_are_noted_together_and_judged_alone(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    together: list[int] = []
    note = shared_parts._note_parts

    async def counted(tx: Tx, key: dict[str, int], parts: Any, now: int) -> Any:
        together.append(len(parts))
        return await note(tx, key, parts, now)

    (parts,) = workers(world, tmp_path / "p", 1)
    upload = await parts.upload(7, 9)
    for number in (40, 41):
        await parts.add(upload, number, bytes(KIB), -1)
    monkeypatch.setattr(shared_parts, "_note_parts", counted)
    sizes = dict.fromkeys(range(40), KIB) | {7: 2 * KIB, 23: 700}
    answers = await asyncio.gather(
        *(parts.add(upload, number, bytes(size), -1) for number, size in sizes.items()),
        return_exceptions=True,
    )
    refused = {number: str(answer) for number, answer in enumerate(answers) if answer is not None}
    assert refused == {7: "changed", 23: "size"}
    assert (await parts.upload(7, 9)).received == 40 * KIB
    assert sum(together) >= 40 > 2 * len(together)


async def test_a_first_part_that_is_refused_leaves_no_upload(world: World, tmp_path: Path) -> None:
    (parts,) = workers(world, tmp_path / "p", 1)
    with pytest.raises(Unfit):
        await parts.add(await parts.upload(7, 3), 9, bytes(KIB), 4)
    assert await parts._app.store.row(q.ONE, account=7, file_id=3) is None


async def test_a_part_that_the_disk_lost_is_asked_for_again(world: World, tmp_path: Path) -> None:
    parts, data = workers(world, tmp_path / "p"), os.urandom(3 * KIB)
    upload = await fill(parts, data, KIB, [0, 1, 2])
    for damage in (b"", bytes(KIB), None):
        path = tmp_path / "p" / upload.folder / "1"
        path.unlink() if damage is None else path.write_bytes(damage)
        async with parts[0].alone(upload):
            with pytest.raises(Missing) as missing:
                await parts[0].whole(upload, 3, False)
        assert missing.value.part == 1
    await parts[1].add(upload, 1, data[KIB : 2 * KIB], -1)
    async with parts[0].alone(upload):
        assert (await parts[0].whole(upload, 3, False)).path.read_bytes() == data


async def test_one_worker_at_a_time_makes_something(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = workers(world, tmp_path / "p")
    upload = await fill(parts, bytes(KIB), KIB, [0])
    async with parts[0].alone(upload):
        monkeypatch.setattr(shared_parts, "PATIENCE", 0.3)
        with pytest.raises(FilesUnavailable):
            async with parts[1].alone(await parts[1].upload(7, -1)):
                raise AssertionError
        world.clock.advance(shared_parts.CLAIM_SECONDS + 1)  # the first one was killed
        async with parts[2].alone(await parts[2].upload(7, -1)):
            pass
    await parts[0].drop(upload, "photo", 99)
    seen = await parts[1].upload(7, -1)
    assert (await parts[1].made(seen, "photo"), await parts[1].made(seen, "document")) == (99, 0)


async def test_leftovers_are_dropped(world: World, tmp_path: Path) -> None:
    parts = workers(world, tmp_path / "p")
    await fill(parts, bytes(4 * KIB), KIB, [0, 1, 2])
    whole = tmp_path / "p" / "whole-left-by-a-kill"
    whole.write_bytes(b"x")
    os.utime(whole, (0, 0))
    now = world.clock.now()
    assert await parts[1].expire(now - 60) == 0
    assert await parts[1].expire(now + 60) == 1
    assert await parts[0].held(7) == 0
    assert [path for path in (tmp_path / "p").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("file_place", ["shared"], indirect=True)
async def test_a_large_upload_holds_no_call(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first call is told to come again; the file is made meanwhile, once."""
    monkeypatch.setattr(making, "CALL_BYTES", 64 * KIB)
    monkeypatch.setattr(making, "CALL_SECONDS", 0.0)
    ada, data = await world.sign_up(), os.urandom(512 * KIB + 100)
    for n in (1, 0):
        piece = data[n * 512 * KIB : (n + 1) * 512 * KIB]
        await ada.call(
            api.upload.SaveBigFilePart(file_id=5, file_part=n, file_total_parts=2, bytes=piece)
        )
    file = api.InputFileBig(id=5, parts=2, name="big.bin")
    call = api.messages.UploadMedia(peer=SELF, media=document_input(file))
    with pytest.raises(FilesUnavailable):
        await making.document(
            world.app, ada_actor(ada), making.FileRef(5, 2, "big.bin", ""), making.Asked("", [])
        )
    monkeypatch.setattr(making, "CALL_SECONDS", 60.0)
    first, second = await asyncio.gather(ada.call(call), ada.call(call))
    assert first.document.id == second.document.id
    assert await download(ada, location(first.document)) == data


def ada_actor(client: object) -> making.Actor:
    """The person of a client."""
    return making.Actor(client.user_id)  # type: ignore[attr-defined]
