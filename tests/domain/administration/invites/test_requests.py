"""Requests to join: asked by a link, told to admins, answered one by one or all at once."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.tl import api
from tests.kit import groups as chats
from tests.kit.world import Client, RpcFault, World


async def _ask(client: Client, link: str) -> None:
    with pytest.raises(RpcFault, match="INVITE_REQUEST_SENT"):
        await chats.join(client, link)
    await client.world.settle()


async def _waiting(admin: Client, chat: Any, **more: Any) -> list[int]:
    found = await admin.call(
        api.messages.GetChatInviteImporters(
            peer=chats.peer(chat), requested=True, offset_date=0,
            offset_user=api.InputUserEmpty(), limit=10, **more,
        )
    )  # fmt: skip
    assert found.count == len(found.importers)
    return [one.user_id for one in found.importers]


async def test_an_admin_lets_in_whoever_asked(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    group = await chats.channel(ada, group=True)
    link = (await chats.invite(ada, group, request_needed=True)).link
    ada.pushed.clear()
    await _ask(bob, link)
    (pending,) = ada.updates(api.UpdatePendingJoinRequests)
    assert (pending.requests_pending, pending.recent_requesters) == (1, [bob.user_id])
    await _ask(bob, link)
    world.clock.advance(1)
    await _ask(eve, link)
    assert await _waiting(ada, group) == [eve.user_id, bob.user_id]
    assert await _waiting(ada, group, q="bo") == [bob.user_id]
    bob.pushed.clear()
    answer = await ada.call(
        api.messages.HideChatJoinRequest(
            peer=chats.peer(group), user_id=await chats.person(ada, bob), approved=True
        )
    )
    assert [u.requests_pending for u in answer.updates] == [1]
    assert [u.channel_id for u in bob.updates(api.UpdateChannel)] == [group.id]
    (said,) = bob.updates(api.UpdateNewChannelMessage)
    assert type(said.message.action) is api.MessageActionChatJoinedByRequest
    assert said.message.from_id.user_id == bob.user_id
    await ada.call(
        api.messages.HideChatJoinRequest(
            peer=chats.peer(group), user_id=await chats.person(ada, eve)
        )
    )
    assert await _waiting(ada, group) == []
    with pytest.raises(RpcFault, match="HIDE_REQUESTER_MISSING"):
        await ada.call(
            api.messages.HideChatJoinRequest(
                peer=chats.peer(group), user_id=await chats.person(ada, eve), approved=True
            )
        )
    shown = await ada.call(api.messages.GetExportedChatInvite(peer=chats.peer(group), link=link))
    assert (shown.invite.usage, shown.invite.requested) == (1, None)


async def test_everybody_who_asked_is_answered_at_once(world: World) -> None:
    ada, *others = [await world.sign_up(f"Person {n}") for n in range(4)]
    group = await chats.basic_group(ada, others[0])
    link = (await chats.invite(ada, group, request_needed=True)).link
    for one in others[1:]:
        await _ask(one, link)
    full = await ada.call(api.messages.GetFullChat(chat_id=group.id))
    assert full.full_chat.requests_pending == 2
    others[0].pushed.clear()
    answer = await ada.call(
        api.messages.HideAllChatJoinRequests(peer=chats.peer(group), approved=True, link=link)
    )
    assert answer.updates[-1].requests_pending == 0
    assert len(others[0].updates(api.UpdateNewMessage)) == 2
    with pytest.raises(RpcFault, match="HIDE_REQUESTER_MISSING"):
        await ada.call(api.messages.HideAllChatJoinRequests(peer=chats.peer(group)))


async def test_whoever_is_brought_in_waits_no_longer(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    await _ask(bob, (await chats.invite(ada, group, request_needed=True)).link)
    await ada.call(
        api.channels.InviteToChannel(channel=chats.of(group), users=[await chats.person(ada, bob)])
    )
    assert await _waiting(ada, group) == []


async def test_members_neither_see_nor_answer_requests(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    (seen,) = await chats.come(ada, group, bob)
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await _waiting(bob, seen)
    with pytest.raises(RpcFault, match="SEARCH_WITH_LINK_NOT_SUPPORTED"):
        await _waiting(ada, group, q="x", link="https://example.org/+AAAAAAAAAAAAAAAA")
