"""Workers on one PostgreSQL database: rows, leases with terms, fences; real connections."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any

import asyncpg
import pytest

from petitbleu.errors import StoreUnavailable
from petitbleu.jobs import FREE_OF_WORKERS
from petitbleu.leases import ANY, INDEX, JOBS, Alone
from petitbleu.store import workers
from petitbleu.store.api import BatchOp, Tx
from petitbleu.store.database_lock import DatabaseLock
from petitbleu.store.fence import FENCED, Fenced
from petitbleu.store.migrate import Refused
from petitbleu.store.postgres import PostgresStore
from petitbleu.store.query import query
from petitbleu.store.workers import Standing
from tests.kit.stores import drop_postgres_database, new_postgres_database
from tests.kit.waiting import asked_until

PUT = query("insert into setting (name, value) values (:name, :value)")
BOTH = (JOBS, INDEX)


@pytest.fixture
async def url() -> AsyncIterator[str]:
    found = new_postgres_database()
    yield found
    drop_postgres_database(found)


@pytest.fixture
async def admin(url: str) -> AsyncIterator[asyncpg.Connection]:
    conn = await asyncpg.connect(url)
    yield conn
    await conn.close()


@pytest.fixture
async def pair(url: str) -> AsyncIterator[tuple[Standing, Standing]]:
    """Two workers that renew when the test says so."""
    free = (FREE_OF_WORKERS,)
    first, second = [await Standing.join(url, name=n, wanted=BOTH, free=free) for n in ("a", "b")]
    yield first, second
    await first.leave()
    await second.leave()


async def put(tx: Tx, name: str) -> None:
    await tx.run(PUT, name=name, value=b"")


async def written(admin: asyncpg.Connection) -> list[str]:
    rows = await admin.fetch("select name from setting where name like 'x%' order by name")
    return [row[0] for row in rows]


async def age(admin: asyncpg.Connection, worker: Standing, seconds: int) -> None:
    """As if the worker had said nothing for so long."""
    await admin.execute(
        "update worker set seen = seen - $1 where id = $2", seconds * 1000, worker.worker
    )


async def test_one_has_a_lease_and_the_other_gets_it_with_a_new_term(
    pair: tuple[Standing, Standing], admin: asyncpg.Connection
) -> None:
    first, second = pair
    heard: list[str] = []
    second.follow(JOBS, lambda: heard.append("begin"), lambda: heard.append("end"))
    assert await first.renew() and await second.renew()
    assert first.holds(JOBS) and first.holds(ANY) and not second.holds(JOBS)
    assert second.holds(ANY), "what is anybody's needs no lease"
    before = first.terms()
    assert await first.renew()
    assert first.terms() == before, "a renewal has the same term"
    await admin.execute("update lease set until = 0")
    assert await second.renew() and await first.renew()
    assert heard == ["begin"]
    assert not first.holds(JOBS)
    assert second.terms()[JOBS] == before[JOBS] + 1
    await second.drain()
    assert heard == ["begin", "end"] and not second.holds(ANY)
    assert await first.renew()
    assert first.terms()[JOBS] == before[JOBS] + 2


async def test_the_renewal_is_parsed_once(pair: tuple[Standing, Standing]) -> None:
    first, _ = pair
    for _ in range(7):
        assert await first.renew()
    runs = await first._conn.fetch(
        "select generic_plans + custom_plans from pg_prepared_statements where name = 'renew'"
    )
    assert [tuple(row) for row in runs] == [(7,)]


async def test_writes_under_a_lost_lease_are_refused(
    url: str, pair: tuple[Standing, Standing], admin: asyncpg.Connection
) -> None:
    first, second = pair
    assert await first.renew()
    store = await PostgresStore.open(url)
    counted = FENCED.values.get(JOBS, 0)
    with first.under(JOBS):
        await store.write(put, "x1")
        await admin.execute("update lease set until = 0")
        assert await second.renew()
        for write in (store.write, store.background):
            with pytest.raises(Fenced):
                await write(put, "x2")
        with pytest.raises(Fenced):
            await store.batch(OP, "x3")
    await store.write(put, "x4")  # outside of the lease's work
    with second.under(JOBS):
        await store.batch(OP, "x5")
    assert await written(admin) == ["x1", "x4", "x5"]
    assert FENCED.values[JOBS] == counted + 3
    await store.close()


async def _pg(conn: Any, items: Any) -> list[tuple[None, Sequence[object]]]:
    await conn.executemany("insert into setting values ($1, '')", [(item,) for item in items])
    return [(None, ()) for _ in items]


def _lite(conn: Any, items: Any) -> list[tuple[None, Sequence[object]]]:
    raise NotImplementedError


OP: BatchOp[str, None] = BatchOp("put", _lite, _pg)


async def test_what_a_job_left_running_is_no_part_of_it(
    url: str, pair: tuple[Standing, Standing], admin: asyncpg.Connection
) -> None:
    """A timer that was set during the work of a lease goes on when another worker has it."""
    first, second = pair
    assert await first.renew()
    store = await PostgresStore.open(url)
    over = asyncio.Event()

    async def later() -> None:
        await over.wait()
        await store.write(put, "x1")

    with first.under(JOBS):
        task = asyncio.create_task(later())
    await admin.execute("update lease set until = 0")
    assert await second.renew()
    over.set()
    await task
    assert await written(admin) == ["x1"]
    await store.close()


async def test_a_takeover_waits_for_the_transaction_under_way_and_a_renewal_does_not(
    url: str, pair: tuple[Standing, Standing], admin: asyncpg.Connection
) -> None:
    first, second = pair
    assert await first.renew()
    store = await PostgresStore.open(url)
    inside, go_on = asyncio.Event(), asyncio.Event()
    holding = await asyncpg.connect(url)

    async def hold() -> None:
        await holding.execute("select pg_advisory_lock(77)")
        inside.set()
        await go_on.wait()
        await holding.execute("select pg_advisory_unlock(77)")

    async def slow(tx: Tx) -> None:
        await put(tx, "x1")
        await tx.rows(query("select 1 from pg_advisory_xact_lock(77)"))

    async def work() -> None:
        with first.under(JOBS):
            await store.write(slow)

    holder = asyncio.create_task(hold())
    await inside.wait()
    writing = asyncio.create_task(work())

    async def waiting(many: int) -> bool:
        count: int = await admin.fetchval("select count(*) from pg_locks where not granted")
        return count >= many

    await asked_until(lambda: waiting(1))
    assert await first.renew()  # is not held up
    await admin.execute("update lease set until = 0")
    takeover = asyncio.create_task(second.renew())
    await asked_until(lambda: waiting(2))
    assert not takeover.done()
    go_on.set()
    await writing
    assert await takeover
    assert second.holds(JOBS) and await written(admin) == ["x1"]
    await holder
    await holding.close()
    await store.close()


async def test_who_is_silent_is_taken_off_and_what_it_held_is_free(
    url: str, pair: tuple[Standing, Standing], admin: asyncpg.Connection
) -> None:
    first, second = pair
    gone: list[int] = []
    ended: list[str] = []
    second.on_gone.append(gone.extend)
    first.on_end = ended.append
    assert await first.renew()
    left = await asyncpg.connect(
        url, server_settings={"application_name": f"petitbleu worker {first.worker}"}
    )
    await left.execute("begin")
    await left.execute("insert into setting values ('x-open', '')")
    await admin.execute(
        "insert into job (id, kind, key, due, data, tries, worker, claim, until)"
        " values (5, 'k', '', 0, '', 0, $1, 5, 1000000000000000)",
        first.worker,
    )
    await age(admin, first, 9)
    assert await second.renew() and gone == [], "it has not been there long enough to know"
    second._steady -= workers.GONE_SECONDS
    assert await second.renew() and gone == [first.worker]
    assert [number for number, _ in second.gone()] == [first.worker]
    assert await second.renew() and second.holds(JOBS), "its leases are free at once"
    assert await admin.fetchval("select worker from job where id = 5") is None
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await left.execute("commit")
    assert await written(admin) == []
    # It wakes up: it writes nothing and ends.
    store = await PostgresStore.open(url)
    with first.under(ANY), pytest.raises(Fenced):
        await store.write(put, "x-stale")
    assert not await first.renew()
    assert ended and f"took worker {first.worker} off" in ended[0]
    assert not first.ready and not first.holds(ANY)
    await store.close()


async def test_after_the_database_was_away_all_have_time_to_come_back(
    pair: tuple[Standing, Standing],
    admin: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All were silent: the first that is heard again takes nobody off who is only a bit later."""
    first, second = pair
    moment = [time.monotonic()]
    gone: list[int] = []
    second.on_gone.append(gone.extend)
    second._steady -= 60
    monkeypatch.setattr(second, "_monotonic", lambda: moment[0])
    assert await second.renew()
    moment[0] += 30
    for one in pair:
        await age(admin, one, 30)
    assert await second.renew() and gone == []
    assert await first.renew(), "it came back 0 s later"
    await age(admin, first, 9)  # and now it hangs
    for _ in range(2):
        moment[0] += workers.GONE_SECONDS / 2
        assert gone == []
        assert await second.renew()
    assert gone == [first.worker]


