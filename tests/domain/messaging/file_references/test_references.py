"""File references: when they end, and for whom they are good."""

from __future__ import annotations

import os

import pytest

from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, download, location, upload
from tests.kit.world import Client, RpcFault, World

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


async def test_a_reference_ends_and_a_new_one_comes_with_the_message(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    data = os.urandom(5000)
    await sent(ada, await ada.peer(bob), data)
    message = bob.updates(api.UpdateNewMessage)[-1].message
    old = location(message.media.document)
    assert await download(bob, old) == data
    world.clock.advance(3 * 86_400)
    query = api.upload.GetFile(location=old, offset=0, limit=4096)
    assert await fault(bob, query) == "FILE_REFERENCE_EXPIRED"
    again = await bob.call(api.messages.GetMessages(id=[api.InputMessageID(id=message.id)]))
    assert await download(bob, location(again.messages[0].media.document)) == data


async def test_a_reference_is_good_for_its_file_and_its_reader_alone(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    peer = await ada.peer(bob)
    mine = (await sent(ada, peer, b"for bob", 1)).media.document
    other = (await sent(ada, SELF, b"for myself", 2)).media.document
    theirs = bob.updates(api.UpdateNewMessage)[-1].message.media.document

    def get(document: object, reference: bytes) -> object:
        where = location(document)
        where.file_reference = reference
        return api.upload.GetFile(location=where, offset=0, limit=4096)

    assert (await bob.call(get(theirs, theirs.file_reference))).bytes == b"for bob"
    # Somebody who was told everything but never saw the message.
    for reference in (mine.file_reference, theirs.file_reference):
        assert await fault(eve, get(mine, reference)) == "FILE_REFERENCE_EXPIRED"
    assert await fault(ada, get(other, mine.file_reference)) == "FILE_REFERENCE_INVALID"
    assert await fault(ada, get(mine, b"")) == "FILE_REFERENCE_EMPTY"
    assert await fault(ada, get(mine, b"x")) == "FILE_REFERENCE_INVALID"
    bent = bytearray(mine.file_reference)
    bent[10] ^= 1
    assert await fault(ada, get(mine, bytes(bent))) == "FILE_REFERENCE_INVALID"
    wrong = location(mine)
    wrong.access_hash += 1
    query = api.upload.GetFile(location=wrong, offset=0, limit=4096)
    assert await fault(ada, query) == "LOCATION_INVALID"
    wrong = location(mine, "q")
    query = api.upload.GetFile(location=wrong, offset=0, limit=4096)
    assert await fault(ada, query) == "LOCATION_INVALID"


async def test_who_deleted_the_message_loses_the_file(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await sent(ada, await ada.peer(bob), b"content")
    message = bob.updates(api.UpdateNewMessage)[-1].message
    await bob.call(api.messages.DeleteMessages(id=[message.id]))
    query = api.upload.GetFile(location=location(message.media.document), offset=0, limit=4096)
    assert await fault(bob, query) == "FILE_REFERENCE_EXPIRED"
