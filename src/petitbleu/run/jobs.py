"""The runner of ``job`` rows: looks for what is due, one lane for each kind.

Jobs of one kind run one after the other; a kind that waits for somebody (a mail server, a webhook)
holds up no other. It looks soon after a job is scheduled that is due (:data:`GATHER`), at the
moment of one that is planned for the next two minutes, and every :data:`POLL` seconds.

One of several workers claims what it takes: rows of kinds that are anybody's, or whose lease it has
(``jobs.Kind.at``). A claim is kept while the job runs, and free again once its worker is gone.

At least once: a row is deleted (or moved to its next time) after its work. What a crash interrupts
is done again at the next start, so handlers are idempotent (``petitbleu/jobs.py``).
"""

from __future__ import annotations

import asyncio
import heapq
import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from petitbleu import jobs, leases
from petitbleu.app import App
from petitbleu.domain.updates.fanout import on_planned
from petitbleu.errors import StoreUnavailable
from petitbleu.jobs import KINDS, JobRow, UnreadableJob
from petitbleu.metrics import Gauge, counter
from petitbleu.store.api import Tx
from petitbleu.store.query import query

POLL = 5.0
"""Seconds between looks when nothing is due."""
GATHER = 0.1
"""Seconds from a plan that is due to the look: what is planned meanwhile shares look and commits.
Beside 50 letters a second that is a tenth of what a letter costs.
"""
SOON = 120
"""A job that is planned for a moment within so many seconds is looked for at that moment."""
_BATCH = 50
_MAX_SOON = 10_000
_PAUSES = (10, 60, 300, 1800, 3600)
"""Seconds until a failed job is tried again, by the number of failures so far."""
_A_DAY = 86_400
_FIRST = 60
"""Seconds until a periodic kind runs first, at most; those of a longer time follow :data:`_APART`
seconds one after the other, and so stay apart: together they took a tenth of a second.
"""
_APART = 5
HOLD = 60_000
"""Milliseconds that a claim lasts."""
KEEP_SECONDS = 20.0
"""How often claims of what is under way are renewed."""
_PERIODIC = "periodic"

JOBS_RUN = counter("jobs_run_total", "Jobs done, by kind", "kind")
JOBS_FAILED = counter(
    "jobs_failed_total", "Jobs that failed and will be tried again, by kind", "kind"
)


class _Over(NamedTuple):
    """A job that has run: when it runs again (None: never), after how many failures."""

    row: JobRow
    again: int | None
    tries: int = 0


class _Pending(NamedTuple):
    kind: str


_DUE = query(
    "select id, kind, key, due, data, tries from job"
    " where due <= :now and kind not in (:busy) order by due limit :limit",
    JobRow,
)
_PERIODIC_KINDS = query(
    "select kind from job where kind in (:kinds) and key = 'periodic' and key <> ''", _Pending
)


