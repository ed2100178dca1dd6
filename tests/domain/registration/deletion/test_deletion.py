"""Accounts that end."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.control import CommandRefused, perform
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts import views
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.registration.deletion import service
from petitbleu.domain.updates import pace
from petitbleu.tl import api
from tests.domain.access.password.steps import owing, proof, set_password
from tests.domain.messaging.polls.test_polls import ask, vote
from tests.domain.messaging.polls.test_polls import poll as poll_of
from tests.kit import chats
from tests.kit.world import Client, RpcFault, World

WEEK = 7 * 86_400
ASK = api.account.DeleteAccount(reason="enough")


async def test_it_ends_the_devices_and_leaves_a_deleted_account(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    other = await world.sign_in(ada.phone)
    peer = await bob.peer(ada)
    await ada.call(api.account.UpdateUsername(username="lovelace"))
    assert await ada.call(ASK) is True
    assert not other.open
    for client in (ada, other):
        with pytest.raises(RpcFault, match="AUTH_KEY_UNREGISTERED"):
            await client.call(api.users.GetUsers(id=[api.InputUserSelf()]))
    named = api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)
    (user,) = await bob.call(api.users.GetUsers(id=[named]))
    assert (user.deleted, user.first_name, user.phone, user.username, user.status) == (
        True,
        None,
        None,
        None,
        None,
    )
    assert await usernames.resolve(world.app.store, "lovelace") is None
    told = bob.updates(api.UpdateUserName)[-1]
    assert (told.user_id, told.first_name, told.usernames) == (ada.user_id, "", [])


async def test_the_phone_is_free_and_address_books_wait_for_its_next_owner(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await bob.peer(ada)
    await ada.call(ASK)
    assert (await bob.call(api.contacts.GetContacts(hash=0))).contacts == []
    again = await world.sign_up("Augusta", phone=ada.phone)
    assert again.user_id != ada.user_id
    (contact,) = (await bob.call(api.contacts.GetContacts(hash=0))).contacts
    assert contact.user_id == again.user_id


async def test_what_the_account_kept_is_dropped(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    await ada.call(api.contacts.Block(id=peer))
    await ada.call(api.messages.SendMessage(peer=api.InputPeerSelf(), message="x", random_id=1))
    await ada.call(ASK)
    await service.empty(world.app, ada.user_id)
    store = world.app.store
    assert await social_graph.acquainted(store, ada.user_id) == []
    assert not await social_graph.blocked(world.app, ada.user_id, bob.user_id)
    ties = await social_graph.ties(store, bob.user_id, [ada.user_id])
    assert (ties.theirs, ties.blockers) == (set(), set())


async def test_messages_stay_with_those_who_have_them(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    peer = await ada.peer(bob)
    await ada.call(api.messages.SendMessage(peer=peer, message="Farewell", random_id=1))
    back = await bob.peer(ada)
    await ada.call(ASK)
    await service.empty(world.app, ada.user_id)
    found = await bob.call(
        api.messages.GetHistory(
            peer=back, offset_id=0, offset_date=0, add_offset=0, limit=9, max_id=0, min_id=0, hash=0
        )
    )
    assert [one.message for one in found.messages] == ["Farewell"]
    assert [one.deleted for one in found.users if one.id == ada.user_id] == [True]


async def test_deleting_twice_is_harmless(world: World) -> None:
    ada = await world.sign_up("Ada")
    await service.delete(world.app, ada.user_id)
    before = await accounts.get(world.app, ada.user_id)
    world.clock.advance(60)
    assert await service.delete(world.app, ada.user_id) == []
    assert await accounts.get(world.app, ada.user_id) == before


async def test_with_a_password_it_must_be_proved_for_deletion_at_once(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    with pytest.raises(RpcFault, match="PASSWORD_HASH_INVALID"):
        wrong = await proof(ada, "wrong")
        await ada.call(api.account.DeleteAccount(reason="", password=wrong))
    right = await proof(ada)
    assert await ada.call(api.account.DeleteAccount(reason="", password=right))
    assert (await views.user(world.app, ada.user_id, ada.user_id)).deleted


async def test_who_forgot_the_password_waits_a_week(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    newcomer = await owing(world, ada.phone)
    with pytest.raises(RpcFault, match=f"2FA_CONFIRM_WAIT_{WEEK}"):
        await newcomer.call(ASK)
    await world.settle()
    warned = [one.message for one in ada.updates(api.UpdateNewMessage)]
    assert any("delete" in one.message for one in warned)
    world.clock.advance(100)
    with pytest.raises(RpcFault, match=f"2FA_CONFIRM_WAIT_{WEEK - 100}"):
        await newcomer.call(ASK)
    asked = int(world.clock.now()) - 100
    assert await service.carry_out(world.app, ada.user_id, newcomer.link.auth_key_id, asked)
    assert (await views.user(world.app, ada.user_id, ada.user_id)).deleted


async def test_an_account_in_use_outlives_a_stranger_with_its_number(world: World) -> None:
    ada = await world.sign_up("Ada")
    await set_password(ada)
    newcomer = await owing(world, ada.phone)
    asked = int(world.clock.now())
    with pytest.raises(RpcFault, match="2FA_CONFIRM_WAIT"):
        await newcomer.call(ASK)
    world.clock.advance(WEEK - 60)
    await ada.call(api.updates.GetState())
    assert not await service.carry_out(world.app, ada.user_id, newcomer.link.auth_key_id, asked)
    assert not (await views.user(world.app, ada.user_id, ada.user_id)).deleted


async def test_nobody_signed_in_has_nothing_to_delete(world: World) -> None:
    with pytest.raises(RpcFault, match="AUTH_KEY_UNREGISTERED"):
        await world.connect().call(ASK)


async def test_who_stays_away_longer_than_set_is_deleted(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await ada.call(api.account.SetAccountTTL(ttl=api.AccountDaysTTL(days=30)))
    world.clock.advance(29 * 86_400)
    assert await service.delete_idle(world.app) == 0
    world.clock.advance(2 * 86_400)
    assert await service.delete_idle(world.app) == 1
    assert (await views.user(world.app, bob.user_id, ada.user_id)).deleted
    assert not (await views.user(world.app, bob.user_id, bob.user_id)).deleted


async def test_a_device_in_use_keeps_the_account(world: World) -> None:
    ada = await world.sign_up("Ada")
    await ada.call(api.account.SetAccountTTL(ttl=api.AccountDaysTTL(days=30)))
    world.clock.advance(20 * 86_400)
    await ada.call(api.updates.GetState())
    world.clock.advance(20 * 86_400)
    assert await service.delete_idle(world.app) == 0


async def test_the_operator_removes_a_person(world: World) -> None:
    ada = await world.sign_up("Ada")
    assert await perform(world.app, "user.remove", {"who": ada.phone}) == {"account": ada.user_id}
    with pytest.raises(CommandRefused):
        await perform(world.app, "user.remove", {"who": ada.phone})


async def test_its_reactions_and_votes_are_taken_back_and_others_see_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "SECONDS", 0)
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    group = api.InputPeerChat(chat_id=await chats.group(ada, bob, eve))
    town = await chats.supergroup(ada, bob, eve)
    thumb = [api.ReactionEmoji(emoticon="👍")]
    await chats.say(ada, group, "Well?")
    said = (await chats.said(ada, chats.input_peer(ada, town), "Well?")).id
    in_group = {one: (await chats.history(one, group)).messages[0].id for one in (bob, eve)}
    for one in (bob, eve):
        react = {"peer": group, "msg_id": in_group[one], "reaction": thumb}
        await one.call(api.messages.SendReaction(**react))
    there = chats.input_peer(bob, town)
    await bob.call(api.messages.SendReaction(peer=there, msg_id=said, reaction=thumb))
    poll = await ask(ada, chats.input_peer(ada, town), poll_of())
    await vote(bob, there, poll, b"0")
    await vote(eve, chats.input_peer(eve, town), poll, b"1")
    await bob.call(ASK)
    chats.forget_pushes(ada, eve)
    await service.empty(world.app, bob.user_id)
    await world.settle()
    told = [one for one in eve.updates(api.UpdateMessageReactions) if one.msg_id == in_group[eve]]
    assert [one.count for one in told[-1].reactions.results] == [1]
    message = await by_id(ada, town, said)
    assert message.reactions is None
    results = (await by_id(ada, town, poll)).media.results
    assert results.total_voters == 1
    counted = eve.updates(api.UpdateMessagePoll)
    assert counted[-1].results.total_voters == 1
    await service.empty(world.app, bob.user_id)


async def by_id(client: Client, channel: int, message: int) -> Any:
    """A message of a supergroup as it is now."""
    found = await client.call(
        api.channels.GetMessages(
            channel=chats.input_channel(client, channel), id=[api.InputMessageID(id=message)]
        )
    )
    return found.messages[0]
