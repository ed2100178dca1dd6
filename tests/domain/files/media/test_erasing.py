"""What nothing uses is erased, after a while and unless a hold keeps it."""

from __future__ import annotations

import os
from typing import Any

import pytest

from petitbleu.domain.files.media import service, storage, sweep
from petitbleu.domain.messaging.messages import erase
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, download, location, upload
from tests.kit import file_places
from tests.kit.world import Client, RpcFault, World

pytestmark = pytest.mark.file_places
SELF = api.InputPeerSelf()
DAY = 86_400


async def sent(client: Client, peer: Any, data: bytes, number: int = 1) -> Any:
    file = await upload(client, data)
    media = document_input(file)
    query = api.messages.SendMedia(peer=peer, media=media, message="", random_id=number)
    return (await client.call(query)).updates[1].message


async def run(world: World, seconds: int) -> tuple[int, int, int]:
    """The eraser of messages, then the sweep, after ``seconds``."""
    await erase.run(world.app)
    world.clock.advance(seconds)
    return await sweep.run(world.app)


async def test_an_upload_nobody_sent_is_gone_after_a_day(world: World) -> None:
    ada = await world.sign_up()
    file = await upload(ada, b"never sent")
    await ada.call(api.messages.UploadMedia(peer=SELF, media=document_input(file)))
    assert (await run(world, DAY // 2))[:2] == (0, 0)
    assert len(await file_places.contents(world.app)) == 1
    assert (await run(world, DAY))[:2] == (1, 1)
    assert len(await file_places.contents(world.app)) == 0
    assert await storage.used(world.app, ada.user_id) == 0
    assert await storage.used(world.app, storage.SERVER) == 0


async def test_a_file_lives_as_long_as_a_message_shows_it(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    message = await sent(ada, await ada.peer(bob), b"shared")
    theirs = bob.updates(api.UpdateNewMessage)[-1].message
    await ada.call(api.messages.DeleteMessages(id=[message.id]))
    assert (await run(world, 2 * DAY))[:2] == (0, 0)
    again = await bob.call(api.messages.GetMessages(id=[api.InputMessageID(id=theirs.id)]))
    assert await download(bob, location(again.messages[0].media.document)) == b"shared"
    await bob.call(api.messages.DeleteMessages(id=[theirs.id]))
    assert (await run(world, 60))[:2] == (0, 0)
    assert (await run(world, 2 * 3600))[:2] == (1, 1)


async def test_a_forward_keeps_the_file_of_a_deleted_message(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    message = await sent(ada, SELF, b"kept")
    await ada.call(
        api.messages.ForwardMessages(from_peer=SELF, id=[message.id], random_id=[7], to_peer=peer)
    )
    await ada.call(api.messages.DeleteMessages(id=[message.id]))
    assert (await run(world, 2 * DAY))[:2] == (0, 0)
    shown = bob.updates(api.UpdateNewMessage)[-1].message
    again = await bob.call(api.messages.GetMessages(id=[api.InputMessageID(id=shown.id)]))
    assert await download(bob, location(again.messages[0].media.document)) == b"kept"


async def test_media_replaced_by_an_edit_goes(world: World) -> None:
    ada = await world.sign_up()
    message = await sent(ada, SELF, b"first")
    file = await upload(ada, b"second")
    await ada.call(api.messages.EditMessage(peer=SELF, id=message.id, media=document_input(file)))
    assert (await run(world, 2 * DAY))[:2] == (1, 1)
    assert len(await file_places.contents(world.app)) == 1


async def test_a_content_of_two_documents_goes_with_the_second(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    data = os.urandom(1000)
    one, other = await sent(ada, SELF, data), await sent(bob, SELF, data)
    await ada.call(api.messages.DeleteMessages(id=[one.id]))
    assert (await run(world, 2 * DAY))[:2] == (1, 0)
    await bob.call(api.messages.DeleteMessages(id=[other.id]))
    assert (await run(world, 2 * DAY))[:2] == (1, 1)


async def test_the_same_content_may_come_again_after_it_went(world: World) -> None:
    ada = await world.sign_up()
    message = await sent(ada, SELF, b"again", 1)
    await ada.call(api.messages.DeleteMessages(id=[message.id]))
    await run(world, 2 * DAY)
    message = await sent(ada, SELF, b"again", 2)
    assert await download(ada, location(message.media.document)) == b"again"


async def test_a_hold_keeps_what_nothing_shows(world: World) -> None:
    ada = await world.sign_up()
    message = await sent(ada, SELF, b"evidence")
    until = int(world.clock.now()) + 10 * DAY

    async def holds(app: object, media: int) -> int:
        return until if media == message.media.document.id else 0

    service.ask_first(world.app, holds)
    await ada.call(api.messages.DeleteMessages(id=[message.id]))
    assert (await run(world, 5 * DAY))[:2] == (0, 0)
    assert len(await file_places.contents(world.app)) == 1
    assert (await run(world, 6 * DAY))[:2] == (1, 1)


async def test_unfinished_uploads_are_dropped(world: World) -> None:
    ada = await world.sign_up()
    part = api.upload.SaveFilePart(file_id=1, file_part=0, bytes=b"half")
    await ada.call(part)
    spool = world.app.config.data / "spool"
    now = world.clock.now()
    for path in spool.rglob("*.part"):
        os.utime(path, (now, now))
    assert (await run(world, 3600))[2] == 0
    assert (await run(world, 3 * DAY))[2] == 1
    assert await file_places.waiting_parts(world.app) == []
    file = api.InputFile(id=1, parts=1, name="", md5_checksum="")
    query = api.messages.UploadMedia(peer=SELF, media=document_input(file))
    with pytest.raises(RpcFault, match="FILE_PART_0_MISSING"):
        await ada.call(query)
