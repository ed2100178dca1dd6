"""Jobs: rows with a due time, done at least once, tried again when they fail."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.run.jobs import JobRunner
from petitbleu.store.query import query
from tests.kit.waiting import GUARD
from tests.kit.world import World


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, jobs.Kind]]:
    """An empty table of kinds for one test."""
    empty: dict[str, jobs.Kind] = {}
    monkeypatch.setattr(jobs, "KINDS", empty)
    monkeypatch.setattr("petitbleu.run.jobs.KINDS", empty)
    yield empty


async def count(app: App) -> int:
    return len(await app.store.rows(query("select id from job")))


async def test_a_job_runs_when_it_is_due_and_is_gone(world: World, kinds: Any) -> None:
    done: list[Any] = []

    @jobs.job("t.note")
    async def note(app: App, data: dict[str, Any]) -> None:
        done.append(data["n"])

    runner, now = JobRunner(world.app), int(world.clock.now())
    await world.app.store.write(jobs.schedule, "t.note", due=now + 10, data={"n": 1})
    await runner.run_due()
    assert done == []
    world.clock.advance(11)
    await runner.run_due()
    await runner.run_due()
    assert done == [1]
    assert await count(world.app) == 0


async def test_a_key_has_one_pending_job(world: World, kinds: Any) -> None:
    done: list[Any] = []

    @jobs.job("t.note")
    async def note(app: App, data: dict[str, Any]) -> None:
        done.append(data["n"])

    now = int(world.clock.now())
    for n in (1, 2):
        await world.app.store.write(jobs.schedule, "t.note", due=now, data={"n": n}, key="k")
    await world.app.store.write(jobs.schedule, "t.note", due=now, data={"n": 3}, key="other")
    await world.app.store.write(jobs.unschedule, "t.note", "other")
    await JobRunner(world.app).run_due()
    assert done == [2]


async def test_a_failing_job_is_tried_again_later(world: World, kinds: Any) -> None:
    tries = 0

    @jobs.job("t.shaky")
    async def shaky(app: App, data: dict[str, Any]) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OSError("not yet")

    runner = JobRunner(world.app)
    await world.app.store.write(jobs.schedule, "t.shaky", due=int(world.clock.now()))
    await runner.run_due()
    await runner.run_due()
    assert tries == 1, "not at once"
    world.clock.advance(11)
    await runner.run_due()
    world.clock.advance(61)
    await runner.run_due()
    assert (tries, await count(world.app)) == (3, 0)
    world.errors.clear()


async def test_a_job_may_ask_to_run_again(world: World, kinds: Any) -> None:
    runs: list[float] = []

    @jobs.job("t.twice")
    async def twice(app: App, data: dict[str, Any]) -> int | None:
        runs.append(app.clock.now())
        return int(app.clock.now()) + 5 if len(runs) == 1 else None

    runner = JobRunner(world.app)
    await world.app.store.write(jobs.schedule, "t.twice", due=int(world.clock.now()))
    await runner.run_due()
    world.clock.advance(6)
    await runner.run_due()
    assert (len(runs), await count(world.app)) == (2, 0)


async def test_a_job_planned_for_a_moment_runs_at_that_moment(
    world: World, kinds: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not at the next look that comes anyway, be it as far away as here."""
    monkeypatch.setattr("petitbleu.run.jobs.POLL", 3600.0)
    done = asyncio.Event()

    @jobs.job("t.exact")
    async def exact(app: App, data: dict[str, Any]) -> None:
        done.set()

    runner, now = JobRunner(world.app), int(world.clock.now())
    await runner.start()
    try:
        await asyncio.sleep(0.1)
        await world.app.store.write(jobs.schedule, "t.exact", due=now + 90)
        await world.app.store.write(jobs.schedule, "t.exact", due=now + 1)
        await world.settle()
        await asyncio.sleep(0.1)
        assert not done.is_set()
        world.clock.advance(1)
        await asyncio.wait_for(done.wait(), GUARD)
    finally:
        await runner.stop()


async def test_periodic_jobs_plan_themselves_once(world: World, kinds: Any) -> None:
    runs = 0

    @jobs.job("t.often", every=30)
    async def often(app: App, data: dict[str, Any]) -> None:
        nonlocal runs
        runs += 1

    for _ in range(2):
        runner = JobRunner(world.app)
        await runner.start()
        await runner.stop()
    assert await count(world.app) == 1
    for _ in range(4):
        world.clock.advance(31)
        await runner.run_due()
    assert runs == 4
    assert await count(world.app) == 1


async def test_jobs_of_another_version_are_kept(world: World, kinds: Any) -> None:
    await world.app.store.write(jobs.schedule, "t.future", due=int(world.clock.now()))
    await JobRunner(world.app).run_due()
    assert await count(world.app) == 1


async def test_a_kind_that_waits_holds_up_no_other_and_new_work_is_seen_at_once(
    world: World, kinds: Any
) -> None:
    release, quick = asyncio.Event(), asyncio.Event()

    @jobs.job("t.slow")
    async def slow(app: App, data: dict[str, Any]) -> None:
        await release.wait()

    @jobs.job("t.quick")
    async def noted(app: App, data: dict[str, Any]) -> None:
        quick.set()

    runner, now = JobRunner(world.app), int(world.clock.now())
    await runner.start()
    try:
        for _ in range(60):
            await world.app.store.write(jobs.schedule, "t.slow", due=now)
        async with asyncio.timeout(GUARD):
            await world.app.store.write(jobs.schedule, "t.quick", due=now)
            await quick.wait()
        release.set()
        async with asyncio.timeout(GUARD):
            while await count(world.app):
                await asyncio.sleep(0.01)
    finally:
        await runner.stop()


async def test_a_job_planned_again_while_it_runs_is_not_crossed_off(
    world: World, kinds: Any
) -> None:
    runs: list[int] = []
    now = int(world.clock.now())

    @jobs.job("t.again")
    async def again(app: App, data: dict[str, Any]) -> None:
        runs.append(data["n"])
        if data["n"] == 1:
            await app.store.write(jobs.schedule, "t.again", due=now, data={"n": 2}, key="k")

    runner = JobRunner(world.app)
    await world.app.store.write(jobs.schedule, "t.again", due=now, data={"n": 1}, key="k")
    await runner.run_due()
    await runner.run_due()
    assert runs == [1, 2]
    assert await count(world.app) == 0
