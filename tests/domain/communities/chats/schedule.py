"""What ten people do at random in three chats, and what has to hold afterwards."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

from petitbleu.domain.messaging.timers import service as timers
from petitbleu.domain.updates import pace
from petitbleu.run.jobs import JobRunner
from petitbleu.tl import api
from tests.domain.communities.chats.mirror import Device, Picture, peer, put, take
from tests.kit.chats import (
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

NAMES = ("Ada", "Bob", "Eve", "Dan", "Fay", "Gus", "Hal", "Ida", "Joe", "Kim")
EMOJIS = ("👍", "❤", "🔥")
DAY = 86_400
REFUSALS = (400, 403, 406, 420)
"""Whoever may not, or must wait, is refused; nobody hears of it."""


def _text(said: str) -> Any:
    return api.TextWithEntities(text=said, entities=[])


def agree(own: dict[int, Any], fresh: dict[int, Any]) -> None:
    """Two pictures of a chat are one; AssertionError with the messages that differ."""
    every = own.keys() | fresh.keys()
    apart = {one: (own.get(one), fresh.get(one)) for one in every if own.get(one) != fresh.get(one)}
    assert not apart, f"id: (own picture, fresh) {apart}"


class Schedule:
    """People, the three chats they share, and what they do at random."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.chance = random.Random(seed)
        self.jobs = JobRunner(world.app)
        self.devices: list[Device] = []
        self.chat = self.town = self.news = 0
        self.guest: Client
        self.who: Any = None
        self.members: list[Any] = []
        self.links: dict[int, list[str]] = {}
        """Bare id of a chat -> hashes of a link that lets in, and of one that asks."""
        self.numbers = iter(range(1, 100_000))

    async def begin(self) -> None:
        """Everybody is in each chat; posts of the channel are discussed in the supergroup."""
        clients = await people(self.world, *NAMES)
        ada, *others = clients
        self.chat = await group(ada, *others)
        self.town = await supergroup(ada, *others)
        self.news = await channel(ada, *others)
        await ada.call(
            api.channels.SetDiscussionGroup(
                broadcast=input_channel(ada, self.news), group=input_channel(ada, self.town)
            )
        )
        self.members = [await ada.peer(other) for other in others]
        for one in self.members[:3]:
            await self._promote(ada, one)
        for where in self.peers(ada):
            bare = getattr(where, "chat_id", 0) or where.channel_id
            self.links[bare] = [
                (await ada.call(api.messages.ExportChatInvite(peer=where, **terms))).link
                for terms in ({}, {"request_needed": True})
            ]
        self.devices = [Device(client) for client in clients]
        self.guest = await self.world.sign_up("Guest")
        self.who = await user(ada, self.guest)
        for device in self.devices:
            await self.start(device)

    async def _promote(self, ada: Client, one: Any) -> None:
        """Three of them write in the channel and look after the supergroup."""
        rights = api.ChatAdminRights(
            post_messages=True, edit_messages=True, delete_messages=True, pin_messages=True,
            change_info=True,
        )  # fmt: skip
        for number in (self.news, self.town):
            await ada.call(
                api.channels.EditAdmin(
                    channel=input_channel(ada, number),
                    user_id=api.InputUser(user_id=one.user_id, access_hash=one.access_hash),
                    admin_rights=rights,
                    rank="",
                )
            )

    async def start(self, device: Device) -> None:
        """A picture from scratch: what a client does after it signs in."""
        device.client.pushed.clear()
        device.picture = await self.fetched(device)

    async def fetched(self, device: Device) -> Picture:
        """What the server says now."""
        client, picture = device.client, Picture({}, {})
        state = await client.call(api.updates.GetState())
        picture.pts[0] = state.pts
        for where in self.peers(client):
            before = 0
            while True:
                found = await history(client, where, offset_id=before)
                for message in found.messages:
                    put(picture, message)
                if type(found) is api.messages.ChannelMessages:
                    picture.pts[where.channel_id] = found.pts
                if not found.messages:
                    break
                before = found.messages[-1].id
        return picture

    def peers(self, client: Client) -> list[Any]:
        """The three chats as somebody names them."""
        return [
            api.InputPeerChat(chat_id=self.chat),
            input_peer(client, self.town),
            input_peer(client, self.news),
        ]

    async def step(self) -> None:
        """Time passes, and somebody does something."""
        self.world.clock.advance(self.chance.choice([0, 1, 30, 90]))
        if self.chance.random() < 0.03:
            self.world.clock.advance(DAY)
        await self.jobs.run_due()
        await timers.expire(self.world.app)
        await self.world.settle()
        roll = self.chance.random()
        try:
            if roll < 0.12:
                await self.come_and_go()
            elif roll < 0.22:
                await self.rule()
            else:
                device = self.chance.choice(self.devices)
                where = self.chance.choice(self.peers(device.client))
                await self.something(device, where)
        except RpcFault as fault:
            assert fault.code in REFUSALS, fault
        self.settle()

    def settle(self) -> None:
        """Everybody hears what was pushed; now and then a device remembers where it was."""
        for device in self.devices:
            device.hear([])
            if self.chance.random() < 0.05 and len(device.kept) < 12:
                device.kept.append(device.picture.copy())

    # ── who is there ────────────────────────────────────────────────────────────────────────────

    async def come_and_go(self) -> None:
        """The guest is brought in, comes by a link, asks, is let in, leaves, is put out."""
        ada = self.devices[0]
        town = input_channel(ada.client, self.town)
        who = api.InputPeerUser(user_id=self.who.user_id, access_hash=self.who.access_hash)
        until = int(self.world.clock.now()) + 90
        out = api.ChatBannedRights(until_date=until, view_messages=True)
        where = self.chance.choice(self.peers(ada.client))
        bare = getattr(where, "chat_id", 0) or where.channel_id
        link = self.chance.choice(self.links[bare]).rpartition("+")[2]
        mine = [
            api.messages.ImportChatInvite(hash=link),
            api.messages.ImportChatInvite(hash=link),
            api.messages.ImportChatInvite(hash=link),
            api.messages.DeleteChatUser(chat_id=self.chat, user_id=api.InputUserSelf()),
            api.channels.LeaveChannel(channel=input_channel(self.guest, self.town)),
        ]
        hers = [
            api.messages.AddChatUser(chat_id=self.chat, user_id=self.who, fwd_limit=5),
            api.messages.DeleteChatUser(chat_id=self.chat, user_id=self.who),
            api.channels.InviteToChannel(channel=town, users=[self.who]),
            api.channels.EditBanned(channel=town, participant=who, banned_rights=out),
            api.channels.EditBanned(
                channel=town, participant=who, banned_rights=api.ChatBannedRights(until_date=0)
            ),
            api.messages.HideChatJoinRequest(approved=True, peer=where, user_id=self.who),
            api.messages.HideAllChatJoinRequests(peer=where, approved=self.chance.random() < 0.8),
        ]
        if self.chance.random() < 0.5:
            await self.guest.call(self.chance.choice(mine))
        else:
            await ada.call(self.chance.choice(hers))

    async def rule(self) -> None:
        """The creator restricts, forgives, changes what all may do, sets a timer, wipes."""
        ada = self.devices[0]
        town = input_channel(ada.client, self.town)
        victim = self.chance.choice(self.members)
        until = int(self.world.clock.now()) + 60
        muted = api.ChatBannedRights(until_date=until, send_messages=True, send_plain=True)
        where = self.chance.choice(self.peers(ada.client))
        rights = api.ChatBannedRights(until_date=0, pin_messages=self.chance.random() < 0.5)
        calls = [
            api.channels.EditBanned(channel=town, participant=victim, banned_rights=muted),
            api.messages.EditChatDefaultBannedRights(
                peer=self.chance.choice(self.peers(ada.client)[:2]), banned_rights=rights
            ),
            api.messages.SetHistoryTTL(peer=where, period=self.chance.choice([0, DAY])),
            api.channels.DeleteParticipantHistory(channel=town, participant=victim),
        ]
        await ada.call(self.chance.choice(calls))

    # ── what is said ────────────────────────────────────────────────────────────────────────────

    async def something(self, device: Device, where: Any) -> None:
        """One of the things that people do in a chat."""
        said = device.picture.said(peer(where)) or [1]
        one = self.chance.choice(said[-8:])
        acts: list[Callable[[Device, Any, int], Awaitable[None]]] = [
            self.talk, self.talk, self.talk, self.tend, self.tend, self.react, self.react,
            self.vote, self.later, self.comment,
        ]  # fmt: skip
        await self.chance.choice(acts)(device, where, one)

    async def talk(self, device: Device, where: Any, one: int) -> None:
        """Say something, answer, change it, ask the others."""
        number = next(self.numbers)
        answer = api.InputReplyToMessage(reply_to_msg_id=one)
        poll = api.Poll(
            id=0,
            question=_text(f"asked {number}"),
            answers=[api.PollAnswer(text=_text(t), option=t.encode()) for t in ("yes", "no")],
            hash=0,
            public_voters=True,
        )
        say = api.messages.SendMessage(peer=where, message=f"said {number}", random_id=number)
        reply = api.messages.SendMessage(
            peer=where, message=f"answer {number}", random_id=number, reply_to=answer
        )
        ask = api.messages.SendMedia(
            peer=where, media=api.InputMediaPoll(poll=poll), message="", random_id=number
        )
        mine = device.picture.said_by(peer(where), device.client.user_id) or [one]
        edit = api.messages.EditMessage(
            peer=where, id=self.chance.choice(mine[-4:]), message=f"edited {number}"
        )
        forward = api.messages.ForwardMessages(
            from_peer=where, id=[one], random_id=[number],
            to_peer=self.chance.choice(self.peers(device.client)),
        )  # fmt: skip
        await device.call(self.chance.choice([say, say, reply, reply, ask, edit, edit, forward]))

    async def tend(self, device: Device, where: Any, one: int) -> None:
        """Delete, read, pin, rename."""
        known = device.picture.said_by(peer(where), device.client.user_id)
        if not known or self.chance.random() < 0.3:
            known = list(device.picture.of(peer(where))) or [1]
        deleted = self.chance.sample(known, min(2, len(known)))
        title = f"title {next(self.numbers)}"
        calls: list[Any]
        if type(where) is api.InputPeerChannel:
            target = input_channel(device.client, where.channel_id)
            calls = [
                api.channels.DeleteMessages(channel=target, id=deleted),
                api.channels.ReadHistory(channel=target, max_id=one),
                api.channels.EditTitle(channel=target, title=title),
            ]
        else:
            calls = [
                api.messages.DeleteMessages(id=deleted, revoke=True),
                api.messages.ReadHistory(peer=where, max_id=one),
                api.messages.EditChatTitle(chat_id=where.chat_id, title=title),
            ]
        unpin = self.chance.random() < 0.3
        calls += [
            api.messages.UpdatePinnedMessage(peer=where, id=one, unpin=unpin),
            api.messages.UpdatePinnedMessage(peer=where, id=one, unpin=unpin),
            api.messages.UnpinAllMessages(peer=where),
        ]
        await device.call(self.chance.choice(calls))

    async def react(self, device: Device, where: Any, one: int) -> None:
        """React, or take it back."""
        wanted = [api.ReactionEmoji(emoticon=self.chance.choice(EMOJIS))]
        chosen = wanted if self.chance.random() < 0.8 else []
        await device.call(
            api.messages.SendReaction(peer=where, msg_id=one, reaction=chosen or None)
        )

    async def vote(self, device: Device, where: Any, one: int) -> None:
        """Vote in one of the polls that are known, take it back, or close it."""
        polls = [
            (key[1], entry.poll)
            for key, entry in device.picture.messages.items()
            if entry.where == peer(where) and entry.poll
        ]
        if not polls:
            return
        message, number = self.chance.choice(polls)
        options = self.chance.choice([[b"yes"], [b"no"], []])
        closed = api.Poll(
            id=number, closed=True, question=_text("?"), answers=[], hash=0, public_voters=True
        )
        send = api.messages.SendVote(peer=where, msg_id=message, options=options)
        end = api.messages.EditMessage(
            peer=where, id=message, media=api.InputMediaPoll(poll=closed)
        )
        await device.call(self.chance.choice([send, send, send, end]))

    async def later(self, device: Device, where: Any, one: int) -> None:
        """Have something said in a minute, or what waits at once, or never."""
        number = next(self.numbers)
        waiting = await device.client.call(api.messages.GetScheduledHistory(peer=where, hash=0))
        ids = [message.id for message in waiting.messages]
        at = int(self.world.clock.now()) + 60
        calls: list[Any] = [
            api.messages.SendMessage(
                peer=where, message=f"later {number}", random_id=number, schedule_date=at
            )
        ]
        if ids:
            calls += [
                api.messages.SendScheduledMessages(peer=where, id=ids),
                api.messages.DeleteScheduledMessages(peer=where, id=ids[:1]),
            ]
        await device.call(self.chance.choice(calls))

    async def comment(self, device: Device, where: Any, one: int) -> None:
        """Comment on a post of the channel."""
        posts = device.picture.said(api.PeerChannel(channel_id=self.news))
        if not posts:
            return
        client, number = device.client, next(self.numbers)
        found = await client.call(
            api.messages.GetDiscussionMessage(
                peer=input_peer(client, self.news), msg_id=self.chance.choice(posts[-5:])
            )
        )
        root = api.InputReplyToMessage(reply_to_msg_id=found.messages[-1].id)
        await device.call(
            api.messages.SendMessage(
                peer=input_peer(client, self.town), message=f"comment {number}",
                random_id=number, reply_to=root,
            )
        )  # fmt: skip

    # ── what has to hold ────────────────────────────────────────────────────────────────────────

    async def check(self) -> None:
        """Every picture is as a fresh one would be, also from where a device stopped."""
        await self.jobs.run_due()
        await asyncio.sleep(2 * pace.SECONDS)  # what is counted is told once a second
        await self.world.settle()
        for device in self.devices:
            device.hear([])
            fresh = await self.fetched(device)
            assert device.picture.pts == fresh.pts, (device.picture.pts, fresh.pts)
            for where in map(peer, self.peers(device.client)):
                agree(device.picture.of(where), fresh.of(where))
                agree(device.picture.counted(where), fresh.counted(where))
            for kept in device.kept:
                await self.caught_up(device.client, kept, fresh)

    async def caught_up(self, client: Client, kept: Picture, fresh: Picture) -> None:
        """A device that stopped at ``kept`` asks what happened since."""
        picture = kept.copy()
        while True:
            found = await client.call(api.updates.GetDifference(pts=picture.pts[0], date=1, qts=0))
            if type(found) is api.updates.DifferenceEmpty:
                break
            last = type(found) is api.updates.Difference
            picture.pts[0] = (found.state if last else found.intermediate_state).pts
            take(picture, found)
            if last:
                break
        for number in (self.town, self.news):
            await self._caught_up_channel(client, picture, number)
        for where in map(peer, self.peers(client)):
            agree(picture.of(where), fresh.of(where))

    async def _caught_up_channel(self, client: Client, picture: Picture, number: int) -> None:
        while True:
            part = await client.call(
                api.updates.GetChannelDifference(
                    channel=input_channel(client, number),
                    filter=api.ChannelMessagesFilterEmpty(),
                    pts=picture.pts[number],
                    limit=self.chance.choice([1, 7, 100]),
                )
            )
            if type(part) is api.updates.ChannelDifferenceTooLong:
                for key in [key for key in picture.messages if key[0] == number]:
                    del picture.messages[key]
                fresh = await self.fetched(Device(client))
                picture.messages.update(
                    {key: one for key, one in fresh.messages.items() if key[0] == number}
                )
                return
            picture.pts[number] = part.pts
            take(picture, part)
            if part.final:
                return
