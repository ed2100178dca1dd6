"""Each client's own picture, drawn from answers and pushes, equals a fresh fetch; and what a device
that stopped at any earlier moment gets from the differences leads to the same picture.

Random schedules over a basic group, a supergroup and a channel: saying, editing, deleting, pinning,
reading, renaming, coming and going.
"""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import pytest

from petitbleu.tl import api
from tests.kit.chats import (
    access,
    channel,
    group,
    history,
    input_channel,
    input_peer,
    people,
    supergroup,
    user,
)
from tests.kit.world import Client, RpcFault, World

STEPS = 60

Seen = tuple[str, int | None, bool]
"""Of a message: its text or the name of its action, when it was edited, whether it is pinned."""


class Picture(NamedTuple):
    """What a client believes: messages by (0 or channel id, message id); pts by the same owners."""

    messages: dict[tuple[int, int], tuple[Any, Seen]]
    pts: dict[int, int]

    def copy(self) -> Picture:
        return Picture(dict(self.messages), dict(self.pts))

    def of(self, peer: Any) -> dict[int, Seen]:
        return {key[1]: seen for key, (where, seen) in self.messages.items() if where == peer}


def _seen(message: Any) -> Seen:
    if type(message) is api.MessageService:
        return type(message.action).NAME, None, False
    return message.message, message.edit_date, message.pinned


def _owner(peer: Any) -> int:
    return int(peer.channel_id) if type(peer) is api.PeerChannel else 0


def put(picture: Picture, message: Any) -> None:
    """A new or edited message."""
    key = (_owner(message.peer_id), message.id)
    picture.messages[key] = (message.peer_id, _seen(message))


def apply(picture: Picture, update: Any) -> None:
    """One update of a push, an answer or a difference."""
    form = type(update)
    channel_id = getattr(update, "channel_id", 0)
    if form in (
        api.UpdateNewMessage, api.UpdateNewChannelMessage, api.UpdateEditMessage,
        api.UpdateEditChannelMessage,
    ):  # fmt: skip
        put(picture, update.message)
        channel_id = _owner(update.message.peer_id)
    elif form in (api.UpdateDeleteMessages, api.UpdateDeleteChannelMessages):
        for one in update.messages:
            picture.messages.pop((channel_id, one), None)
    elif form in (api.UpdatePinnedMessages, api.UpdatePinnedChannelMessages):
        for one in update.messages:
            found = picture.messages.get((channel_id, one))
            if found is not None:
                where, (text, edited, _) = found
                picture.messages[(channel_id, one)] = (where, (text, edited, update.pinned))
    counted = getattr(update, "pts_count", None)
    if counted is not None:
        before = picture.pts.get(channel_id)
        assert before is None or before + counted == update.pts, "a gap in the pushes"
        picture.pts[channel_id] = update.pts