async def test_why_a_worker_takes_nobody_is_said(
    pair: tuple[Standing, Standing], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = pair
    assert first.unready() == ""
    moment = time.monotonic() + 7
    monkeypatch.setattr(first, "_monotonic", lambda: moment)
    assert first.unready() == "the database has not answered this worker for 7 s"
    await second.drain()
    assert second.unready() == "this worker is draining"


async def test_nobody_is_taken_off_for_the_time_in_which_the_database_was_away(
    pair: tuple[Standing, Standing], admin: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = pair
    assert await first.renew() and await second.renew()
    await age(admin, first, 60)
    await age(admin, second, 60)  # as nobody could speak for a minute
    first._conn.terminate()
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await first.renew()
    await first._look_again()
    assert await first.renew()
    assert second.worker in first.live, "it is told news as before"
    assert await second.renew(), "it was not taken off"
    moment = [time.monotonic()]
    monkeypatch.setattr(first, "_monotonic", lambda: moment[0])
    await age(admin, second, 60)
    for _ in range(3):
        moment[0] += workers.GONE_SECONDS / 2
        assert await first.renew()
    assert not await second.renew(), "who is silent afterwards is taken off as ever"


async def test_a_number_is_given_once(url: str) -> None:
    first = await Standing.join(url, name="a")
    await first.leave()
    second = await Standing.join(url, name="a")
    assert second.worker > first.worker > 0
    assert [member.id for member in await second.members()] == [second.worker]
    await second.leave()


async def test_a_worker_that_is_cut_off_fences_itself(
    pair: tuple[Standing, Standing], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = pair
    assert await first.renew() and first.holds(JOBS)
    cut: list[int] = []
    ended: list[int] = []
    first.on_fence.append(lambda: cut.append(1))
    first.follow(JOBS, lambda: None, lambda: ended.append(1))
    moment = time.monotonic()
    monkeypatch.setattr(first, "_monotonic", lambda: moment + workers.FENCE_SECONDS + 1)
    assert not first.holds(JOBS) and first.terms() == {}
    first._fence_if_late()
    first._fence_if_late()
    assert (cut, ended, first.ready) == ([1], [1], False)
    assert await first.renew()  # the database answers again, and nobody has taken it off
    assert (first.ready, first.holds(JOBS)) == (True, True)


@pytest.mark.parametrize(
    ("off", "said"), [(5.0, "5.0 seconds ahead"), (-3.0, "3.0 seconds behind")]
)
async def test_a_wrong_clock_is_refused(
    url: str, admin: asyncpg.Connection, off: float, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        await Standing.join(url, name="late", now=lambda: time.time() + off)
    assert await admin.fetchval("select count(*) from worker") == 0


async def test_a_server_alone_and_workers_do_not_start_beside_one_another(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("petitbleu.store.database_lock.WAIT_SECONDS", 0)
    locks = [await DatabaseLock.take(url, shared=True) for _ in range(2)]
    with pytest.raises(Refused, match="Workers of a cluster use this PostgreSQL database"):
        await DatabaseLock.take(url)
    for lock in locks:
        await lock.close()
    alone = await DatabaseLock.take(url)
    with pytest.raises(Refused, match="A petitbleu server that is alone uses this"):
        await DatabaseLock.take(url, shared=True)
    with pytest.raises(Refused, match="Another petitbleu server uses this"):
        await DatabaseLock.take(url)
    await alone.close()


async def test_older_tables_are_refused_by_a_worker(
    url: str, admin: asyncpg.Connection, tmp_path: Any
) -> None:
    async def join() -> Standing:
        return await Standing.join(url, name="w")

    await admin.execute(
        "delete from migration where version = (select max(version) from migration)"
    )
    with pytest.raises(Refused, match=r"Run `petitbleu migrate` once, then start the workers"):
        await PostgresStore.open_beside(url, tmp_path, join)
    await admin.execute("drop table migration")
    with pytest.raises(Refused, match="This database is empty"):
        await PostgresStore.open_beside(url, tmp_path, join)
    assert await admin.fetchval("select count(*) from worker") == 0


def test_a_server_alone_holds_all_leases() -> None:
    heard: list[str] = []
    alone = Alone()
    alone.follow(JOBS, lambda: heard.append("begin"), lambda: heard.append("end"))
    with alone.under(JOBS):
        assert alone.holds(JOBS) and alone.worker == 0
    assert heard == ["begin"] and issubclass(Fenced, StoreUnavailable)
