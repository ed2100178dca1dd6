"""Public names of supergroups and channels."""

from __future__ import annotations

import pytest

from petitbleu.tl import api
from tests.kit import groups as chats
from tests.kit.world import RpcFault, World


async def test_a_public_name_leads_anybody_to_the_channel(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    channel = await chats.channel(ada, "News")
    to = chats.of(channel)
    assert await ada.call(api.channels.CheckUsername(channel=to, username="the_news"))
    assert await ada.call(api.channels.UpdateUsername(channel=to, username="The_News"))
    found = await bob.call(api.contacts.ResolveUsername(username="the_news"))
    assert (found.peer.channel_id, found.chats[0].username) == (channel.id, "The_News")
    assert found.chats[0].left
    await chats.say(ada, channel, "Read all about it")
    page = {"offset_id": 0, "offset_date": 0, "add_offset": 0, "limit": 20, "max_id": 0}
    history = await bob.call(
        api.messages.GetHistory(peer=chats.peer(found.chats[0]), min_id=0, hash=0, **page)
    )
    assert history.messages[0].message == "Read all about it"
    mine = await ada.call(api.channels.GetAdminedPublicChannels())
    assert [one.id for one in mine.chats] == [channel.id]
    log = await ada.call(api.channels.GetAdminLog(channel=to, q="", max_id=0, min_id=0, limit=1))
    assert log.events[0].action.new_value == "The_News"


async def test_a_name_that_somebody_has_is_not_given_twice(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    await bob.call(api.account.UpdateUsername(username="bobby"))
    channel = chats.of(await chats.channel(ada))
    assert not await ada.call(api.channels.CheckUsername(channel=channel, username="Bobby"))
    for name, fault in (
        ("Bobby", "USERNAME_OCCUPIED"),
        ("no", "USERNAME_INVALID"),
        ("", "USERNAME_NOT_MODIFIED"),
    ):
        with pytest.raises(RpcFault, match=fault):
            await ada.call(api.channels.UpdateUsername(channel=channel, username=name))


async def test_a_chat_without_its_name_is_private_again(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    channel = await chats.channel(ada)
    await ada.call(api.channels.UpdateUsername(channel=chats.of(channel), username="for_all"))
    found = await bob.call(api.contacts.ResolveUsername(username="for_all"))
    await ada.call(api.channels.UpdateUsername(channel=chats.of(channel), username=""))
    with pytest.raises(RpcFault, match="USERNAME_NOT_OCCUPIED"):
        await bob.call(api.contacts.ResolveUsername(username="for_all"))
    with pytest.raises(RpcFault, match="CHANNEL_PRIVATE"):
        await bob.call(api.channels.JoinChannel(channel=chats.of(found.chats[0])))


async def test_only_the_creator_names_a_channel_and_only_ten(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, group=True)
    (seen,) = await chats.come(ada, group, bob)
    with pytest.raises(RpcFault, match="CHAT_ADMIN_REQUIRED"):
        await bob.call(api.channels.UpdateUsername(channel=chats.of(seen), username="taken_over"))
    for n in range(10):
        made = await chats.channel(ada)
        await ada.call(api.channels.UpdateUsername(channel=chats.of(made), username=f"channel_{n}"))
    with pytest.raises(RpcFault, match="CHANNELS_ADMIN_PUBLIC_TOO_MUCH"):
        await ada.call(api.channels.GetAdminedPublicChannels(check_limit=True))
    with pytest.raises(RpcFault, match="CHANNELS_ADMIN_PUBLIC_TOO_MUCH"):
        await ada.call(
            api.channels.CheckUsername(channel=api.InputChannelEmpty(), username="one_more")
        )


async def test_a_deleted_channel_gives_its_name_up(world: World) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    channel = chats.of(await chats.channel(ada))
    await ada.call(api.channels.UpdateUsername(channel=channel, username="short_life"))
    await ada.call(api.channels.DeleteChannel(channel=channel))
    with pytest.raises(RpcFault, match="USERNAME_NOT_OCCUPIED"):
        await bob.call(api.contacts.ResolveUsername(username="short_life"))


async def test_members_learn_that_a_chat_became_public_or_has_a_place_to_talk(
    world: World,
) -> None:
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    news = await chats.channel(ada)
    town = await chats.channel(ada, "Town", group=True)
    (seen,) = await chats.come(ada, news, bob)
    await ada.call(api.channels.UpdateUsername(channel=chats.of(news), username="all_the_news"))
    assert [u.channel_id for u in bob.updates(api.UpdateChannel)] == [news.id]
    now = (await bob.call(api.channels.GetChannels(id=[chats.of(seen)]))).chats[0]
    assert now.username == "all_the_news"
    bob.pushed.clear()
    await ada.call(api.channels.SetDiscussionGroup(broadcast=chats.of(news), group=chats.of(town)))
    assert [u.channel_id for u in bob.updates(api.UpdateChannel)] == [news.id]
    full = (await bob.call(api.channels.GetFullChannel(channel=chats.of(seen)))).full_chat
    assert full.linked_chat_id == town.id
