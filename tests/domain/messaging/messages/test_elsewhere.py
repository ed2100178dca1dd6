"""Answers to a message of another chat: who is shown what of it."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from petitbleu.run.jobs import JobRunner
from petitbleu.tl import api
from tests.domain.files.media.shots import download, location, picture, upload
from tests.kit import chats
from tests.kit.chats import history, input_channel, input_peer, refused, said, shown
from tests.kit.world import Client, World

CANARY = "zephyrine"
_numbers = itertools.count(660_001)


def to(peer: Any, number: int, **more: Any) -> Any:
    return api.InputReplyToMessage(reply_to_msg_id=number, reply_to_peer_id=peer, **more)


def saying(peer: Any, reply: Any, text: str = "look") -> Any:
    return api.messages.SendMessage(
        peer=peer, message=text, random_id=next(_numbers), reply_to=reply
    )


async def newest(client: Client, peer: Any) -> Any:
    return (await history(client, peer, limit=1)).messages[0]


async def test_who_may_read_it_gets_its_place_and_its_picture(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    town = await chats.supergroup(ada, bob)
    file = api.InputMediaUploadedPhoto(file=await upload(ada, picture(90, 60), "a.jpg"))
    there = await shown(ada, input_peer(ada, town), file, "The town's own words")
    answer = await ada.call(
        saying(
            await ada.peer(bob),
            to(input_peer(ada, town), there.id, quote_text="own words", quote_offset=11),
        )
    )
    mine = next(one.message for one in answer.updates if type(one) is api.UpdateNewMessage)
    theirs = bob.updates(api.UpdateNewMessage)[-1].message
    assert town in {one.id for one in bob.pushed[-1].chats}
    in_bobs_history = await newest(bob, await bob.peer(ada))
    for client, message in ((ada, mine), (bob, theirs), (bob, in_bobs_history)):
        header = message.reply_to
        assert header.reply_to_peer_id == api.PeerChannel(channel_id=town)
        assert header.reply_to_msg_id == there.id
        assert (header.quote, header.quote_text, header.quote_offset) == (True, "own words", 11)
        assert header.reply_from.from_id == api.PeerUser(user_id=ada.user_id)
        photo = header.reply_media.photo
        assert await download(client, location(photo, photo.sizes[-1].type))
    # Eve is told what was quoted, and no more.
    await ada.call(saying(await ada.peer(eve), to(input_peer(ada, town), there.id)))
    header = eve.updates(api.UpdateNewMessage)[-1].message.reply_to
    assert header.reply_to_peer_id is None and header.reply_to_msg_id is None
    assert header.reply_media is None and header.quote_text is None
    assert header.reply_from.from_id == api.PeerUser(user_id=ada.user_id)


@pytest.mark.turns(4)
@pytest.mark.parametrize("layer", [158, 181, 229])
@pytest.mark.parametrize("where", ["private", "group", "supergroup", "channel"])
async def test_nothing_of_the_other_chat_is_told_to_strangers(
    world: World, where: str, layer: int
) -> None:
    """A canary in the title, the text and the name of the file of where it was said; looked for in
    whatever a reader gets who is not there, by push, difference, history, search and dialogs."""
    ada, bob = await chats.people(world, "Ada", "Bob")
    eve = await world.sign_up("Eve", layer)
    to_eve = await ada.peer(eve)
    origin: Any
    if where == "private":
        origin = await ada.peer(bob)
    elif where == "group":
        group = await chats.group(ada, bob, title=f"{CANARY} choir")
        origin = api.InputPeerChat(chat_id=group)
    else:
        make = chats.supergroup if where == "supergroup" else chats.channel
        origin = input_peer(ada, await make(ada, bob, title=f"{CANARY} town"))
    attribute = api.DocumentAttributeFilename(file_name=f"{CANARY}.pdf")
    file = api.InputMediaUploadedDocument(
        file=await upload(ada, b"%PDF" * 30), mime_type="application/pdf", attributes=[attribute]
    )
    there = await shown(ada, origin, file, f"{CANARY} and a public part")
    town = await chats.supergroup(ada, eve, title="Elsewhere")
    common = await chats.group(ada, eve, title="Common")
    before = await eve.call(api.updates.GetState())
    chats.forget_pushes(eve)
    reply = to(origin, there.id, quote_text="a public part")
    places = (to_eve, api.InputPeerChat(chat_id=common), input_peer(ada, town))
    for place in places:
        await ada.call(saying(place, reply))
        await ada.call(saying(place, to(origin, there.id)))
    got = list(eve.pushed)
    assert "a public part" in str(got) or layer < 166
    got.append(
        await eve.call(api.updates.GetDifference(pts=before.pts, date=before.date, qts=before.qts))
    )
    got.append(
        await eve.call(
            api.updates.GetChannelDifference(
                channel=input_channel(eve, town), filter=api.ChannelMessagesFilterEmpty(), pts=1,
                limit=100,
            )
        )
    )  # fmt: skip
    for peer in (
        await eve.peer(ada), api.InputPeerChat(chat_id=common), input_peer(eve, town),
    ):  # fmt: skip
        got.append(await history(eve, peer))
    got.append(
        await eve.call(
            api.messages.GetDialogs(
                offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=20, hash=0
            )
        )
    )
    assert "look" in str(got)
    assert CANARY not in str(got)
    for one in _headers(got):
        assert one.reply_media is None and one.reply_to_peer_id is None


def _headers(things: Any) -> list[Any]:
    """Every messageReplyHeader inside."""
    found: list[Any] = []
    waiting = [things]
    while waiting:
        one = waiting.pop()
        if type(one) is api.MessageReplyHeader:
            found.append(one)
        if isinstance(one, list | tuple):
            waiting.extend(one)
        elif hasattr(one, "NAME"):
            waiting.extend(getattr(one, name, None) for name in one.__slots__)
    return found


async def test_protected_chats_and_messages_are_not_answered_elsewhere(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    there = await said(ada, input_peer(ada, town), "held")
    kept = await said(ada, input_peer(ada, town), "kept", noforwards=True)
    to_ada = await bob.peer(ada)
    query = saying(to_ada, to(input_peer(bob, town), kept.id))
    assert await refused(bob, query) == "CHAT_FORWARDS_RESTRICTED"
    assert await bob.call(saying(to_ada, to(input_peer(bob, town), there.id)))
    await ada.call(api.messages.ToggleNoForwards(peer=input_peer(ada, town), enabled=True))
    query = saying(to_ada, to(input_peer(bob, town), there.id))
    assert await refused(bob, query) == "CHAT_FORWARDS_RESTRICTED"


async def test_what_the_sender_may_not_read_is_not_answered(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    town = await chats.supergroup(ada, bob)
    there = await said(ada, input_peer(ada, town), f"{CANARY} says the town")
    to_ada = await eve.peer(ada)
    query = saying(to_ada, to(input_peer(eve, town), there.id, quote_text=CANARY))
    assert await refused(eve, query) == "REPLY_MESSAGE_ID_INVALID"
    for gone in (there.id + 50, 2**31 - 1):
        query = saying(await bob.peer(ada), to(input_peer(bob, town), gone))
        assert await refused(bob, query) == "REPLY_MESSAGE_ID_INVALID"
    query = saying(await bob.peer(ada), to(input_peer(bob, town), there.id, quote_text="made up"))
    assert await refused(bob, query) == "QUOTE_TEXT_INVALID"


async def test_the_other_side_of_a_private_chat_gets_their_own_place(world: World) -> None:
    """Ada answers in a group what Bob wrote to her: Bob finds it in his own box."""
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    group = await chats.group(ada, bob, eve)
    for n in range(3):
        await said(bob, api.InputPeerSelf(), f"note {n}")
    answer = await bob.call(
        api.messages.SendMessage(peer=await bob.peer(ada), message="see you", random_id=77)
    )
    in_adas_box = ada.updates(api.UpdateNewMessage)[-1].message
    to_bob = await ada.peer(bob)
    await ada.call(saying(api.InputPeerChat(chat_id=group), to(to_bob, in_adas_box.id)))
    header = bob.updates(api.UpdateNewMessage)[-1].message.reply_to
    assert header.reply_to_peer_id == api.PeerUser(user_id=ada.user_id)
    assert header.reply_to_msg_id == answer.id
    header = eve.updates(api.UpdateNewMessage)[-1].message.reply_to
    assert header.reply_to_peer_id is None


async def test_it_goes_when_the_answered_one_goes(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    there = await said(ada, input_peer(ada, town), "soon gone")
    await ada.call(saying(await ada.peer(bob), to(input_peer(ada, town), there.id)))
    peer = await bob.peer(ada)
    assert (await newest(bob, peer)).reply_to.reply_to_msg_id == there.id
    await ada.call(api.channels.DeleteMessages(channel=input_channel(ada, town), id=[there.id]))
    assert (await newest(bob, peer)).reply_to.reply_to_msg_id is None


async def test_drafts_and_planned_messages_answer_elsewhere_too(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    there = await said(ada, input_peer(ada, town), "the plan")
    to_bob = await ada.peer(bob)
    reply = to(input_peer(ada, town), there.id)
    await ada.call(api.messages.SaveDraft(peer=to_bob, message="hm", reply_to=reply))
    (kept,) = (await ada.call(api.messages.GetAllDrafts())).updates
    assert kept.draft.reply_to == reply
    query = saying(to_bob, reply, "later")
    query.schedule_date = int(world.clock.now()) + 3600
    planned = await ada.call(query)
    waiting = next(
        one.message for one in planned.updates if type(one) is api.UpdateNewScheduledMessage
    )
    assert waiting.reply_to.reply_to_peer_id == api.PeerChannel(channel_id=town)
    world.clock.advance(3601)
    await JobRunner(world.app).run_due()
    await world.settle()
    message = await newest(bob, await bob.peer(ada))
    assert (message.message, message.reply_to.reply_to_msg_id) == ("later", there.id)


async def test_albums_and_media_answer_elsewhere(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    there = await said(ada, input_peer(ada, town), "the plan")
    to_bob = await ada.peer(bob)
    reply = to(input_peer(ada, town), there.id)
    album = [
        api.InputSingleMedia(
            media=api.InputMediaUploadedPhoto(file=await upload(ada, picture(90, 60), "a.jpg")),
            random_id=next(_numbers), message="",
        )
        for _ in range(2)
    ]  # fmt: skip
    await ada.call(api.messages.SendMultiMedia(peer=to_bob, multi_media=album, reply_to=reply))
    for update in bob.updates(api.UpdateNewMessage)[-2:]:
        assert update.message.reply_to.reply_to_msg_id == there.id
    wrong = to(input_peer(ada, town), there.id + 9)
    query = api.messages.SendMultiMedia(peer=to_bob, multi_media=album, reply_to=wrong)
    for one in album:
        one.random_id = next(_numbers)
        one.media = api.InputMediaUploadedPhoto(file=await upload(ada, picture(9, 60), "a.jpg"))
    assert await refused(ada, query) == "REPLY_TO_INVALID"
    query = api.messages.SendMedia(
        peer=to_bob,
        media=album[0].media,
        message="",
        random_id=next(_numbers),
        reply_to=to(input_peer(ada, town), there.id, quote_text="made up"),
    )
    for query.schedule_date in (None, int(world.clock.now()) + 3600):
        assert await refused(ada, query) == "REPLY_MESSAGE_ID_INVALID"


@pytest.mark.parametrize("later", [None, 3600], ids=["now", "planned"])
async def test_a_reply_is_checked_alike_now_and_planned(world: World, later: int | None) -> None:
    """Planning a message refuses what saying it would: no such message, words never said, and a
    message that is not shown to me, so that nobody can try out what it says."""
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    town = await chats.supergroup(ada, bob)
    place = input_peer(ada, town)
    await ada.call(
        api.channels.TogglePreHistoryHidden(channel=input_channel(ada, town), enabled=True)
    )
    before = await said(ada, place, CANARY)
    await ada.call(
        api.channels.InviteToChannel(
            channel=input_channel(ada, town), users=[await chats.user(ada, eve)]
        )
    )
    here = await said(bob, input_peer(bob, town), "the plan")

    async def error(client: Client, number: int, quote: str | None) -> str:
        reply = api.InputReplyToMessage(reply_to_msg_id=number, quote_text=quote)
        query = saying(input_peer(client, town), reply)
        query.schedule_date = later and int(world.clock.now()) + later
        return await refused(client, query)

    for client in (ada, bob, eve):
        assert await error(client, here.id + 50, None) == "REPLY_MESSAGE_ID_INVALID"
        assert await error(client, here.id, "never said") == "QUOTE_TEXT_INVALID"
    for quote in (None, CANARY, "never said"):
        assert await error(eve, before.id, quote) == "REPLY_MESSAGE_ID_INVALID"