class Device:
    """A client and its picture."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.picture = Picture({}, {})
        self.kept: list[Picture] = []

    async def call(self, q: Any) -> Any:
        """Call; what the answer tells goes into the picture, then what was pushed meanwhile."""
        answer = await self.client.call(q)
        told: list[Any] = []
        if type(answer) is api.Updates:
            told = answer.updates
        elif type(answer) is api.messages.InvitedUsers:
            told = answer.updates.updates
        elif type(answer) in (api.messages.AffectedMessages, api.messages.AffectedHistory):
            told = [self._affected(q, answer)]
        self.hear(told)
        return answer

    def _affected(self, q: Any, answer: Any) -> Any:
        """What a call did, as the update that other devices get (clients do it so)."""
        counted = {"pts": answer.pts, "pts_count": answer.pts_count}
        if type(q) is api.messages.ReadHistory:
            return api.UpdateReadHistoryInbox(
                peer=_peer(q.peer), max_id=0, still_unread_count=0, **counted
            )
        if type(q) is api.messages.DeleteMessages:
            return api.UpdateDeleteMessages(messages=q.id, **counted)
        if type(q) is api.channels.DeleteMessages:
            number = q.channel.channel_id
            return api.UpdateDeleteChannelMessages(channel_id=number, messages=q.id, **counted)
        where = _peer(q.peer)
        pinned = [one for one, seen in self.picture.of(where).items() if seen[2]]
        if type(where) is api.PeerChat:
            return api.UpdatePinnedMessages(peer=where, messages=pinned, **counted)
        return api.UpdatePinnedChannelMessages(
            channel_id=where.channel_id, messages=pinned, **counted
        )

    def hear(self, told: list[Any]) -> None:
        """Answer and pushes in the order of their pts, as a client sorts them."""
        updates = told + self.client.updates()
        self.client.pushed.clear()
        updates.sort(key=lambda one: getattr(one, "pts", 0))
        for update in updates:
            apply(self.picture, update)


class Schedule:
    """People, the three chats they share, and what they do at random."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.chance = random.Random(seed)
        self.devices: list[Device] = []
        self.chat = self.town = self.news = 0
        self.guest: Client
        self.who: Any = None
        self.numbers = iter(range(1, 10_000))

    async def begin(self) -> None:
        names = ["Ada", "Bob", "Eve", "Dan", "Fay", "Gus", "Hal", "Ida", "Joe", "Kim"]
        clients = await people(self.world, *names)
        ada, *others = clients
        self.chat = await group(ada, *others)
        self.town = await supergroup(ada, *others)
        self.news = await channel(ada, *others)
        self.devices = [Device(client) for client in clients]
        self.guest = await self.world.sign_up("Guest")
        self.who = await user(ada, self.guest)
        for device in self.devices:
            await self.start(device)

    async def come_and_go(self) -> None:
        """The guest is brought into a chat, or put out of it."""
        ada = self.devices[0]
        town = input_channel(ada.client, self.town)
        peer = api.InputPeerUser(user_id=self.who.user_id, access_hash=self.who.access_hash)
        out = api.ChatBannedRights(until_date=0, view_messages=True)
        calls = [
            api.messages.AddChatUser(chat_id=self.chat, user_id=self.who, fwd_limit=5),
            api.messages.DeleteChatUser(chat_id=self.chat, user_id=self.who),
            api.channels.InviteToChannel(channel=town, users=[self.who]),
            api.channels.EditBanned(channel=town, participant=peer, banned_rights=out),
        ]
        try:
            await ada.call(self.chance.choice(calls))
        except RpcFault as fault:
            assert fault.code in (400, 403), fault
        self.settle()

    async def start(self, device: Device) -> None:
        """A picture from scratch: what a client does after it signs in."""
        device.client.pushed.clear()
        device.picture = await self.fetched(device)

    async def fetched(self, device: Device) -> Picture:
        client, picture = device.client, Picture({}, {})
        state = await client.call(api.updates.GetState())
        picture.pts[0] = state.pts
        for peer in self.peers(client):
            found = await history(client, peer)
            for message in found.messages:
                put(picture, message)
            if type(found) is api.messages.ChannelMessages:
                picture.pts[peer.channel_id] = found.pts
        return picture

    def peers(self, client: Client) -> list[Any]:
        return [
            api.InputPeerChat(chat_id=self.chat),
            input_peer(client, self.town),
            input_peer(client, self.news),
        ]

    async def step(self) -> None:
        """Somebody does something; whoever may not is refused, and nobody hears of it."""
        self.world.clock.advance(self.chance.choice([0, 1, 30]))
        if self.chance.random() < 0.15:
            await self.come_and_go()
        device = self.chance.choice(self.devices)
        peer = self.chance.choice(self.peers(device.client))
        try:
            await device.call(await self.something(device, peer))
        except RpcFault as fault:
            assert fault.code in (400, 403), fault
        self.settle()

    def settle(self) -> None:
        for device in self.devices:
            device.hear([])
            if self.chance.random() < 0.1:
                device.kept.append(device.picture.copy())

    async def something(self, device: Device, peer: Any) -> Any:
        number = next(self.numbers)
        known = list(device.picture.of(_peer(peer))) or [1]
        one = self.chance.choice(known[-8:])
        deleted = self.chance.sample(known, min(2, len(known)))
        if type(peer) is api.InputPeerChannel:
            target = input_channel(device.client, peer.channel_id)
            delete: Any = api.channels.DeleteMessages(channel=target, id=deleted)
            read: Any = api.channels.ReadHistory(channel=target, max_id=one)
            title: Any = api.channels.EditTitle(channel=target, title=f"title {number}")
        else:
            delete = api.messages.DeleteMessages(id=deleted, revoke=True)
            read = api.messages.ReadHistory(peer=peer, max_id=one)
            title = api.messages.EditChatTitle(chat_id=peer.chat_id, title=f"title {number}")
        answer = api.InputReplyToMessage(reply_to_msg_id=one)
        say = api.messages.SendMessage(peer=peer, message=f"said {number}", random_id=number)
        reply = api.messages.SendMessage(
            peer=peer, message=f"answer {number}", random_id=number, reply_to=answer
        )
        edit = api.messages.EditMessage(peer=peer, id=one, message=f"edited {number}")
        pin = api.messages.UpdatePinnedMessage(peer=peer, id=one, unpin=self.chance.random() < 0.3)
        unpin = api.messages.UnpinAllMessages(peer=peer)
        return self.chance.choice(
            [say, say, say, reply, reply, edit, edit, delete, read, read, pin, title, unpin]
        )

    # ── what has to hold ────────────────────────────────────────────────────────────────────────

    async def check(self) -> None:
        for device in self.devices:
            device.hear([])
            fresh = await self.fetched(device)
            assert device.picture.pts == fresh.pts
            for peer in self.peers(device.client):
                where = _peer(peer)
                assert device.picture.of(where) == fresh.of(where)
            for kept in device.kept:
                await self.caught_up(device.client, kept, fresh)

    async def caught_up(self, client: Client, kept: Picture, fresh: Picture) -> None:
        """A device that stopped at ``kept`` asks what happened since."""
        picture = kept.copy()
        found = await client.call(api.updates.GetDifference(pts=picture.pts[0], date=1, qts=0))
        if type(found) is not api.updates.DifferenceEmpty:
            picture.pts[0] = found.state.pts
        self.take(picture, found)
        for number in (self.town, self.news):
            while True:
                part = await client.call(
                    api.updates.GetChannelDifference(
                        channel=input_channel(client, number),
                        filter=api.ChannelMessagesFilterEmpty(),
                        pts=picture.pts[number],
                        limit=self.chance.choice([1, 7, 100]),
                    )
                )
                picture.pts[number] = part.pts
                self.take(picture, part)
                if part.final:
                    break
        for peer in self.peers(client):
            assert picture.of(_peer(peer)) == fresh.of(_peer(peer))

    @staticmethod
    def take(picture: Picture, found: Any) -> None:
        for message in getattr(found, "new_messages", ()):
            put(picture, message)
        for update in getattr(found, "other_updates", ()):
            bare = picture.copy()
            bare.pts.clear()
            apply(bare, update)
            picture.messages.clear()
            picture.messages.update(bare.messages)