class JobRunner:
    """Runs due jobs until it is stopped."""

    __slots__ = (
        *("_app", "_claimed", "_gathering", "_keeping", "_lanes", "_look", "_soon", "_task"),
        "_unfollow",
    )

    def __init__(self, app: App) -> None:
        self._app = app
        self._task: asyncio.Task[None] | None = None
        self._lanes: dict[str, asyncio.Task[None]] = {}
        """Kinds that are at work."""
        self._look = asyncio.Event()
        self._soon: list[int] = []
        """A heap of moments (Unix seconds) at which to look."""
        self._gathering: asyncio.TimerHandle | None = None
        self._unfollow: Callable[[], None] | None = None
        self._claimed: set[int] = set()
        """Rows that this worker has claimed and not crossed off."""
        self._keeping: asyncio.Task[None] | None = None

    def gauges(self) -> Iterator[Gauge]:
        """For ``/metrics`` of one of several workers."""
        yield Gauge("claims", "Jobs that this worker has claimed", len(self._claimed))

    async def start(self) -> None:
        """Make sure that every periodic kind has its row, then begin to look."""
        now = int(self._app.clock.now())
        periodic = [kind for kind, what in KINDS.items() if what.every]
        rows = await self._app.store.rows(_PERIODIC_KINDS, kinds=periodic)
        present = {row.kind for row in rows}
        missing = [kind for kind in periodic if kind not in present]
        if missing:
            await self._app.store.write(
                _plant if self._app.worker else _plan, kinds=missing, now=now
            )
        self._unfollow = on_planned(self._app, self.planned)
        self._task = asyncio.create_task(self._run(), name="jobs")
        if self._app.worker:
            self._keeping = asyncio.create_task(self._keep(), name="jobs claims")
            for name in (leases.ANY, *leases.NAMES):
                self._app.leases.follow(name, self._look.set, partial(self._drop, name))

    async def stop(self) -> None:
        """Stop; the jobs that run now are cancelled and will be done again."""
        if self._unfollow is not None:
            self._unfollow()
            self._unfollow = None
        if self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
        running = [*self._lanes.values(), *filter(None, (self._task, self._keeping))]
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self._task = self._keeping = None

    def _drop(self, lease: str) -> None:
        """Another worker has the lease, or soon will: end what is under way for it."""
        for kind, task in self._lanes.items():
            if kind in KINDS and KINDS[kind].at == lease:
                task.cancel()

    async def _keep(self) -> None:
        """Renew the claims of what is under way."""
        while True:
            await asyncio.sleep(KEEP_SECONDS)
            if self._claimed:
                try:
                    await self._app.store.background(
                        _keep, worker=self._app.worker, ids=sorted(self._claimed)
                    )
                except StoreUnavailable:
                    continue

    def planned(self, due: int) -> None:
        """A job is due then, planned here or by another worker."""
        ahead = due - self._app.clock.now()
        if ahead <= 0:
            if self._gathering is None:
                self._gathering = asyncio.get_running_loop().call_later(GATHER, self._gathered)
        elif ahead <= SOON and len(self._soon) < _MAX_SOON:
            heapq.heappush(self._soon, due)
            if ahead < POLL:
                self._look.set()  # the pause that runs now is too long

    def _pause(self) -> float:
        """Seconds until the next look."""
        now = self._app.clock.now()
        while self._soon and self._soon[0] <= now:
            heapq.heappop(self._soon)
        return min(POLL, self._soon[0] - now) if self._soon else POLL

    def _gathered(self) -> None:
        self._gathering = None
        self._look.set()

    async def _run(self) -> None:
        while True:
            self._look.clear()
            count = 0
            try:
                count = await self._launch()
            except StoreUnavailable:
                pass
            except Exception:
                self._app.log.exception("jobs.failed")
            if count < _BATCH:
                try:
                    async with asyncio.timeout(self._pause()):
                        await self._look.wait()
                except TimeoutError:
                    pass

    async def run_due(self) -> int:
        """Do what is due now (one batch) and wait for it; how many rows were looked at."""
        count = await self._launch()
        await asyncio.gather(*self._lanes.values())
        return count

    async def _launch(self) -> int:
        """Start the lanes of kinds that are due and not at work; how many rows they took."""
        now, busy = int(self._app.clock.now()), list(self._lanes)
        if self._app.worker:
            rows = await self._claim(now)
        else:
            rows = await self._app.store.rows(_DUE, now=now, busy=busy, limit=_BATCH)
        lanes: dict[str, list[JobRow]] = {}
        for row in rows:
            lanes.setdefault(row.kind, []).append(row)
        for kind, mine in lanes.items():
            task = asyncio.create_task(self._lane(mine), name=f"jobs {kind}")
            self._lanes[kind] = task
            task.add_done_callback(partial(self._ended, kind))
        return len(rows)

    async def _claim(self, now: int) -> list[JobRow]:
        """What is due of the kinds that this worker may do and is not doing."""
        holds = self._app.leases.holds
        kinds = [kind for kind, what in KINDS.items() if kind not in self._lanes and holds(what.at)]
        if not kinds:
            return []
        with self._app.leases.under(leases.ANY):
            rows = await self._app.store.background(
                _claim, worker=self._app.worker, kinds=kinds, now=now
            )
        self._claimed.update(row.id for row in rows)
        return sorted(rows, key=lambda row: row.due)

    def _ended(self, kind: str, task: asyncio.Task[None]) -> None:
        del self._lanes[kind]
        self._look.set()

    async def _lane(self, rows: list[JobRow]) -> None:
        """Jobs of one kind, one after the other. They are crossed off while the next runs: those
        that end during one commit share the next.
        """
        over: list[_Over] = []
        crossing: asyncio.Task[None] | None = None
        try:
            for row in rows:
                if not self._may_begin(row):
                    break  # another worker has the lease by now, and does what is left
                over.append(await self._one(row))
                if crossing is None or crossing.done():
                    if crossing is not None:
                        crossing.result()
                    crossing = asyncio.create_task(self._cross_off(over))
                    crossing.add_done_callback(_note_end)
                    over = []
            if crossing is not None:
                await crossing
            await self._cross_off(over)
            await self._free(rows)
        except StoreUnavailable:
            await self._free(rows)
            await asyncio.sleep(POLL)
        except Exception:
            self._app.log.exception("jobs.failed", kind=rows[0].kind)
            await self._free(rows)
            await asyncio.sleep(POLL)
        finally:
            self._claimed.difference_update(row.id for row in rows)

    def _may_begin(self, row: JobRow) -> bool:
        """Whether the worker, which may have been frozen since it claimed the row, may do it."""
        kind = KINDS.get(row.kind)
        return not self._app.worker or kind is None or self._app.leases.holds(kind.at)

    async def _cross_off(self, over: list[_Over]) -> None:
        if not over:
            return
        if not self._app.worker:
            await self._app.store.background(_cross_off, over)
            return
        kind = KINDS.get(over[0].row.kind)
        with self._app.leases.under(kind.at if kind is not None else leases.JOBS):
            await self._app.store.background(_cross_off_claimed, over, self._app.worker)
        self._claimed.difference_update(ended.row.id for ended in over)

    async def _free(self, rows: list[JobRow]) -> None:
        """Give back what of a worker's claims was not done."""
        ids = sorted(self._claimed.intersection(row.id for row in rows))
        self._claimed.difference_update(ids)
        if ids:
            try:
                await self._app.store.background(_free, worker=self._app.worker, ids=ids)
            except StoreUnavailable:
                pass  # the claim runs out

    async def _one(self, row: JobRow) -> _Over:
        app = self._app
        kind = KINDS.get(row.kind)
        now = int(app.clock.now())
        if kind is None:
            # Left over from another version: kept, and looked at again once a day.
            app.log.warning("jobs.unknown_kind", kind=row.kind)
            return _Over(row, now + _A_DAY)
        try:
            data = jobs.decode(row.kind, row.data)
        except UnreadableJob as error:
            # No pause makes it readable, the next version may: kept like an unknown kind.
            JOBS_FAILED.add(row.kind)
            app.log.error("jobs.unreadable_data", kind=row.kind, job=row.id, reason=str(error))
            return _Over(row, now + _A_DAY, row.tries)
        try:
            with app.leases.under(kind.at), jobs.run_of(row):
                again = await kind.handler(app, data)
        except StoreUnavailable:
            raise
        except Exception:
            JOBS_FAILED.add(row.kind)
            app.log.exception("jobs.job_failed", kind=row.kind, tries=row.tries + 1)
            pause = _PAUSES[min(row.tries, len(_PAUSES) - 1)]
            return _Over(row, int(app.clock.now()) + pause, row.tries + 1)
        JOBS_RUN.add(row.kind)
        if again is not None and again < now - _A_DAY:
            # A number that is no time: the job would be due again for ever, at once.
            app.log.error("jobs.no_time", kind=row.kind, again=again)
            again = None
        if again is None and row.key == _PERIODIC and kind.every:
            again = int(app.clock.now()) + kind.every
        return _Over(row, again)


