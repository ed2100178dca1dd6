"""Media for a time: view once, and so many seconds after opening, in private chats."""

from __future__ import annotations

import itertools
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from petitbleu.domain.messaging.messages.queries import ONE
from petitbleu.domain.transfer.exports import carrying
from petitbleu.run.jobs import JobRunner
from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, download, location, picture, upload
from tests.domain.search.asking import found
from tests.kit import chats
from tests.kit.world import Client, RpcFault, World

ONCE = 0x7FFFFFFF
_numbers = itertools.count(880_001)
VOICE = api.DocumentAttributeAudio(voice=True, duration=3)
ROUND = api.DocumentAttributeVideo(round_message=True, duration=2.0, w=240, h=240)
VIDEO = api.DocumentAttributeVideo(duration=2.0, w=640, h=480)
KINDS = {"photo": None, "voice": VOICE, "round": ROUND, "video": VIDEO}


async def timed(client: Client, kind: str, seconds: int | None) -> Any:
    """Freshly uploaded media of that kind for that time."""
    shape = KINDS[kind]
    if shape is None:
        file = await upload(client, picture(300, 200), "photo.jpg")
        return api.InputMediaUploadedPhoto(file=file, ttl_seconds=seconds)
    given = document_input(await upload(client, kind.encode() * 90), "video/mp4", shape)
    given.ttl_seconds = seconds
    return given


async def send(client: Client, peer: Any, media: Any, **more: Any) -> Any:
    return await client.call(
        api.messages.SendMedia(peer=peer, media=media, message="", random_id=next(_numbers), **more)
    )


async def refused(client: Client, query: Any) -> str:
    with pytest.raises(RpcFault) as fault:
        await client.call(query)
    return fault.value.message


async def shown(client: Client, number: int) -> Any:
    """A message as it is now."""
    got = await client.call(api.messages.GetMessages(id=[api.InputMessageID(id=number)]))
    return got.messages[0]


def file_of(media: Any) -> Any:
    return media.photo if type(media) is api.MessageMediaPhoto else media.document


def place(media: Any) -> Any:
    file = file_of(media)
    return location(file, file.sizes[-1].type if type(file) is api.Photo else "")


async def given(world: World, kind: str, seconds: int, layer: int = 229) -> Any:
    """Ada has sent it to Bob: both, and the message as each has it."""
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob", layer)
    to_bob = await ada.peer(bob)
    answer = await send(ada, to_bob, await timed(ada, kind, seconds))
    mine = answer.updates[1].message
    theirs = bob.updates(api.UpdateNewMessage)[-1].message
    return ada, bob, mine, theirs


async def open_it(client: Client, message: Any) -> Any:
    return await client.call(api.messages.ReadMessageContents(id=[message.id]))


async def due(world: World) -> None:
    await JobRunner(world.app).run_due()
    await world.settle()


@pytest.mark.turns(4)
@pytest.mark.parametrize("layer", [158, 195, 229])
@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_view_once_is_gone_when_it_was_opened(world: World, kind: str, layer: int) -> None:
    ada, bob, mine, theirs = await given(world, kind, ONCE, layer)
    assert mine.media.ttl_seconds == theirs.media.ttl_seconds == ONCE
    assert mine.media_unread and theirs.media_unread
    data = await download(bob, place(theirs.media))
    assert data
    ada.pushed.clear()
    bob.pushed.clear()
    affected = await open_it(bob, theirs)
    assert affected.pts_count == 1
    for client, message in ((ada, mine), (bob, theirs)):
        now = await shown(client, message.id)
        assert file_of(now.media) is None and now.media.ttl_seconds == ONCE
        assert type(now.media) is type(message.media) and not now.media_unread
        if kind != "photo":
            for flag in ("voice", "round", "video"):
                assert getattr(now.media, flag) == getattr(message.media, flag)
        told = client.updates(api.UpdateEditMessage)[-1]
        assert told.message.id == message.id and file_of(told.message.media) is None
        where = place(message.media)
        query = api.upload.GetFile(location=where, offset=0, limit=4096)
        assert (await refused(client, query)).startswith("FILE_REFERENCE_EXPIRED")
    assert ada.updates(api.UpdateReadMessagesContents)[-1].messages == [mine.id]