def _peer(given: Any) -> Any:
    if type(given) is api.InputPeerChannel:
        return api.PeerChannel(channel_id=given.channel_id)
    return api.PeerChat(chat_id=given.chat_id)


@pytest.mark.parametrize("seed", [1, 2])
async def test_pictures_agree(world: World, seed: int) -> None:
    schedule = Schedule(world, seed)
    await schedule.begin()
    for _ in range(STEPS):
        await schedule.step()
    await schedule.check()


async def test_a_newcomer_begins_where_the_others_are(world: World) -> None:
    schedule = Schedule(world, 3)
    await schedule.begin()
    late = await world.sign_up("Late")
    for _ in range(15):
        await schedule.step()
    ada = schedule.devices[0]
    await ada.client.peer(late)
    who = await user(ada.client, late)
    await ada.call(api.messages.AddChatUser(chat_id=schedule.chat, user_id=who, fwd_limit=0))
    for number in (schedule.town, schedule.news):
        channel_of = api.InputChannel(channel_id=number, access_hash=access(ada.client, number))
        await ada.call(api.channels.InviteToChannel(channel=channel_of, users=[who]))
    newcomer = Device(late)
    await schedule.start(newcomer)
    schedule.settle()
    schedule.devices.append(newcomer)
    for _ in range(15):
        await schedule.step()
    await schedule.check()
