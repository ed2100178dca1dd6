"""Random schedules of people at several workers, over a bus that drops, delays, doubles and cuts.

Whatever it did: once it is calm and every worker has looked for what it missed, each device that
only listened (``tests/kit/mirror.py``) has the picture that a new one fetches, and nothing is left
to be found. ``CLUSTER_SCHEDULES`` (how many) and ``CLUSTER_SEED`` (the first) try others.
"""

from __future__ import annotations

import asyncio
import os
import random
from pathlib import Path
from typing import Any

import pytest

from petitbleu.tl import api
from tests.kit import cluster as clusters
from tests.kit.bus import Faults
from tests.kit.cluster import Cluster
from tests.kit.mirror import Mirror
from tests.kit.world import Client

FEW, MANY = 6, 1000
SEED = int(os.environ.get("CLUSTER_SEED", "1"))


class People:
    """Four people at two workers, one of them with a second device at the other worker; a group
    and a supergroup of all.
    """

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.random = random.Random()
        self.mirrors: list[Mirror] = []
        self.peers: dict[int, list[Any]] = {}
        """Person -> chats, as they name them."""
        self.said: list[tuple[Client, Any, int]] = []
        self._numbers = 0

    async def begin(self) -> None:
        """Sign up, make the chats, begin to listen."""
        one, two = self.cluster.workers[:2]
        ada, bob = await one.sign_up("Ada"), await one.sign_up("Bob")
        cleo, dan = await two.sign_up("Cleo"), await two.sign_up("Dan")
        people = [ada, bob, cleo, dan]
        users = {
            (me.user_id, other.user_id): await me.peer(other)
            for me in people
            for other in people
            if me is not other
        }
        invited = [_user(users[ada.user_id, other.user_id]) for other in people[1:]]
        group = await ada.call(api.messages.CreateChat(users=invited, title="Group"))
        chat = api.InputPeerChat(chat_id=group.updates.chats[0].id)
        made = await ada.call(api.channels.CreateChannel(title="Place", about="", megagroup=True))
        number = made.chats[0].id
        await ada.call(api.channels.InviteToChannel(channel=_channel(made.chats[0]), users=invited))
        await self.cluster.settle()
        other = await two.sign_in(ada.phone)
        await self.cluster.settle()
        for client in (*people, other):
            entry = await _entry(client, number)
            mirror = Mirror(client)
            await mirror.begin({number: entry})
            self.mirrors.append(mirror)
            private = [peer for (me, _), peer in users.items() if me == client.user_id]
            place = api.InputPeerChannel(channel_id=number, access_hash=entry.access_hash)
            self.peers[id(client)] = [*private, chat, place]
        await self.cluster.settle()

    async def act(self) -> None:
        """One of them does something."""
        draw = self.random.random()
        mirror = self.random.choice(self.mirrors)
        client = mirror.client
        if draw < 0.7 or not self.said:
            peer = self.random.choice(self.peers[id(client)])
            self._numbers += 1
            await self._call(
                mirror,
                api.messages.SendMessage(
                    peer=peer, message=f"text {self._numbers}", random_id=self._numbers
                ),
                peer,
            )
            return
        client, peer, number = self.random.choice(self.said)
        mirror = next(one for one in self.mirrors if one.client is client)
        if draw < 0.9:
            self._numbers += 1
            text = f"edited {self._numbers}"
            await self._call(
                mirror, api.messages.EditMessage(peer=peer, id=number, message=text), None
            )
        else:
            self.said.remove((client, peer, number))
            if isinstance(peer, api.InputPeerChannel):
                channel = api.InputChannel(channel_id=peer.channel_id, access_hash=peer.access_hash)
                await client.call(api.channels.DeleteMessages(channel=channel, id=[number]))
            else:
                await client.call(api.messages.DeleteMessages(id=[number], revoke=True))
            # Its answer has no messages: the device notes what it deleted, and the number.
            await mirror.difference()
            for channel_number in mirror.channels:
                await mirror.channel_difference(channel_number)

    async def _call(self, mirror: Mirror, query: Any, said_in: Any) -> None:
        answer = await mirror.client.call(query)
        await mirror.take_in()
        if isinstance(answer, api.UpdateShortSentMessage):
            await mirror.difference()
            number = answer.id
        else:
            await mirror.take(answer)
            number = next((u.message.id for u in answer.updates if hasattr(u, "message")), 0)
        if said_in is not None and number:
            self.said.append((mirror.client, said_in, number))

    async def trouble(self) -> None:
        """Something happens to the bus."""
        air, draw = self.cluster.air, self.random.random
        air.faults = Faults(draw() * 0.6, draw() * 0.3, draw() * 0.6)
        if draw() < 0.2:
            air.cut(self.random.choice(list(air.buses)), noticed=draw() < 0.5)
        elif draw() < 0.5:
            air.away.clear()
        if draw() < 0.5:
            await air.pass_time(0.5 + draw())

    async def check(self, seed: int) -> None:
        """Every picture is the one that a new device fetches."""
        for mirror in self.mirrors:
            await mirror.take_in()
        for mirror in self.mirrors:
            stored: dict[int, str] = {}
            *own, place = self.peers[id(mirror.client)]
            for peer in own:
                stored |= await _history(mirror.client, peer)
            kept = {n: text for n, text in mirror.own.texts.items() if n in stored or _ours(text)}
            assert kept == {n: text for n, text in stored.items() if n in kept or _ours(text)}, (
                f"seed {seed}: {mirror.client.user_id}"
            )
            ((_, box),) = mirror.channels.values()
            in_place = await _history(mirror.client, place)
            assert box.texts == in_place, f"seed {seed}: {mirror.client.user_id}"


