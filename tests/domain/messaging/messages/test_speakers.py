"""Speaking in the name of the group or of a channel of one's own."""

from __future__ import annotations

from typing import Any

import pytest

from petitbleu.tl import api
from tests.kit import groups as chats
from tests.kit.world import Client, RpcFault, World


async def _public_group(world: World) -> tuple[Client, Client, Any, Any, Any]:
    """Ada's public group with Bob in it, and a public channel of Bob's."""
    ada, bob = await world.sign_up("Ada"), await world.sign_up("Bob")
    group = await chats.channel(ada, "Town", group=True)
    await ada.call(api.channels.UpdateUsername(channel=chats.of(group), username="town_hall"))
    (seen,) = await chats.come(ada, group, bob)
    channel = await chats.channel(bob, "Bob's")
    await bob.call(api.channels.UpdateUsername(channel=chats.of(channel), username="bobs_own"))
    return ada, bob, group, seen, channel


async def test_somebody_speaks_as_a_channel_of_theirs(world: World) -> None:
    ada, bob, group, seen, channel = await _public_group(world)
    found = await bob.call(api.channels.GetSendAs(peer=chats.peer(seen)))
    assert [type(one.peer).NAME for one in found.peers] == ["peerUser", "peerChannel"]
    ada.pushed.clear()
    await chats.say(bob, seen, "We say", send_as=chats.peer(channel))
    (told,) = ada.updates(api.UpdateNewChannelMessage)
    assert told.message.from_id.channel_id == channel.id
    assert ada.pushed[0].users == []
    who = await ada.call(api.channels.GetMessageAuthor(channel=chats.of(group), id=told.message.id))
    assert who.id == bob.user_id
    with pytest.raises(RpcFault, match="CHANNEL_INVALID"):
        await bob.call(api.channels.GetMessageAuthor(channel=chats.of(seen), id=told.message.id))


async def test_the_usual_speaker_is_remembered(world: World) -> None:
    _, bob, _, seen, channel = await _public_group(world)
    save = api.messages.SaveDefaultSendAs
    assert await bob.call(save(peer=chats.peer(seen), send_as=chats.peer(channel)))
    full = await bob.call(api.channels.GetFullChannel(channel=chats.of(seen)))
    assert full.full_chat.default_send_as.channel_id == channel.id
    said = await chats.say(bob, seen, "We say")
    assert said.from_id.channel_id == channel.id
    await bob.call(save(peer=chats.peer(seen), send_as=api.InputPeerSelf()))
    assert (await chats.say(bob, seen, "I say")).from_id.user_id == bob.user_id


async def test_nobody_speaks_as_somebody_elses_channel(world: World) -> None:
    ada, bob, group, _, _ = await _public_group(world)
    found = await ada.call(api.contacts.ResolveUsername(username="bobs_own"))
    foreign = chats.peer(found.chats[0])
    with pytest.raises(RpcFault, match="SEND_AS_PEER_INVALID"):
        await chats.say(ada, group, "They say", send_as=foreign)
    with pytest.raises(RpcFault, match="SEND_AS_PEER_INVALID"):
        await ada.call(api.messages.SaveDefaultSendAs(peer=chats.peer(group), send_as=foreign))
    private = await chats.channel(ada, group=True)
    await chats.come(ada, private, bob)
    own = (await ada.call(api.channels.GetSendAs(peer=chats.peer(private)))).peers
    assert [one.peer.user_id for one in own] == [ada.user_id]


async def test_an_anonymous_admin_speaks_as_the_group(world: World) -> None:
    ada, bob, group, seen, _ = await _public_group(world)
    rights = api.ChatAdminRights(anonymous=True, pin_messages=True)
    await ada.call(
        api.channels.EditAdmin(
            channel=chats.of(group), user_id=await chats.person(ada, bob), admin_rights=rights,
            rank="Mayor",
        )
    )  # fmt: skip
    found = await bob.call(api.channels.GetSendAs(peer=chats.peer(seen)))
    assert found.peers[0].peer.channel_id == group.id
    ada.pushed.clear()
    await chats.say(bob, seen, "Hear")
    (told,) = ada.updates(api.UpdateNewChannelMessage)
    assert (told.message.from_id.channel_id, told.message.post_author) == (group.id, "Mayor")
    assert ada.pushed[0].users == []
