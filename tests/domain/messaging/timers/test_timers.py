"""Auto-delete timers: who sets them, what is told, what goes when."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.timers import service
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.talk import fault, history, say
from tests.kit.world import Client, World

DAY = 86_400


async def set_timer(client: Client, peer: Any, seconds: int) -> Any:
    return await client.call(api.messages.SetHistoryTTL(peer=peer, period=seconds))


async def dialog(client: Client, peer: Any) -> Any:
    found = await client.call(api.messages.GetPeerDialogs(peers=[api.InputDialogPeer(peer=peer)]))
    return found.dialogs[0]


async def texts(client: Client, peer: Any) -> list[str]:
    return [getattr(one, "message", "*") for one in await history(client, peer)]


async def test_a_private_chat_forgets_for_both_sides(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    await say(ada, to_bob, "stays")
    bob.pushed.clear()
    made = await set_timer(ada, to_bob, DAY)
    kinds = {type(one) for one in made.updates}
    assert kinds == {api.UpdateNewMessage, api.UpdatePeerHistoryTTL}
    (told,) = bob.updates(api.UpdateNewMessage)
    assert told.message.action == api.MessageActionSetMessagesTTL(period=DAY)
    (update,) = bob.updates(api.UpdatePeerHistoryTTL)
    assert (update.peer.user_id, update.ttl_period) == (ada.user_id, DAY)
    assert (await dialog(ada, to_bob)).ttl_period == DAY
    assert (await dialog(bob, to_ada)).ttl_period == DAY
    full = await bob.call(
        api.users.GetFullUser(
            id=api.InputUser(user_id=to_ada.user_id, access_hash=to_ada.access_hash)
        )
    )
    assert full.full_user.ttl_period == DAY
    await say(bob, to_ada, "goes")
    assert (await history(ada, to_bob))[0].ttl_period == DAY
    assert await fault(set_timer(ada, to_bob, DAY)) == "CHAT_NOT_MODIFIED"
    world.clock.advance(DAY - 60)
    assert await service.expire(world.app) == 0
    world.clock.advance(120)
    ada.pushed.clear()
    assert await service.expire(world.app) == 1
    await world.settle()
    assert await texts(ada, to_bob) == ["*", "stays"]
    assert await texts(bob, to_ada) == ["*", "stays"]
    (gone,) = ada.updates(api.UpdateDeleteMessages)
    assert gone.pts_count == len(gone.messages) == 1
    await set_timer(bob, to_ada, 0)
    await say(ada, to_bob, "stays again")
    assert (await history(ada, to_bob))[0].ttl_period is None


async def test_a_copy_goes_although_its_author_has_none_any_more(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    await set_timer(ada, to_bob, DAY)
    mine = await say(ada, to_bob, "goes")
    await ada.call(api.messages.DeleteMessages(id=[mine]))
    world.clock.advance(DAY + 1)
    await service.expire(world.app)
    assert await texts(bob, to_ada) == ["*"]


async def test_admins_set_the_timer_of_groups_and_channels(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    group = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    town = await chats.supergroup(ada, bob)
    to_ada, to_bob = chats.input_peer(ada, town), chats.input_peer(bob, town)
    for mine, theirs in ((group, group), (to_ada, to_bob)):
        assert await fault(set_timer(bob, theirs, DAY)) == "PEER_ID_INVALID"
        made = await set_timer(ada, mine, DAY)
        assert any(type(one) is api.UpdatePeerHistoryTTL for one in made.updates)
        await say(bob, theirs, "goes")
        assert (await history(ada, mine))[0].ttl_period == DAY
        assert (await dialog(bob, theirs)).ttl_period == DAY
    world.clock.advance(DAY + 1)
    bob.pushed.clear()
    assert await service.expire(world.app) == 2
    await world.settle()
    assert "goes" not in await texts(ada, group) + await texts(bob, group)
    assert "goes" not in await texts(bob, to_bob)
    assert bob.updates(api.UpdateDeleteMessages) and bob.updates(api.UpdateDeleteChannelMessages)


async def test_new_chats_begin_with_the_default(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    eve = await world.sign_up("Eve")
    to_bob, to_eve = await ada.peer(bob), await ada.peer(eve)
    await say(ada, to_eve, "before")
    assert (await ada.call(api.messages.GetDefaultHistoryTTL())).period == 0
    assert await ada.call(api.messages.SetDefaultHistoryTTL(period=7 * DAY))
    assert (await ada.call(api.messages.GetDefaultHistoryTTL())).period == 7 * DAY
    await say(ada, to_bob, "new")
    await say(ada, to_eve, "old")
    assert (await history(ada, to_bob))[0].ttl_period == 7 * DAY
    assert (await history(bob, await bob.peer(ada)))[0].ttl_period == 7 * DAY
    assert (await history(ada, to_eve))[0].ttl_period is None


async def test_timers_that_cannot_be(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob = await ada.peer(bob)
    assert await fault(set_timer(ada, to_bob, -1)) == "TTL_PERIOD_INVALID"
    assert await fault(set_timer(ada, to_bob, 10**9)) == "TTL_PERIOD_INVALID"
    assert await fault(set_timer(ada, api.InputPeerSelf(), DAY)) == "PEER_ID_INVALID"
    wrong = ada.call(api.messages.SetDefaultHistoryTTL(period=10**9))
    assert await fault(wrong) == "TTL_PERIOD_INVALID"
