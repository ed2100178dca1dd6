"""Random schedules over a whole instance: nothing is lost, nothing doubled, the order is kept."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from petitbleu.tl import api
from tests.kit.sizes import size
from tests.kit.stores import open_sqlite
from tests.kit.world import World
from tests.schedule.network import Device, Network

EXAMPLES = size(40, 3000)
DEVICES = ("ada's phone", "ada's laptop", "bob's phone")

TALKING = ("send", "send", "send", "edit", "delete", "resend")
LOSING = ("out", "in", "cut", "lose", "return", "start anew", "replay", "wait")
ACTIONS = st.lists(
    st.tuples(
        st.sampled_from((*TALKING, *LOSING)),
        st.integers(0, len(DEVICES) - 1),
        st.integers(0, 7),
    ),
    min_size=5,
    max_size=60,
)


class Instance:
    """One world for all schedules; each brings its own people."""

    def __init__(self, folder: Path) -> None:
        self.runner = asyncio.Runner()
        self.folder = folder
        self.numbers = itertools.count(1)
        self.world = self.runner.run(self._begin())

    async def _begin(self) -> World:
        world = World(open_sqlite(self.folder), self.folder)
        await world.start()
        return world

    def close(self) -> None:
        self.runner.run(self.world.app.store.close())
        self.runner.close()


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    made = Instance(tmp_path_factory.mktemp("schedule"))
    yield made
    made.close()


class Schedule:
    """Ada with two devices and Bob with one, and what they have said so far."""

    def __init__(self, net: Network, peers: dict[int, api.InputPeerUser]) -> None:
        self.net = net
        self.peers = peers
        self.said: dict[int, list[tuple[int, str]]] = {n: [] for n in range(len(DEVICES))}
        """Device -> (random_id, text) in the order it was said."""
        self.edited: dict[str, set[str]] = {}
        """Text as said -> every text it was changed to."""
        self.deleted: set[str] = set()

    def send(self, at: int, device: Device) -> None:
        text = f"{device.name}, {len(self.said[at])}"
        random_id = self.net.random_id()
        self.said[at].append((random_id, text))
        self._say(device, random_id, text)

    def _say(self, device: Device, random_id: int, text: str) -> None:
        query = api.messages.SendMessage(
            peer=self.peers[device.owner], message=text, random_id=random_id
        )
        device.do("send", (random_id, text), query)

    def resend(self, at: int, device: Device, which: int) -> None:
        """The app lost its notes: the same random_id again, as another call."""
        if self.said[at]:
            self._say(device, *self.said[at][which % len(self.said[at])])

    def _known(self, at: int, device: Device, which: int) -> tuple[int, str] | None:
        """(id, text) of a message that the device has seen accepted."""
        known = [(device.answers[r], t) for r, t in self.said[at] if r in device.answers]
        return known[which % len(known)] if known else None

    def edit(self, at: int, device: Device, which: int) -> None:
        if (found := self._known(at, device, which)) is not None:
            text = f"{found[1]} changed {len(self.edited.get(found[1], ()))}"
            self.edited.setdefault(found[1], set()).add(text)
            query = api.messages.EditMessage(
                peer=self.peers[device.owner], id=found[0], message=text
            )
            device.do("edit", found[0], query)

    def delete(self, at: int, device: Device, which: int) -> None:
        if (found := self._known(at, device, which)) is not None:
            self.deleted.add(found[1])
            query = api.messages.DeleteMessages(id=[found[0]], revoke=True)
            device.do("delete", [found[0]], query)

    async def perform(self, action: str, at: int, number: int) -> None:
        device = self.net.devices[at]
        if action == "send":
            self.send(at, device)
        elif action == "resend":
            self.resend(at, device, number)
        elif action == "edit":
            self.edit(at, device, number)
        elif action == "delete":
            self.delete(at, device, number)
        elif action == "wait":
            self.net.world.clock.advance(number)
        else:
            await self._on_the_wire(action, device, number)

    async def _on_the_wire(self, action: str, device: Device, number: int) -> None:
        if action == "return":
            device.connect(fresh=False)
        elif action == "start anew":
            device.connect(fresh=True)
        elif action == "cut":
            device.cut()
        elif device.wire is None:
            return
        elif action == "out":
            await self.net.carry_up(device)
        elif action == "in":
            device.take_in()
        elif action == "lose":  # the server's answer is on its way when the line breaks
            await self.net.carry_up(device)
            device.cut()
        elif action == "replay" and device.recorded:
            device.wire.carry_up([device.recorded[number % len(device.recorded)]])
            await self.net.settle()

    async def heal(self) -> None:
        """The network is well again; everybody comes back and hears what they missed."""
        for device in self.net.devices:
            device.connect(fresh=True)
        for _ in range(3):
            for device in self.net.devices:
                await self.net.carry(device)
        for device in self.net.devices:
            device.ask_difference()
            await self.net.carry(device)

    async def check(self) -> None:
        laptop = self.net.devices[1]
        for at, device in enumerate(self.net.devices):
            assert device.waiting == {}, f"{device.name} still waits for {device.waiting}"
            for random_id, text in self.said[at]:
                assert random_id in device.answers, f"{text} was never acknowledged"
            state = await self.net.ask(device, api.updates.GetState())
            assert device.pts == state.pts, f"{device.name} is at {device.pts} of {state.pts}"
            stored = await self.net.stored(device, self.peers[device.owner])
            assert device.picture == stored, f"{device.name} has another picture"
            self._check_texts(list(stored.values()))
            self._check_order(at, device)
        assert self.net.devices[0].picture == laptop.picture

    def _check_texts(self, stored: list[str]) -> None:
        """Each message is there once, as said or as changed, unless it was deleted."""
        assert len(stored) == len(set(stored)), "a message is there twice"
        for text in (text for said in self.said.values() for _, text in said):
            forms = {text, *self.edited.get(text, ())}
            there = forms.intersection(stored)
            assert len(there) == (text not in self.deleted), f"{text}: {there}"

    def _check_order(self, at: int, device: Device) -> None:
        given = [device.answers[random_id] for random_id, _ in self.said[at]]
        assert given == sorted(given), f"{device.name} said it in another order"


async def run(instance: Instance, actions: list[tuple[str, int, int]]) -> None:
    """One schedule, from signing up to the check."""
    number = next(instance.numbers)
    net = Network(instance.world, number)
    ada, bob = f"999661{2 * number:06d}", f"999661{2 * number + 1:06d}"
    for phone, name in zip((ada, ada, bob), DEVICES, strict=True):
        await net.device(phone, name)
    schedule = Schedule(net, await net.befriend({ada: bob, bob: ada}))
    for device in net.devices:
        await net.start_picture(device)
    for action, at, which in actions:
        await schedule.perform(action, at, which)
    await schedule.heal()
    await schedule.check()
    net.close()
    assert instance.world.errors == []


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES < 1000,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(actions=ACTIONS)
def test_any_schedule_of_people_and_losses_ends_well(
    instance: Instance, actions: list[tuple[str, int, int]]
) -> None:
    instance.runner.run(run(instance, actions))
