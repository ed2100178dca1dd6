"""A worker among the others: its row, its leases, and what it does when it was away too long.

On a connection of its own, every :data:`RENEW_SECONDS`: the worker says that it is alive, renews
the leases it has and takes those that are free. All times are the database's. Who could not say so
for :data:`FENCE_SECONDS` fences itself: it holds no lease and counts as not ready. Who has said
nothing for :data:`GONE_SECONDS` is taken off by the others: its connections are ended, its row
goes, its leases and claims are free. It cannot come back under its number, which is given once.

Where the database was away, all were silent: a worker takes others off only after it has itself
been heard for :data:`GONE_SECONDS` without a gap, so that they had as much time to come back.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import asyncpg

from petitbleu.leases import ANY, GONE_SECONDS, JOBS, NAMES
from petitbleu.metrics import Gauge
from petitbleu.store import fence
from petitbleu.store.database_lock import WORKER, connect
from petitbleu.store.migrate import Refused

RENEW_SECONDS = 2.0
FENCE_SECONDS = 6.0
"""Without a renewal for so long a worker does nothing that belongs to one alone."""
LEASE_SECONDS = 10
CLOCK_SECONDS = 2.0
"""How far a worker's clock may be from the database's."""
GONE_SHOWN_SECONDS = 600.0
"""How long a worker that was taken off is named in ``/clusterz``."""
_ANSWER_SECONDS = 5.0
_RETRY_SECONDS = 0.5
"""Between two tries to reach a database that was lost."""
_LEASE, _GONE_MS = LEASE_SECONDS * 1000, GONE_SECONDS * 1000
_EVER_MS = 1 << 40

log = logging.getLogger("petitbleu.store")


def _sql(text: str) -> str:
    """``<now>`` is the database's time in milliseconds, now and not when the transaction began."""
    return text.replace("<now>", "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)")


_CLOCK = "select extract(epoch from clock_timestamp())::float8"
_JOIN = _sql("""insert into worker (name, address, roles, version, started, seen, draining)
values ($1, $2, $3, $4, <now>, <now>, 0) returning id""")
_PLANT = """insert into lease (name, holder, term, until)
select name, 0, 0, 0 from unnest($1::text[]) name on conflict do nothing"""
# All that an idle worker asks, in one commit. A lease that is free, or was held too long, is taken
# apart from it: a takeover may wait, and what says that the worker is alive must not wait with it.
_RENEW = _sql("""with seen as (update worker set seen = <now> where id = $1 returning id),
  kept as (update lease set until = <now> + $2
    where name = any($3::text[]) and holder = $1 and until >= <now> returning name, term)
select (select id from seen),
  array(select id from worker where id = $1 or seen >= <now> - $4 order by id),
  array(select name from kept order by name), array(select term from kept order by name),
  array(select name from lease where name = any($3::text[]) and until < <now>),
  exists (select from worker where seen < <now> - $5 and id <> $1)""")
_DRAINING = "update worker set draining = 1 where id = $1"
_TAKE = _sql("""update lease set holder = $1, until = <now> + $3,
  term = term + case when holder = $1 then 0 else 1 end
where name = $2 and (holder = $1 or until < <now>) returning term""")
_GIVE = "update lease set until = 0 where holder = any($1::bigint[]) and until > 0"
_SILENT = _sql("select id from worker where seen < <now> - $2 and id <> $1")
_END_CONNECTIONS = """select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and usename = current_user and application_name = any($1)"""
_TAKE_OFF = "delete from worker where id = any($1::bigint[])"
_MEMBERS = _sql("""select id, name, address, roles, version, started, seen, draining, <now> as now
from worker order by id""")
_LEASES = _sql("select name, holder, term, until - <now> as left from lease order by name")
_LAG = """select coalesce((select greatest(0, extract(epoch from clock_timestamp())::bigint
  - min(due)) from job), 0), (select count(*) from (select 1 from body_change limit 10001) c)"""
