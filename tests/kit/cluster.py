"""Several workers in one process: instances over one PostgreSQL database and the bus of
:mod:`tests.kit.bus`, with one clock that moves by hand.

:meth:`Cluster.fresh` gives an instance that remembers nothing, to compare with.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from petitbleu.bus.api import Bus
from petitbleu.bus.nats import open_bus
from petitbleu.clock import ManualClock
from petitbleu.domain.updates.fanout_remote import Remote
from petitbleu.domain.updates.hosts import LIVE
from petitbleu.keys import Secrets
from petitbleu.stamps import ROOMS_HERE
from petitbleu.store.postgres import PostgresStore
from tests.kit import stores
from tests.kit.bus import SECRET, Air
from tests.kit.nats import NatsServer
from tests.kit.waiting import GUARD
from tests.kit.world import Client, World

CONNECTIONS = 4


class Cluster:
    """The workers, numbered from 1."""

    def __init__(self, url: str, data: Path, seed: int, nats: NatsServer | None = None) -> None:
        self._url = url
        self._nats = nats
        self._data = data
        self.air = Air(seed)
        self.clock = ManualClock()
        self.secrets = Secrets.create()
        self.workers: list[World] = []
        self._stores: list[PostgresStore] = []
        self._ids = 0
        self._buses: list[Bus] = []

    async def add(self) -> World:
        """Another worker joins."""
        self._ids += 1
        return await self._open(self._ids)

    async def _open(self, number: int) -> World:
        store = PostgresStore(
            *await PostgresStore._pools(self._url, CONNECTIONS, "petitbleu"), None, place=self._url
        )
        self._stores.append(store)
        bus = await self._bus(number)
        world = World(store, self._data, bus=bus, secrets=self.secrets, clock=self.clock)
        world.app.parts[LIVE] = self._live
        self.workers.append(world)
        await world.start()
        if (
            world is not self.workers[0]
        ):  # what follows changes of the store runs at one worker only
            world.fanout.wakes.clear()
        await world.app.parts[ROOMS_HERE].start()
        if self._nats is not None:
            self.remote(world).sweeper.start()
        await self.air.pass_time(0.5)
        return world

    def _live(self) -> Iterable[int]:
        return range(1, self._ids + 1) if self._nats is not None else self.air.buses

    async def _bus(self, number: int) -> Bus:
        if self._nats is None:
            return self.air.bus(number)
        bus = await open_bus(self._nats.url, "test", number, SECRET, os.urandom, self._live)
        self._buses.append(bus)
        return bus

    async def fresh(self) -> World:
        """One more worker, which has cached nothing yet."""
        return await self.add()

    def remote(self, world: World) -> Remote:
        """The half of a worker's fan-out that speaks with others."""
        remote = world.fanout.remote
        assert remote is not None
        return remote

    def device(self, person: Client, world: World) -> Client:
        """Another session of a person's device, at ``world``."""
        made = world.connect(person.layer, key=person.link.auth_key_id)
        made.user_id, made.phone = person.user_id, person.phone
        return made

    async def settle(self) -> None:
        """Wait until nothing is under way, at any worker or between them."""
        async with asyncio.timeout(GUARD):
            for _ in range(3):
                for world in self.workers:
                    await world.settle()
                await asyncio.sleep(0)

    async def heal(self) -> None:
        """No faults any more; every worker looks for what it has missed."""
        await self.air.calm()
        await self.settle()
        sweepers = [self.remote(world).sweeper for world in self.workers]
        await asyncio.gather(*(sweeper.look(self.air.now) for sweeper in sweepers))
        await self.settle()

    async def sweep(self) -> int:
        """Every worker compares all with the database; what they found in all."""
        sweepers = [self.remote(world).sweeper for world in self.workers]
        found = await asyncio.gather(*(sweeper.sweep() for sweeper in sweepers))
        await self.settle()
        return sum(found)

    async def close(self) -> None:
        """The end of all; fails the test if an error was logged, or a task goes on."""
        await self.settle()
        for world in self.workers:
            await world.app.parts.close()
        await self.air.close()
        for bus in self._buses:
            await bus.close()
        for store in self._stores:
            await store.close()
        errors = [error for world in self.workers for error in world.errors]
        assert not errors, errors


@asynccontextmanager
async def running(
    data: Path, workers: int = 2, *, seed: int = 0, nats: NatsServer | None = None
) -> AsyncIterator[Cluster]:
    """A cluster on a database of its own, from its start to its end; over a real server where one
    is given.
    """
    url = stores.new_postgres_database()
    cluster = Cluster(url, data, seed, nats)
    try:
        for _ in range(workers):
            await cluster.add()
        yield cluster
        await cluster.close()
    finally:
        stores.drop_postgres_database(url)
