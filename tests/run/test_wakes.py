"""What one worker commits begins the work of another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest

from petitbleu import jobs
from petitbleu.domain.updates.delivery import DELIVERY
from petitbleu.run.jobs import JobRunner
from petitbleu.run.wakes import Wakes
from petitbleu.tl import api
from tests.kit import cluster as clusters
from tests.kit.cluster import Cluster
from tests.kit.waiting import GUARD
from tests.kit.world import World


class Runner:
    """What a worker is told to look for."""

    def __init__(self) -> None:
        self.heard: list[int] = []

    def planned(self, due: int) -> None:
        self.heard.append(due)


class Tick(jobs.Job, tag="t.wakes", frozen=True):
    pass


@pytest.fixture
async def cluster(tmp_path: Path) -> AsyncIterator[Cluster]:
    async with clusters.running(tmp_path) as made:
        yield made


def wakes(world: World) -> tuple[Wakes, Runner, list[str]]:
    """The wakes of a worker, its runner, and what it was woken for."""
    runner, woken = Runner(), list[str]()
    made = Wakes(world.app, cast(JobRunner, runner))
    delivery = world.app.parts[DELIVERY]
    assert delivery is not None
    delivery.wakes.append(lambda: woken.append("woken"))
    return made, runner, woken


async def until_said(cluster: Cluster, found: Any) -> None:
    async with asyncio.timeout(GUARD):
        while not found():
            await cluster.settle()
            await cluster.air.pass_time(0.5)
            await asyncio.sleep(0.02)


async def test_a_commit_at_one_worker_wakes_the_others(cluster: Cluster) -> None:
    one, two = cluster.workers
    first, _, _ = wakes(one)
    second, runner, woken = wakes(two)
    ada, bob = await one.sign_up("Ada"), await one.sign_up("Bob")
    woken.clear()
    await ada.call(api.messages.SendMessage(peer=await ada.peer(bob), message="hello", random_id=1))
    await until_said(cluster, lambda: woken)
    now = int(one.clock.now())
    for due in (now + 5, now, now + 100_000):
        await one.app.store.write(jobs.schedule, Tick(), due=due)
    await until_said(cluster, lambda: now in runner.heard)
    assert max(runner.heard) < now + 100_000, "what is far away is found in time anyway"
    for made in (first, second):
        made.stop()


async def test_the_word_does_not_go_round(cluster: Cluster) -> None:
    one, two = cluster.workers
    first, _, _ = wakes(one)
    second, _, woken = wakes(two)
    said: list[str] = []
    two_all = two.app.bus.all
    two.app.bus.all = lambda kind, item: (said.append(kind), two_all(kind, item))  # type: ignore
    first._wait()
    await until_said(cluster, lambda: woken)
    await asyncio.sleep(0.6)
    assert "changed" not in said
    for made in (first, second):
        made.stop()


async def test_a_worker_that_is_taken_off_makes_everybody_sweep(cluster: Cluster) -> None:
    one, two = cluster.workers
    first, _, _ = wakes(one)
    heard: list[Any] = []
    two.app.bus.on("gone", lambda sender, number: heard.append(number))
    first.taken_off([17])
    await until_said(cluster, lambda: heard)
    assert heard == [17]
    first.stop()
