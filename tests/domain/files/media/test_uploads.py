"""Parts of files: sizes, order, sessions, sums, quotas (core.telegram.org/api/files)."""

from __future__ import annotations

import asyncio
import os

import msgspec
import pytest

from petitbleu.domain.files.media import storage
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, download, location, picture, upload
from tests.kit import chats
from tests.kit.world import Client, RpcFault, World

pytestmark = pytest.mark.file_places
KIB = 1024
SELF = api.InputPeerSelf()


async def fault(client: Client, query: object) -> str:
    with pytest.raises(RpcFault) as refused:
        await client.call(query)
    return refused.value.message


def small(part: int, data: bytes, number: int = 1) -> object:
    return api.upload.SaveFilePart(file_id=number, file_part=part, bytes=data)


def big(part: int, total: int, data: bytes, number: int = 1) -> object:
    return api.upload.SaveBigFilePart(
        file_id=number, file_part=part, file_total_parts=total, bytes=data
    )


def media(parts: int, number: int = 1, md5: str = "") -> object:
    file = api.InputFile(id=number, parts=parts, name="x", md5_checksum=md5)
    return api.messages.UploadMedia(peer=SELF, media=document_input(file))


async def test_parts_of_several_sessions_make_one_file(world: World) -> None:
    ada = await world.sign_up()
    other = world.connect(key=ada.link.auth_key_id)
    data = os.urandom(900 * KIB + 3)
    pieces = [data[at : at + 128 * KIB] for at in range(0, len(data), 128 * KIB)]
    await asyncio.gather(
        *(
            (other if n % 2 else ada).call(big(n, len(pieces), pieces[n]))
            for n in reversed(range(len(pieces)))
        )
    )
    file = api.InputFileBig(id=1, parts=len(pieces), name="big.bin")
    made = await ada.call(api.messages.UploadMedia(peer=SELF, media=document_input(file)))
    assert made.document.size == len(data)
    assert await download(other, location(made.document)) == data


async def test_a_streamed_file_tells_its_length_with_the_last_part(world: World) -> None:
    ada = await world.sign_up()
    for n in range(3):
        await ada.call(big(n, -1, bytes([n]) * 4 * KIB))
    await ada.call(big(3, 4, b"end"))
    file = api.InputFileBig(id=1, parts=4, name="s")
    made = await ada.call(api.messages.UploadMedia(peer=SELF, media=document_input(file)))
    assert made.document.size == 12 * KIB + 3


@pytest.mark.turns(4)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (small(0, b""), "FILE_PART_EMPTY"),
        (small(-1, b"x"), "FILE_PART_INVALID"),
        (small(8000, b"x"), "FILE_PART_INVALID"),
        (small(0, bytes(512 * KIB + 1)), "FILE_PART_INVALID"),
        (big(0, 0, b"x"), "FILE_PARTS_INVALID"),
        (big(0, 8001, b"x"), "FILE_PARTS_INVALID"),
        (big(5, 5, b"x"), "FILE_PART_INVALID"),
        (big(0, 5, b""), "FILE_PART_EMPTY"),
        (big(0, 5, bytes(512 * KIB + 1024)), "FILE_PART_TOO_BIG"),
        (big(0, 5, bytes(512)), "FILE_PART_TOO_SMALL"),
        (big(0, 5, bytes(3 * KIB)), "FILE_PART_SIZE_INVALID"),
        (big(0, 5, bytes(KIB + 1)), "FILE_PART_SIZE_INVALID"),
        (big(0, 8000, bytes(512 * KIB)), "FILE_PARTS_INVALID"),
        (media(2, number=77), "FILE_PART_0_MISSING"),
        (media(0), "FILE_PARTS_INVALID"),
    ],
)
async def test_parts_against_the_rules_are_refused(
    world: World, query: object, expected: str
) -> None:
    ada = await world.sign_up()
    assert await fault(ada, query) == expected


async def test_what_does_not_add_up_is_refused(world: World) -> None:
    ada = await world.sign_up()
    await ada.call(big(0, 4, bytes(4 * KIB)))
    assert await fault(ada, big(1, 4, bytes(8 * KIB))) == "FILE_PART_SIZE_CHANGED"
    await ada.call(big(2, 4, bytes(4 * KIB)))
    assert await fault(ada, media(4)) == "FILE_PART_1_MISSING"
    await ada.call(big(1, 4, bytes(4 * KIB)))
    assert await fault(ada, media(2)) == "FILE_PARTS_INVALID"
    await ada.call(big(3, 4, b"x"))
    assert await fault(ada, media(4, md5="0" * 32)) == "MD5_CHECKSUM_INVALID"
    made = await ada.call(media(4))
    assert made.document.size == 12 * KIB + 1


