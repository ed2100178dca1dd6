"""Fixture ``pair``: two instances in one process, over one PostgreSQL database and one bus."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from petitbleu.clock import ManualClock
from petitbleu.domain.updates.hosts import LIVE
from petitbleu.keys import Secrets
from petitbleu.stamps import ROOMS_HERE
from petitbleu.store.postgres import PostgresStore
from tests.kit.bus import Air
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


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    """Two workers of one cluster, with one data folder."""
    air = Air()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(empty_postgres_store())
        pools = await PostgresStore._pools(first.place, 3, "petitbleu")
        second = PostgresStore(*pools, None, place=first.place)
        stack.push_async_callback(second.close)
        clock, secrets = ManualClock(), Secrets.create()
        worlds = [
            World(store, tmp_path, bus=air.bus(worker), secrets=secrets, clock=clock)
            for worker, store in enumerate((first, second), 1)
        ]
        worlds[1]._numbers, worlds[1]._keys = worlds[0]._numbers, worlds[0]._keys
        worlds[1].fanout.wakes.clear()  # what follows changes of the store runs at one worker only
        for world in worlds:
            world.app.parts[LIVE] = lambda: air.buses
            await stack.enter_async_context(running(world))
            await world.app.parts[ROOMS_HERE].start()
        yield Pair(worlds[0], worlds[1], air)
        await worlds[0].settle()
        await worlds[1].settle()
        await air.close()
