"""Reacting: what everybody sees and hears, what is refused, who has to look."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from petitbleu import ids
from petitbleu.domain.messaging.reactions import emoji as known
from petitbleu.domain.messaging.reactions import service
from petitbleu.domain.updates import pace
from petitbleu.tl import api
from tests.kit import chats
from tests.kit.talk import fault, history, say, unread
from tests.kit.world import Client, World

THUMB, HEART, FIRE = "👍", "❤", "🔥"


def emoji(*emoticons: str) -> list[Any]:
    return [api.ReactionEmoji(emoticon=one) for one in emoticons]


async def react(client: Client, peer: Any, message: int, *emoticons: str, **more: Any) -> Any:
    made = await client.call(
        api.messages.SendReaction(peer=peer, msg_id=message, reaction=emoji(*emoticons), **more)
    )
    (update,) = made.updates
    assert type(update) is api.UpdateMessageReactions
    return update.reactions


def counted(reactions: Any) -> dict[str, int]:
    return {one.reaction.emoticon: one.count for one in reactions.results}


async def test_both_sides_of_a_private_chat_see_a_reaction(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    await say(bob, api.InputPeerSelf(), "so that ids differ")
    mine = await say(ada, to_bob)
    theirs = (await history(bob, to_ada))[0].id
    ada.pushed.clear()
    given = await react(bob, to_ada, theirs, THUMB, big=True)
    assert counted(given) == {THUMB: 1} and given.results[0].chosen_order == 0
    (update,) = ada.updates(api.UpdateMessageReactions)
    assert (update.peer.user_id, update.msg_id) == (bob.user_id, mine)
    (recent,) = update.reactions.recent_reactions
    assert recent.unread and recent.big and not recent.my
    assert update.reactions.results[0].chosen_order is None
    assert ada.pushed[-1].users, "whoever is named comes along"
    assert await unread(ada, to_bob) == (0, 1)
    assert await unread(bob, to_ada) == (0, 0)
    (waiting,) = (
        await ada.call(
            api.messages.GetUnreadReactions(
                peer=to_bob, offset_id=0, add_offset=0, limit=10, max_id=0, min_id=0
            )
        )
    ).messages
    assert waiting.id == mine and waiting.reactions.recent_reactions[0].unread
    read = await ada.call(api.messages.ReadReactions(peer=to_bob))
    assert (read.pts_count, read.offset) == (1, 0)
    assert await unread(ada, to_bob) == (0, 0)
    shown = (await history(ada, to_bob))[0].reactions
    assert counted(shown) == {THUMB: 1} and not shown.recent_reactions[0].unread


async def test_a_reaction_is_replaced_and_taken_back(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    await say(ada, to_bob)
    assert counted(await react(bob, to_ada, 1, THUMB)) == {THUMB: 1}
    both = await react(bob, to_ada, 1, "❤\ufe0f", FIRE)
    assert counted(both) == {HEART: 1, FIRE: 1}
    assert {one.reaction.emoticon: one.chosen_order for one in both.results} == {HEART: 0, FIRE: 1}
    assert counted(await react(ada, to_bob, 1, HEART)) == {HEART: 2, FIRE: 1}
    assert await unread(ada, to_bob) == (0, 1)
    assert counted(await react(bob, to_ada, 1)) == {HEART: 1}
    assert await unread(ada, to_bob) == (0, 0), "nothing is left to look at"
    last = await react(ada, to_bob, 1)
    assert last.results == []
    assert (await history(bob, to_ada))[0].reactions is None


async def test_what_cannot_be_reacted_with(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    await say(ada, to_bob)

    async def refused(message: int, reaction: list[Any]) -> str:
        return await fault(
            bob.call(api.messages.SendReaction(peer=to_ada, msg_id=message, reaction=reaction))
        )

    assert await refused(9, emoji(THUMB)) == "MESSAGE_ID_INVALID"
    assert await refused(1, emoji("🧀")) == "REACTION_INVALID"
    assert await refused(1, [api.ReactionCustomEmoji(document_id=7)]) == "DOCUMENT_INVALID"
    assert await refused(1, [api.ReactionPaid()]) == "REACTION_INVALID"
    assert await refused(1, emoji("👍", "👎", "🔥", "🎉")) == "REACTIONS_TOO_MANY"
    assert await refused(1, []) == "MESSAGE_NOT_MODIFIED"
    await ada.call(api.contacts.Block(id=to_bob))
    assert await refused(1, emoji(THUMB)) == "PEER_ID_INVALID"


async def test_everybody_in_a_group_sees_it_and_who_it_was(world: World) -> None:
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    chat = api.InputPeerChat(chat_id=await chats.group(ada, bob, eve))
    await say(ada, chat)
    message = (await history(ada, chat))[0].id
    at_bob, at_eve = (await history(bob, chat))[0].id, (await history(eve, chat))[0].id
    eve.pushed.clear()
    await react(bob, chat, at_bob, THUMB)
    (update,) = eve.updates(api.UpdateMessageReactions)
    assert update.msg_id == at_eve and counted(update.reactions) == {THUMB: 1}
    assert not update.reactions.recent_reactions[0].unread
    world.clock.advance(1)
    await react(eve, chat, at_eve, FIRE)
    listed = await ada.call(api.messages.GetMessageReactionsList(peer=chat, id=message, limit=1))
    assert listed.count == 2 and listed.reactions[0].peer_id.user_id == eve.user_id
    rest = await ada.call(
        api.messages.GetMessageReactionsList(
            peer=chat, id=message, limit=1, offset=listed.next_offset
        )
    )
    assert rest.reactions[0].peer_id.user_id == bob.user_id and rest.next_offset is None
    only = await ada.call(
        api.messages.GetMessageReactionsList(
            peer=chat, id=message, limit=9, reaction=emoji(FIRE)[0]
        )
    )
    assert (only.count, [one.reaction.emoticon for one in only.reactions]) == (1, [FIRE])
    # What mtcute asks for when it wants all.
    every = await ada.call(
        api.messages.GetMessageReactionsList(
            peer=chat, id=message, limit=9, reaction=api.ReactionEmpty()
        )
    )
    assert every.count == 2
    assert (
        await fault(ada.call(api.messages.GetMessageReactionsList(peer=chat, id=99, limit=9)))
        == "MSG_ID_INVALID"
    )


async def test_a_supergroup_hears_of_reactions_at_a_measured_pace(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "SECONDS", 3600)
    ada, bob, eve = await chats.people(world, "Ada", "Bob", "Eve")
    town = await chats.supergroup(ada, bob, eve)
    message = await say(ada, chats.input_peer(ada, town))
    for client in (ada, eve):
        client.pushed.clear()
    await react(bob, chats.input_peer(bob, town), message, THUMB)
    (first,) = eve.updates(api.UpdateMessageReactions)
    assert (first.peer.channel_id, counted(first.reactions)) == (town, {THUMB: 1})
    (told,) = ada.updates(api.UpdateMessageReactions)
    assert told.reactions.recent_reactions[0].unread
    assert await unread(ada, chats.input_peer(ada, town)) == (0, 1)
    await react(bob, chats.input_peer(bob, town), message, FIRE)
    await react(bob, chats.input_peer(bob, town), message, HEART)
    assert len(eve.updates(api.UpdateMessageReactions)) == 1
    world.app.parts[pace.PACE].due((service.CHANGED, ids.peer_of_channel(town), message))
    await world.settle()
    last = eve.updates(api.UpdateMessageReactions)
    assert len(last) == 2 and counted(last[-1].reactions) == {HEART: 1}
    await ada.call(
        api.channels.ReadMessageContents(channel=chats.input_channel(ada, town), id=[message])
    )
    assert await unread(ada, chats.input_peer(ada, town)) == (0, 0)


async def test_nobody_is_told_who_reacts_in_a_channel(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    news = await chats.channel(ada, bob)
    message = await say(ada, chats.input_peer(ada, news))
    given = await react(bob, chats.input_peer(bob, news), message, THUMB)
    assert given.recent_reactions is None and not given.can_see_list
    (told,) = ada.updates(api.UpdateMessageReactions)
    assert counted(told.reactions) == {THUMB: 1} and told.reactions.recent_reactions is None
    assert await unread(ada, chats.input_peer(ada, news)) == (0, 0)
    assert (
        await fault(
            bob.call(
                api.messages.GetMessageReactionsList(
                    peer=chats.input_peer(bob, news), id=message, limit=9
                )
            )
        )
        == "BROADCAST_FORBIDDEN"
    )
    seen = await ada.call(
        api.messages.GetMessagesReactions(peer=chats.input_peer(ada, news), id=[message, 99])
    )
    (update,) = seen.updates
    assert counted(update.reactions) == {THUMB: 1}


async def test_a_chat_says_what_is_allowed(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    town = await chats.supergroup(ada, bob)
    to_ada, to_bob = chats.input_peer(ada, town), chats.input_peer(bob, town)
    message = await say(ada, to_ada)

    async def allow(client: Client, peer: Any, what: Any) -> Any:
        return await client.call(
            api.messages.SetChatAvailableReactions(peer=peer, available_reactions=what)
        )

    assert await fault(allow(bob, to_bob, api.ChatReactionsNone())) == "CHAT_ADMIN_REQUIRED"
    assert await fault(allow(ada, to_ada, api.ChatReactionsAll())) == "CHAT_NOT_MODIFIED"
    made = await allow(ada, to_ada, api.ChatReactionsSome(reactions=emoji(FIRE, HEART)))
    assert made.chats
    await react(bob, to_bob, message, FIRE)
    assert await fault(react(bob, to_bob, message, THUMB)) == "REACTION_INVALID"
    await allow(ada, to_ada, api.ChatReactionsNone())
    assert await fault(react(bob, to_bob, message, HEART)) == "REACTION_INVALID"
    assert (await react(bob, to_bob, message)).results == [], "taking back is always allowed"
    full = await bob.call(api.channels.GetFullChannel(channel=chats.input_channel(bob, town)))
    assert full.full_chat.available_reactions == api.ChatReactionsNone()


async def test_recent_top_and_favourite(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they will be told once reactions are drawn: now the lists are empty."""
    ada = await world.sign_up("Ada")
    me = api.InputPeerSelf()
    message = await say(ada, me)
    await react(ada, me, message, FIRE, add_to_recent=True)
    world.clock.advance(5)
    await react(ada, me, message, HEART, add_to_recent=True)
    assert (await ada.call(api.messages.GetRecentReactions(limit=9, hash=0))).reactions == []
    assert (await ada.call(api.messages.GetTopReactions(limit=9, hash=0))).reactions == []
    monkeypatch.setattr(known, "OFFERED", known.ALL)
    recent = await ada.call(api.messages.GetRecentReactions(limit=9, hash=0))
    assert [one.emoticon for one in recent.reactions] == [HEART, FIRE]
    again = await ada.call(api.messages.GetRecentReactions(limit=9, hash=recent.hash))
    assert type(again) is api.messages.ReactionsNotModified
    top = await ada.call(api.messages.GetTopReactions(limit=3, hash=0))
    assert [one.emoticon for one in top.reactions] == [HEART, FIRE, "👍"]
    assert await ada.call(api.messages.ClearRecentReactions())
    assert (await ada.call(api.messages.GetRecentReactions(limit=9, hash=0))).reactions == []
    assert await ada.call(api.messages.SetDefaultReaction(reaction=emoji(FIRE)[0]))
    assert (
        await fault(ada.call(api.messages.SetDefaultReaction(reaction=api.ReactionEmpty())))
        == "REACTION_INVALID"
    )
    assert (await ada.call(api.help.GetConfig())).reactions_default == emoji(FIRE)[0]