async def test_timed_media_is_gone_so_long_after_it_was_opened(world: World) -> None:
    ada, bob, mine, theirs = await given(world, "photo", 10)
    world.clock.advance(3600)
    await due(world)
    assert file_of((await shown(bob, theirs.id)).media), "nobody has opened it yet"
    await open_it(bob, theirs)
    world.clock.advance(9)
    await due(world)
    assert await download(bob, place((await shown(bob, theirs.id)).media))
    await open_it(bob, theirs)  # once more does not put it off
    world.clock.advance(1)
    await due(world)
    for client, message in ((ada, mine), (bob, theirs)):
        now = await shown(client, message.id)
        assert file_of(now.media) is None and now.media.ttl_seconds == 10
        query = api.upload.GetFile(location=place(message.media), offset=0, limit=4096)
        assert (await refused(client, query)).startswith("FILE_REFERENCE_EXPIRED")
    await due(world)  # a job that runs again finds nothing to do
    await JobRunner(world.app).run_due()


async def test_whoever_was_away_gets_it_without_the_file(world: World) -> None:
    ada, bob, _, theirs = await given(world, "voice", ONCE)
    other = await world.sign_in(ada.phone)
    before = await other.call(api.updates.GetState())
    await open_it(bob, theirs)
    missed = await other.call(
        api.updates.GetDifference(pts=before.pts, date=before.date, qts=before.qts)
    )
    carried = [*missed.new_messages, *(
        one.message for one in missed.other_updates if type(one) is api.UpdateEditMessage
    )]  # fmt: skip
    assert carried and all(file_of(one.media) is None for one in carried)
    assert missed.state.pts == (await ada.call(api.updates.GetState())).pts


async def test_the_sender_does_not_open_their_own(world: World) -> None:
    ada, _, mine, _ = await given(world, "photo", ONCE)
    await open_it(ada, mine)
    assert file_of((await shown(ada, mine.id)).media)


async def test_it_is_not_passed_on(world: World) -> None:
    _, bob, _, theirs = await given(world, "photo", 30)
    forward = api.messages.ForwardMessages(
        from_peer=api.InputPeerUser(user_id=theirs.peer_id.user_id, access_hash=0),
        id=[theirs.id], random_id=[next(_numbers)], to_peer=api.InputPeerSelf(),
    )  # fmt: skip
    forward.from_peer = await bob.peer(next(c for c in world.clients if c is not bob))
    photo = theirs.media.photo
    known = api.InputPhoto(
        id=photo.id, access_hash=photo.access_hash, file_reference=photo.file_reference
    )
    again = api.InputMediaPhoto(id=known)
    for _ in range(2):
        assert await refused(bob, forward) == "MESSAGE_ID_INVALID"
        forward.drop_author = True
        forward.random_id = [next(_numbers)]
        wanted = ("MEDIA_INVALID", "FILE_REFERENCE_EXPIRED")
        for query in (
            api.messages.SendMedia(
                peer=api.InputPeerSelf(), media=again, message="", random_id=next(_numbers)
            ),
            api.messages.UploadMedia(peer=api.InputPeerSelf(), media=again),
        ):
            assert await refused(bob, query) in wanted
        assert await refused(bob, api.photos.UpdateProfilePhoto(id=known))
        await open_it(bob, theirs)
        world.clock.advance(30)
        await due(world)


async def test_it_stands_in_no_list_of_shared_media(world: World) -> None:
    ada, bob, mine, theirs = await given(world, "photo", ONCE)
    assert mine.media.photo
    for client, other in ((ada, bob), (bob, ada)):
        peer = await client.peer(other)
        assert await found(client, peer, wanted=api.InputMessagesFilterPhotos()) == []
    await open_it(bob, theirs)
    assert await found(bob, await bob.peer(ada), wanted=api.InputMessagesFilterPhotos()) == []


