"""Differences that a device asks for before it has the answer to its own sending."""

from __future__ import annotations

from petitbleu.tl import api
from tests.kit import chats
from tests.kit.world import World

ANNOUNCED = api.UpdateMessageID


async def test_a_difference_says_which_message_is_being_sent(world: World) -> None:
    """A device may ask before it has the answer to its sending; others are told nothing of it."""
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    group = await chats.group(ada, bob)
    state = await ada.call(api.updates.GetState())
    bobs = await bob.call(api.updates.GetState())
    places = [await ada.peer(bob), api.InputPeerChat(chat_id=group), chats.input_peer(ada, town)]
    for number, peer in enumerate(places, 501):
        await ada.call(api.messages.SendMessage(peer=peer, message="hm", random_id=number))
    ask = api.updates.GetDifference(pts=state.pts, qts=state.qts, date=state.date)
    found = await ada.call(ask)
    said = {one.random_id: one.id for one in found.other_updates if type(one) is ANNOUNCED}
    assert list(said) == [501, 502]
    assert list(said.values()) == [one.id for one in found.new_messages]
    in_town = api.updates.GetChannelDifference(
        channel=chats.input_channel(ada, town), filter=api.ChannelMessagesFilterEmpty(), pts=1,
        limit=100,
    )  # fmt: skip
    there = await ada.call(in_town)
    told = [one for one in there.other_updates if type(one) is ANNOUNCED]
    assert [one.random_id for one in told] == [503]
    assert told[0].id == there.new_messages[-1].id
    in_town.channel = chats.input_channel(bob, town)
    theirs = await bob.call(api.updates.GetDifference(pts=bobs.pts, qts=bobs.qts, date=bobs.date))
    for answer in (theirs, await bob.call(in_town)):
        assert ANNOUNCED not in {type(one) for one in answer.other_updates}
    world.clock.advance(61)
    assert ANNOUNCED not in {type(one) for one in (await ada.call(ask)).other_updates}
