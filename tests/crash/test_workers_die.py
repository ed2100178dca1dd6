"""Three workers of a cluster as processes, people spread over them who come back at any other:
``kill -9`` of a worker, of nats-server, and a nats-server that hangs. Nothing acknowledged is lost
or doubled, and every picture is the stored one.

``SEED``, ``KILLS``, ``EVERY``, ``PEOPLE`` and ``PAUSE`` (environment) try others; what they took is
printed and fails nothing.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from petitbleu.bench.exchange import Address
from petitbleu.keys import RsaKeys
from tests.crash.crowd import Crowd
from tests.kit.processor import Processor
from tests.kit.server_cluster import ServerCluster, Worker
from tests.kit.sizes import size
from tests.kit.waiting import until

PEOPLE = int(os.environ.get("PEOPLE", "12"))
KILLS = int(os.environ.get("KILLS", str(size(2, 20))))
EVERY = float(os.environ.get("EVERY", "0"))
"""Seconds from one kill to the next at least; 0: as soon as all workers are there again."""
SEED = int(os.environ.get("SEED") or "1")


class _Spread:
    """The addresses of the workers that are there, drawn at random."""

    def __init__(self, cluster: ServerCluster, folder: Path) -> None:
        self._cluster = cluster
        self._key = RsaKeys.load(folder).current.pem()
        self._random = random.Random(SEED)

    def any(self) -> Address:
        worker = self._random.choice(self._cluster.workers)
        return Address(*worker.address, self._key)


class _Town:
    """A crowd that writes through three workers, and what happened to them."""

    def __init__(self, cluster: ServerCluster, folder: Path) -> None:
        self.cluster = cluster
        self.moments = random.Random(SEED)
        self._spread = _Spread(cluster, folder / "keys")
        self.crowd = Crowd([])
        self._begun_at: list[int] = []
        self._processor = Processor()

    async def begin(self) -> None:
        """Everybody signs up, spreads over the workers and writes."""
        self.crowd = await Crowd.gather(self._spread.any(), PEOPLE)
        self._begun_at = [member.pts for member in self.crowd.members]
        for member in self.crowd.members:
            member.close()
            member.at = self._spread.any()
        self.crowd.write()
        self._processor = Processor()

    async def moment(self) -> None:
        """A moment at which all workers are there and people are writing."""
        await until(lambda: len(self.cluster.workers) == self.cluster.count)
        acknowledged = self.crowd.acknowledged
        await until(lambda: self.crowd.acknowledged > acknowledged)
        await asyncio.sleep(self.moments.uniform(0, 1))

    async def kill_worker(self) -> None:
        """One dies, its people go to others, another one starts."""
        workers = self.cluster.workers
        worker = workers.pop(self.moments.randrange(len(workers)))
        self.crowd.cut(time.monotonic(), worker.address[1])
        await asyncio.to_thread(worker.kill)
        await self._replace(worker)

    async def supervise(self) -> None:
        """What a supervisor does where a worker has ended by itself: on a machine that is too busy
        it may have been silent for so long that the others took it off. What it said is printed.
        """
        workers = self.cluster.workers
        while True:
            while ended := next((one for one in workers if one.process.poll() is not None), None):
                workers.remove(ended)
                said = await asyncio.to_thread(ended.ended)
                print(f"a worker ended by itself: {said[-2000:]}")
                await self._replace(ended)
            await asyncio.sleep(0.1)

    async def _replace(self, worker: Worker) -> None:
        for member in self.crowd.members:
            if member.at.port == worker.address[1]:
                member.at = self._spread.any()
        await asyncio.to_thread(self.cluster.add)

    async def pause_nats(self, seconds: float) -> None:
        """The bus hangs for a while."""
        self.cluster.nats.pause()
        await asyncio.sleep(seconds)
        self.cluster.nats.go_on()

    async def kill_nats(self, seconds: float) -> None:
        """The bus dies, and is started again after a while."""
        self.cluster.nats.kill()
        await asyncio.sleep(seconds)
        await asyncio.to_thread(self.cluster.nats.start)

    async def end(self) -> None:
        """Everybody finishes; all of it was right."""
        busy = self._processor.shares()
        await self.crowd.rest()
        await self.crowd.check()
        self.crowd.check_counters(self._begun_at)
        self.crowd.close()
        print(
            f"SEED={SEED}: {self.crowd.acknowledged} acknowledged by {PEOPLE} people:"
            f" 0 lost, 0 doubled, 0 holes, every picture the stored one; {busy}"
        )

    def found_by_sweeps(self) -> int:
        """``sweep_found_total`` of the workers that are there."""
        there = [one for one in self.cluster.workers if one.process.poll() is None]
        return sum(map(_sweep_found, there))


def _sweep_found(worker: Worker) -> int:
    _, text = worker.get("/metrics")
    lines = [one for one in text.splitlines() if one.startswith("petitbleu_sweep_found_total")]
    return int(sum(float(one.rpartition(" ")[2]) for one in lines))


async def _in_town(folder: Path, happens: Callable[[_Town], Awaitable[None]]) -> None:
    print(f"SEED={SEED} KILLS={KILLS} PEOPLE={PEOPLE}")
    with ServerCluster(folder, 3, "dev = true") as cluster:
        town = _Town(cluster, folder)
        await town.begin()
        try:
            async with asyncio.TaskGroup() as group:
                supervising = group.create_task(town.supervise())
                await happens(town)
                await town.end()
                supervising.cancel()
        finally:
            town.crowd.print_times()


@pytest.mark.long
async def test_workers_and_their_bus_die_and_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    async def happens(town: _Town) -> None:
        for n in range(KILLS * 3):
            await town.moment()
            if n % 3 == 0:
                await town.kill_worker()
            elif n % 3 == 1:
                await town.pause_nats(town.moments.uniform(0.2, 4))
            else:
                await town.kill_nats(town.moments.uniform(0.2, 4))

    await _in_town(tmp_path, happens)


@pytest.mark.long
async def test_workers_die_one_after_the_other(tmp_path: Path) -> None:
    async def happens(town: _Town) -> None:
        began = time.monotonic()
        for n in range(KILLS):
            await asyncio.sleep(max(0.0, began + n * EVERY - time.monotonic()))
            await town.moment()
            await town.kill_worker()
        print(f"a kill every {(time.monotonic() - began) / KILLS:.1f} s")

    await _in_town(tmp_path, happens)


@pytest.mark.long
async def test_the_bus_dies_and_hangs_for_long(tmp_path: Path) -> None:
    async def happens(town: _Town) -> None:
        for n in range(KILLS):
            await town.moment()
            seconds = 0.2 * 100 ** town.moments.random()  # to 20, most of them short
            town.crowd.trouble(time.monotonic(), seconds)
            await (town.kill_nats if n % 2 else town.pause_nats)(seconds)
        print(f"sweep_found_total {town.found_by_sweeps()}")

    await _in_town(tmp_path, happens)


@pytest.mark.long
async def test_a_worker_that_ends_while_people_finish_is_replaced(tmp_path: Path) -> None:
    async def happens(town: _Town) -> None:
        await town.moment()
        worker = town.cluster.workers[0]
        asyncio.get_running_loop().call_later(0.01, worker.process.kill)

    await _in_town(tmp_path, happens)
