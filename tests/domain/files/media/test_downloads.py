"""Ranges and hashes; files that are gone."""

from __future__ import annotations

import asyncio
import hashlib
import os
from typing import Any

import pytest

from petitbleu.domain.files.media import files, rpc_files
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, location, picture, upload
from tests.kit import file_places
from tests.kit.world import Client, RpcFault, World

pytestmark = pytest.mark.file_places
KIB = 1024
MIB = 1 << 20
SELF = api.InputPeerSelf()


async def fault(client: Client, query: object) -> str:
    with pytest.raises(RpcFault) as refused:
        await client.call(query)
    return refused.value.message


async def sent(client: Client, peer: object, data: bytes, number: int = 1) -> object:
    """The message, as its sender has it."""
    file = await upload(client, data)
    answer = await client.call(
        api.messages.SendMedia(peer=peer, media=document_input(file), message="", random_id=number)
    )
    return answer.updates[1].message


async def test_every_range_that_is_allowed_gives_its_bytes(world: World) -> None:
    ada = await world.sign_up()
    data = os.urandom(3 * MIB // 2 + 77)
    where = location((await sent(ada, SELF, data)).media.document)
    for offset, limit, precise in [
        (0, MIB, False),
        (MIB, MIB, False),
        (4 * KIB, 4 * KIB, False),
        (512 * KIB, 512 * KIB, False),
        (KIB, KIB, True),
        (5 * KIB, 7 * KIB, True),
        (MIB - KIB, KIB, True),
        (2 * MIB, MIB, False),
    ]:
        query = api.upload.GetFile(precise=precise, location=where, offset=offset, limit=limit)
        found = await ada.call(query)
        assert found.bytes == data[offset : offset + limit]


async def test_what_is_not_read_is_not_made(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = await world.sign_up()
    where = location((await sent(ada, SELF, os.urandom(MIB))).media.document)
    waiting = [rpc_files.AHEAD_BYTES + 1]
    ada.link.backlog = lambda: waiting[0]
    read: list[int] = []
    real = files.read

    async def counted(*args: Any) -> bytes:
        read.append(1)
        waiting[0] += rpc_files.AHEAD_BYTES + 1
        return await real(*args)

    monkeypatch.setattr(files, "read", counted)
    query = api.upload.GetFile(location=where, offset=0, limit=MIB)
    asked = [asyncio.ensure_future(ada.call(query)) for _ in range(20)]
    await asyncio.sleep(0.05)
    assert read == []
    for number in range(1, 4):
        waiting[0] = 0
        while len(read) < number:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        assert len(read) == number, "one at a time, as it leaves"
    ada.link.backlog = lambda: 0
    assert {len(one.bytes) for one in await asyncio.gather(*asked)} == {MIB}


@pytest.mark.turns(3)
@pytest.mark.parametrize(
    ("offset", "limit", "precise", "expected"),
    [
        (-4096, 4096, False, "OFFSET_INVALID"),
        (KIB, 4096, False, "OFFSET_INVALID"),
        (100, KIB, True, "OFFSET_INVALID"),
        (0, 0, False, "LIMIT_INVALID"),
        (0, -4096, False, "LIMIT_INVALID"),
        (0, 12 * KIB, False, "LIMIT_INVALID"),
        (0, 1000, True, "LIMIT_INVALID"),
        (0, 2 * MIB, False, "LIMIT_INVALID"),
        (512 * KIB, MIB, False, "LIMIT_INVALID"),
        (MIB - KIB, 2 * KIB, True, "LIMIT_INVALID"),
    ],
)
async def test_other_ranges_are_refused(
    world: World, offset: int, limit: int, precise: bool, expected: str
) -> None:
    ada = await world.sign_up()
    where = location((await sent(ada, SELF, b"x")).media.document)
    query = api.upload.GetFile(precise=precise, location=where, offset=offset, limit=limit)
    assert await fault(ada, query) == expected


async def test_hashes_cover_the_file(world: World) -> None:
    ada = await world.sign_up()
    data = os.urandom(MIB + 200 * KIB)
    where = location((await sent(ada, SELF, data)).media.document)
    found, offset = [], 0
    while offset < len(data):
        pieces = await ada.call(api.upload.GetFileHashes(location=where, offset=offset))
        found += pieces
        offset = pieces[-1].offset + pieces[-1].limit
    assert sum(piece.limit for piece in found) == len(data)
    for piece in found:
        part = data[piece.offset : piece.offset + piece.limit]
        assert piece.hash == hashlib.sha256(part).digest()


async def test_files_of_other_servers_and_forms_are_refused(world: World) -> None:
    ada = await world.sign_up()
    web = api.InputWebFileLocation(url="http://127.0.0.1/", access_hash=1)
    query = api.upload.GetWebFile(location=web, offset=0, limit=4096)
    assert await fault(ada, query) == "LOCATION_INVALID"
    legacy = api.InputFileLocation(volume_id=1, local_id=1, secret=1, file_reference=b"")
    query = api.upload.GetFile(location=legacy, offset=0, limit=4096)
    assert await fault(ada, query) == "LOCATION_INVALID"


async def test_a_file_of_the_disk_that_is_gone_is_an_answer_and_an_alarm(world: World) -> None:
    ada = await world.sign_up()
    document = (await sent(ada, SELF, picture(50, 50))).media.document
    await file_places.lose_contents(world.app)
    query = api.upload.GetFile(location=location(document), offset=0, limit=4096)
    assert await fault(ada, query) == "LOCATION_INVALID"
    assert [error["event"] for error in world.errors] == ["media.blob_missing"]
    world.errors.clear()
