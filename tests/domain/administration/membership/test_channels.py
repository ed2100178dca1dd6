"""Members of supergroups and channels: admins, restrictions, bans, lists."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.domain.communities.members import rights, rpc_channels
from petitbleu.domain.registration.bots import service as bots
from petitbleu.tl import api
from tests.kit.chats import (
    channel,
    forget_pushes,
    input_channel,
    input_peer,
    people,
    refused,
    say,
    supergroup,
    user,
)
from tests.kit.world import Client, World


async def promote(by: Client, town: int, who: Client, rank: str = "", **granted: bool) -> Any:
    return api.channels.EditAdmin(
        channel=input_channel(by, town),
        user_id=await user(by, who),
        admin_rights=api.ChatAdminRights(**granted),
        rank=rank,
    )


async def restrict(
    by: Client, town: int, who: Client, until: int = 0, **banned: bool
) -> api.channels.EditBanned:
    return api.channels.EditBanned(
        channel=input_channel(by, town),
        participant=await by.peer(who),
        banned_rights=api.ChatBannedRights(until_date=until, **banned),
    )


async def listed(client: Client, town: int, wanted: Any, **page: int) -> Any:
    return await client.call(
        api.channels.GetParticipants(
            channel=input_channel(client, town),
            filter=wanted,
            **({"offset": 0, "limit": 100, "hash": 0} | page),
        )
    )


async def participant(client: Client, town: int, who: Client) -> Any:
    found = await client.call(
        api.channels.GetParticipant(
            channel=input_channel(client, town), participant=await client.peer(who)
        )
    )
    return found.participant


async def seen(client: Client, town: int) -> Any:
    found = await client.call(api.channels.GetChannels(id=[input_channel(client, town)]))
    return found.chats[0]


async def test_an_admin_gets_rights_and_a_title(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    town = await supergroup(ada, bob, eve)
    forget_pushes(bob)
    await ada.call(await promote(ada, town, bob, "Mayor", ban_users=True, add_admins=True))
    assert [u.channel_id for u in bob.updates(api.UpdateChannel)] == [town]
    assert bob.pushed[-1].chats[0].admin_rights.ban_users
    assert (await seen(bob, town)).admin_rights.other  # of every admin, as TDLib wants it
    found = await participant(ada, town, bob)
    assert (found.rank, found.can_edit, found.promoted_by) == ("Mayor", True, ada.user_id)
    assert await refused(bob, await promote(bob, town, eve, pin_messages=True)) == "RIGHT_FORBIDDEN"
    await bob.call(await promote(bob, town, eve, ban_users=True, other=True))
    assert await refused(eve, await promote(eve, town, bob)) == "CHAT_ADMIN_REQUIRED"
    assert await refused(bob, await promote(bob, town, ada)) == "USER_CREATOR"
    await ada.call(await promote(ada, town, bob))
    assert (await seen(bob, town)).admin_rights is None
    long = await promote(ada, town, bob, "x" * 17, ban_users=True)
    assert await refused(ada, long) == "ADMIN_RANK_INVALID"


async def test_promoting_brings_somebody_in(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    news = await channel(ada)
    await ada.call(await promote(ada, news, bob, post_messages=True))
    await say(bob, input_peer(bob, news), "posted by an admin")
    assert len(ada.updates(api.UpdateNewChannelMessage)) == 1
    assert (await seen(bob, news)).participants_count == 2


async def test_an_anonymous_admin_speaks_as_the_group(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    town = await supergroup(ada, bob, eve)
    await ada.call(await promote(ada, town, bob, "Voice", anonymous=True))
    forget_pushes(eve)
    await say(bob, input_peer(bob, town), "we decided")
    (heard,) = eve.updates(api.UpdateNewChannelMessage)
    assert heard.message.from_id == api.PeerChannel(channel_id=town)
    assert heard.message.post_author == "Voice"
    assert bob.user_id not in {one.id for one in eve.pushed[-1].users}


async def test_a_restriction_ends_by_itself(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town = await supergroup(ada, bob)
    until = int(world.clock.now()) + 3600
    await ada.call(await restrict(ada, town, bob, until, send_messages=True))
    assert (await seen(bob, town)).banned_rights.until_date == until
    send = api.messages.SendMessage(peer=input_peer(bob, town), message="x", random_id=1)
    assert await refused(bob, send) == "USER_BANNED_IN_CHANNEL"
    assert (await listed(ada, town, api.ChannelParticipantsBanned(q=""))).count == 1
    world.clock.advance(3601)
    await bob.call(send)
    assert (await seen(bob, town)).banned_rights is None
    assert (await listed(ada, town, api.ChannelParticipantsBanned(q=""))).count == 0


async def test_whoever_is_kept_out_is_out_until_let_back(world: World) -> None:
    ada, bob = await people(world, "Ada", "Bob")
    town = await supergroup(ada, bob)
    forget_pushes(ada, bob)
    await ada.call(await restrict(ada, town, bob, view_messages=True))
    assert len(bob.updates(api.UpdateChannel)) == 1
    assert type(await seen(bob, town)) is api.ChannelForbidden
    enter = api.channels.GetFullChannel(channel=input_channel(bob, town))
    assert await refused(bob, enter) == "CHANNEL_PRIVATE"
    await say(ada, input_peer(ada, town), "without you")
    assert bob.updates(api.UpdateNewChannelMessage) == []
    out = await listed(ada, town, api.ChannelParticipantsKicked(q=""))
    assert [one.peer.user_id for one in out.participants] == [bob.user_id]
    assert (await participant(ada, town, bob)).banned_rights.view_messages
    assert (await seen(ada, town)).participants_count == 1
    await ada.call(await restrict(ada, town, bob))
    assert (await listed(ada, town, api.ChannelParticipantsKicked(q=""))).count == 0
    add = api.channels.InviteToChannel(
        channel=input_channel(ada, town), users=[await user(ada, bob)]
    )
    await ada.call(add)
    assert (await seen(bob, town)).participants_count == 2


async def test_who_may_not_be_restricted(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    town = await supergroup(ada, bob, eve)
    assert await refused(bob, await restrict(bob, town, eve, send_media=True)) == (
        "CHAT_ADMIN_REQUIRED"
    )
    for who in (bob, eve):
        await ada.call(await promote(ada, town, who, ban_users=True))
    for target in (ada, eve):
        change = await restrict(bob, town, target, view_messages=True)
        assert await refused(bob, change) == "USER_ADMIN_INVALID"


async def test_lists_of_members(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    town = await supergroup(ada, bob, eve)
    await ada.call(await promote(ada, town, bob, pin_messages=True))
    recent = await listed(eve, town, api.ChannelParticipantsRecent())
    assert recent.count == 3 and {one.user_id for one in recent.participants} == {
        ada.user_id, bob.user_id, eve.user_id,
    }  # fmt: skip
    assert {one.id for one in recent.users} == {ada.user_id, bob.user_id, eve.user_id}
    one = await listed(eve, town, api.ChannelParticipantsRecent(), limit=1, offset=1)
    assert len(one.participants) == 1 and one.count == 3
    admins = await listed(eve, town, api.ChannelParticipantsAdmins())
    assert [type(one) for one in admins.participants] == [
        api.ChannelParticipantCreator, api.ChannelParticipantAdmin,
    ]  # fmt: skip
    like = await listed(eve, town, api.ChannelParticipantsSearch(q="AD"))
    assert [one.user_id for one in like.participants] == [ada.user_id]
    for wanted in (api.ChannelParticipantsKicked(q=""), api.ChannelParticipantsBanned(q="")):
        with pytest.raises(Exception, match="CHAT_ADMIN_REQUIRED"):
            await listed(eve, town, wanted)
    news = await channel(ada, bob)
    with pytest.raises(Exception, match="CHAT_ADMIN_REQUIRED"):
        await listed(bob, news, api.ChannelParticipantsRecent())


async def test_everybody_is_searched_however_many_there_are(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rpc_channels, "SEARCHED", 2)
    ada, *others = await people(world, "Ada", "Zoé", "Bob", "Eve", "Adèle", "Dan")
    made = await bots.create(world.app, "Météo", "meteo_bot")
    found = await ada.call(api.contacts.ResolveUsername(username="meteo_bot"))
    bot = api.InputUser(user_id=made.id, access_hash=found.users[0].access_hash)
    town = await supergroup(ada, *others)
    await ada.call(api.channels.InviteToChannel(channel=input_channel(ada, town), users=[bot]))

    async def ids(wanted: Any, viewer: Client = ada, **more: Any) -> list[int]:
        page = await listed(viewer, town, wanted, **more)
        return [one.user_id for one in page.participants]

    zoe, bob, eve, adele, dan = (one.user_id for one in others)
    assert await ids(api.ChannelParticipantsSearch(q="zoe"), others[1]) == [zoe]
    assert set(await ids(api.ChannelParticipantsSearch(q="ad"), others[1])) == {
        ada.user_id, adele,
    }  # fmt: skip
    assert await ids(api.ChannelParticipantsSearch(q="meteo")) == [made.id]
    every = api.ChannelParticipantsSearch(q="")
    pages = [await ids(every, limit=3, offset=offset) for offset in (0, 3, 6)]
    whole = sorted(one for page in pages for one in page)
    assert whole == sorted([ada.user_id, zoe, bob, eve, adele, dan, made.id])
    assert await ids(api.ChannelParticipantsBots()) == [made.id]
    assert set(await ids(api.ChannelParticipantsContacts(q=""))) == {zoe, bob, eve, adele, dan}
    assert await ids(api.ChannelParticipantsContacts(q=""), others[0]) == []


async def test_one_participant(world: World) -> None:
    ada, bob, eve = await people(world, "Ada", "Bob", "Eve")
    town = await supergroup(ada, bob)
    me = await bob.call(
        api.channels.GetParticipant(
            channel=input_channel(bob, town), participant=api.InputPeerSelf()
        )
    )
    assert (me.participant.user_id, me.participant.inviter_id) == (bob.user_id, ada.user_id)
    with pytest.raises(Exception, match="USER_NOT_PARTICIPANT"):
        await participant(ada, town, eve)


def test_no_sending_is_no_media_either() -> None:
    every = rights.complete(rights.SEND)
    assert every & rights.SEND_PLAIN and every & rights.SEND_VOICES and every & rights.SEND_POLLS
    assert not rights.complete(rights.SEND_MEDIA) & rights.SEND_PLAIN
