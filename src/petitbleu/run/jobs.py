"""The runner of ``job`` rows: one task that looks for what is due and does it, one after the other.

At least once: a row is deleted (or moved to its next time) after its work. What a crash interrupts
is done again at the next start, so handlers are idempotent (``petitbleu/jobs.py``).
"""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.errors import StoreUnavailable
from petitbleu.jobs import KINDS, schedule
from petitbleu.metrics import counter
from petitbleu.store.api import Tx
from petitbleu.store.query import query

POLL = 5.0
"""Seconds between looks when nothing is due."""
_BATCH = 50
_PAUSES = (10, 60, 300, 1800, 3600)
"""Seconds until a failed job is tried again, by the number of failures so far."""
_PERIODIC = "periodic"

_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode

JOBS_RUN = counter("jobs_run_total", "Jobs done, by kind", "kind")
JOBS_FAILED = counter(
    "jobs_failed_total", "Jobs that failed and will be tried again, by kind", "kind"
)


class _JobRow(NamedTuple):
    id: int
    kind: str
    key: str
    due: int
    data: bytes
    tries: int


class _Pending(NamedTuple):
    kind: str


_DUE = query(
    "select id, kind, key, due, data, tries from job where due <= :now order by due limit :limit",
    _JobRow,
)
_PERIODIC_KINDS = query("select kind from job where key = 'periodic' order by kind", _Pending)
_DONE = query("delete from job where id = :id and due = :due")
_AGAIN = query("update job set due = :next, tries = :tries where id = :id and due = :due")


class JobRunner:
    """Runs due jobs until it is stopped."""

    __slots__ = ("_app", "_task")

    def __init__(self, app: App) -> None:
        self._app = app
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Make sure that every periodic kind has its row, then begin to look."""
        now = int(self._app.clock.now())
        present = {row.kind for row in await self._app.store.rows(_PERIODIC_KINDS)}
        missing = [kind for kind, what in KINDS.items() if what.every and kind not in present]
        if missing:
            await self._app.store.write(_plan, kinds=missing, now=now)
        self._task = asyncio.create_task(self._run(), name="jobs")

    async def stop(self) -> None:
        """Stop after the job that runs now is cancelled; it will be done again."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _run(self) -> None:
        while True:
            try:
                done = await self.run_due()
            except StoreUnavailable:
                done = 0
            except Exception:
                self._app.log.exception("jobs.failed")
                done = 0
            if done < _BATCH:
                await asyncio.sleep(POLL)

    async def run_due(self) -> int:
        """Do what is due now (one batch); how many rows were looked at."""
        app = self._app
        rows = await app.store.rows(_DUE, now=int(app.clock.now()), limit=_BATCH)
        for row in rows:
            await self._one(row)
        return len(rows)

    async def _one(self, row: _JobRow) -> None:
        app = self._app
        kind = KINDS.get(row.kind)
        if kind is None:
            # Left over from another version: kept, and looked at again once a day.
            app.log.warning("jobs.unknown_kind", kind=row.kind)
            await app.store.write(_again, row=row, next=int(app.clock.now()) + 86400)
            return
        try:
            again = await kind.handler(app, _decode(row.data))
        except StoreUnavailable:
            raise
        except Exception:
            JOBS_FAILED.add(row.kind)
            app.log.exception("jobs.job_failed", kind=row.kind, tries=row.tries + 1)
            pause = _PAUSES[min(row.tries, len(_PAUSES) - 1)]
            next_due = int(app.clock.now()) + pause
            await app.store.write(_again, row=row, next=next_due, tries=row.tries + 1)
            return
        JOBS_RUN.add(row.kind)
        if again is None and row.key == _PERIODIC and kind.every:
            again = int(app.clock.now()) + kind.every
        if again is None:
            await app.store.write(_done, id=row.id, due=row.due)
        else:
            await app.store.write(_again, row=row, next=again)


async def _plan(tx: Tx, *, kinds: list[str], now: int) -> None:
    for kind in kinds:
        await schedule(tx, kind, due=now + min(60, KINDS[kind].every), key=_PERIODIC)


async def _done(tx: Tx, *, id: int, due: int) -> None:
    await tx.run(_DONE, id=id, due=due)


async def _again(tx: Tx, *, row: _JobRow, next: int, tries: int = 0) -> None:
    await tx.run(_AGAIN, id=row.id, due=row.due, next=next, tries=tries)
