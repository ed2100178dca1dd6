"""Jobs with several workers: each row is claimed, what was taken over is not written twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import pytest

from petitbleu import jobs, leases, webhooks
from petitbleu.app import App
from petitbleu.jobs import FREE_OF_WORKERS, Job, JobRow
from petitbleu.run.jobs import JobRunner
from petitbleu.store.api import Tx
from petitbleu.store.fence import FENCED, Fenced
from petitbleu.store.postgres import PostgresStore
from petitbleu.store.query import query
from petitbleu.store.workers import Standing
from tests.kit.stores import drop_postgres_database, new_postgres_database
from tests.kit.waiting import until
from tests.kit.world import World

PUT = query("insert into setting (name, value) values (:name, :value)")


class Anybody(Job, tag="t.anybody", frozen=True):
    n: int


class Leader(Job, tag="t.leader", frozen=True):
    n: int


class One(NamedTuple):
    """A worker in this process."""

    world: World
    standing: Standing
    runner: JobRunner


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, jobs.Kind]]:
    """An empty table of kinds for one test."""
    empty: dict[str, jobs.Kind] = {}
    monkeypatch.setattr(jobs, "KINDS", empty)
    monkeypatch.setattr("petitbleu.run.jobs.KINDS", empty)
    yield empty


@pytest.fixture
async def pair(kinds: Any, tmp_path: Path) -> AsyncIterator[tuple[One, One]]:
    """Two workers on one database; the first leads. They renew when the test says so."""
    url = new_postgres_database()
    made = []
    for name in ("a", "b"):
        store = PostgresStore(*await PostgresStore._pools(url, 4, "petitbleu"), None, place=url)
        store.standing = await Standing.join(
            url, name=name, wanted=leases.NAMES, free=(FREE_OF_WORKERS,)
        )
        world = World(store, tmp_path)
        world.app.leases = store.standing
        made.append(One(world, store.standing, JobRunner(world.app)))
        await store.standing.renew()
    yield made[0], made[1]
    for one in made:
        await one.runner.stop()
        await one.world.app.parts.close()
        await one.world.app.store.close()
    drop_postgres_database(url)


@pytest.fixture
async def admin(pair: tuple[One, One]) -> AsyncIterator[asyncpg.Connection]:
    conn = await asyncpg.connect(pair[0].world.app.store.place)
    yield conn
    await conn.close()


async def put(tx: Tx, name: str) -> None:
    await tx.run(PUT, name=name, value=b"")


async def plan(one: One, *works: Job) -> None:
    now = int(one.world.clock.now())

    async def change(tx: Tx) -> None:
        for work in works:
            await jobs.schedule(tx, work, due=now)

    await one.world.app.store.write(change)


async def run_all(*workers: One) -> None:
    """Until none of them finds anything."""
    while any(await asyncio.gather(*(one.runner.run_due() for one in workers))):
        pass


async def test_two_workers_do_each_job_once(
    pair: tuple[One, One], admin: asyncpg.Connection
) -> None:
    done: list[tuple[str, int, int]] = []

    @jobs.job(Anybody, at=leases.ANY)
    async def anybody(app: App, data: Anybody) -> None:
        done.append(("any", app.worker, data.n))
        await app.store.write(put, f"x-any-{data.n}")

    @jobs.job(Leader)
    async def leader(app: App, data: Leader) -> None:
        done.append(("jobs", app.worker, data.n))
        await app.store.write(put, f"x-jobs-{data.n}")

    first, second = pair
    await plan(first, *(Anybody(n=n) for n in range(120)), *(Leader(n=n) for n in range(30)))
    await run_all(first, second)
    assert len(done) == len({(kind, n) for kind, _, n in done}) == 150
    assert {worker for kind, worker, _ in done if kind == "jobs"} == {first.standing.worker}
    assert {worker for kind, worker, _ in done if kind == "any"} == {
        first.standing.worker,
        second.standing.worker,
    }
    assert await admin.fetchval("select count(*) from job") == 0
    assert await admin.fetchval("select count(*) from setting where name like 'x-%'") == 150


async def test_periodic_rows_are_planted_once(
    pair: tuple[One, One], admin: asyncpg.Connection
) -> None:
    @jobs.job("t.tick", every=600)
    async def tick(app: App, data: jobs.NoData) -> None:
        pass

    await asyncio.gather(*(one.runner.start() for one in pair))
    rows = await admin.fetch("select kind, key from job")
    assert [tuple(row) for row in rows] == [("t.tick", "periodic")]


async def test_a_stalled_leader_is_fenced_and_its_job_done_once(
    pair: tuple[One, One], admin: asyncpg.Connection
) -> None:
    first, second = pair
    inside, go_on = asyncio.Event(), asyncio.Event()
    refused: list[Exception] = []

    @jobs.job(Leader)
    async def leader(app: App, data: Leader) -> None:
        if app.worker == first.standing.worker:
            inside.set()
            await go_on.wait()
            try:
                await app.store.write(put, "x-done")
            except Fenced as error:
                refused.append(error)
                raise
        else:
            await app.store.write(put, "x-done")

    await plan(first, Leader(n=1))
    stalled = asyncio.create_task(first.runner.run_due())
    await inside.wait()
    assert [one.value for one in first.runner.gauges() if one.name == "claims"] == [1]
    assert await second.runner.run_due() == 0, "it is claimed, and not the second's lease"
    counted = FENCED.values.get(leases.JOBS, 0)
    await admin.execute("update worker set seen = seen - 9000 where id = $1", first.standing.worker)
    second.standing._steady -= 60  # it has been heard all the time
    assert await second.standing.renew() and await second.standing.renew()
    assert await second.runner.run_due() == 1
    go_on.set()
    await until(lambda: refused)
    stalled.cancel()
    assert FENCED.values[leases.JOBS] == counted + 1
    assert await admin.fetchval("select count(*) from setting where name = 'x-done'") == 1
    assert await admin.fetchval("select count(*) from job") == 0


async def test_a_job_planned_anew_while_it_runs_is_free(
    pair: tuple[One, One], admin: asyncpg.Connection
) -> None:
    first, second = pair
    done: list[int] = []
    inside, go_on = asyncio.Event(), asyncio.Event()

    @jobs.job(Anybody, at=leases.ANY)
    async def anybody(app: App, data: Anybody) -> None:
        done.append(data.n)
        if data.n == 1:
            inside.set()
            await go_on.wait()

    now = int(first.world.clock.now())
    await first.world.app.store.write(jobs.schedule, Anybody(n=1), due=now, key="k")
    running = asyncio.create_task(first.runner.run_due())
    await inside.wait()
    assert await second.runner.run_due() == 0
    await first.world.app.store.write(jobs.schedule, Anybody(n=2), due=now, key="k")
    assert await second.runner.run_due() == 1
    go_on.set()
    await running
    assert done == [1, 2] and await admin.fetchval("select count(*) from job") == 0


async def test_what_a_worker_lets_go_of_is_free(
    pair: tuple[One, One], admin: asyncpg.Connection
) -> None:
    """A failed job waits for its next time, claimed by nobody."""
    first, second = pair

    @jobs.job(Anybody, at=leases.ANY)
    async def anybody(app: App, data: Anybody) -> None:
        if app.worker == first.standing.worker:
            raise ValueError("not here")

    await plan(first, Anybody(n=1))
    await first.runner.run_due()
    row = await admin.fetchrow("select worker, tries, due from job")
    assert row is not None and (row["worker"], row["tries"]) == (None, 1)
    assert [error["event"] for error in first.world.errors] == ["jobs.job_failed"]
    first.world.errors.clear()
    second.world.clock.advance(11)
    await second.runner.run_due()
    assert await admin.fetchval("select count(*) from job") == 0


async def test_a_claim_of_a_living_worker_runs_out(
    pair: tuple[One, One], admin: asyncpg.Connection
) -> None:
    first, second = pair
    done: list[int] = []

    @jobs.job(Anybody, at=leases.ANY)
    async def anybody(app: App, data: Anybody) -> None:
        done.append(app.worker)

    await plan(first, Anybody(n=1))
    await admin.execute("update job set worker = $1, claim = id, until = 1000000000000000", 999)
    assert await second.runner.run_due() == 0
    await admin.execute("update job set until = 0")
    await second.runner.run_due()
    assert done == [second.standing.worker]


async def test_a_run_that_is_repeated_sends_under_the_same_names() -> None:
    row = JobRow(7, "k", "", 100, b"", 0)
    keys = []
    for _ in range(2):
        with jobs.run_of(row):
            run = jobs.RUN.get()
            assert run is not None
            keys.append([run.key("a@x"), run.key("a@x"), run.key("b@x")])
    assert keys[0] == keys[1] and len(set(keys[0])) == 3
    assert jobs.RUN.get() is None
    with jobs.run_of(row._replace(due=101)):
        again = jobs.RUN.get()
        assert again is not None and again.key("a@x") not in keys[0]


async def test_a_webhook_that_is_called_again_bears_the_same_key() -> None:
    seen: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        found = [line for line in head.splitlines() if line.lower().startswith("idempotency-key")]
        seen.append(found[0].partition(": ")[2] if found else "")
        writer.write(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    row = JobRow(7, "k", "", 100, b"", 0)
    for _ in range(2):
        with jobs.run_of(row):
            await webhooks.post(url, "", b"{}")
    await webhooks.post(url, "", b"{}")
    server.close()
    assert seen[0] and seen == [seen[0], seen[0], ""]