async def test_nobody_can_use_the_upload_of_somebody_else(world: World) -> None:
    ada, eve = await world.sign_up("Ada"), await world.sign_up("Eve")
    await ada.call(small(0, b"secret"))
    assert await fault(eve, media(1)) == "FILE_PART_0_MISSING"


async def test_a_repeated_call_finds_what_the_first_one_made(world: World) -> None:
    ada = await world.sign_up()
    file = await upload(ada, b"once")
    calls = [api.messages.UploadMedia(peer=SELF, media=document_input(file)) for _ in range(3)]
    made = await asyncio.gather(*(ada.call(call) for call in calls))
    assert len({one.document.id for one in made}) == 1


@pytest.mark.parametrize("kind", ["document", "photo"])
async def test_a_call_repeated_after_a_restart_finds_it_too(world: World, kind: str) -> None:
    """The answer was lost with the server: no second message, and none that cannot be sent."""
    ada, eve = await world.sign_up("Ada"), await world.sign_up("Eve")
    file = await upload(ada, picture(40, 40) if kind == "photo" else b"once")
    media = document_input(file)
    if kind == "photo":
        media = api.InputMediaUploadedPhoto(file=file)
    call = api.messages.SendMedia(peer=SELF, media=media, message="", random_id=5)
    first = await ada.call(call)
    kept = world.app.parts[storage.STORAGE]
    kept.made.clear()
    kept.parts = storage._places(world.app, world.app.config.data.absolute())[1]
    again = await ada.call(call)
    assert again.updates[0] == first.updates[0]
    assert len((await chats.history(ada, SELF)).messages) == 1
    assert await fault(eve, call) == "FILE_PART_0_MISSING"


async def test_an_account_holds_no_more_than_its_quota(world: World) -> None:
    limits = msgspec.structs.replace(world.app.config.storage, account_bytes=100 * KIB)
    world.app.config = msgspec.structs.replace(world.app.config, storage=limits)
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    for _ in range(2):
        file = await upload(ada, os.urandom(40 * KIB))
        await ada.call(api.messages.UploadMedia(peer=SELF, media=document_input(file)))
    await ada.call(small(0, bytes(16 * KIB), 5))
    assert await fault(ada, small(1, bytes(16 * KIB), 5)) == "STORAGE_QUOTA_EXCEEDED"
    await upload(bob, os.urandom(40 * KIB))
    assert await storage.used(world.app, ada.user_id) == 80 * KIB


async def test_the_server_holds_no_more_than_its_own(world: World) -> None:
    limits = msgspec.structs.replace(world.app.config.storage, total_bytes=100 * KIB)
    world.app.config = msgspec.structs.replace(world.app.config, storage=limits)
    ada = await world.sign_up()
    file = await upload(ada, bytes(80 * KIB))
    await ada.call(api.messages.UploadMedia(peer=SELF, media=document_input(file)))
    assert await fault(ada, small(0, bytes(32 * KIB), 6)) == "STORAGE_FULL"
    limits = msgspec.structs.replace(limits, total_bytes=0, reserve_bytes=1 << 60)
    world.app.config = msgspec.structs.replace(world.app.config, storage=limits)
    assert await fault(ada, small(0, b"x", 7)) == "STORAGE_FULL"


async def test_one_content_lies_on_the_disk_once(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    data = picture(640, 480, "PNG")
    made = []
    for client in (ada, bob):
        file = await upload(client, data)
        made.append(
            await client.call(
                api.messages.UploadMedia(
                    peer=SELF, media=document_input(file, "application/octet-stream")
                )
            )
        )
    assert made[0].document.id != made[1].document.id
    assert await storage.used(world.app, storage.SERVER) == len(data)
    assert await storage.used(world.app, bob.user_id) == len(data)


async def test_a_document_is_found_by_its_hash_only_by_who_uploaded_it(world: World) -> None:
    import hashlib

    ada, eve = await world.sign_up("Ada"), await world.sign_up("Eve")
    data = b"GIF89a and more"
    file = await upload(ada, data, "a.gif")
    sent = api.messages.UploadMedia(peer=SELF, media=document_input(file, "image/gif"))
    made = await ada.call(sent)
    ask = api.messages.GetDocumentByHash(
        sha256=hashlib.sha256(data).digest(), size=len(data), mime_type="image/gif"
    )
    assert (await ada.call(ask)).id == made.document.id
    assert await eve.call(ask) == api.DocumentEmpty(id=0)
    short = api.messages.GetDocumentByHash(sha256=b"x", size=1, mime_type="image/gif")
    assert await fault(ada, short) == "SHA256_HASH_INVALID"
