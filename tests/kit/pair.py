"""Fixture ``pair``: two instances in one process, over one PostgreSQL database and one bus."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from petitbleu.bus.api import Bus
from petitbleu.bus.nats import open_bus
from petitbleu.bus.numbered import BEAT
from petitbleu.clock import ManualClock
from petitbleu.domain.updates.hosts import LIVE
from petitbleu.keys import Secrets
from petitbleu.stamps import ROOMS_HERE
from petitbleu.store.postgres import PostgresStore
from tests.kit.bus import SECRET, Air
from tests.kit.nats import NatsServer
from tests.kit.stores import empty_postgres_store
from tests.kit.world import Client, World, running


class Pair(NamedTuple):
    """Two workers and what lies between them."""

    one: World
    two: World
    air: Air

    async def settle(self) -> None:
        """Wait until both have done what they heard of."""
        for _ in range(2):
            await self.one.settle()
            await self.two.settle()

    def also_at_two(self, client: Client) -> Client:
        """The device of a client, connected to the other worker."""
        made = self.two.connect(client.layer, key=client.link.auth_key_id)
        made.phone, made.user_id = client.phone, client.user_id
        return made


@asynccontextmanager
async def two_workers(
    folder: Path, nats: NatsServer | None = None, *, apart: bool = False, **settings: Any
) -> AsyncIterator[Pair]:
    """Two workers of one cluster, with one data folder (``apart``: as on two machines, each with
    its own); over a real server where one is given, and then they look for what they missed by
    themselves.
    """
    air = Air()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(empty_postgres_store())
        pools = await PostgresStore._pools(first.place, 3, "petitbleu")
        second = PostgresStore(*pools, None, place=first.place)
        stack.push_async_callback(second.close)
        clock, secrets = ManualClock(), Secrets.create()
        worlds = []
        for worker, store in enumerate((first, second), 1):
            bus: Bus = air.bus(worker)
            if nats is not None:
                bus = await open_bus(nats.url, "test", worker, SECRET, os.urandom, lambda: (1, 2))
                stack.push_async_callback(bus.close)
            data = folder / f"machine{worker}" if apart else folder
            made = World(store, data, bus=bus, secrets=secrets, clock=clock, **settings)
            worlds.append(made)
        await air.pass_time(BEAT)  # so that each has heard the other
        worlds[1]._numbers, worlds[1]._keys = worlds[0]._numbers, worlds[0]._keys
        for world in worlds:
            world.app.parts[LIVE] = (lambda: air.buses) if nats is None else (lambda: (1, 2))
            await stack.enter_async_context(running(world))
            if world is worlds[1]:  # what follows changes of the store runs at one worker only
                world.fanout.wakes.clear()
            await world.app.parts[ROOMS_HERE].start()
            if nats is not None and world.fanout.remote is not None:
                world.fanout.remote.sweeper.start()
        yield Pair(worlds[0], worlds[1], air)
        await worlds[0].settle()
        await worlds[1].settle()
        await air.close()


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    """Two workers of one cluster, with one data folder."""
    async with two_workers(tmp_path) as made:
        yield made
