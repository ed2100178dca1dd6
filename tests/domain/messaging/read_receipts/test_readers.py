"""Who has read a message, who is online, and when the other side has read."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.read_receipts import queries, service
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.talk import fault, history, say
from tests.kit.world import Client, World


async def readers(client: Client, peer: Any, message: int) -> list[tuple[int, int]]:
    found = await client.call(api.messages.GetMessageReadParticipants(peer=peer, msg_id=message))
    return [(one.user_id, one.date) for one in found]


async def test_readers_of_a_basic_group(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    chat = api.InputPeerChat(chat_id=await chats.group(ada, bob, eve))
    await say(bob, api.InputPeerSelf(), "so that ids differ")
    first = await say(ada, chat, "one")
    assert await readers(ada, chat, first) == []
    await bob.call(api.messages.ReadHistory(peer=chat, max_id=0))
    read_at = int(world.clock.now())
    world.clock.advance(60)
    second = await say(ada, chat, "two")
    await eve.call(api.messages.ReadHistory(peer=chat, max_id=0))
    await bob.call(api.messages.ReadHistory(peer=chat, max_id=0))
    assert await readers(ada, chat, first) == [
        (bob.user_id, read_at), (eve.user_id, read_at + 60),
    ]  # fmt: skip
    assert {one for one, _ in await readers(bob, chat, (await history(bob, chat))[0].id)} == {
        bob.user_id, eve.user_id,
    }  # fmt: skip
    assert await fault(readers(ada, chat, 99)) == "MSG_ID_INVALID"
    world.clock.advance(service.KEPT)
    assert await fault(readers(ada, chat, first)) == "MSG_TOO_OLD"
    assert second > first
    world.clock.advance(60)
    await service.sweep(world.app)
    assert await world.app.store.rows(queries.OF_POST, peer=-chat.chat_id, id=0) == []


async def test_readers_of_a_supergroup(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    to_ada = chats.input_peer(ada, town)
    message = await say(ada, to_ada)
    await bob.call(api.channels.ReadHistory(channel=chats.input_channel(bob, town), max_id=message))
    assert await readers(ada, to_ada, message) == [(bob.user_id, int(world.clock.now()))]
    news = await chats.channel(ada, bob)
    post = await say(ada, chats.input_peer(ada, news))
    assert await fault(readers(ada, chats.input_peer(ada, news), post)) == "PEER_ID_INVALID"
    assert await fault(readers(ada, await ada.peer(bob), 1)) == "PEER_ID_INVALID"


async def test_how_many_are_online(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    group = api.InputPeerChat(chat_id=await chats.group(ada, bob, eve))
    town = await chats.supergroup(ada, bob, eve)
    for client, offline in ((ada, False), (bob, False), (eve, True)):
        await client.call(api.account.UpdateStatus(offline=offline))
    for peer in (group, chats.input_peer(ada, town)):
        assert (await ada.call(api.messages.GetOnlines(peer=peer))).onlines == 2
    assert await fault(ada.call(api.messages.GetOnlines(peer=await ada.peer(bob)))) == (
        "PEER_ID_INVALID"
    )


async def test_who_hides_reading_is_not_told_of_others(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    message = await say(ada, to_bob)
    await bob.call(api.messages.ReadHistory(peer=to_ada, max_id=0))
    asked = api.messages.GetOutboxReadDate(peer=to_bob, msg_id=message)
    assert (await ada.call(asked)).date == int(world.clock.now())
    hide = api.account.SetGlobalPrivacySettings(
        settings=api.GlobalPrivacySettings(hide_read_marks=True)
    )
    show = api.account.SetGlobalPrivacySettings(settings=api.GlobalPrivacySettings())
    await bob.call(hide)
    assert await fault(ada.call(asked)) == "USER_PRIVACY_RESTRICTED"
    full = await ada.call(
        api.users.GetFullUser(
            id=api.InputUser(user_id=to_bob.user_id, access_hash=to_bob.access_hash)
        )
    )
    assert full.full_user.read_dates_private
    await bob.call(show)
    await ada.call(hide)
    assert await fault(ada.call(asked)) == "YOUR_PRIVACY_RESTRICTED"
