"""Random schedules of people at several workers, over a bus that drops, delays, doubles and cuts.

Whatever it did: once it is calm and every worker has looked for what it missed, each device that
only listened (``tests/kit/mirror.py``) has the picture that a new one fetches, nothing is left to
be found and no task goes on. ``CLUSTER_SCHEDULES`` (how many) and ``CLUSTER_SEED`` (the first) try
others.

Schedules of one cluster follow each other, so that one costs what its people do, not the start of
workers. What happens in one is drawn from its seed alone, and is about its own messages: it is seen
again with ``CLUSTER_SCHEDULES=1`` and that seed. Nothing waits for real time.
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
from tests.kit.waiting import GUARD
from tests.kit.world import Client

FEW, MANY, OF_ONE = 6, 1000, 500
"""Schedules of ``make test``, of ``make test-full``, and of one cluster."""
WORKERS = 3
SEED = int(os.environ.get("CLUSTER_SEED", "1"))


class People:
    """Four people at three workers, one of them with a second device at another worker; a group and
    a supergroup of all.
    """

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.random = random.Random()
        self.mirrors: list[Mirror] = []
        self.peers: dict[int, list[Any]] = {}
        """Person -> chats, as they name them."""
        self.said: list[tuple[Client, Any, int]] = []
        """By whom, where, and its number."""
        self.seed = 0
        self._numbers = 0
        self._before: dict[int, list[int]] = {}
        """Of a device: its newest number, and that of the supergroup, before this schedule."""

    async def begin(self) -> None:
        """Sign up, make the chats, begin to listen."""
        one, two, three = self.cluster.workers
        ada, bob = await one.sign_up("Ada"), await one.sign_up("Bob")
        cleo, dan = await two.sign_up("Cleo"), await three.sign_up("Dan")
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
        other = await three.sign_in(ada.phone)
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

    def begin_schedule(self, seed: int) -> None:
        """From here on all is about what is said from here on."""
        self.seed, self._numbers = seed, 0
        self.random.seed(seed)
        self.cluster.air.random.seed(seed)
        self.said.clear()
        for mirror in self.mirrors:
            ((_, place),) = mirror.channels.values()
            boxes = (mirror.own, place)
            before = self._before.get(id(mirror), [0, 0])
            self._before[id(mirror)] = [
                max(box.texts, default=newest) for box, newest in zip(boxes, before, strict=True)
            ]
            for box in boxes:
                box.texts.clear()

    async def act(self) -> None:
        """One of them does something."""
        draw = self.random.random()
        mirror = self.random.choice(self.mirrors)
        client = mirror.client
        if draw < 0.7 or not self.said:
            peer = self.random.choice(self.peers[id(client)])
            self._numbers += 1
            number = self.seed * 1000 + self._numbers
            text = f"text {self.seed}.{self._numbers}"
            query = api.messages.SendMessage(peer=peer, message=text, random_id=number)
            await self._call(mirror, query, peer, text)
            return
        client, peer, number = self.random.choice(self.said)
        mirror = next(one for one in self.mirrors if one.client is client)
        if draw < 0.9:
            self._numbers += 1
            text = f"edited {self.seed}.{self._numbers}"
            query = api.messages.EditMessage(peer=peer, id=number, message=text)
            await self._call(mirror, query, None, text)
        else:
            self.said.remove((client, peer, number))
            await self._delete(mirror, peer, number)

    async def _delete(self, mirror: Mirror, peer: Any, number: int) -> None:
        client = mirror.client
        if isinstance(peer, api.InputPeerChannel):
            channel = api.InputChannel(channel_id=peer.channel_id, access_hash=peer.access_hash)
            answer = await client.call(api.channels.DeleteMessages(channel=channel, id=[number]))
            await mirror.take_in()
            _, box = mirror.channels[peer.channel_id]
            if not box.gone(answer, [number]):
                await mirror.channel_difference(peer.channel_id)
            return
        answer = await client.call(api.messages.DeleteMessages(id=[number], revoke=True))
        await mirror.take_in()
        if not mirror.own.gone(answer, [number]):
            await mirror.difference()

    async def _call(self, mirror: Mirror, query: Any, said_in: Any, text: str) -> None:
        answer = await mirror.client.call(query)
        await mirror.take_in()
        if isinstance(answer, api.UpdateShortSentMessage):
            if not mirror.own.said(answer, text):
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

    async def check(self) -> None:
        """Every picture is the one that a new device fetches."""
        for mirror in self.mirrors:
            await mirror.take_in()
        await asyncio.gather(*map(self._check_one, self.mirrors))

    async def _check_one(self, mirror: Mirror) -> None:
        who = f"seed {self.seed}: person {mirror.client.user_id}"
        own, in_place = self._before[id(mirror)]
        *chats, place = self.peers[id(mirror.client)]
        stored: dict[int, str] = {}
        for chat in chats:
            stored |= await _history(mirror.client, chat, own)
        assert mirror.own.texts == stored, who
        ((_, box),) = mirror.channels.values()
        assert box.texts == await _history(mirror.client, place, in_place), who


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


async def _history(client: Client, peer: Any, since: int) -> dict[int, str]:
    """What stands in a chat after number ``since``."""
    found = await client.call(
        api.messages.GetHistory(
            peer=peer, offset_id=0, offset_date=0, add_offset=0, limit=100, max_id=0,
            min_id=since, hash=0,
        )
    )  # fmt: skip
    return {one.id: one.message for one in found.messages if isinstance(one, api.Message)}


async def _schedule(cluster: Cluster, people: People, seed: int) -> None:
    people.begin_schedule(seed)
    for _ in range(people.random.randrange(3, 12)):
        await people.trouble()
        await people.act()
    await cluster.heal()
    for world in cluster.workers:
        world.patient = False  # nothing follows from a question
    await people.check()
    for world in cluster.workers:
        world.patient = True
    assert await cluster.sweep() == 0, f"seed {seed}"


async def run(folder: Path, schedules: int, seed: int) -> None:
    """Run ``schedules`` on one cluster, the first with ``seed``."""
    loop = asyncio.get_running_loop()
    faults: list[Any] = []
    loop.set_exception_handler(lambda _, context: faults.append(context))
    before = asyncio.all_tasks()
    async with clusters.running(folder, WORKERS) as cluster:
        people = People(cluster)
        await people.begin()
        tasks = asyncio.all_tasks()
        for number in range(seed, seed + schedules):
            try:
                await _schedule(cluster, people, number)
            except BaseException as error:
                error.add_note(f"CLUSTER_SEED={number} CLUSTER_SCHEDULES=1, after {seed} and on")
                raise
            if more := asyncio.all_tasks() - tasks:  # the index follows a little later
                _, endless = await asyncio.wait(more, timeout=GUARD)
                assert not endless, f"seed {number}: {endless}"
            assert not faults, f"seed {number}: {faults}"
    assert asyncio.all_tasks() <= before


async def test_whatever_the_bus_does_every_picture_is_whole(tmp_path: Path) -> None:
    print(f"CLUSTER_SEED={SEED}")
    await run(tmp_path, FEW, SEED)


@pytest.mark.long
async def test_many_schedules_of_people_at_several_workers(tmp_path: Path) -> None:
    count = int(os.environ.get("CLUSTER_SCHEDULES", str(MANY)))
    for seed in range(SEED, SEED + count, OF_ONE):
        print(f"CLUSTER_SEED={seed}", flush=True)
        await run(tmp_path, min(OF_ONE, SEED + count - seed), seed)