def _ours(text: str) -> bool:
    return text.startswith(("text ", "edited "))


def _user(peer: Any) -> Any:
    return api.InputUser(user_id=peer.user_id, access_hash=peer.access_hash)


def _channel(chat: Any) -> Any:
    return api.InputChannel(channel_id=chat.id, access_hash=chat.access_hash)


async def _entry(client: Client, number: int) -> Any:
    found = await client.call(
        api.messages.GetDialogs(
            offset_date=0, offset_id=0, offset_peer=api.InputPeerEmpty(), limit=50, hash=0
        )
    )
    return _channel(next(chat for chat in found.chats if chat.id == number))


async def _history(client: Client, peer: Any) -> dict[int, str]:
    found = await client.call(
        api.messages.GetHistory(
            peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=100, max_id=0, min_id=0,
            hash=0,
        )
    )  # fmt: skip
    return {one.id: one.message for one in found.messages if isinstance(one, api.Message)}


async def run(folder: Path, schedules: int, seed: int) -> None:
    """Run ``schedules`` on one cluster, the first with ``seed``."""
    tasks = asyncio.all_tasks()
    async with clusters.running(folder, 2) as cluster:
        people = People(cluster)
        await people.begin()
        for number in range(seed, seed + schedules):
            people.random.seed(number)
            cluster.air.random.seed(number)
            for _ in range(people.random.randrange(3, 12)):
                await people.trouble()
                await people.act()
            await cluster.heal()
            await people.check(number)
            assert await cluster.sweep() == 0, f"seed {number}"
            if len(people.said) > 40:  # what is compared is the newest hundred of each chat
                people.said = people.said[-10:]
    assert asyncio.all_tasks() <= tasks


async def test_whatever_the_bus_does_every_picture_is_whole(tmp_path: Path) -> None:
    print(f"CLUSTER_SEED={SEED}")
    await run(tmp_path, FEW, SEED)


@pytest.mark.long
async def test_many_schedules_of_people_at_several_workers(tmp_path: Path) -> None:
    count = int(os.environ.get("CLUSTER_SCHEDULES", str(MANY)))
    for seed in range(SEED, SEED + count, 10):
        print(f"CLUSTER_SEED={seed}")
        await run(tmp_path, min(10, SEED + count - seed), seed)
