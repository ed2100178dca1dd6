"""The store on SQLite: one process, one writer thread, group commit.

The writer takes whatever is queued (up to ``GROUP``), runs it in one transaction, commits once and
then answers everybody: while one commit is on its way to the disk the next group gathers, so there
is no timer. Each job has its own savepoint: one that fails takes nothing of the others with it.
Work in the background has a lane of its own (``lanes.py``).

Point reads run in line on the event loop, on a connection that can only read (a hop to a thread
costs eight times more); in WAL mode they see every finished commit and never wait for the writer.
``scan`` goes to reader threads. Checkpoints run in a thread of their own (``checkpoints.py``).

A full disk or a failing device ends the transaction with StoreUnavailable for all who were in it;
the next group simply tries again, so the store recovers by itself.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

from petitbleu.errors import LocalFault, StoreUnavailable
from petitbleu.store import migrate
from petitbleu.store.api import BatchOp, Conflict, E
from petitbleu.store.checkpoints import Checkpoints
from petitbleu.store.forms import Form
from petitbleu.store.lanes import Lanes
from petitbleu.store.lock import DataLock
from petitbleu.store.query import Query
from petitbleu.store.stamps import Told

R = TypeVar("R")
T = TypeVar("T")
I = TypeVar("I")  # noqa: E741 - the item of a batch
P = ParamSpec("P")

GROUP = 256
"""Jobs that share a commit at most."""
SCAN_THREADS = 2
AWAITED = "a transaction function awaited something other than its tx"

log = logging.getLogger("petitbleu.store")

# Primary result codes that are about the machine, not about the statement.
_MACHINE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PROTOCOL,
    }
)


class _Job(NamedTuple):
    change: Callable[..., Awaitable[Any]]
    args: tuple[Any, ...]
    kw: dict[str, Any]
    future: asyncio.Future[Any]


class _Item(NamedTuple):
    op: BatchOp[Any, Any]
    item: Any
    future: asyncio.Future[Any]


_Work = _Job | _Item
_Done = tuple["asyncio.Future[Any]", Any, BaseException | None]


def _unavailable(error: Exception) -> StoreUnavailable:
    return StoreUnavailable(f"the database cannot be used now: {error}")


def _is_machine(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _MACHINE


def _is_unique(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", None) in (
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    )


class SqliteTx:
    """An open transaction; its coroutines never suspend, so the writer thread can drive them."""

    __slots__ = ("_conn", "_guard", "broken", "emits", "last", "saved")

    def __init__(self, conn: sqlite3.Connection, *, guard: bool) -> None:
        self._conn = conn
        self._guard = guard  # whether other jobs share the transaction
        self.saved = False
        self.broken: sqlite3.Error | None = None
        self.emits: list[object] = []
        self.last: dict[str, Any] = {}

    def _execute(self, query: Query[Any], params: dict[str, Any]) -> sqlite3.Cursor:
        if self.broken is not None:
            raise LocalFault("the transaction has failed already; a database error ends it")
        if self._guard and not self.saved and query.writes:
            self._conn.execute("savepoint job")
            self.saved = True
        try:
            return self._conn.execute(query.sqlite, query.bind_sqlite(params))
        except sqlite3.Error as error:
            self.broken = error
            raise

    async def rows(self, query: Query[R], /, **params: Any) -> list[R]:
        return list(map(query.make, self._execute(query, params).fetchall()))

    async def row(self, query: Query[R], /, **params: Any) -> R | None:
        record = self._execute(query, params).fetchone()
        return None if record is None else query.make(record)

    async def run(self, query: Query[Any], /, **params: Any) -> int:
        return self._execute(query, params).rowcount

    async def many(self, query: Query[Any], params: Iterable[dict[str, Any]], /) -> None:
        for each in params:
            self._execute(query, each)

    async def later(self, query: Query[Any], /, **params: Any) -> None:
        self._execute(query, params)

    def emit(self, emit: object, /) -> None:
        self.emits.append(emit)

    async def once(self, form: Form[Any] | None = None) -> None:
        """The process knows what it has answered."""

    def before_commit(self, name: str, make: Callable[[], E], /) -> E:
        earlier = self.last.get(name)
        if earlier is None:
            earlier = self.last[name] = make()
        return cast("E", earlier)

    async def finish(self) -> None:
        """Run what was left for the end."""
        for each in list(self.last.values()):
            await each.finish(self)


class SqliteStore:
    """See :class:`petitbleu.store.api.Store`. Made on the event loop that it serves."""

    dialect = "sqlite"

    def __init__(
        self,
        data: Path,
        *,
        synchronous: str = "FULL",
        before_commit: Callable[[], None] | None = None,
    ) -> None:
        """Open ``data/petitbleu.sqlite`` under the lock of ``data``, and migrate it.

        ``before_commit`` is called in the writer thread before each commit: tests put a slow disk
        there. Raises migrate.Refused, or StoreUnavailable (a full disk).
        """
        self.path = data / "petitbleu.sqlite"
        self.place = str(self.path)
        self._loop = asyncio.get_running_loop()
        self._synchronous = synchronous
        self._before_commit = before_commit
        self._lanes: Lanes[_Work] = Lanes(GROUP)
        self._listener: Callable[[list[object]], None] = lambda emits: None
        self._closed = False
        self._writing = 0
        self.changes = 0
        self._lock = DataLock(data)
        try:
            self._writer = self._connect_writer()
            migrate.migrate_sqlite(self._writer)
            self._reader = self._connect(reading=True)
            self._checkpoints = Checkpoints(self.path, self._connect)
        except BaseException as error:
            self._lock.release()
            if isinstance(error, sqlite3.Error) and _is_machine(error):
                raise _unavailable(error) from error
            raise
        self._scanners = ThreadPoolExecutor(SCAN_THREADS, "petitbleu-scan")
        self._of_thread = threading.local()
        self._scan_connections: list[sqlite3.Connection] = []
        self._thread = threading.Thread(
            target=self._write_loop, name="petitbleu-writer", daemon=True
        )
        self._thread.start()
        self._checkpoints.start()

    def _connect_writer(self) -> sqlite3.Connection:
        conn = self._connect()
        conn.execute("pragma journal_mode = wal")
        conn.execute(f"pragma synchronous = {self._synchronous}")
        Checkpoints.prepare(conn)
        return conn

    def _connect(self, *, reading: bool = False) -> sqlite3.Connection:
        conn = sqlite3.connect(
            self.path,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
            timeout=5.0,
        )
        if not reading:
            self.path.chmod(0o600)
        conn.execute("pragma cache_size = -16384")
        conn.execute("pragma temp_store = memory")
        # As in PostgreSQL: `like` tells capitals apart (and may use an index).
        conn.execute("pragma case_sensitive_like = on")
        if reading:
            conn.execute("pragma query_only = on")
        return conn

    # ── reading ─────────────────────────────────────────────────────────────────────────────────

    async def rows(self, query: Query[R], /, **params: Any) -> list[R]:
        try:
            records = self._reader.execute(query.sqlite, query.bind_sqlite(params)).fetchall()
        except sqlite3.Error as error:
            if _is_machine(error) or self._closed:
                raise _unavailable(error) from error
            raise
        return list(map(query.make, records))

    async def row(self, query: Query[R], /, **params: Any) -> R | None:
        try:
            record = self._reader.execute(query.sqlite, query.bind_sqlite(params)).fetchone()
        except sqlite3.Error as error:
            if _is_machine(error) or self._closed:
                raise _unavailable(error) from error
            raise
        return None if record is None else query.make(record)

    async def scan(self, query: Query[R], /, **params: Any) -> list[R]:
        values = query.bind_sqlite(params)
        return await self._loop.run_in_executor(self._scanners, self._scan, query, values)

    def _scan(self, query: Query[R], values: tuple[Any, ...]) -> list[R]:
        conn: sqlite3.Connection | None = getattr(self._of_thread, "conn", None)
        try:
            if conn is None:
                conn = self._of_thread.conn = self._connect(reading=True)
                self._scan_connections.append(conn)
            return list(map(query.make, conn.execute(query.sqlite, values).fetchall()))
        except sqlite3.Error as error:
            if _is_machine(error):
                raise _unavailable(error) from error
            raise

    # ── writing ─────────────────────────────────────────────────────────────────────────────────

    @property
    def writing(self) -> int:
        return self._writing

    async def write(
        self, change: Callable[Concatenate[Any, P], Awaitable[T]], /, *args: P.args, **kw: P.kwargs
    ) -> T:
        future: asyncio.Future[T] = self._loop.create_future()
        self._put(_Job(change, args, kw, future))
        return await self._awaited(future)

    async def background(
        self, change: Callable[Concatenate[Any, P], Awaitable[T]], /, *args: P.args, **kw: P.kwargs
    ) -> T:
        future: asyncio.Future[T] = self._loop.create_future()
        self._put(_Job(change, args, kw, future), behind=True)
        return await future

    async def batch(self, op: BatchOp[I, T], item: I, /) -> T:
        future: asyncio.Future[T] = self._loop.create_future()
        self._put(_Item(op, item, future), behind=op.background)
        return await (future if op.background else self._awaited(future))

    async def _awaited(self, future: asyncio.Future[T]) -> T:
        self._writing += 1
        try:
            return await future
        finally:
            self._writing -= 1

    def _put(self, job: _Work, *, behind: bool = False) -> None:
        if self._closed:
            raise StoreUnavailable("the store is closed")
        self._lanes.put(job, behind=behind)

    def changed(self) -> None:
        self.changes += 1

    def on_repeated(self, callback: Callable[[list[tuple[Any, Any]]], None]) -> None:
        """No connection can be lost."""

    def on_reconnected(self, callback: Callable[[], None]) -> None:
        """There is no connection."""

    def on_stamps(self, tell: Callable[[list[Told]], None]) -> None:
        """There are no others."""

    def on_taken(self, callback: Callable[[str], None]) -> None:
        """The lock on the folder cannot be lost."""

    def listen(self, listener: Callable[[list[object]], None]) -> None:
        self._listener = listener

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._lanes.close()
        for end in (self._thread.join, self._checkpoints.stop):
            await self._loop.run_in_executor(None, end)
        self._scanners.shutdown()
        for conn in [self._reader, *self._scan_connections]:
            conn.close()
        try:
            self._writer.execute("pragma wal_checkpoint(truncate)")
        except sqlite3.Error as error:
            log.warning("the last checkpoint failed, the next start repeats it: %s", error)
        self._writer.close()
        self._checkpoints.close()
        self._lock.release()

    def _deliver(self, done: list[_Done], emits: list[object]) -> None:
        """On the event loop: the group is on disk (or has failed)."""
        self.changed()
        for future, result, error in done:
            if future.done():
                continue  # its caller was cancelled meanwhile
            if error is None:
                future.set_result(result)
            else:
                future.set_exception(error)
        if emits:
            self._listener(emits)

    def _write_loop(self) -> None:
        """The writer thread."""
        while (jobs := self._lanes.first()) is not None:
            done, emits = self._group(jobs)
            if done:
                self._loop.call_soon_threadsafe(self._deliver, done, emits)
                self._checkpoints.after(self._writer)

    def _group(self, jobs: list[_Work]) -> tuple[list[_Done], list[object]]:
        """Run ``jobs`` and what joins them in one transaction: what each came to, and the emits in
        order.
        """
        conn = self._writer
        done: list[_Done] = []
        emits: list[object] = []
        alone = not jobs
        try:
            conn.execute("begin immediate")
            self._run(jobs, len(jobs) > 1 or self._lanes.waits, done, emits)
            for job in self._lanes.second(alone=alone):
                jobs.append(job)
                self._run([job], True, done, emits)
            if alone:
                late = self._lanes.more()
                jobs += late
                self._run(late, True, done, emits)
            if self._before_commit is not None:
                self._before_commit()
            conn.execute("commit")
        except Exception as error:
            self._roll_back()
            if not (isinstance(error, sqlite3.Error) and _is_machine(error)):
                log.error("a group of %d writes failed", len(jobs), exc_info=error)
            return [(job.future, None, _unavailable(error)) for job in jobs], []
        return done, emits

    def _run(
        self, jobs: Sequence[_Work], shared: bool, done: list[_Done], emits: list[object]
    ) -> None:
        """Run jobs of one lane in the open transaction, hot statements together and last."""
        batches: dict[BatchOp[Any, Any], list[_Item]] = {}
        for job in jobs:
            if isinstance(job, _Item):
                batches.setdefault(job.op, []).append(job)
            else:
                self._change(job, shared, done, emits)
        for op, items in batches.items():
            self._batch(op, items, done, emits)

    def _roll_back(self) -> None:
        """Undo what is open; where even that fails, go on with a new connection."""
        try:
            # SQLite may have rolled back by itself (full disk); asking twice would be an error.
            if self._writer.in_transaction:
                self._writer.execute("rollback")
        except sqlite3.Error as error:
            log.error("the database connection is replaced", exc_info=error)
            try:
                self._writer.close()
                self._writer = self._connect_writer()
                self._checkpoints.replaced()
            except sqlite3.Error as again:
                log.error("the database cannot be opened, it will be tried again: %s", again)

    def _change(self, job: _Job, shared: bool, done: list[_Done], emits: list[object]) -> None:
        """Drive one transaction function to its end."""
        tx = SqliteTx(self._writer, guard=shared)
        result: Any = None
        failure: BaseException | None = None
        try:
            result = _drive(job.change(tx, *job.args, **job.kw))
            if tx.last:
                _drive(tx.finish())
        except sqlite3.Error as error:
            failure = Conflict(str(error)) if _is_unique(error) else error
        except Exception as error:
            failure = error
        if tx.broken is not None:
            if _is_machine(tx.broken):
                raise tx.broken
            failure = failure or LocalFault("a transaction function swallowed a database error")
        if failure is None:
            if tx.saved:
                self._writer.execute("release job")
            emits += tx.emits
        elif tx.saved:
            self._writer.execute("rollback to job")
            self._writer.execute("release job")
        elif not shared:
            self._writer.execute("rollback")
            self._writer.execute("begin immediate")
        done.append((job.future, result, failure))

    def _batch(
        self,
        op: BatchOp[Any, Any],
        items: Sequence[_Item],
        done: list[_Done],
        emits: list[object],
    ) -> None:
        """Run all waiting items of one hot statement; if that fails, each alone."""
        conn = self._writer
        conn.execute("savepoint job")
        try:
            answers = op.sqlite(conn, [item.item for item in items])
        except Exception as error:
            if isinstance(error, sqlite3.Error) and _is_machine(error):
                raise
            conn.execute("rollback to job")
            conn.execute("release job")
            if len(items) > 1:
                for item in items:
                    self._batch(op, [item], done, emits)
            else:
                done.append((items[0].future, None, error))
            return
        conn.execute("release job")
        for item, (result, of_item) in zip(items, answers, strict=True):
            if isinstance(result, Exception):
                done.append((item.future, None, result))
            else:
                done.append((item.future, result, None))
                emits += of_item


def _drive(coroutine: Awaitable[T]) -> T:
    """Run a coroutine that never suspends to its end."""
    running = cast("Coroutine[Any, Any, T]", coroutine)
    try:
        running.send(None)
    except StopIteration as stop:
        return cast("T", stop.value)
    except RuntimeError as error:
        if "no running event loop" not in str(error):
            raise
        raise LocalFault(AWAITED) from error
    running.close()
    raise LocalFault(AWAITED)
