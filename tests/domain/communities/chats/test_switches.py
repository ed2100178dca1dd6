"""Switches of supergroups and channels: turned by who may, seen by everybody at once."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.communities.chats import switches
from petitbleu.tl import api
from tests.kit import groups as chats
from tests.kit.world import Client, RpcFault, World


async def _two(world: World, *, group: bool = True) -> tuple[Client, Client, Any, Any]:
    """Creator, member, and the chat as each sees it."""
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    made = await chats.channel(ada, group=group)
    (seen,) = await chats.come(ada, made, bob)
    return ada, bob, made, seen


async def _now(client: Client, chat: Any) -> Any:
    found = await client.call(api.channels.GetChannels(id=[chats.of(chat)]))
    return found.chats[0]


async def test_signatures_name_who_wrote_a_post(world: World) -> None:
    ada, bob, channel, seen = await _two(world, group=False)
    answer = await ada.call(
        api.channels.ToggleSignatures(channel=chats.of(channel), signatures_enabled=True)
    )
    assert answer.chats[0].signatures
    assert [u.channel_id for u in bob.updates(api.UpdateChannel)] == [channel.id]
    assert (await _now(bob, seen)).signatures
    await chats.say(ada, channel, "News")
    assert bob.updates(api.UpdateNewChannelMessage)[0].message.post_author == "Ada"
    with pytest.raises(RpcFault, match="CHAT_NOT_MODIFIED"):
        await ada.call(
            api.channels.ToggleSignatures(channel=chats.of(channel), signatures_enabled=True)
        )
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await bob.call(api.channels.ToggleSignatures(channel=chats.of(seen)))


async def test_newcomers_do_not_see_a_hidden_past(world: World) -> None:
    ada, bob, group, seen = await _two(world)
    await chats.say(ada, group, "Before")
    await ada.call(api.channels.TogglePreHistoryHidden(channel=chats.of(group), enabled=True))
    eve = await world.sign_up("Eve")
    (hers,) = await chats.come(ada, group, eve)
    page = {"offset_id": 0, "offset_date": 0, "add_offset": 0, "limit": 20, "max_id": 0}
    asked = {"min_id": 0, "hash": 0} | page
    history = await eve.call(api.messages.GetHistory(peer=chats.peer(hers), **asked))
    assert "Before" not in [getattr(one, "message", "") for one in history.messages]
    full = await eve.call(api.channels.GetFullChannel(channel=chats.of(hers)))
    assert full.full_chat.hidden_prehistory and full.full_chat.available_min_id
    theirs = await bob.call(api.messages.GetHistory(peer=chats.peer(seen), **asked))
    assert "Before" in [getattr(one, "message", "") for one in theirs.messages]
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await bob.call(api.channels.TogglePreHistoryHidden(channel=chats.of(seen), enabled=False))


async def test_slow_mode_makes_members_wait_but_not_admins(world: World) -> None:
    ada, bob, group, seen = await _two(world)
    with pytest.raises(RpcFault, match="SECONDS_INVALID"):
        await ada.call(api.channels.ToggleSlowMode(channel=chats.of(group), seconds=7))
    await ada.call(api.channels.ToggleSlowMode(channel=chats.of(group), seconds=30))
    assert (await _now(bob, seen)).slowmode_enabled
    await chats.say(bob, seen, "One")
    world.clock.advance(10)
    with pytest.raises(RpcFault, match="SLOWMODE_WAIT_20") as refused:
        await chats.say(bob, seen, "Two")
    assert refused.value.code == 420
    full = await bob.call(api.channels.GetFullChannel(channel=chats.of(seen)))
    assert full.full_chat.slowmode_next_send_date == int(world.clock.now()) + 20
    await chats.say(ada, group, "Three")
    await chats.say(ada, group, "Four")
    world.clock.advance(20)
    await chats.say(bob, seen, "Five")


async def test_a_repeated_call_is_no_second_message_in_slow_mode(world: World) -> None:
    ada, bob, group, seen = await _two(world)
    await ada.call(api.channels.ToggleSlowMode(channel=chats.of(group), seconds=60))
    again = api.messages.SendMessage(peer=chats.peer(seen), message="Once", random_id=77)
    first, second = await bob.call(again), await bob.call(again)
    assert first.updates[0].id == second.updates[0].id


async def test_protected_content_is_not_forwarded(world: World) -> None:
    ada, bob, group, seen = await _two(world)
    said = await chats.say(ada, group, "Keep it here")
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await bob.call(api.messages.ToggleNoForwards(peer=chats.peer(seen), enabled=True))
    await ada.call(api.messages.ToggleNoForwards(peer=chats.peer(group), enabled=True))
    assert (await _now(bob, seen)).noforwards
    with pytest.raises(RpcFault, match="CHAT_FORWARDS_RESTRICTED"):
        await bob.call(
            api.messages.ForwardMessages(
                from_peer=chats.peer(seen), id=[said.id], random_id=[5], to_peer=api.InputPeerSelf()
            )
        )


async def test_a_basic_group_is_protected_by_its_creator(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.basic_group(ada, bob)
    answer = await ada.call(api.messages.ToggleNoForwards(peer=chats.peer(group), enabled=True))
    assert answer.chats[0].noforwards
    assert len(bob.updates(api.UpdateChat)) == 1


async def test_small_groups_do_not_hide_their_members(world: World) -> None:
    ada, _, group, _ = await _two(world)
    with pytest.raises(RpcFault, match="PARTICIPANTS_TOO_FEW"):
        await ada.call(api.channels.ToggleParticipantsHidden(channel=chats.of(group), enabled=True))


async def test_in_a_larger_group_admins_alone_see_who_is_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(switches, "HIDDEN_MEMBERS_MIN", 2)
    ada, bob, group, seen = await _two(world)
    await ada.call(api.channels.ToggleParticipantsHidden(channel=chats.of(group), enabled=True))
    assert len(bob.updates(api.UpdateChannel)) == 1
    full = (await bob.call(api.channels.GetFullChannel(channel=chats.of(seen)))).full_chat
    assert full.participants_hidden and not full.can_view_participants
    listed = api.channels.GetParticipants(
        channel=chats.of(seen), filter=api.ChannelParticipantsRecent(), offset=0, limit=10, hash=0
    )
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await bob.call(listed)


async def test_the_filter_is_switched_by_admins_alone(world: World) -> None:
    ada, bob, group, seen = await _two(world)
    await ada.call(api.channels.ToggleAntiSpam(channel=chats.of(group), enabled=True))
    full = await ada.call(api.channels.GetFullChannel(channel=chats.of(group)))
    assert full.full_chat.antispam
    with pytest.raises(RpcFault, match="CHANNEL_INVALID"):
        await bob.call(api.channels.ToggleAntiSpam(channel=chats.of(seen), enabled=False))


async def test_joining_a_public_group_can_need_an_admin(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    to = chats.of(group)
    with pytest.raises(RpcFault, match="CHAT_PUBLIC_REQUIRED"):
        await ada.call(api.channels.ToggleJoinRequest(channel=to, enabled=True))
    await ada.call(api.channels.UpdateUsername(channel=to, username="open_club"))
    await ada.call(api.channels.ToggleJoinRequest(channel=to, enabled=True))
    found = await bob.call(api.contacts.ResolveUsername(username="open_club"))
    assert found.chats[0].join_request
    with pytest.raises(RpcFault, match="INVITE_REQUEST_SENT"):
        await bob.call(api.channels.JoinChannel(channel=chats.of(found.chats[0])))
    ada.pushed.clear()
    await ada.call(
        api.messages.HideChatJoinRequest(
            peer=chats.peer(group), user_id=await chats.person(ada, bob), approved=True
        )
    )
    assert not (await _now(bob, found.chats[0])).left
    log = await ada.call(api.channels.GetAdminLog(channel=to, q="", max_id=0, min_id=0, limit=1))
    action = log.events[0].action
    assert type(action) is api.ChannelAdminLogEventActionParticipantJoinByRequest
    assert type(action.invite) is api.ChatInvitePublicJoinRequests


async def test_an_admin_can_be_asked_also_by_who_has_a_link(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    eve = await world.sign_up("Eve")
    group = await chats.channel(ada, group=True)
    (seen,) = await chats.come(ada, group, eve)
    to, link = chats.of(group), (await chats.invite(ada, group)).link
    await ada.call(api.channels.ToggleJoinRequest(channel=to, enabled=True, apply_to_invites=True))
    assert len(eve.updates(api.UpdateChannel)) == 1
    assert (await _now(eve, seen)).join_request
    hash_ = link.rpartition("+")[2]
    looked = await bob.call(api.messages.CheckChatInvite(hash=hash_))
    assert type(looked) is api.ChatInvite and looked.request_needed
    with pytest.raises(RpcFault, match="INVITE_REQUEST_SENT"):
        await bob.call(api.messages.ImportChatInvite(hash=hash_))
    await ada.call(api.channels.ToggleJoinRequest(channel=to, enabled=False))
    await chats.join(bob, link)
    with pytest.raises(RpcFault, match="CHAT_PUBLIC_REQUIRED"):
        await ada.call(api.channels.ToggleJoinRequest(channel=to, enabled=True))


async def test_no_channel_is_recommended(world: World) -> None:
    ada, _, group, _ = await _two(world)
    asked = api.channels.GetChannelRecommendations(channel=chats.of(group))
    assert (await ada.call(asked)).chats == []


async def test_only_members_write_where_that_is_wanted(world: World) -> None:
    ada, _, group, _ = await _two(world)
    await ada.call(api.channels.ToggleJoinToSend(channel=chats.of(group), enabled=True))
    assert (await _now(ada, group)).join_to_send
    with pytest.raises(RpcFault, match="CHAT_NOT_MODIFIED"):
        await ada.call(api.channels.ToggleJoinToSend(channel=chats.of(group), enabled=True))