# `for key share`: renewals go on meanwhile; a takeover, which changes the term, waits for the end.
_HELD = "select 1 from lease where name = $1 and term = $2 and holder = $3 for key share"
_ALIVE = "select 1 from worker where id = $1 for key share"
_GONE = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


class Member(NamedTuple):
    """A row of ``worker``; ``now`` is the database's time, all in milliseconds."""

    id: int
    name: str
    address: str
    roles: str
    version: str
    started: int
    seen: int
    draining: int
    now: int

    @property
    def silent(self) -> float:
        """Seconds since it last said that it is alive."""
        return max(0, self.now - self.seen) / 1000


class Held(NamedTuple):
    """A row of ``lease``; ``left``: milliseconds that it is held yet."""

    name: str
    holder: int
    term: int
    left: int


class Lag(NamedTuple):
    """Seconds by which the oldest job is late, and changes that are not in the search index yet
    (10,001: more).
    """

    job: int
    changes: int


class Standing:
    """This worker's standing; implements ``leases.Leases``. Made by :meth:`join`."""

    __slots__ = (
        *("_busy", "_conn", "_followers", "_free", "_gone", "_monotonic", "_renewal", "_renewed"),
        *("_steady", "_task", "_terms", "_url", "_wanted"),
        *("draining", "live", "name", "on_end", "on_fence", "on_gone", "ready", "worker"),
    )

    def __init__(
        self,
        url: str,
        conn: Any,
        worker: int,
        name: str,
        wanted: Sequence[str],
        free: Sequence[str],
    ) -> None:
        self._url = url
        self._conn = conn
        self._busy = asyncio.Lock()
        """The connection is asked one thing at a time."""
        self._renewal: Any = None
        """:data:`_RENEW`, prepared on the connection."""
        self._monotonic = time.monotonic
        self._renewed = self._steady = time.monotonic()
        """``_steady``: since when no renewal was late and the connection held; while the database
        was away nobody could speak."""
        self._gone: deque[tuple[int, float]] = deque(maxlen=8)
        """Workers that were taken off, and when."""
        self._terms: dict[str, int] = {}
        """Leases held, as of the last renewal."""
        self._wanted = tuple(wanted)
        self._free = tuple(free)
        self._followers: list[tuple[str, Callable[[], None], Callable[[], None]]] = []
        self._task: asyncio.Task[None] | None = None
        self.worker = worker
        self.name = name
        self.draining = False
        self.live: tuple[int, ...] = (worker,)
        """Numbers of all workers that were alive at the last renewal, this one among them."""
        self.ready = True
        """False while it has fenced itself, or drains."""
        self.on_fence: list[Callable[[], None]] = []
        """Called when it could not renew for too long: sessions are to be closed."""
        self.on_gone: list[Callable[[list[int]], None]] = []
        """Called with the numbers of workers that this one has taken off."""
        self.on_end: Callable[[str], None] = lambda sentence: None
        """Called with a sentence when the others have taken this one off: it has to end."""

    @classmethod
    async def join(
        cls,
        url: str,
        *,
        name: str,
        address: str = "",
        roles: Sequence[str] = (),
        version: str = "",
        wanted: Sequence[str] = (),
        free: Sequence[str] = (),
        now: Callable[[], float] = time.time,
    ) -> Standing:
        """Add a row for this process. ``wanted``: leases it asks for; ``free``: statements that
        free what workers held, given their numbers in an array. Raises Refused where its clock is
        wrong, and what a connection raises.
        """
        conn = await connect(url)
        try:
            _refuse_wrong_clock(await conn.fetchval(_CLOCK), now())
            await conn.execute(_PLANT, list(NAMES))
            worker = await conn.fetchval(_JOIN, name, address, ",".join(roles), version)
        except BaseException:
            conn.terminate()
            raise
        return cls(url, conn, worker, name, wanted, free)

    def unready(self) -> str:
        """Why a proxy is to send nobody here, in words; empty: it may."""
        if self.draining:
            return "this worker is draining"
        if self.fenced or not self.ready:
            silent = self._monotonic() - self._renewed
            return f"the database has not answered this worker for {silent:.0f} s"
        return ""

    def note_gone(self, worker: int) -> None:
        """A worker was taken off, by this one or another."""
        if all(worker != number for number, _ in self._gone):
            self._gone.append((worker, self._monotonic()))

    def gone(self) -> list[tuple[int, float]]:
        """Workers taken off lately, and how many seconds ago."""
        now = self._monotonic()
        return [(n, now - at) for n, at in self._gone if now - at < GONE_SHOWN_SECONDS]

    # ── leases ──────────────────────────────────────────────────────────────────────────────────

    @property
    def fenced(self) -> bool:
        """Whether the last renewal is too long ago."""
        return self._monotonic() - self._renewed > FENCE_SECONDS

    def holds(self, name: str) -> bool:
        """Whether this worker may begin what belongs to the lease."""
        return name in self._terms and not self.fenced

    @contextmanager
    def under(self, name: str) -> Iterator[object]:
        """See ``leases.Leases``. Raises Fenced where the lease is not held at all."""
        if name == ANY:
            made = fence.Fence(name, _ALIVE, self.worker)
        else:
            made = fence.Fence(name, _HELD, name, self._terms.get(name, -1), self.worker)
        with fence.under(made):
            yield made

    def follow(self, name: str, begin: Callable[[], None], end: Callable[[], None]) -> None:
        """See ``leases.Leases``."""
        self._followers.append((name, begin, end))
        if self.holds(name):
            begin()

    def terms(self) -> dict[str, int]:
        """The leases held and their terms."""
        return {} if self.fenced else {n: t for n, t in self._terms.items() if n != ANY}

    @property
    def workers(self) -> int:
        """How many there are, as of the last renewal."""
        return len(self.live)

    def gauges(self) -> Iterator[Gauge]:
        """For ``/metrics``."""
        yield Gauge("worker", "Number of this worker", self.worker)
        yield Gauge("worker_ready", "1: it takes people; 0: fenced or draining", float(self.ready))
        yield Gauge("leases_held", "Leases that this worker has", len(self.terms()))

    # ── life ────────────────────────────────────────────────────────────────────────────────────

    async def start(self) -> None:
        """Take what leases are free, then renew for as long as the process lives."""
        await self.renew()
        self._task = asyncio.create_task(self._live(), name="worker")

    async def drain(self) -> None:
        """Take nobody new; the leases go to the others at once."""
        self.draining, self.ready, self._wanted = True, False, ()
        self._have({})
        with suppress(*_GONE):
            async with self._busy, asyncio.timeout(_ANSWER_SECONDS):
                await self._conn.execute(_DRAINING, self.worker)
                await self._conn.execute(_GIVE, [self.worker])

    async def leave(self) -> None:
        """Take the row away and end the connection."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        self._have({})
        with suppress(*_GONE):
            async with asyncio.timeout(_ANSWER_SECONDS), self._conn.transaction():
                for statement in (_GIVE, *self._free, _TAKE_OFF):
                    await self._conn.execute(statement, [self.worker])
        with suppress(*_GONE):
            await asyncio.wait_for(self._conn.close(), _ANSWER_SECONDS)

    async def members(self) -> list[Member]:
        """All workers there are."""
        return [Member(*row) for row in await self._ask(_MEMBERS)]

    async def leases(self) -> list[Held]:
        """Who has which lease."""
        return [Held(*row) for row in await self._ask(_LEASES)]

    async def lag(self) -> Lag:
        """What waits for a worker to do it."""
        (row,) = await self._ask(_LAG)
        return Lag(*row)

    async def _ask(self, statement: str) -> Any:
        conn = await connect(self._url)
        try:
            return await conn.fetch(statement)
        finally:
            conn.terminate()

    async def _live(self) -> None:
        pause = RENEW_SECONDS
        while True:
            await asyncio.sleep(pause)
            try:
                if not await self.renew():
                    return
                pause = RENEW_SECONDS
            except _GONE as error:
                pause = _RETRY_SECONDS
                log.warning("this worker could not say that it is alive: %s", error)
                self._conn.terminate()
                await self._look_again()
            self._fence_if_late()

    async def _look_again(self) -> None:
        """Connect anew, in the time that is left before the fence or at the next turn."""
        with suppress(*_GONE):
            self._conn, self._renewal = await connect(self._url), None
            self._steady = self._monotonic()

    def _fence_if_late(self) -> None:
        if self.fenced and self.ready:
            self.ready = False
            self._have({})
            log.error("this worker was cut off for %.0f s and does nothing", FENCE_SECONDS)
            for told in self.on_fence:
                told()

    async def renew(self) -> bool:
        """Say that this worker is alive, renew and take leases, take off who is silent. False:
        the others have taken this one off. Raises what a lost connection raises.
        """
        self._fence_if_late()  # a process that was frozen notices before it does anything
        began = self._monotonic()
        if began - self._renewed > FENCE_SECONDS:
            self._steady = began
        judges = began - self._steady >= GONE_SECONDS
        async with self._busy, asyncio.timeout(_ANSWER_SECONDS):
            if self._renewal is None:
                # Without a name it would be parsed and planned anew each time.
                self._renewal = await self._conn.prepare(_RENEW, name="renew")
            since = _GONE_MS if judges else _EVER_MS
            seen, live, names, terms, free, silent = await self._renewal.fetchrow(
                self.worker, _LEASE, list(self._wanted), since, _GONE_MS
            )
            if seen is None:
                self._taken_off()
                return False
            held = dict(zip(names, terms, strict=True))
            for name in free:
                term = await self._conn.fetchval(_TAKE, self.worker, name, _LEASE)
                if term is not None:
                    held[name] = term
            if JOBS in self._wanted:
                held[ANY] = 0
        self.live = tuple(live)
        self._renewed = began
        self.ready = not self.draining
        self._have(held)
        if self._wanted and judges and silent:
            await self._take_off_silent()
        return True

    def _have(self, held: dict[str, int]) -> None:
        before, self._terms = self._terms, held
        for name, begin, end in self._followers:
            if name in before and before[name] != held.get(name):
                end()
            if name in held and before.get(name) != held[name]:
                begin()

    def _taken_off(self) -> None:
        self.ready = False
        self._have({})
        fence.FENCED.add("worker")
        self.on_end(
            f"The other workers took worker {self.worker} off: nothing was heard of it for"
            f" {GONE_SECONDS} seconds. It ends; started again it gets another number."
        )

    async def _take_off_silent(self) -> None:
        """Free what silent workers held. Their open transactions end with their connections."""
        async with self._busy, asyncio.timeout(_ANSWER_SECONDS):
            silent = [row[0] for row in await self._conn.fetch(_SILENT, self.worker, _GONE_MS)]
            if not silent:
                return
            await self._conn.execute(_END_CONNECTIONS, [f"{WORKER} {n}" for n in silent])
            async with self._conn.transaction():
                for statement in (_GIVE, *self._free, _TAKE_OFF):
                    await self._conn.execute(statement, silent)
        for number in silent:
            self.note_gone(number)
            log.warning("worker %d is silent: it was taken off", number)
        for told in self.on_gone:
            told(silent)


def _refuse_wrong_clock(theirs: float, ours: float) -> None:
    off = ours - theirs
    if abs(off) > CLOCK_SECONDS:
        raise Refused(
            f"The clock of this machine is {abs(off):.1f} seconds"
            f" {'ahead of' if off > 0 else 'behind'} the database's. Workers agree on times: set"
            " both machines' clocks by NTP (`timedatectl set-ntp true`) and start again."
        )
