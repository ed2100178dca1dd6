"""How long it takes until what is over at one worker is refused by the other, over a real bus and
without it; printed, and fails nothing.

From the answer to the change until the first refusal, after which nothing is shown again. With a
bus each probe is asked every 5 ms, one at a time. Without it many end at random moments of one cut,
and whatever ended and is still shown is asked in turn, as often as leaves the workers at ease: the
table says how far apart. So a time is never too short, and too long by at most that.

``STALENESS_ROUNDS`` and ``STALENESS_PROBES`` (environment; names with commas) say how often, and
for what; ``STALENESS_SUBJECTS`` how many of each end in one cut, ``STALENESS_CUT`` how the bus is
cut (``pause``, ``kill``).
"""

from __future__ import annotations

import asyncio
import os
import random
from collections import deque
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from petitbleu.tl import api
from tests.kit import chats
from tests.kit.nats import NatsServer
from tests.kit.pair import Pair, two_workers
from tests.kit.sizes import size
from tests.kit.waiting import GUARD, asked_until, until
from tests.kit.world import Client
from tests.run.what_ends import (
    PROBES,
    Probe,
    refused,
    say,
    sign_out,
    sign_out_of_a_browser,
    sign_out_of_all_others,
)

ROUNDS = int(os.environ.get("STALENESS_ROUNDS", str(size(2, 1000))))
NAMED = os.environ.get("STALENESS_PROBES", "")
TIMED = [one for one in PROBES if not NAMED or one.__name__ in NAMED.split(",")]
SUBJECTS = int(os.environ.get("STALENESS_SUBJECTS", "5"))
CUTS = os.environ.get("STALENESS_CUT", "pause,kill").split(",")
EVERY = 0.005
ASKERS = 2
"""How many ask at once while the bus is cut."""
SPREAD = 4.0
"""Seconds after the cut within which things end."""

AGEING = (sign_out, sign_out_of_a_browser)
"""They let a day pass when they begin, so they begin first: addresses of files last a day."""


class Subject:
    """One probe that ends again and again."""

    def __init__(self, name: str, probe: Probe) -> None:
        self.name = name
        self.probe = probe
        self.began = self.asked = 0.0
        """When the end was answered; when it was last asked for."""
        self.shown = self.took = 0.0
        """From the end until it was shown last, and until it was refused."""


class Taken:
    """What was measured: name of a probe -> seconds."""

    def __init__(self, goal: float) -> None:
        self._goal = goal
        self._seconds: dict[str, list[float]] = {}
        self._shown: dict[str, list[float]] = {}
        self.apart: list[float] = []
        """Seconds between two questions about the same."""

    def note(self, name: str, seconds: float, shown: float = 0.0) -> None:
        self._seconds.setdefault(name, []).append(seconds)
        self._shown.setdefault(name, []).append(shown)

    def least(self) -> int:
        """How often the rarest was measured."""
        return min((len(found) for found in self._seconds.values()), default=0)

    def print(self, how: str) -> None:
        print(f"\nuntil refused with {how}, ms (goal p99 {self._goal * 1000:.0f})")
        print("| probe | rounds | p50 | p99 | worst | over the goal | shown last, p99 | worst |")
        print("|---|---|---|---|---|---|---|---|")
        for name, found in self._seconds.items():
            found.sort()
            p50, p99, worst = (_part(found, part) * 1000 for part in (0.5, 0.99, 1.0))
            over = sum(seconds > self._goal for seconds in found)
            shown = sorted(self._shown[name])
            last = f"{_part(shown, 0.99) * 1000:.0f} | {shown[-1] * 1000:.0f}"
            words = name.replace("_", " ")
            times = f"{p50:.0f} | {p99:.0f} | {worst:.0f}"
            print(f"| {words} | {len(found)} | {times} | {over} | {last} |")
        if self.apart:
            self.apart.sort()
            p50, p99 = _part(self.apart, 0.5), _part(self.apart, 0.99)
            print(f"asked each {p50 * 1000:.0f} ms (p50), {p99 * 1000:.0f} ms (p99)")


def _part(of: list[float], part: float) -> float:
    return of[int((len(of) - 1) * part)]


async def _shown_again(subject: Subject) -> None:
    await subject.probe.again()
    await asked_until(lambda: _shown(subject))


