"""The bucket is away for a while, in the midst of an upload: messages go on, the app repeats its
part and the upload goes on by itself, and health says in words what is wrong.

``AWAY_SECONDS`` (environment) takes another time; times are printed and fail nothing.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from petitbleu.blobs import bucket as bucket_module
from petitbleu.config import Cluster
from petitbleu.run import health
from petitbleu.store.api import Store
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, download, location
from tests.kit import buckets, chats
from tests.kit.sizes import size
from tests.kit.waiting import until
from tests.kit.world import Client, RpcFault, World, running

AWAY = float(os.environ.get("AWAY_SECONDS", str(size(0, 60))))
PART = 32_768
HOST = "127.0.0.1"
PARTS = 12


@pytest.fixture
async def world(store: Store, tmp_path: Path) -> AsyncIterator[World]:
    files = Cluster(bus="nats://127.0.0.1:1", blobs=buckets.new_bucket(), disk_cache="1 MiB")
    async with running(World(store, tmp_path, cluster=files)) as made:
        yield made


async def _save(client: Client, part: int, data: bytes, refused: list[str]) -> None:
    """A part, again while it is refused with 500, as apps do."""
    query = api.upload.SaveFilePart(file_id=77, file_part=part, bytes=data)
    while True:
        try:
            assert await client.call(query)
            return
        except RpcFault as fault:
            assert fault.code == 500, fault
            refused.append(fault.message)
            await asyncio.sleep(0.05)


async def _upload(client: Client, data: bytes, refused: list[str]) -> None:
    pieces = [data[at : at + PART] for at in range(0, len(data), PART)]
    for part, piece in enumerate(pieces):
        await _save(client, part, piece, refused)


async def _talk(client: Client, peer: object, seconds: float, count: int) -> list[float]:
    """What messages take, for so many seconds and so many of them at least."""
    taken: list[float] = []
    end = time.monotonic() + seconds
    while len(taken) < count or time.monotonic() < end:
        began = time.perf_counter()
        await chats.say(client, peer, f"Message {len(taken)}")
        taken.append(time.perf_counter() - began)
        await asyncio.sleep(0.005)
    return sorted(taken)


@asynccontextmanager
async def _away(*, hangs: bool) -> AsyncIterator[None]:
    """The bucket is away; ``hangs``: it takes what is sent, and says nothing."""
    server = buckets.server()
    server.stop()
    taken: list[asyncio.StreamWriter] = []
    mute = None
    if hangs:
        mute = await asyncio.start_server(lambda _, back: taken.append(back), HOST, server.port)
    try:
        yield
    finally:
        if mute is not None:
            mute.close()
            for back in taken:
                back.transport.abort()
            await mute.wait_closed()
        server.start()


@pytest.mark.sometimes(4)
async def test_messages_go_on_and_uploads_go_on_by_themselves(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _goes_on(world, monkeypatch, hangs=False)


@pytest.mark.long
async def test_they_do_where_the_bucket_hangs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await _goes_on(world, monkeypatch, hangs=True)


async def _goes_on(world: World, monkeypatch: pytest.MonkeyPatch, *, hangs: bool) -> None:
    if not AWAY:
        monkeypatch.setattr(bucket_module, "_PAUSES", (0.0, 0.0))
    monkeypatch.setattr(bucket_module, "FAILING_SECONDS", 0.0)
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    peer = await eve.peer(bob)
    data = os.urandom(PART * PARTS)
    refused: list[str] = []
    await _save(ada, 0, data[:PART], [])
    before = await _talk(eve, peer, min(AWAY, 5.0), 20)
    async with _away(hangs=hangs):
        uploading = asyncio.create_task(_upload(ada, data, refused))
        await until(lambda: refused)
        meanwhile = await _talk(eve, peer, AWAY, 20)
        assert not uploading.done() and set(refused) == {"STORAGE_UNAVAILABLE"}
        report = await health.examine(world.app)
        (said,) = [line for line in report.lines if line.startswith("Files cannot be sent")]
        assert "does not answer" in said and said.endswith("Messages go on.")
    await uploading
    file = api.InputFile(id=77, parts=PARTS, name="a.bin", md5_checksum="")
    sent = await chats.shown(ada, api.InputPeerSelf(), document_input(file))
    assert await download(ada, location(sent.media.document)) == data
    report = await health.examine(world.app)
    assert not [line for line in report.lines if "Files cannot" in line], "it is well again"
    world.errors.clear()
    p99 = [times[int((len(times) - 1) * 0.99)] * 1000 for times in (before, meanwhile)]
    print(
        f"bucket {'silent' if hangs else 'away'} for {AWAY:g} s: messages p99 {p99[0]:.1f} ms"
        f" before, {p99[1]:.1f} ms meanwhile (goal 1.5 times), {len(refused)} parts refused and"
        " repeated, upload whole"
    )
