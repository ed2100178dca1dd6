"""Numbers of unread messages, held against what a device knows when it is told them.

TDLib compares the two, and writes an error where they differ.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from petitbleu.app import Actor
from petitbleu.domain.messaging.messages.contents import Draft
from petitbleu.domain.messaging.messages.delete import delete as delete_messages
from petitbleu.domain.messaging.messages.send import send
from petitbleu.domain.updates import service
from petitbleu.ids import peer_of_channel
from petitbleu.tl import api
from petitbleu.tl.objects import TLObject
from tests.domain.updates.interrupted import before_read
from tests.kit import chats
from tests.kit.world import Client, World

# ── a post that arrives while an answer is made ─────────────────────────────────────────────────


def _objects(found: Any) -> Iterator[Any]:
    """``found`` and every TL object in it."""
    if isinstance(found, list):
        for one in found:
            yield from _objects(one)
    elif isinstance(found, TLObject):
        yield found
        for name in type(found).__slots__:
            yield from _objects(getattr(found, name))


class _Town:
    """A supergroup of Ada, with Bob, whose unread posts are counted."""

    def __init__(self, ada: Client, bob: Client, at_bob: Any) -> None:
        self.ada, self.bob = ada, bob
        self.at_bob = at_bob
        self.channel = api.InputChannel(
            channel_id=at_bob.channel_id, access_hash=at_bob.access_hash
        )
        self.tablet: Client | None = None
        self.read = self.pts = 0

    async def post(self) -> None:
        """Not by a call: that waits for deliveries, and one of them may wait for this."""
        channel = peer_of_channel(self.at_bob.channel_id)
        await send(self.ada.world.app, Actor(self.ada.user_id), channel, Draft("hi"))

    async def dialog(self) -> Any:
        asked = [api.InputDialogPeer(peer=self.at_bob)]
        (dialog,) = (await self.bob.call(api.messages.GetPeerDialogs(peers=asked))).dialogs
        return dialog

    async def start(self) -> None:
        """Bob has read all but one: from here each post is one pts, one id and one unread."""
        await self.post()
        dialog = await self.dialog()
        self.read, self.pts = dialog.top_message, dialog.pts
        await self.bob.call(
            api.channels.ReadHistory(channel=self.channel, max_id=dialog.top_message)
        )

    def check(self, answer: Any) -> int:
        """Each pts beside the newest post and the unread ones that it goes with; how many."""
        found = 0
        for one in _objects(answer):
            unread = getattr(one, "unread_count", getattr(one, "still_unread_count", None))
            pts = getattr(one, "pts", None)
            if unread is None or pts is None or type(one) is api.updates.State:
                continue
            read: int = getattr(one, "read_inbox_max_id", getattr(one, "max_id", 0))
            assert unread == pts - self.pts - (read - self.read), one
            if hasattr(one, "top_message"):
                assert one.top_message == self.read + pts - self.pts, one
            found += 1
        return found


async def _town(world: World) -> _Town:
    ada, bob = await chats.people(world, "Ada", "Bob")
    made = await chats.supergroup(ada, bob)
    town = _Town(ada, bob, chats.input_peer(bob, made))
    await town.start()
    return town


async def _all_dialogs(town: _Town) -> Any:
    return await town.bob.call(
        api.messages.GetDialogs(
            offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=20, hash=0
        )
    )


async def _peer_dialogs(town: _Town) -> Any:
    return await town.dialog()


async def _full(town: _Town) -> Any:
    return await town.bob.call(api.channels.GetFullChannel(channel=town.channel))


async def _far_behind(town: _Town) -> Any:
    return await town.bob.call(
        api.updates.GetChannelDifference(
            channel=town.channel, filter=api.ChannelMessagesFilterEmpty(), pts=1, limit=10
        )
    )


async def _difference(town: _Town) -> Any:
    return await town.bob.call(api.updates.GetDifference(pts=1, date=0, qts=0))


async def _pushed(town: _Town) -> Any:
    """What Bob's other device hears when he reads."""
    assert town.tablet is not None
    town.tablet.pushed.clear()
    dialog = await town.dialog()
    await town.bob.call(api.channels.ReadHistory(channel=town.channel, max_id=dialog.top_message))
    await town.bob.world.settle()
    return town.tablet.updates(api.UpdateReadChannelInbox)