async def _shown(subject: Subject) -> bool:
    return not await refused(subject.probe.ask)


# ── with a bus ──────────────────────────────────────────────────────────────────────────────────


async def _seconds_until_refused(probe: Probe) -> float:
    """From the moment at which the end was answered; asked every 5 ms, and afterwards for good."""
    loop = asyncio.get_running_loop()
    assert await probe.ask() and await probe.ask(), "over before it ended"
    await probe.end()
    began = loop.time()
    async with asyncio.timeout(GUARD):
        while not await refused(probe.ask):
            await asyncio.sleep(EVERY)
    took = loop.time() - began
    for _ in range(3):
        assert await refused(probe.ask), "shown again after it was refused"
    return took


@pytest.mark.sometimes(4)
@pytest.mark.turns(len(TIMED))
@pytest.mark.parametrize("begin", TIMED)
async def test_how_long_it_is_shown_over_a_bus(
    tmp_path: Path, begin: Callable[[Pair], Awaitable[Probe]]
) -> None:
    nats = NatsServer()
    taken = Taken(0.05)
    try:
        async with two_workers(tmp_path, nats) as pair:
            subjects = [Subject(begin.__name__, await begin(pair)) for _ in range(min(4, ROUNDS))]
            await pair.settle()
            pair.one.patient = pair.two.patient = False
            for number in range(ROUNDS):
                subject = subjects[number % len(subjects)]
                taken.note(subject.name, await _seconds_until_refused(subject.probe))
                pair.one.clock.advance(10)
                await _shown_again(subject)
            await pair.settle()
    finally:
        nats.close()
        taken.print("a bus")


# ── without ─────────────────────────────────────────────────────────────────────────────────────


async def _end(subject: Subject, shown: deque[Subject]) -> None:
    """End it at some moment of the cut; it is asked for from then on."""
    await asyncio.sleep(random.uniform(0.0, SPREAD))
    await subject.probe.end()
    subject.shown = 0.0
    subject.began = subject.asked = asyncio.get_running_loop().time()
    shown.append(subject)


async def _ask(shown: deque[Subject], taken: Taken, ending: asyncio.Future[list[None]]) -> None:
    """Ask for what is still shown, one after the other, until nothing is."""
    loop = asyncio.get_running_loop()
    while shown or not ending.done():
        if shown:
            subject = shown.popleft()
            over = await refused(subject.probe.ask)
            now = loop.time()
            taken.apart.append(now - subject.asked)
            subject.asked, subject.took = now, now - subject.began
            if not over:
                subject.shown = subject.took
                shown.append(subject)
        await asyncio.sleep(EVERY)


async def _one_cut(
    pair: Pair, nats: NatsServer, how: str, each: list[Subject], taken: Taken
) -> None:
    for subject in each:
        assert await _shown(subject), f"{subject.name} is over before it ended"
    shown: deque[Subject] = deque()
    _cut(nats, how)
    async with asyncio.timeout(GUARD):
        ending = asyncio.ensure_future(asyncio.gather(*(_end(one, shown) for one in each)))
        asking = [_ask(shown, taken, ending) for _ in range(ASKERS)]
        await asyncio.gather(ending, *asking)
    await _are_over(each)
    await _mend(pair, nats, how)
    await _are_over(each)
    for subject in each:
        taken.note(subject.name, subject.took, subject.shown)
    pair.one.clock.advance(10)
    for subject in each:
        await subject.probe.again()
    for subject in each:
        await asked_until(lambda one=subject: _shown(one))  # type: ignore[misc]


def _cut(nats: NatsServer, how: str) -> None:
    if how == "pause":
        nats.pause()
    else:
        nats.kill()


async def _mend(pair: Pair, nats: NatsServer, how: str) -> None:
    if how == "pause":
        nats.go_on()
    else:
        nats.start()
    await until(lambda: pair.one.app.bus.hears_all() and pair.two.app.bus.hears_all())


async def _are_over(each: list[Subject]) -> None:
    for subject in each:
        assert await refused(subject.probe.ask), f"{subject.name}: shown again"


