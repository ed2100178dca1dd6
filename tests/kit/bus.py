"""A bus for several instances in one process: numbered and sealed as over NATS, carried by hand.

Without faults :class:`Air` hands frames on at once, in order. With a seed it drops, delays,
reorders and doubles; :meth:`Air.cut` cuts a worker off. Time moves by :meth:`Air.pass_time`, which
also makes the beats.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable
from typing import NamedTuple

from petitbleu.bus.frames import Sealer
from petitbleu.bus.numbered import BEAT, NumberedBus

SECRET = b"a secret that the workers share!"


class Faults(NamedTuple):
    """How likely it is, from 0 to 1, that a frame is dropped, doubled, or held back for a while."""

    drop: float = 0.0
    double: float = 0.0
    delay: float = 0.0
    seconds: float = 2.0
    """A frame is held back no longer."""


class _Carrier:
    """One worker's way into the air."""

    def __init__(self, air: Air, worker: int) -> None:
        self._air = air
        self.worker = worker
        self.told_cut = True
        """Whether the worker notices that it is cut off."""
        self.renewed = 0

    def connected(self) -> bool:
        return not (self.worker in self._air.away and self.told_cut)

    def renew(self) -> None:
        self.renewed += 1

    def publish(self, to: int, data: bytes) -> None:
        self._air.carry(self.worker, to, data)


class Air:
    """Between the workers of one test."""

    def __init__(self, seed: int = 0, faults: Faults | None = None) -> None:
        self.random = random.Random(seed)
        self.faults = faults or Faults()
        self.now = 0.0
        self.away: set[int] = set()
        """Workers that are cut off."""
        self.buses: dict[int, NumberedBus] = {}
        self.frames = 0
        self._carriers: dict[int, _Carrier] = {}
        self._held: list[tuple[float, int, int, bytes]] = []
        self._timers: list[tuple[float, Callable[[], None]]] = []

    def bus(self, worker: int, *, secret: bytes = SECRET, cluster: str = "test") -> NumberedBus:
        """The bus of a worker, which hears and is heard from now on."""
        carrier = self._carriers[worker] = _Carrier(self, worker)
        sealer = Sealer(secret, cluster, worker, os.urandom)
        bus = NumberedBus(
            sealer, carrier, live=lambda: self.buses, now=lambda: self.now, later=self._later
        )
        self.buses[worker] = bus
        bus.beat()
        return bus

    def carry(self, sender: int, to: int, data: bytes) -> None:
        """Hand a frame on, as far as the faults let it."""
        self.frames += 1
        if sender in self.away:
            return
        for worker in list(self.buses):
            if to in (0, worker):
                self._to(worker, data)

    def _to(self, worker: int, data: bytes) -> None:
        draw, faults = self.random.random, self.faults
        if worker in self.away or draw() < faults.drop:
            return
        for _ in range(2 if draw() < faults.double else 1):
            if draw() < faults.delay:
                due = self.now + draw() * faults.seconds
                self._held.append((due, self.random.getrandbits(32), worker, data))
            else:
                asyncio.get_running_loop().call_soon(self._arrive, worker, data)

    def _arrive(self, worker: int, data: bytes) -> None:
        bus = self.buses.get(worker)
        if bus is not None and worker not in self.away:
            bus.deliver(data)

    def _later(self, seconds: float, do: Callable[[], None]) -> None:
        self._timers.append((self.now + seconds, do))

    def inject(self, worker: int, data: bytes) -> None:
        """Somebody else writes to a worker's subject."""
        self._arrive(worker, data)

    def cut(self, worker: int, *, noticed: bool = True) -> None:
        """Nothing comes or goes from now on; ``noticed``: the connection says so."""
        self._carriers[worker].told_cut = noticed
        self.away.add(worker)

    def mend(self, worker: int) -> None:
        """The worker is back."""
        self.away.discard(worker)

    def kill(self, worker: int) -> None:
        """The worker is gone without a word."""
        self.buses.pop(worker).closed = True

    async def pass_time(self, seconds: float) -> None:
        """Let the clock go on: what was held back arrives, everybody beats."""
        end = self.now + seconds
        while self.now < end:
            self.now = min(end, self.now + BEAT)
            due = sorted(held for held in self._held if held[0] <= self.now)
            self._held = [held for held in self._held if held[0] > self.now]
            for _, _, worker, data in due:
                self._arrive(worker, data)
            timers, self._timers = self._timers, []
            for at, do in timers:
                if at <= self.now:
                    do()
                else:
                    self._timers.append((at, do))
            for bus in list(self.buses.values()):
                bus.beat()
            for _ in range(4):
                await asyncio.sleep(0)

    async def calm(self) -> None:
        """No faults any more; all that is under way arrives, and every loss is noticed."""
        self.faults = Faults()
        self.away.clear()
        await self.pass_time(4.0)

    async def close(self) -> None:
        """The end of all."""
        for bus in self.buses.values():
            await bus.close()