async def test_who_was_away_learns_of_reactions_from_the_difference(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    to_bob, to_ada = await ada.peer(bob), await bob.peer(ada)
    await say(ada, to_bob)
    state = await ada.call(api.updates.GetState())
    world.clock.advance(10)
    await react(bob, to_ada, 1, THUMB)
    missed = await ada.call(api.updates.GetDifference(pts=state.pts, date=state.date + 1, qts=0))
    (update,) = [one for one in missed.other_updates if type(one) is api.UpdateMessageReactions]
    assert counted(update.reactions) == {THUMB: 1}


async def test_old_layers_see_reactions_too(world: World) -> None:
    ada, bob = await chats.people(world, "Ada", "Bob")
    old = await world.sign_in(bob.phone, 158)
    to_ada = await bob.peer(ada)
    await say(ada, await ada.peer(bob))
    old.pushed.clear()
    await react(bob, to_ada, (await history(bob, to_ada))[0].id, FIRE)
    (update,) = old.updates(api.UpdateMessageReactions)
    assert counted(update.reactions) == {FIRE: 1}


async def test_many_react_and_write_at_once_and_nothing_is_lost(world: World) -> None:
    names = ("Ada", "Bob", "Eve", "Kim", "Lou")
    everybody = await chats.people(world, *names)
    town = await chats.supergroup(*everybody)
    ada = everybody[0]
    message = await say(ada, chats.input_peer(ada, town))

    async def busy(client: Client) -> None:
        peer = chats.input_peer(client, town)
        answer = api.InputReplyToMessage(reply_to_msg_id=message)
        for emoticon in (THUMB, HEART, FIRE):
            await react(client, peer, message, emoticon)
            await say(client, peer, "me too", reply_to=answer)

    await asyncio.gather(*(busy(client) for client in everybody))
    found = await history(ada, chats.input_peer(ada, town))
    shown = next(one for one in found if one.id == message).reactions
    assert counted(shown) == {FIRE: len(names)}
    mentions, reactions = await unread(ada, chats.input_peer(ada, town))
    assert (mentions, reactions) == (3 * (len(names) - 1), 1)
