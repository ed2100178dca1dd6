"""The store on PostgreSQL: an asyncpg pool per process, and a micro-batcher for the hot statements.

Transactions are READ COMMITTED; counters are locked by the update that bumps them, in ascending
owner order, so that number order is commit order. A serialization fault or a deadlock is retried
here, so a transaction function may run more than once. The batcher keeps one statement of each hot
operation in flight: whatever gathers meanwhile goes into the next, so a lone caller never waits for
company.

A lost connection, a full disk, a server that is starting or stopping: StoreUnavailable; the pool
connects again by itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import asyncpg

from petitbleu.errors import Fault, StoreUnavailable
from petitbleu.store import migrate
from petitbleu.store.api import BatchOp, Conflict, E
from petitbleu.store.database_lock import APPLICATION, DatabaseLock
from petitbleu.store.later import Later
from petitbleu.store.lock import DataLock
from petitbleu.store.query import Query

R = TypeVar("R")
T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 - the item of a batch
P = ParamSpec("P")

GROUP = 256
"""Items that share a batch at most."""
TRIES = 8
"""How often a transaction that met a deadlock or serialization fault is run in all."""
CONNECTIONS = 10
HOT_CONNECTIONS = 3
"""Connections of the hot statements. Their plans are generic: they know the lengths of arrays
otherwise, and the large statements would be planned anew for each execution. (Not so for others: a
generic plan does not know how small a ``limit`` is.)"""
BACKGROUND = 2
"""Connections that background work may hold: most of it waits for one lock after the other."""
SECONDS = 60.0
"""Time a statement may take before the database counts as gone."""
SCAN_SECONDS = 600.0

log = logging.getLogger("petitbleu.store")

_AGAIN = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
_MACHINE = (
    OSError,
    asyncio.TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a connection that ended in the midst of something
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,  # disk full, too many connections, out of memory
    asyncpg.OperatorInterventionError,  # shutting down, starting up
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.PostgresIOError,
)


_SETTINGS = (asyncpg.InvalidAuthorizationSpecificationError, asyncpg.InvalidCatalogNameError)
"""Wrong user or password, no such database."""
_TELL = (*_MACHINE, asyncpg.CharacterNotInRepertoireError)


def _told(error: BaseException) -> Exception:
    """What the caller of a failed statement is told."""
    if isinstance(error, asyncpg.CharacterNotInRepertoireError):
        # PostgreSQL keeps no NUL in a text, and only a hostile client sends one.
        return Fault("INPUT_FETCH_ERROR")
    return StoreUnavailable(f"the database cannot be used now: {error or type(error).__name__}")


async def _keep(connection: Any) -> None:
    """Nothing to reset when a connection goes back: no code of ours leaves state in one."""


class PostgresTx:
    """A transaction on one connection. It begins with the first statement that writes: in READ
    COMMITTED each read has a snapshot of its own, and one write needs no ``begin`` and ``commit``.
    """

    __slots__ = ("_conn", "_later", "_open", "emits", "last")

    def __init__(self, conn: Any) -> None:
        self._conn = conn
        self._later = Later()
        self._open: Any = None
        self.emits: list[object] = []
        self.last: dict[str, Any] = {}

    async def rows(self, query: Query[R], /, **params: Any) -> list[R]:
        await self._before(query)
        return list(
            map(query.make, await self._conn.fetch(query.postgres, *query.bind_postgres(params)))
        )

    async def row(self, query: Query[R], /, **params: Any) -> R | None:
        await self._before(query)
        record = await self._conn.fetchrow(query.postgres, *query.bind_postgres(params))
        return None if record is None else query.make(record)

    async def run(self, query: Query[Any], /, **params: Any) -> int:
        await self._before(query)
        status = await self._conn.execute(query.postgres, *query.bind_postgres(params))
        # "UPDATE 3", "INSERT 0 1": the count stands last; statements without one say a word.
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else -1

    async def many(self, query: Query[Any], params: Iterable[dict[str, Any]], /) -> None:
        await self._before(query)
        await self._begin()
        await self._conn.executemany(query.postgres, [query.bind_postgres(each) for each in params])

    async def later(self, query: Query[Any], /, **params: Any) -> None:
        if self._later and not self._later.fits(query, params):
            await self.settle()
        self._later.add(query, params)

    async def _before(self, query: Query[Any]) -> None:
        if self._later and self._later.concerns(query):
            await self.settle()
        if query.writes:
            await self._begin()

    async def _begin(self) -> None:
        if self._open is None:
            begun = self._conn.transaction()
            await begun.start()
            self._open = begun

    async def settle(self) -> None:
        """Send what waits."""
        if self._later:
            await self._begin()
            await self._send()

    async def _send(self) -> None:
        statement, values = self._later.take()
        await self._conn.execute(statement, *values)

    async def commit(self) -> None:
        """Send what waits and end the transaction; where all of it is one statement, in one."""
        if self._later:
            await self._send()
        if self._open is not None:
            open_, self._open = self._open, None
            await open_.commit()

    async def roll_back(self) -> None:
        """Undo what was written."""
        if self._open is not None:
            open_, self._open = self._open, None
            await open_.rollback()

    def emit(self, emit: object, /) -> None:
        self.emits.append(emit)

    def before_commit(self, name: str, make: Callable[[], E], /) -> E:
        earlier = self.last.get(name)
        if earlier is None:
            earlier = self.last[name] = make()
        return cast("E", earlier)

    async def finish(self) -> None:
        """Run what was left for the end."""
        for each in list(self.last.values()):
            await each.finish(self)


async def _in_a_task() -> None:
    """asyncpg's timeouts need a task; what was started eagerly gets one at its first suspension."""
    if asyncio.current_task() is None:
        await asyncio.sleep(0)


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
        server_settings={"application_name": application, "jit": "off"},
    )


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
        self._batchers: dict[BatchOp[Any, Any], _Batcher] = {}
        self._closed = False
        self._background = asyncio.Semaphore(BACKGROUND)
        self._writing = 0
        self.changes = 0

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

    @staticmethod
    async def _lock_database(url: str) -> DatabaseLock:
        try:
            return await DatabaseLock.take(url)
        except (*_MACHINE, *_SETTINGS) as error:
            raise _told(error) from error

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
        except _MACHINE as error:
            raise _told(error) from error

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
        await _in_a_task()
        try:
            async with self.pool.acquire() as conn:
                records = await conn.fetch(query.postgres, *query.bind_postgres(params))
        except _TELL as error:
            raise _told(error) from error
        return list(map(query.make, records))

    async def row(self, query: Query[R], /, **params: Any) -> R | None:
        await _in_a_task()
        try:
            async with self.pool.acquire() as conn:
                record = await conn.fetchrow(query.postgres, *query.bind_postgres(params))
        except _TELL as error:
            raise _told(error) from error
        return None if record is None else query.make(record)

    async def scan(self, query: Query[R], /, **params: Any) -> list[R]:
        values = query.bind_postgres(params)
        try:
            async with self.pool.acquire() as conn:
                rows = await conn.fetch(query.postgres, *values, timeout=SCAN_SECONDS)
        except _TELL as error:
            raise _told(error) from error
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
        async def once(conn: Any) -> tuple[T, list[object]]:
            tx = PostgresTx(conn)
            try:
                result = await change(tx, *args, **kw)
                if tx.last:
                    await tx.finish()
                await tx.commit()
            except BaseException:
                await tx.roll_back()
                raise
            return result, tx.emits

        try:
            result, emits = await self._repeat(once)
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
        await _in_a_task()
        tries = 1
        while True:
            if self._database_lock is not None and not self._database_lock.held:
                raise StoreUnavailable("the lock on the database was lost, it is being taken again")
            try:
                async with (pool or self.pool).acquire() as conn:
                    return await once(conn)
            except _AGAIN as error:
                if tries == TRIES:
                    raise _told(error) from error
            except asyncpg.UniqueViolationError as error:
                raise Conflict(str(error)) from error
            except _TELL as error:
                raise _told(error) from error
            # Those who met one another leave at different times.
            await asyncio.sleep(0.001 * 2**tries * (id(once) % 97 / 97))
            tries += 1

    async def batch(self, op: BatchOp[I, T], item: I, /) -> T:
        if self._closed:
            raise StoreUnavailable("the store is closed")
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

        async def once(conn: Any) -> list[tuple[Any, Any]]:
            if op.postgres_few is not None:
                answers = await op.postgres_few(conn, items)
                if answers is not None:
                    return list(answers)
            async with conn.transaction():
                return await op.postgres(conn, items)

        try:
            outcomes = await self._repeat(once, self.hot)
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

    def changed(self) -> None:
        self.changes += 1

    def on_taken(self, callback: Callable[[str], None]) -> None:
        if self._database_lock is not None:
            self._database_lock.on_taken(callback)

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
            except (*_MACHINE, asyncpg.PostgresError) as error:
                log.warning("the database connections did not close in order: %s", error)
                pool.terminate()
        if self._database_lock is not None:
            await self._database_lock.close()
        if self._lock is not None:
            self._lock.release()
