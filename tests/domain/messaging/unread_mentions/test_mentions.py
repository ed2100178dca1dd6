"""Mentions: who is meant, what waits for them, and how it is looked at."""

from __future__ import annotations

from typing import Any

from petitbleu.tl import api
from tests.kit import chats
from tests.kit.talk import fault, history, say, unread
from tests.kit.world import Client, World


async def name(client: Client, username: str) -> None:
    await client.call(api.account.UpdateUsername(username=username))


async def waiting(client: Client, peer: Any, **more: Any) -> list[int]:
    asked = {"offset_id": 0, "add_offset": 0, "limit": 10, "max_id": 0, "min_id": 0} | more
    page = await client.call(api.messages.GetUnreadMentions(peer=peer, **asked))
    return [one.id for one in page.messages]


async def test_a_name_in_a_basic_group_concerns_its_owner(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    await name(bob, "bobby_tables")
    chat = api.InputPeerChat(chat_id=await chats.group(ada, bob, eve))
    bob.pushed.clear()
    await say(ada, chat, "come here, @Bobby_Tables and @nobody_here!")
    (update,) = bob.updates(api.UpdateNewMessage)
    assert update.message.mentioned and update.message.media_unread
    assert not (await history(eve, chat))[0].mentioned
    assert not (await history(ada, chat))[0].mentioned
    assert await unread(bob, chat) == (1, 0)
    assert await unread(eve, chat) == (0, 0)
    message = update.message.id
    assert await waiting(bob, chat) == [message]
    other = await world.sign_in(bob.phone)
    state = await bob.call(api.updates.GetState())
    read = await bob.call(api.messages.ReadMessageContents(id=[message]))
    assert (read.pts, read.pts_count) == (state.pts + 1, 1)
    (told,) = other.updates(api.UpdateReadMessagesContents)
    assert told.messages == [message]
    shown = (await history(bob, chat))[0]
    assert shown.mentioned and not shown.media_unread
    assert await unread(bob, chat) == (0, 0)
    assert await waiting(bob, chat) == []


async def test_answers_and_names_without_username_count_too(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    chat = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    await say(bob, chat, "first")
    bobs = (await history(ada, chat))[0].id
    await say(ada, chat, "yes", reply_to=api.InputReplyToMessage(reply_to_msg_id=bobs))
    entity = api.InputMessageEntityMentionName(
        offset=0, length=3, user_id=await chats.user(ada, bob)
    )
    await say(ada, chat, "Bob?", entities=[entity])
    assert await unread(bob, chat) == (2, 0)
    newest, oldest = await waiting(bob, chat)
    assert newest > oldest
    assert await waiting(bob, chat, offset_id=newest) == [oldest]
    assert await waiting(bob, chat, offset_id=oldest, add_offset=-1, limit=1) == [oldest]
    assert await waiting(bob, chat, min_id=oldest) == [newest]
    read = await bob.call(api.messages.ReadMentions(peer=chat))
    assert (read.pts_count, read.offset) == (2, 0)
    assert await unread(bob, chat) == (0, 0)
    again = await bob.call(api.messages.ReadMentions(peer=chat))
    assert (again.pts, again.pts_count) == (read.pts, 0)


async def test_in_a_supergroup_only_the_mentioned_see_it(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    await name(bob, "bobby_tables")
    town = await chats.supergroup(ada, bob, eve)
    to_bob = chats.input_peer(bob, town)
    for client in (bob, eve):
        client.pushed.clear()
    message = await say(ada, chats.input_peer(ada, town), "@bobby_tables!")
    (mine,) = bob.updates(api.UpdateNewChannelMessage)
    assert mine.message.mentioned and mine.message.media_unread
    (theirs,) = eve.updates(api.UpdateNewChannelMessage)
    assert not theirs.message.mentioned and not theirs.message.media_unread
    assert await unread(bob, to_bob) == (1, 0)
    assert await waiting(bob, to_bob) == [message]
    other = await world.sign_in(bob.phone)
    assert await bob.call(
        api.channels.ReadMessageContents(channel=chats.input_channel(bob, town), id=[message])
    )
    (told,) = other.updates(api.UpdateChannelReadMessagesContents)
    assert (told.channel_id, told.messages) == (town, [message])
    shown = (await history(bob, to_bob))[0]
    assert shown.mentioned and not shown.media_unread
    assert await unread(bob, to_bob) == (0, 0)


async def test_a_big_supergroup_gets_one_form_and_the_mentioned_their_own(world: World) -> None:
    from petitbleu.domain.updates import fanout

    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    await name(bob, "bobby_tables")
    town = await chats.supergroup(ada, bob, eve)
    before, fanout.FULL_SESSIONS = fanout.FULL_SESSIONS, 0
    try:
        for client in (bob, eve):
            client.pushed.clear()
        await say(ada, chats.input_peer(ada, town), "@bobby_tables!")
    finally:
        fanout.FULL_SESSIONS = before
    assert bob.updates(api.UpdateNewChannelMessage)[0].message.mentioned
    assert not eve.updates(api.UpdateNewChannelMessage)[0].message.mentioned


async def test_strangers_and_channels_mention_nobody(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    await name(eve, "eve_outside")
    await name(bob, "bobby_tables")
    town = await chats.supergroup(ada, bob)
    news = await chats.channel(ada, bob)
    await say(ada, chats.input_peer(ada, town), "@eve_outside")
    await say(ada, chats.input_peer(ada, news), "@bobby_tables")
    assert not (await history(bob, chats.input_peer(bob, town)))[0].mentioned
    assert not (await history(bob, chats.input_peer(bob, news)))[0].mentioned
    assert await unread(bob, chats.input_peer(bob, news)) == (0, 0)


async def test_a_deleted_mention_waits_for_nobody(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    await name(bob, "bobby_tables")
    group = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    town = await chats.supergroup(ada, bob)
    mine = await say(ada, group, "@bobby_tables")
    post = await say(ada, chats.input_peer(ada, town), "@bobby_tables")
    to_bob = chats.input_peer(bob, town)
    assert (await unread(bob, group), await unread(bob, to_bob)) == ((1, 0), (1, 0))
    await ada.call(api.messages.DeleteMessages(id=[mine], revoke=True))
    await ada.call(api.channels.DeleteMessages(channel=chats.input_channel(ada, town), id=[post]))
    assert (await unread(bob, group), await unread(bob, to_bob)) == ((0, 0), (0, 0))


async def test_who_left_a_supergroup_has_nothing_waiting_there(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    await bob.peer(ada)  # who left is only added again by a mutual contact
    town = await chats.supergroup(ada, bob)
    first = await say(bob, chats.input_peer(bob, town))
    await say(
        ada, chats.input_peer(ada, town), reply_to=api.InputReplyToMessage(reply_to_msg_id=first)
    )
    assert await unread(bob, chats.input_peer(bob, town)) == (1, 0)
    await bob.call(api.channels.LeaveChannel(channel=chats.input_channel(bob, town)))
    user = await chats.user(ada, bob)
    await ada.call(
        api.channels.InviteToChannel(channel=chats.input_channel(ada, town), users=[user])
    )
    assert await unread(bob, chats.input_peer(bob, town)) == (0, 0)


async def test_chats_that_are_not_mine(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    town = await chats.supergroup(ada, bob)
    peer = chats.input_peer(eve, town)
    assert await fault(waiting(eve, peer)) == "CHANNEL_PRIVATE"
    assert await fault(eve.call(api.messages.ReadMentions(peer=peer))) == "CHANNEL_PRIVATE"
    channel = chats.input_channel(eve, town)
    refused = eve.call(api.channels.ReadMessageContents(channel=channel, id=[1]))
    assert await fault(refused) == "CHANNEL_PRIVATE"
    assert await fault(waiting(eve, api.InputPeerEmpty())) == "PEER_ID_INVALID"