@pytest.mark.turns(3)
@pytest.mark.parametrize(
    "ask", [_all_dialogs, _peer_dialogs, _full, _far_behind, _difference, _pushed]
)
async def test_the_unread_posts_of_a_channel_are_those_of_the_pts_beside_them(
    world: World, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever read of the database a new post comes before."""
    if ask is _far_behind:
        monkeypatch.setattr(service, "CHANNEL_BEHIND", 1)
    town = await _town(world)
    if ask is _pushed:
        town.tablet = await world.sign_in(town.bob.phone)
    number, found = 0, 0
    while True:
        await town.post()  # something to read
        with before_read(world, number, town.post) as seen:
            found += town.check(await ask(town))
        if seen[0] <= number:
            break
        number += 1
    assert number > 3 and found >= number


# ── what was read while a device was away ───────────────────────────────────────────────────────


class _Device:
    """A device that takes a difference as TDLib does: the new messages, then the rest in order."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.unread: dict[str, set[int]] = {}
        self.pts = 1
        self.told = 0

    async def catch_up(self, limit: int | None = None) -> None:
        while True:
            found = await self.client.call(
                api.updates.GetDifference(pts=self.pts, date=0, qts=0, pts_limit=limit)
            )
            if type(found) is api.updates.DifferenceEmpty:
                return
            for message in found.new_messages:
                if not message.out:
                    self.unread.setdefault(str(message.peer_id), set()).add(message.id)
            for update in found.other_updates:
                self.take(update)
            if type(found) is api.updates.Difference:
                self.pts = found.state.pts
                return
            self.pts = found.intermediate_state.pts

    def take(self, update: Any) -> None:
        if type(update) is api.UpdateDeleteMessages:
            for ids in self.unread.values():
                ids.difference_update(update.messages)
        elif type(update) is api.UpdateReadHistoryInbox:
            known = self.unread.setdefault(str(update.peer), set())
            mine = sum(one > update.max_id for one in known)
            assert update.still_unread_count == mine, update
            self.told += 1


class _Life:
    """Bob's life in a private chat and a group, at random."""

    def __init__(self, ada: Client, bob: Client, peers: list[tuple[Any, Any]], seed: int) -> None:
        self.ada, self.bob = ada, bob
        self.peers = peers
        self.random = random.Random(seed)
        self.sent: list[list[int]] = [[] for _ in peers]
        """Of each chat Ada's messages that are there, in Ada's numbers."""

    async def step(self, *, deletes: bool) -> None:
        number = self.random.randrange(len(self.peers))
        at_ada, at_bob = self.peers[number]
        sent = self.sent[number]
        choice = self.random.random()
        if choice < 0.5:
            await chats.say(self.ada, at_ada, "hi")
            sent.append((await self.newest(self.ada, at_ada)).id)
        elif choice < 0.6:
            await chats.say(self.bob, at_bob, "hi")
        elif choice < 0.8 or not deletes:
            newest = await self.newest(self.bob, at_bob)
            upto = max(1, newest.id - self.random.randrange(4))
            await self.bob.call(api.messages.ReadHistory(peer=at_bob, max_id=upto))
        elif sent:
            one = sent.pop(self.random.randrange(len(sent)))
            await self.ada.call(api.messages.DeleteMessages(id=[one], revoke=True))

    async def newest(self, client: Client, peer: Any) -> Any:
        found = await chats.history(client, peer, limit=1)
        return found.messages[0]


async def _life(world: World, seed: int) -> _Life:
    ada, bob = await chats.people(world, "Ada", "Bob")
    group = api.InputPeerChat(chat_id=await chats.group(ada, bob))
    peers = [(await ada.peer(bob), await bob.peer(ada)), (group, group)]
    for at_ada, at_bob in peers:
        await chats.say(ada, at_ada, "hi")
        await chats.say(bob, at_bob, "hi")
    return _Life(ada, bob, peers, seed)


@pytest.mark.parametrize("seed", range(4))
async def test_a_difference_says_what_is_unread_at_its_end(world: World, seed: int) -> None:
    life = await _life(world, seed)
    device = _Device(life.bob)
    for _ in range(12):
        await device.catch_up()
        for _ in range(life.random.randrange(1, 12)):
            await life.step(deletes=True)
    await device.catch_up()
    assert device.told > 3


async def test_each_slice_of_a_difference_says_what_is_unread_at_its_end(world: World) -> None:
    life = await _life(world, 5)
    device = _Device(life.bob)
    for _ in range(40):
        await life.step(deletes=False)
    await device.catch_up(limit=3)
    assert device.told > 3


KNOWN, TOLD, LATER = range(3)


async def _behind(ada: Client, bob: Client, device: _Device) -> list[int]:
    """Bob's device knows one unread message, and has to be told of two and of Bob's reading; Ada's
    ids of the three."""
    at_ada, at_bob = await ada.peer(bob), await bob.peer(ada)
    for text in ("read", "known"):
        await chats.say(ada, at_ada, text)
    await device.catch_up()
    read = (await chats.history(bob, at_bob, limit=2)).messages[1].id
    await chats.say(ada, at_ada, "told")
    await bob.call(api.messages.ReadHistory(peer=at_bob, max_id=read))
    await chats.say(ada, at_ada, "later")
    found = (await chats.history(ada, at_ada, limit=3)).messages
    return [message.id for message in reversed(found)]


@pytest.mark.turns(4)
@pytest.mark.parametrize("limit", [None, 2])
@pytest.mark.parametrize("gone", [(KNOWN,), (TOLD,), (LATER,), (KNOWN, TOLD, LATER)])
async def test_what_is_deleted_while_a_difference_is_made_counts_while_it_is_known(
    world: World, limit: int | None, gone: tuple[int, ...]
) -> None:
    """Whichever read of the database the deletion comes before."""
    ada, bob = await chats.people(world, "Ada", "Bob")
    device = _Device(bob)
    number, reads = 0, 1
    while number < reads:
        ids = await _behind(ada, bob, device)
        doomed = [ids[one] for one in gone]
        delete = partial(delete_messages, world.app, Actor(ada.user_id), doomed, revoke=True)
        with before_read(world, number, delete) as seen:
            await device.catch_up(limit)
        reads = max(reads, seen[0])
        number += 1
        await device.catch_up()
    assert number > 3 and device.told >= number