@pytest.mark.long
@pytest.mark.parametrize("how", CUTS)
async def test_how_long_it_is_shown_without_the_bus(tmp_path: Path, how: str) -> None:
    nats = NatsServer()
    taken = Taken(2.0)
    cuts = 0
    try:
        async with two_workers(tmp_path, nats) as pair:
            each = [
                Subject(begin.__name__, await begin(pair))
                for begin in sorted(TIMED, key=lambda begin: begin not in AGEING)
                for _ in range(min(SUBJECTS, ROUNDS))
            ]
            await pair.settle()
            pair.one.patient = pair.two.patient = False
            while taken.least() < ROUNDS:
                await _one_cut(pair, nats, how, each, taken)
                cuts += 1
                print(f"{cuts} cuts, {taken.least()} rounds", flush=True)
            await pair.settle()
            pair.one.errors.clear()
            pair.two.errors.clear()
    finally:
        nats.close()
        taken.print(f"the bus cut ({how}), {cuts} cuts")


# ── pushes to a device that was signed out ──────────────────────────────────────────────────────


class Device:
    """A device of Ada's at two, to which Bob writes; it is signed out at one."""

    def __init__(self, pair: Pair, ada: Client, bob: Client, peer: object) -> None:
        self._pair, self._ada, self._bob, self._peer = pair, ada, bob, peer
        self.ended = self.last = 0.0
        """When its sign-out was answered, and when a push to it was noticed last."""
        self._heard = 0

    async def begin(self) -> None:
        """Sign it in, and have it pushed to."""
        signed = await self._pair.one.sign_in(self._ada.phone)
        signed.disconnect()
        self._there = self._pair.also_at_two(signed)
        await self._there.call(api.updates.GetState())
        self.ended = self.last = 0.0
        await self.say()
        await until(lambda: self._there.heard)
        self._heard = self._there.heard

    async def end(self) -> None:
        await sign_out_of_all_others(self._ada)
        self.ended = self.last = asyncio.get_running_loop().time()

    async def say(self) -> None:
        """Bob says something; note whether the device was pushed anything."""
        await self._bob.call(say(self._peer))
        self.look()

    def look(self) -> bool:
        """Note whether it was pushed anything since the last look."""
        heard, self._heard = self._heard, self._there.heard
        if self._heard > heard and self.ended:
            self.last = asyncio.get_running_loop().time()
        return self._heard > heard


async def _devices(pair: Pair, count: int) -> list[Device]:
    made = []
    for _ in range(count):
        ada, bob = await chats.people(pair.one, "Ada", "Bob")
        made.append(Device(pair, ada, bob, await bob.peer(ada)))
    pair.one.clock.advance(100_000)
    return made


async def _last_pushes(pair: Pair, devices: list[Device], spread: float, seconds: float) -> None:
    """Sign them out within ``spread`` seconds and go on for ``seconds`` after the last."""
    loop = asyncio.get_running_loop()

    async def end(device: Device) -> None:
        await asyncio.sleep(random.uniform(0.0, spread))
        await device.end()

    ending = asyncio.gather(*map(end, devices))
    turn = 0
    while not ending.done() or loop.time() < max(one.ended for one in devices) + seconds:
        await devices[turn % len(devices)].say()
        turn += 1
        for device in devices:
            device.look()
        await asyncio.sleep(EVERY)
    await ending
    await pair.settle()
    for device in devices:
        device.look()
    for device in devices:
        await device.say()
    await pair.settle()
    assert not any(device.look() for device in devices), "a device that was signed out is pushed to"


@pytest.mark.long
@pytest.mark.parametrize("how", ["", *CUTS])
async def test_a_device_that_was_signed_out_is_pushed_nothing(tmp_path: Path, how: str) -> None:
    nats = NatsServer()
    taken = Taken(2.0 if how else 0.05)
    try:
        async with two_workers(tmp_path, nats) as pair:
            devices = await _devices(pair, min(20 if how else 1, ROUNDS))
            await pair.settle()
            pair.one.patient = pair.two.patient = False
            while taken.least() < ROUNDS:
                for device in devices:
                    await device.begin()
                if how:
                    _cut(nats, how)
                await _last_pushes(pair, devices, 3.0 if how else 0.0, 3.0 if how else 0.25)
                if how:
                    await _mend(pair, nats, how)
                for device in devices:
                    taken.note("last push after a sign-out", device.last - device.ended)
            pair.one.errors.clear()
            pair.two.errors.clear()
    finally:
        nats.close()
        taken.print(f"the bus cut ({how})" if how else "a bus")
