"""Answers that a push overtakes while they are made.

What an answer says of unread messages must be what its session had been told when it came, in the
order of the wire: a client that took the push of a message counts it, and an older answer behind it
takes that back.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest

from petitbleu.app import Actor
from petitbleu.domain.messaging.messages.contents import Draft
from petitbleu.domain.messaging.messages.read import read_channel, read_history
from petitbleu.domain.messaging.messages.send import send
from petitbleu.ids import peer_of_channel
from petitbleu.rpc.registry import METHODS
from petitbleu.tl import api, codec
from tests.domain.updates.interrupted import before_read
from tests.kit import chats
from tests.kit.waiting import until
from tests.kit.world import Client, World

NOT_SERVED = {"ForumTopic", "SavedDialog"}
"""Kinds of things with unread messages of their own that no answer names."""
TELL_OF_THEIR_OWN_PTS = {"updates.getDifference", "updates.getChannelDifference"}
"""What they answer begins at a pts that the caller names, and says at which it ends."""


class Chat(NamedTuple):
    """A chat of Ada's and Bob's, as Bob's app and the server name it."""

    at_bob: Any
    peer: int


async def _private(ada: Client, bob: Client) -> Chat:
    at_ada, at_bob = await ada.peer(bob), await bob.peer(ada)
    await chats.say(ada, at_ada, "hi")
    return Chat(at_bob, ada.user_id)


async def _group(ada: Client, bob: Client) -> Chat:
    chat = await chats.group(ada, bob)
    return Chat(api.InputPeerChat(chat_id=chat), -chat)


async def _supergroup(ada: Client, bob: Client) -> Chat:
    made = await chats.supergroup(ada, bob)
    return Chat(chats.input_peer(bob, made), peer_of_channel(made))


def _all(chat: Chat) -> Any:
    return api.messages.GetDialogs(
        offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=20, hash=0
    )


def _one(chat: Chat) -> Any:
    return api.messages.GetPeerDialogs(peers=[api.InputDialogPeer(peer=chat.at_bob)])


def _pinned(chat: Chat) -> Any:
    return api.messages.GetPinnedDialogs(folder_id=0)


def _full(chat: Chat) -> Any:
    at = chat.at_bob
    channel = api.InputChannel(channel_id=at.channel_id, access_hash=at.access_hash)
    return api.channels.GetFullChannel(channel=channel)


def _unread(answer: Any, chat: Chat) -> int:
    """What an answer says of the chat."""
    full = getattr(answer, "full_chat", None)
    if full is not None:
        return int(full.unread_count)
    (found,) = (one for one in answer.dialogs if _peer(one.peer) == chat.peer)
    return int(found.unread_count)


def _peer(given: Any) -> int:
    if type(given) is api.PeerUser:
        return int(given.user_id)
    if type(given) is api.PeerChat:
        return -int(given.chat_id)
    return peer_of_channel(given.channel_id)


class _Session:
    """Bob's app: what it counts as unread in the chat, of its pushes alone."""

    def __init__(self, bob: Client, chat: Chat) -> None:
        self.bob = bob
        self.chat = chat
        self.known: set[int] = set()

    def count(self) -> int:
        """Take what was pushed since; the unread messages it knows of now."""
        for container in self.bob.pushed:
            for update in container.updates:
                if type(update) in (api.UpdateNewMessage, api.UpdateNewChannelMessage):
                    self.known.add(update.message.id)
                elif type(update) in (api.UpdateReadHistoryInbox, api.UpdateReadChannelInbox):
                    self.known = {one for one in self.known if one > update.max_id}
        self.bob.pushed.clear()
        return len(self.known)

    async def ask(self, query: Any) -> tuple[int, int]:
        """What the answer says, and what the session had been told when it came."""
        world, link = self.bob.world, self.bob.link
        body = codec.encode(query, self.bob.layer)
        made = await world.dispatcher.call(link, next(self.bob._ids), body, world.clock.now())
        told = self.count()
        answer = codec.decode_result(type(query).NAME, made, self.bob.layer)
        return _unread(answer, self.chat), told


async def _session(bob: Client, chat: Chat) -> _Session:
    """It has read all there is, and hears of the rest."""
    await bob.call(
        api.messages.ToggleDialogPin(peer=api.InputDialogPeer(peer=chat.at_bob), pinned=True)
    )
    await bob.world.settle()
    await _read(bob, chat)
    await bob.world.settle()
    bob.pushed.clear()
    return _Session(bob, chat)


async def _read(bob: Client, chat: Chat) -> None:
    """Not by a call of this session: as if another device had read."""
    reading = read_channel if type(chat.at_bob) is api.InputPeerChannel else read_history
    await reading(bob.world.app, Actor(bob.user_id), chat.peer, 0)


def _to_bob(chat: Chat, bob: Client) -> int:
    return bob.user_id if chat.peer > 0 else chat.peer


CASES = [
    *((make, query) for make in (_private, _group, _supergroup) for query in (_all, _one, _pinned)),
    (_supergroup, _full),
]


@pytest.mark.turns(3)
@pytest.mark.parametrize(("make", "query"), CASES)
async def test_no_push_overtakes_an_answer(
    world: World,
    make: Callable[[Client, Client], Awaitable[Chat]],
    query: Callable[[Chat], Any],
) -> None:
    """Whichever read of the database a message, or a reading elsewhere, comes before, and although
    the app has it before the answer."""
    ada, bob = await chats.people(world, "Ada", "Bob")
    chat = await make(ada, bob)
    session = await _session(bob, chat)
    number, overtaken = 0, 0

    async def happen() -> None:
        heard = bob.heard
        if number % 3 == 2:
            await _read(bob, chat)
        else:
            await send(world.app, Actor(ada.user_id), _to_bob(chat, bob), Draft("hi"))
        await until(lambda: bob.heard > heard)

    while True:
        with before_read(world, number, happen) as seen:
            unread, told = await session.ask(query(chat))
        assert unread == told, f"read {number}"
        if seen[0] <= number:
            break
        overtaken += 1
        number += 1
    assert overtaken > 3


def test_whatever_tells_of_unread_messages_is_read_again_when_it_is_overtaken() -> None:
    telling = {name for name in METHODS if _tells(name)}
    assert "messages.getDialogs" in telling
    counting = {name for name, method in METHODS.items() if method.counts}
    assert counting == {name for name in telling if METHODS[name].reads} - TELL_OF_THEIR_OWN_PTS


def _tells(name: str) -> bool:
    """Whether a number of unread messages is in what a method answers, at any depth."""
    made: dict[str, list[Any]] = {}
    for forms in codec.SCHEMA.by_name.values():
        for form in forms:
            if not form.function:
                made.setdefault(form.result, []).append(form)
    seen: set[str] = set()

    def tells(type_: str) -> bool:
        type_ = re.sub(r"^[Vv]ector<(.*)>$", r"\1", type_)
        if type_ in seen or type_ in NOT_SERVED:
            return False
        seen.add(type_)
        fields = [field for form in made.get(type_, ()) for field in form.fields]
        return any(field.name == "unread_count" or tells(field.type) for field in fields)

    return tells(codec.SCHEMA.newest(name).result)