async def test_only_between_two_people(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    group = await chats.group(ada, bob)
    town = await chats.supergroup(ada, bob)
    to_bob = await ada.peer(bob)
    for peer in (
        api.InputPeerSelf(), api.InputPeerChat(chat_id=group), chats.input_peer(ada, town),
    ):  # fmt: skip
        query = api.messages.SendMedia(
            peer=peer, media=await timed(ada, "photo", 5), message="", random_id=next(_numbers)
        )
        assert await refused(ada, query) == "TTL_MEDIA_INVALID"
    for seconds in (61, 3600, -1, ONCE - 1):
        query = api.messages.SendMedia(
            peer=to_bob, media=await timed(ada, "photo", seconds), message="",
            random_id=next(_numbers),
        )  # fmt: skip
        assert await refused(ada, query) == "TTL_MEDIA_INVALID"
        upload_it = api.messages.UploadMedia(peer=to_bob, media=query.media)
        assert await refused(ada, upload_it) == "MEDIA_INVALID"
    plain = document_input(await upload(ada, b"x" * 99), "text/plain")
    plain.ttl_seconds = 5
    query = api.messages.SendMedia(peer=to_bob, media=plain, message="", random_id=1)
    assert await refused(ada, query) == "TTL_MEDIA_INVALID"
    later = api.messages.SendMedia(
        peer=to_bob, media=await timed(ada, "photo", 5), message="", random_id=next(_numbers),
        schedule_date=int(world.clock.now()) + 3600,
    )  # fmt: skip
    assert await refused(ada, later) == "TTL_MEDIA_INVALID"
    album = [
        api.InputSingleMedia(
            media=await timed(ada, "photo", 5), random_id=next(_numbers), message=""
        )
        for _ in range(2)
    ]
    query = api.messages.SendMultiMedia(peer=to_bob, multi_media=album)
    assert await refused(ada, query) == "MEDIA_INVALID"


async def test_it_is_not_replaced_and_nothing_becomes_it(world: World) -> None:
    ada, bob, mine, theirs = await given(world, "photo", ONCE)
    to_bob = await ada.peer(bob)
    plain = await timed(ada, "photo", None)
    edit = api.messages.EditMessage(peer=to_bob, id=mine.id, media=plain)
    assert await refused(ada, edit) == "MEDIA_PREV_INVALID"
    await open_it(bob, theirs)
    edit.media = await timed(ada, "photo", None)
    assert await refused(ada, edit) == "MEDIA_PREV_INVALID"
    answer = await send(ada, to_bob, await timed(ada, "photo", None))
    edit = api.messages.EditMessage(
        peer=to_bob, id=answer.updates[1].message.id, media=await timed(ada, "photo", 5)
    )
    assert await refused(ada, edit) == "MEDIA_TTL_INVALID"


async def test_media_made_ahead_is_sent_for_a_time(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    to_bob = await ada.peer(bob)
    made = await ada.call(
        api.messages.UploadMedia(peer=to_bob, media=await timed(ada, "photo", 20))
    )
    assert made.ttl_seconds == 20
    known = api.InputPhoto(
        id=made.photo.id, access_hash=made.photo.access_hash,
        file_reference=made.photo.file_reference,
    )  # fmt: skip
    query = api.messages.SendMedia(
        peer=to_bob, media=api.InputMediaPhoto(id=known, ttl_seconds=20), message="look",
        random_id=next(_numbers),
    )  # fmt: skip
    first = await ada.call(query)
    again = await ada.call(query)
    assert first.updates[0].id == again.updates[0].id
    message = bob.updates(api.UpdateNewMessage)[-1].message
    assert (message.media.ttl_seconds, message.message) == (20, "look")


async def test_an_export_holds_no_copy(world: World, tmp_path: Path) -> None:
    ada, bob, mine, theirs = await given(world, "photo", 10)
    for opened in (False, True):
        if opened:
            await open_it(bob, theirs)
            world.clock.advance(10)
            await due(world)
        for client, message in ((ada, mine), (bob, theirs)):
            row = await world.app.store.row(ONE, owner=client.user_id, id=message.id)
            assert row is not None
            files = carrying.Files(tmp_path / "out", "chat")
            made = await carrying.carried(world.app, files, row, UTC)
            assert made == {"photo": carrying.NOT_INCLUDED, "self_destruct_period_seconds": 10}
            assert not (tmp_path / "out").exists()