def _note_end(task: asyncio.Task[None]) -> None:
    """A lane that is ended asks no more how what it began went: refused is refused."""
    if not task.cancelled():
        task.exception()


def _first(kinds: list[str], now: int) -> Iterator[tuple[str, int]]:
    """Each periodic kind with the time of its first run."""
    later = 0
    for kind in kinds:
        every = KINDS[kind].every
        yield kind, now + min(every, _FIRST + later)
        if every > _FIRST:
            later += _APART


async def _plan(tx: Tx, *, kinds: list[str], now: int) -> None:
    for kind, due in _first(kinds, now):
        await jobs.schedule_periodic(tx, kind, due=due, key=_PERIODIC)


async def _plant(tx: Tx, *, kinds: list[str], now: int) -> None:
    """As :func:`_plan`, beside workers that do the same: what is there already stays."""
    for kind, due in _first(kinds, now):
        await tx.run(
            jobs.PLANT,
            id=int.from_bytes(os.urandom(8), "big") >> 1,
            kind=kind,
            key=_PERIODIC,
            due=due,
            data=jobs.NO_DATA,
        )


async def _claim(tx: Tx, *, worker: int, kinds: list[str], now: int) -> list[JobRow]:
    return await tx.rows(jobs.CLAIM, worker=worker, kinds=kinds, now=now, hold=HOLD, limit=_BATCH)


async def _keep(tx: Tx, *, worker: int, ids: list[int]) -> None:
    await tx.run(jobs.KEEP, worker=worker, ids=ids, hold=HOLD)


async def _free(tx: Tx, *, worker: int, ids: list[int]) -> None:
    await tx.run(jobs.FREE, worker=worker, ids=ids)


async def _cross_off_claimed(tx: Tx, over: list[_Over], worker: int) -> None:
    await _cross_off(tx, over)
    await _free(tx, worker=worker, ids=[ended.row.id for ended in over])


async def _cross_off(tx: Tx, over: list[_Over]) -> None:
    done = [{"id": ended.row.id, "due": ended.row.due} for ended in over if ended.again is None]
    await tx.many(jobs.DONE, done)
    again = [
        {"id": ended.row.id, "due": ended.row.due, "next": ended.again, "tries": ended.tries}
        for ended in over
        if ended.again is not None
    ]
    await tx.many(jobs.AGAIN, again)
