"""Shared media: filters, counters, calendar, positions; what follows edits and deletions."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from petitbleu.tl import api
from tests.domain.files.media.shots import document_input, picture, upload
from tests.domain.search.asking import count, found, search
from tests.kit import chats
from tests.kit.chats import refused, say
from tests.kit.world import Client, RpcFault, World

_numbers = itertools.count(70_000)
DAY = 86_400


async def send(client: Client, peer: Any, media: Any, text: str = "") -> Any:
    return await client.call(
        api.messages.SendMedia(peer=peer, media=media, message=text, random_id=next(_numbers))
    )


async def photo(client: Client, peer: Any, text: str = "") -> None:
    file = await upload(client, picture(60, 40), "a.jpg")
    await send(client, peer, api.InputMediaUploadedPhoto(file=file), text)


async def several(client: Client, peer: Any) -> None:
    """One of each kind, in this order."""
    await photo(client, peer, "photo")
    await send(client, peer, document_input(await upload(client, b"x" * 99), "text/x"), "file")
    audio = api.DocumentAttributeAudio(voice=True, duration=3)
    await send(client, peer, document_input(await upload(client, b"y" * 99), "audio/ogg", audio),
               "voice")  # fmt: skip
    song = api.DocumentAttributeAudio(duration=3, title="Song")
    await send(client, peer, document_input(await upload(client, b"z" * 99), "audio/mp3", song),
               "music")  # fmt: skip
    for name, flags in (("video", {}), ("round", {"round_message": True})):
        shape = api.DocumentAttributeVideo(duration=2.0, w=40, h=40, **flags)
        file = await upload(client, name.encode() * 40)
        await send(client, peer, document_input(file, "video/mp4", shape), name)
    point = api.InputGeoPoint(lat=48.85, long=2.35)
    await send(client, peer, api.InputMediaGeoPoint(geo_point=point))
    contact = api.InputMediaContact(phone_number="33612345678", first_name="Zo", last_name="",
                                    vcard="")  # fmt: skip
    await send(client, peer, contact)
    await say(client, peer, "see https://example.org/page")


EXPECTED = {
    api.InputMessagesFilterPhotos: ["photo"],
    api.InputMessagesFilterVideo: ["video"],
    api.InputMessagesFilterPhotoVideo: ["video", "photo"],
    api.InputMessagesFilterDocument: ["file"],
    api.InputMessagesFilterUrl: ["see https://example.org/page"],
    api.InputMessagesFilterGif: [],
    api.InputMessagesFilterVoice: ["voice"],
    api.InputMessagesFilterMusic: ["music"],
    api.InputMessagesFilterRoundVideo: ["round"],
    api.InputMessagesFilterRoundVoice: ["round", "voice"],
    api.InputMessagesFilterGeo: [""],
    api.InputMessagesFilterContacts: [""],
    api.InputMessagesFilterPhoneCalls: [],
}


async def test_every_filter_finds_its_kind_in_every_sort_of_chat(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    group = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    places = [
        (await ada.peer(bob), await bob.peer(ada)),
        (group, group),
        (chats.input_peer(ada, town), chats.input_peer(bob, town)),
    ]
    for of_ada, of_bob in places:
        await several(ada, of_ada)
        for form, expected in EXPECTED.items():
            assert await found(bob, of_bob, "", form()) == expected, form
        filters = [form() for form in EXPECTED]
        assert await count(ada, of_ada, *filters) == [len(one) for one in EXPECTED.values()]
        assert await found(bob, of_bob, "phot", api.InputMessagesFilterPhotos()) == ["photo"]
        assert await found(bob, of_bob, "vid", api.InputMessagesFilterPhotos()) == []
        by_bob = api.InputMessagesFilterPhotoVideo()
        assert await found(ada, of_ada, "", by_bob, from_id=await ada.peer(bob)) == []


async def test_the_pictures_a_group_had_are_found(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    group = await chats.group(ada, bob)
    given = [
        api.InputChatUploadedPhoto(file=await upload(ada, picture(300, 300), f"{n}.jpg"))
        for n in range(2)
    ]
    await photo(ada, chats.input_peer(ada, town), "no picture of the group")
    await ada.call(api.channels.EditPhoto(channel=chats.input_channel(ada, town), photo=given[0]))
    await ada.call(api.messages.EditChatPhoto(chat_id=group, photo=given[1]))
    filters = api.InputMessagesFilterChatPhotos()
    for place in (chats.input_peer(bob, town), api.InputPeerChat(chat_id=group)):
        (one,) = (await search(bob, place, "", filters)).messages
        assert type(one.action) is api.MessageActionChatEditPhoto
        assert await count(bob, place, filters) == [1]


async def test_a_link_that_is_edited_away_and_a_photo_that_is_deleted(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    url, photos = api.InputMessagesFilterUrl(), api.InputMessagesFilterPhotos()
    await say(ada, to_bob, "https://example.org")
    await photo(ada, to_bob)
    assert await count(bob, to_ada, url, photos) == [1, 1]
    link = (await search(ada, to_bob, "", url)).messages[0]
    await ada.call(api.messages.EditMessage(peer=to_bob, id=link.id, message="no link"))
    shot = (await search(bob, to_ada, "", photos)).messages[0]
    await bob.call(api.messages.DeleteMessages(id=[shot.id]))
    assert await count(bob, to_ada, url, photos) == [0, 0]
    assert await count(ada, to_bob, url, photos) == [0, 1]


async def test_mentions_and_pinned_ones(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    of_ada, of_bob = chats.input_peer(ada, town), chats.input_peer(bob, town)
    await bob.call(api.account.UpdateUsername(username="bobby_here"))
    await say(ada, of_ada, "hello @bobby_here")
    await say(ada, of_ada, "hello nobody")
    mine = api.InputMessagesFilterMyMentions()
    assert await found(bob, of_bob, "", mine) == ["hello @bobby_here"]
    assert await found(bob, of_bob, "nobody", mine) == []
    assert await found(ada, of_ada, "", mine) == []
    pinned = api.InputMessagesFilterPinned()
    last = (await search(ada, of_ada, "nobody")).messages[0]
    await ada.call(api.messages.UpdatePinnedMessage(peer=of_ada, id=last.id))
    assert await found(bob, of_bob, "", pinned) == ["hello nobody"]
    assert await found(bob, of_bob, "xyz", pinned) == []
    assert await count(bob, of_bob, pinned, mine) == [1, 1]


async def test_pages_of_shared_media_around_an_offset(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    for n in range(12):
        await say(ada, to_bob, f"https://example.org/{n}")
    url = api.InputMessagesFilterUrl()
    everything = await search(ada, to_bob, "", url, limit=100)
    ids = [one.id for one in everything.messages]
    assert len(ids) == 12
    first = await search(ada, to_bob, "", url, limit=5)
    assert (type(first), first.count) == (api.messages.MessagesSlice, 12)
    assert [one.id for one in first.messages] == ids[:5]
    around = await search(ada, to_bob, "", url, limit=6, offset_id=ids[6], add_offset=-3)
    assert [one.id for one in around.messages] == ids[4:10]
    skipped = await search(ada, to_bob, "", url, limit=2, add_offset=7)
    assert [one.id for one in skipped.messages] == ids[7:9]
    between = await search(ada, to_bob, "", url, min_id=ids[8], max_id=ids[2])
    assert [one.id for one in between.messages] == ids[3:8]


async def test_calendar_and_positions(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    world.clock.advance(DAY - int(world.clock.now()) % DAY)
    began = int(world.clock.now())
    for day, many in enumerate((3, 0, 2, 4)):
        for n in range(many):
            await say(ada, to_bob, f"https://example.org/{day}/{n}")
        world.clock.advance(DAY)
    url = api.InputMessagesFilterUrl()
    ids = [one.id for one in (await search(ada, to_bob, "", url)).messages]
    found = await ada.call(
        api.messages.GetSearchResultsCalendar(peer=to_bob, filter=url, offset_id=0, offset_date=0)
    )
    assert (found.count, found.min_date, found.min_msg_id) == (9, began, ids[-1])
    assert [(one.date, one.count) for one in found.periods] == [
        (began + 3 * DAY, 4), (began + 2 * DAY, 2), (began, 3),
    ]  # fmt: skip
    assert (found.periods[0].min_msg_id, found.periods[0].max_msg_id) == (ids[3], ids[0])
    assert [one.id for one in found.messages] == [ids[3], ids[5], ids[8]]
    older = await ada.call(
        api.messages.GetSearchResultsCalendar(
            peer=to_bob, filter=url, offset_id=ids[5], offset_date=0
        )
    )
    assert (older.offset_id_offset, [one.count for one in older.periods]) == (6, [3])
    spread = await ada.call(
        api.messages.GetSearchResultsPositions(peer=to_bob, filter=url, offset_id=0, limit=3)
    )
    assert spread.count == 9
    assert [(one.msg_id, one.offset) for one in spread.positions] == [
        (ids[0], 0), (ids[3], 3), (ids[6], 6),
    ]  # fmt: skip


async def test_what_is_refused(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, nobody = await ada.peer(bob), api.InputPeerUser(user_id=5, access_hash=1)
    empty = api.InputMessagesFilterEmpty()
    calendar = {"offset_id": 0, "offset_date": 0}
    with pytest.raises(RpcFault, match="FILTER_NOT_SUPPORTED"):
        await ada.call(api.messages.GetSearchResultsCalendar(peer=to_bob, filter=empty, **calendar))
    url = api.InputMessagesFilterUrl()
    for q in (
        api.messages.GetSearchResultsCalendar(peer=nobody, filter=url, **calendar),
        api.messages.GetSearchResultsPositions(peer=nobody, filter=url, offset_id=0, limit=5),
    ):
        assert await refused(ada, q) == "PEER_ID_INVALID"
