"""Giving a chat away, titles of members, restrictions that end by themselves, lists of chats."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.administration.membership import lifting
from petitbleu.tl import api
from tests.domain.access.password import steps
from tests.kit import groups as chats
from tests.kit.world import Client, RpcFault, World


async def _give(ada: Client, bob: Client, chat: Any, password: Any) -> Any:
    return await ada.call(
        api.messages.EditChatCreator(
            peer=chats.peer(chat), user_id=await chats.person(ada, bob), password=password
        )
    )


async def _seen(client: Client, chat: Any) -> Any:
    found = await client.call(api.channels.GetChannels(id=[chats.of(chat)]))
    return found.chats[0]


async def test_a_creator_gives_a_supergroup_away_with_the_password(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    (seen,) = await chats.come(ada, group, bob)
    with pytest.raises(RpcFault, match="PASSWORD_MISSING"):
        await _give(ada, bob, group, steps.EMPTY)
    await steps.set_password(ada)
    with pytest.raises(RpcFault, match="PASSWORD_HASH_INVALID"):
        await _give(ada, bob, group, steps.EMPTY)
    proof = await steps.proof(ada)
    bob.pushed.clear()
    await _give(ada, bob, group, proof)
    assert [u.channel_id for u in bob.updates(api.UpdateChannel)] == [group.id]
    assert (await _seen(bob, seen)).creator
    mine = await _seen(ada, group)
    assert not mine.creator and mine.admin_rights.ban_users
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await _give(ada, bob, group, steps.EMPTY)
    log = await bob.call(
        api.channels.GetAdminLog(channel=chats.of(seen), q="", max_id=0, min_id=0, limit=1)
    )
    assert type(log.events[0].action.new_participant) is api.ChannelParticipantCreator


async def test_a_basic_group_is_given_away_too(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.basic_group(ada, bob)
    await steps.set_password(ada)
    heir = await ada.call(api.messages.GetFutureChatCreatorAfterLeave(peer=chats.peer(group)))
    assert heir.id == bob.user_id
    answer = await _give(ada, bob, group, await steps.proof(ada))
    assert not answer.chats[0].creator
    full = await bob.call(api.messages.GetFullChat(chat_id=group.id))
    roles = {one.user_id: type(one) for one in full.full_chat.participants.participants}
    assert roles == {
        ada.user_id: api.ChatParticipantAdmin,
        bob.user_id: api.ChatParticipantCreator,
    }


async def test_the_older_names_are_served(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name, 222) for name in ("Ada", "Bob", "Eve")]
    channel = await chats.channel(ada)
    nobody = await ada.call(api.channels.GetFutureCreatorAfterLeave(channel=chats.of(channel)))
    assert type(nobody) is api.UserEmpty
    await chats.come(ada, channel, bob)
    await steps.set_password(ada)
    give = {"channel": chats.of(channel), "password": await steps.proof(ada)}
    with pytest.raises(RpcFault, match="USER_ID_INVALID"):
        await ada.call(api.channels.EditCreator(user_id=await chats.person(ada, eve), **give))
    give["password"] = await steps.proof(ada)
    await ada.call(api.channels.EditCreator(user_id=await chats.person(ada, bob), **give))
    assert not (await _seen(ada, channel)).creator


async def test_members_carry_titles(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    group = await chats.channel(ada, group=True)
    seen, hers = await chats.come(ada, group, bob, eve)

    async def entitle(client: Client, chat: Any, whom: Client, rank: str) -> Any:
        who = api.InputPeerSelf() if whom is client else await client.peer(whom)
        return await client.call(
            api.messages.EditChatParticipantRank(peer=chats.peer(chat), participant=who, rank=rank)
        )

    await entitle(ada, group, bob, "Cook")
    mine = await bob.call(
        api.channels.GetParticipant(channel=chats.of(seen), participant=api.InputPeerSelf())
    )
    assert mine.participant.rank == "Cook"
    await entitle(bob, seen, bob, "Chef")
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await entitle(eve, hers, bob, "Thief")
    with pytest.raises(RpcFault, match="ADMIN_RANK_INVALID"):
        await entitle(ada, group, bob, "A very long title")
    log = await ada.call(
        api.channels.GetAdminLog(
            channel=chats.of(group), q="chef", max_id=0, min_id=0, limit=9,
            events_filter=api.ChannelAdminLogEventsFilter(edit_rank=True),
        )
    )  # fmt: skip
    assert [(e.action.prev_rank, e.action.new_rank) for e in log.events] == [("Cook", "Chef")]


async def test_restrictions_and_bans_end_by_themselves(world: World) -> None:
    ada, bob, eve = [await world.sign_up(name) for name in ("Ada", "Bob", "Eve")]
    group = await chats.channel(ada, group=True)
    seen, _hers = await chats.come(ada, group, bob, eve)
    link = (await chats.invite(ada, group)).link
    until = int(world.clock.now()) + 3600
    for whom, rights in (
        (bob, api.ChatBannedRights(send_messages=True, until_date=until)),
        (eve, api.ChatBannedRights(view_messages=True, until_date=until)),
    ):
        await ada.call(
            api.channels.EditBanned(
                channel=chats.of(group), participant=await ada.peer(whom), banned_rights=rights
            )
        )
    with pytest.raises(RpcFault, match="USER_BANNED_IN_CHANNEL"):
        await chats.say(bob, seen, "Hm")
    with pytest.raises(RpcFault, match="INVITE_HASH_EXPIRED"):
        await chats.join(eve, link)
    world.clock.advance(3601)
    await chats.say(bob, seen, "At last")
    bob.pushed.clear()
    assert await lifting.run(world.app) == 2
    await world.settle()
    assert [u.channel_id for u in bob.updates(api.UpdateChannel)] == [group.id]
    assert (await _seen(bob, seen)).banned_rights is None
    await chats.join(eve, link)


async def test_quiet_channels_are_listed(world: World) -> None:
    ada = await world.sign_up("Ada")
    quiet, busy = await chats.channel(ada, "Quiet"), await chats.channel(ada, "Busy")
    world.clock.advance(40 * 86_400)
    await chats.say(ada, busy, "News")
    found = await ada.call(api.channels.GetInactiveChannels())
    assert [chat.id for chat in found.chats] == [quiet.id] and len(found.dates) == 1
