"""The store on PostgreSQL: an asyncpg pool per process, and a micro-batcher for the hot statements.

Transactions are READ COMMITTED; counters are locked by the update that bumps them, in ascending
owner order, so that number order is commit order. A serialization fault or a deadlock is retried
here, so a transaction function may run more than once. The batcher keeps one statement of each hot
operation in flight: whatever gathers meanwhile goes into the next, so a lone caller never waits.

A lost connection, a full disk, a server that is starting or stopping: StoreUnavailable; the pool
connects again by itself.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import asyncpg

from petitbleu.eager import in_task
from petitbleu.errors import StoreUnavailable
from petitbleu.store import fence, migrate
from petitbleu.store.api import BatchOp, Conflict
from petitbleu.store.database_lock import APPLICATION, WORKER, DatabaseLock
from petitbleu.store.lock import DataLock
from petitbleu.store.postgres_errors import AGAIN, MACHINE, SETTINGS, TELL, Lost, as_fault
from petitbleu.store.postgres_tx import note_batch
from petitbleu.store.postgres_types import Connection
from petitbleu.store.postgres_write import Write, repeated_until_connected
from petitbleu.store.query import Query
from petitbleu.store.stamps import Told
from petitbleu.store.workers import Standing

R = TypeVar("R")
T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 - the item of a batch
P = ParamSpec("P")

GROUP = 256
"""Items that share a batch at most."""
TRIES = 8
"""How often a transaction that met a deadlock or serialization fault is run in all."""
CONNECTIONS = 10
BUDGET = 200
"""Connections of all workers together, but for hot statements; each has three at least."""
HOT_CONNECTIONS = 3
"""Connections of the hot statements. Their plans are generic: they know the lengths of arrays
otherwise, and the large statements would be planned anew for each execution. (Not so for others: a
generic plan does not know how small a ``limit`` is.)"""
BACKGROUND = 2
"""Connections that background work may hold: most of it waits for one lock after the other."""
SECONDS = 60.0
"""Time a statement may take before the database counts as gone."""
SCAN_SECONDS = 600.0
AGAIN_SECONDS = 15.0
"""How long a batch, and all else of a worker, is run again after a lost connection."""

log = logging.getLogger("petitbleu.store")


async def _keep(connection: Any) -> None:
    """Nothing to reset when a connection goes back: no code of ours leaves state in one."""


async def _plan_once(connection: Any) -> None:
    """Hot statements are the same whatever their values: one plan serves all."""
    await connection.execute("set plan_cache_mode = force_generic_plan")


async def _pool(
    url: str,
    connections: int,
    application: str,
    init: Callable[[Any], Awaitable[None]] | None = None,
) -> Any:
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=connections,
        max_inactive_connection_lifetime=0,
        statement_cache_size=1024,
        max_cached_statement_lifetime=0,
        command_timeout=SECONDS,
        reset=_keep,
        init=init,
        connection_class=Connection,
        server_settings={"application_name": application, "jit": "off"},
    )


async def migrate_database(url: str) -> tuple[int, int]:
    """Bring the tables up to date while no worker does it: how many migrations were applied, and
    the version of the tables. Raises StoreUnavailable, or migrate.Refused.
    """
    try:
        conn = await asyncpg.connect(url)
        try:
            applied = await migrate.migrate_postgres(conn)
        finally:
            await conn.close()
    except (*MACHINE, *SETTINGS) as error:
        raise as_fault(error) from error
    return applied, migrate.of_this_program()[-1].version


class _Batcher:
    """The waiting items of one hot operation."""

    __slots__ = ("running", "waiting")

    def __init__(self) -> None:
        self.waiting: list[tuple[Any, asyncio.Future[Any]]] = []
        self.running: asyncio.Task[None] | None = None


class PostgresStore:
    """See :class:`petitbleu.store.api.Store`. Made by :meth:`open`."""

    dialect = "postgres"

    def __init__(
        self,
        pool: Any,
        hot: Any,
        lock: DataLock | None,
        database_lock: DatabaseLock | None = None,
        place: str = "",
    ) -> None:
        self.place = place
        self.pool = pool
        self.hot = hot
        self._lock = lock
        self._database_lock = database_lock
        self._listener: Callable[[list[object]], None] = lambda emits: None
        self._repeated: list[Callable[[list[tuple[Any, Any]]], None]] = []
        self._stamped: Callable[[list[Told]], None] | None = None
        self._batchers: dict[BatchOp[Any, Any], _Batcher] = {}
        self._closed = False
        self._background = asyncio.Semaphore(BACKGROUND)
        self._writing = 0
        self.changes = 0
        self.patience = 0.0
        """Seconds for which reads and writes are run again after a lost connection."""
        self.standing: Standing | None = None
        """This worker among the others; None: alone."""

    @classmethod
    async def open(
        cls, url: str, data: Path | None = None, *, connections: int = CONNECTIONS
    ) -> PostgresStore:
        """Connect to ``url``, migrate, and serve; ``data`` is the directory to lock meanwhile, and
        the database with it.

        Raises StoreUnavailable, or migrate.Refused.
        """
        if data is None:
            return cls(*await cls._connect(url, connections), None, place=url)
        lock = DataLock(data)
        database_lock = None
        try:
            database_lock = await cls._lock_database(url)
            pool, hot = await cls._connect(url, connections, APPLICATION)
        except BaseException:
            if database_lock is not None:
                await database_lock.close()
            lock.release()
            raise
        return cls(pool, hot, lock, database_lock, url)

    @classmethod
    async def open_beside(cls, url: str, data: Path, join: Callable[[], Any]) -> PostgresStore:
        """The same for one of several workers, which share the folder and the database. ``join``
        makes its :class:`~petitbleu.store.workers.Standing`, kept in ``standing``. Nothing is
        migrated: Refused where the tables are not those of this program.
        """
        lock = DataLock(data, shared=True)
        database_lock = standing = None
        try:
            database_lock = await cls._lock_database(url, shared=True)
            try:
                conn = await asyncpg.connect(url)
                try:
                    await migrate.refuse_other_tables(conn)
                    workers = 1 + await conn.fetchval("select count(*) from worker")
                finally:
                    await conn.close()
                standing = await join()
                application = f"{WORKER} {standing.worker}"
                share = max(3, min(CONNECTIONS, BUDGET // workers))
                pool, hot = await cls._pools(url, share, application)
            except MACHINE as error:
                raise as_fault(error) from error
        except BaseException:
            if standing is not None:
                await standing.leave()
            if database_lock is not None:
                await database_lock.close()
            lock.release()
            raise
        store = cls(pool, hot, lock, database_lock, url)
        store.standing = standing
        store.patience = AGAIN_SECONDS
        return store

    @staticmethod
    async def _lock_database(url: str, *, shared: bool = False) -> DatabaseLock:
        try:
            return await DatabaseLock.take(url, shared=shared)
        except (*MACHINE, *SETTINGS) as error:
            raise as_fault(error) from error

    @classmethod
    async def _connect(
        cls, url: str, connections: int, application: str = "petitbleu"
    ) -> tuple[Any, Any]:
        try:
            first = await asyncpg.connect(url)
            try:
                encoding = await first.fetchval("show server_encoding")
                if encoding != "UTF8":
                    raise migrate.Refused(
                        f"The database is encoded in {encoding}. Create it with `encoding 'UTF8'`."
                    )
                await migrate.migrate_postgres(first)
            finally:
                await first.close()
            return await cls._pools(url, connections, application)
        except MACHINE as error:
            raise as_fault(error) from error

    @staticmethod
    async def _pools(url: str, connections: int, application: str) -> tuple[Any, Any]:
        pool = await _pool(url, connections, application)
        try:
            hot = await _pool(url, HOT_CONNECTIONS, application, _plan_once)
        except BaseException:
            pool.terminate()
            raise
        return pool, hot

    # ── reading ─────────────────────────────────────────────────────────────────────────────────

    async def rows(self, query: Query[R], /, **params: Any) -> list[R]:
        await in_task()  # asyncpg's timeouts need one
        values = query.bind_postgres(params)
        try:
            async with self.pool.acquire() as conn:
                records = await conn.fetch(query.postgres, *values)
        except TELL as error:
            records = await self._read_again(error, query.postgres, values)
        return list(map(query.make, records))

    async def row(self, query: Query[R], /, **params: Any) -> R | None:
        await in_task()  # asyncpg's timeouts need one
        values = query.bind_postgres(params)
        try:
            async with self.pool.acquire() as conn:
                record = await conn.fetchrow(query.postgres, *values)
        except TELL as error:
            records = await self._read_again(error, query.postgres, values)
            record = records[0] if records else None
        return None if record is None else query.make(record)

    async def _read_again(self, error: BaseException, statement: str, values: Any) -> Any:
        """The rows, from another connection where the first was lost. Raises what the caller of a
        failed read is told.
        """
        told = as_fault(error)
        if not self.patience or not isinstance(told, Lost):
            raise told from error

        async def read() -> Any:
            try:
                return await self.pool.fetch(statement, *values)
            except TELL as again:
                raise as_fault(again) from again

        return await repeated_until_connected(read, self.patience, self._is_open)

    def _is_open(self) -> bool:
        return not self._closed

    async def scan(self, query: Query[R], /, **params: Any) -> list[R]:
        values = query.bind_postgres(params)
        try:
            async with self.pool.acquire() as conn:
                rows = await conn.fetch(query.postgres, *values, timeout=SCAN_SECONDS)
        except TELL as error:
            raise as_fault(error) from error
        return list(map(query.make, rows))

    # ── writing ─────────────────────────────────────────────────────────────────────────────────

    @property
    def writing(self) -> int:
        return self._writing

    async def write(
        self, change: Callable[Concatenate[Any, P], Awaitable[T]], /, *args: P.args, **kw: P.kwargs
    ) -> T:
        self._writing += 1
        try:
            return await self._write(change, *args, **kw)
        finally:
            self._writing -= 1

    async def _write(
        self, change: Callable[Concatenate[Any, P], Awaitable[T]], /, *args: P.args, **kw: P.kwargs
    ) -> T:
        async def run(tx: Any) -> T:
            return await change(tx, *args, **kw)

        write = Write(run, fence.standing(), self._stamped)

        try:
            result, emits = await write.until_done(self._repeat, self.patience, self._is_open)
        finally:  # a connection may be lost after the commit
            self.changed()
        if emits:
            self._listener(emits)
        return result

    async def background(
        self, change: Callable[Concatenate[Any, P], Awaitable[T]], /, *args: P.args, **kw: P.kwargs
    ) -> T:
        async with self._background:
            return await self._write(change, *args, **kw)

    async def _repeat(self, once: Callable[[Any], Awaitable[T]], pool: Any = None) -> T:
        """Run ``once`` on a connection, again after a deadlock or serialization fault."""
        await in_task()  # asyncpg's timeouts need one
        tries = 1
        while True:
            if self._database_lock is not None and not self._database_lock.held:
                raise Lost("the lock on the database was lost, it is being taken again")
            try:
                async with (pool or self.pool).acquire() as conn:
                    return await once(conn)
            except AGAIN as error:
                if tries == TRIES:
                    raise as_fault(error) from error
            except asyncpg.UniqueViolationError as error:
                raise Conflict(str(error)) from error
            except TELL as error:
                raise as_fault(error) from error
            # Those who met one another leave at different times.
            await asyncio.sleep(0.001 * 2**tries * (id(once) % 97 / 97))
            tries += 1

    async def batch(self, op: BatchOp[I, T], item: I, /) -> T:
        if self._closed:
            raise StoreUnavailable("the store is closed")
        if (under := fence.standing()) is not None:
            return await self._batch_under(under, op, item)
        batcher = self._batchers.get(op)
        if batcher is None:
            batcher = self._batchers[op] = _Batcher()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        batcher.waiting.append((item, future))
        if batcher.running is None:
            batcher.running = asyncio.create_task(self._run_batches(op, batcher))
        if op.background:
            return await future
        self._writing += 1
        try:
            return await future
        finally:
            self._writing -= 1

    async def _batch_under(self, under: fence.Fence, op: BatchOp[I, T], item: I) -> T:
        """One item by itself, in a transaction that depends on the fence of its caller."""

        async def once(conn: Any) -> list[tuple[Any, Any]]:
            async with conn.transaction():
                await under.check(conn)
                return await op.postgres(conn, [item])

        self._writing += 1
        try:
            ((result, emits),) = await self._repeat(once, self.hot)
        finally:
            self._writing -= 1
            self.changed()
        if isinstance(result, Exception):
            raise result
        if emits:
            self._listener(list(emits))
        return cast("T", result)

    async def _run_batches(self, op: BatchOp[Any, Any], batcher: _Batcher) -> None:
        try:
            while batcher.waiting:
                group = batcher.waiting[:GROUP]
                del batcher.waiting[:GROUP]
                await self._run_group(op, group)
        finally:
            batcher.running = None

    async def _run_group(
        self, op: BatchOp[Any, Any], group: list[tuple[Any, asyncio.Future[Any]]]
    ) -> None:
        """One statement for the whole group; if that fails for a reason of its own, each alone."""
        items = [item for item, _ in group]
        began = time.perf_counter()

        async def once(conn: Any) -> list[tuple[Any, Any]]:
            if op.postgres_few is not None:
                answers = await op.postgres_few(conn, items)
                if answers is not None:
                    return list(answers)
            async with conn.transaction():
                return await op.postgres(conn, items)

        repeated = False
        try:
            try:
                outcomes = await self._repeat(once, self.hot)
            except Lost:
                if not op.again:
                    raise
                # Whether it was committed nobody knows: what is there comes back as such.
                repeated = True
                outcomes = await repeated_until_connected(
                    lambda: self._repeat(once, self.hot), AGAIN_SECONDS, self._is_open
                )
        except Exception as error:
            if len(group) > 1 and not isinstance(error, StoreUnavailable):
                for each in group:
                    await self._run_group(op, [each])
                return
            for _, future in group:
                if not future.done():
                    future.set_exception(error)
            return
        finally:
            self.changed()
        note_batch(len(group), time.perf_counter() - began)
        emits: list[object] = []
        for (_, future), (result, of_item) in zip(group, outcomes, strict=True):
            if isinstance(result, Exception):
                if not future.done():
                    future.set_exception(result)
                continue
            emits += of_item
            if not future.done():
                future.set_result(result)
        if emits:
            self._listener(emits)
        if repeated:
            results = [result for result, _ in outcomes]
            for callback in self._repeated:
                callback(list(zip(items, results, strict=True)))

    def on_repeated(self, callback: Callable[[list[tuple[Any, Any]]], None]) -> None:
        self._repeated.append(callback)

    def on_reconnected(self, callback: Callable[[], None]) -> None:
        if self._database_lock is not None:
            self._database_lock.on_again(callback)

    def changed(self) -> None:
        self.changes += 1

    def on_stamps(self, tell: Callable[[list[Told]], None]) -> None:
        self._stamped = tell

    def on_taken(self, callback: Callable[[str], None]) -> None:
        if self._database_lock is not None:
            self._database_lock.on_taken(callback)
        if self.standing is not None:
            self.standing.on_end = callback

    def listen(self, listener: Callable[[list[object]], None]) -> None:
        self._listener = listener

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        running = [b.running for b in self._batchers.values() if b.running is not None]
        if running:
            await asyncio.wait(running)
        for pool in (self.hot, self.pool):
            try:
                await asyncio.wait_for(pool.close(), 10)
            except (*MACHINE, asyncpg.PostgresError) as error:
                log.warning("the database connections did not close in order: %s", error)
                pool.terminate()
        if self.standing is not None:
            await self.standing.leave()
        if self._database_lock is not None:
            await self._database_lock.close()
        if self._lock is not None:
            self._lock.release()
