"""The lock on a PostgreSQL database: a server alone has it exclusively, so that no second server
ever writes; the workers of a cluster share it. Neither kind starts beside the other.

A session-level advisory lock, held for the life of the process by a connection that does nothing
else. PostgreSQL gives it back when that connection ends, however the process ends. Where only the
connection ends, writing stops (:attr:`DatabaseLock.held`) until the lock is taken again; where
somebody else has it by then, the process has to end.

Who takes the lock ends the connections that the holder before left behind: a process that was
frozen or cut off cannot commit afterwards.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

import asyncpg

from petitbleu.store.migrate import Refused

KEY = 0x7065_7469_5365_7276
""""petiServ" in ASCII: of this lock in ``pg_locks``."""
APPLICATION = "petitbleu server"
"""What PostgreSQL calls the connections of whoever holds the lock alone."""
WORKER = "petitbleu worker"
"""The same of a worker, with its number behind it."""
WAIT_SECONDS = 30
"""How long a start waits for a holder to end."""
SAY_SECONDS = 5
LOOK_SECONDS = 5.0
"""How often the holder looks whether its connection still answers."""
PATIENCE = 10.0
"""Seconds within which it has to."""
_TRY_SECONDS = 0.5

log = logging.getLogger("petitbleu.store")

_GONE = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
_HOLDER = """select a.pid, a.backend_start::text as since, coalesce(host(a.client_addr), '') as host
from pg_locks l join pg_stat_activity a using (pid)
where l.locktype = 'advisory' and l.granted and l.objsubid = 1
  and l.database = (select oid from pg_database where datname = current_database())
  and l.classid::bigint = $1 and l.objid::bigint = $2"""
_LEFT_BEHIND = """select pg_terminate_backend(pid) from pg_stat_activity
where datname = current_database() and usename = current_user
  and (application_name = $1 or $2 and application_name like 'petitbleu worker %')"""
_MODE = """select count(*) filter (where mode = 'ExclusiveLock') > 0 from pg_locks
where locktype = 'advisory' and granted and objsubid = 1
  and database = (select oid from pg_database where datname = current_database())
  and classid::bigint = $1 and objid::bigint = $2"""
_SELF = "select pid, backend_start::text as since, '' as host from pg_stat_activity where pid = $1"


_SHARED = (
    "Between petitbleu and PostgreSQL stands a proxy that shares connections between transactions"
    " (PgBouncer with pool_mode = transaction or statement). petitbleu needs its own connections:"
    " name PostgreSQL itself in the database setting, or set pool_mode = session for this database."
)


class Holder(NamedTuple):
    """A connection that has the lock."""

    pid: int
    since: str
    host: str
    """"" : the same machine, by a local socket."""

    def __str__(self) -> str:
        where = f"from {self.host}" if self.host else "on the database's own machine"
        return f"connected {where} since {self.since[:19]} (pid {self.pid} of PostgreSQL)"


class DatabaseLock:
    """The lock, once :meth:`take` has it."""

    __slots__ = (
        *("_again", "_closing", "_conn", "_gone", "_self", "_shared", "_taken", "_url", "_watch"),
        "held",
    )

    def __init__(self, url: str, conn: Any, own: Holder, shared: bool = False) -> None:
        self._url = url
        self._shared = shared
        self._conn = conn
        self._self = own
        self._gone = asyncio.Event()
        self._taken: Callable[[str], None] = lambda sentence: None
        self._again: list[Callable[[], None]] = []
        self._closing = False
        self.held = True
        """Whether this process may write."""
        conn.add_termination_listener(self._ended)
        self._watch = asyncio.get_running_loop().create_task(self._keep())

    @classmethod
    async def take(cls, url: str, *, shared: bool = False) -> DatabaseLock:
        """Wait for the lock on the database of ``url``, :data:`WAIT_SECONDS` at most; ``shared``:
        with other workers.

        Raises Refused where another process has it or a proxy stands before the database that
        shares connections, and what a connection raises.
        """
        conn = await connect(url)
        try:
            await _refuse_shared(url, conn)
            await _wait(conn, shared)
            # Of a server that was alone nothing may be left; of workers nothing if it is alone now.
            left = await conn.fetch(_LEFT_BEHIND, APPLICATION, not shared)
            if left:
                log.warning("%d connections of the server before this one were ended", len(left))
            row = await conn.fetchrow(_SELF, await conn.fetchval("select pg_backend_pid()"))
            return cls(url, conn, Holder(*row), shared)
        except BaseException:
            conn.terminate()
            raise

    def on_taken(self, callback: Callable[[str], None]) -> None:
        """Have ``callback`` called with a sentence once another process has the lock."""
        self._taken = callback

    def on_again(self, callback: Callable[[], None]) -> None:
        """Have ``callback`` called whenever the lock was lost and is held again, maybe at another
        server: what was written without waiting for its commit may be missing there.
        """
        self._again.append(callback)

    async def close(self) -> None:
        """Give the lock back."""
        self._closing = True
        self._watch.cancel()
        with suppress(asyncio.CancelledError):
            await self._watch
        with suppress(*_GONE):
            await asyncio.wait_for(self._conn.close(), PATIENCE)

    def _ended(self, _: Any) -> None:
        if not self._closing:
            self.held = False
            self._gone.set()

    async def _keep(self) -> None:
        """Notice that the connection has ended or does not answer, and take the lock again."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._gone.wait(), LOOK_SECONDS)
            if not self._gone.is_set() and await _answers(self._conn):
                continue
            self.held = False
            self._conn.terminate()
            log.error(
                "the connection that holds the lock on the database was lost:"
                " nothing is written until the lock is taken again"
            )
            if not await self._take_again():
                return
            for callback in self._again:
                callback()

    async def _take_again(self) -> bool:
        """Whether this process has the lock again; False: another one has it."""
        while True:
            try:
                conn = await connect(self._url)
                try:
                    if await _try(conn, self._shared):
                        row = await conn.fetchrow(_SELF, conn.get_server_pid())
                        self._self = Holder(*row) if row is not None else self._self
                        self._conn, self._gone = conn, asyncio.Event()
                        conn.add_termination_listener(self._ended)
                        self.held = not conn.is_closed()
                        log.warning("the lock on the database is held again: writing goes on")
                        return True
                    holder = await _holder(conn)
                    if holder is not None and holder[:2] == self._self[:2]:
                        # Our own lost connection, which PostgreSQL takes to be alive.
                        await conn.execute("select pg_terminate_backend($1)", holder.pid)
                    elif holder is not None:
                        self._taken(await _sentence(conn, self._shared, holder))
                        return False
                finally:
                    if conn is not self._conn:
                        conn.terminate()
            except _GONE as error:
                log.debug("the lock on the database cannot be taken yet: %s", error)
            await asyncio.sleep(_TRY_SECONDS)


async def _sentence(conn: Any, shared: bool, holder: Holder | None) -> str:
    """Who has the lock, and what the operator does about it."""
    by = f", {holder}" if holder is not None else ""
    alone = await conn.fetchval(_MODE, KEY >> 32, KEY & 0xFFFFFFFF)
    if shared:
        return (
            f"A petitbleu server that is alone uses this PostgreSQL database{by}. Workers would not"
            " hear of it. Stop it first, or give it the same [cluster] settings as the workers."
        )
    if not alone:
        return (
            f"Workers of a cluster use this PostgreSQL database{by}. A server alone would not hear"
            " of them. Give this one their [cluster] settings (bus, name, keys), or stop them all."
        )
    return (
        f"Another petitbleu server uses this PostgreSQL database{by}."
        " Two servers on one database would not hear of one another. Stop the other first, or"
        " give this one a database of its own."
    )


async def connect(url: str) -> Any:
    """A connection of its own that notices when the other end is gone."""
    conn = await asyncpg.connect(
        url, statement_cache_size=0, timeout=PATIENCE, command_timeout=PATIENCE
    )
    try:
        # A machine that is switched off says no goodbye: its lock is free after 25 seconds.
        settings = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
        for name, value in settings.items():
            await conn.execute(f"set tcp_{name} = {value}")
        if conn.get_server_version() >= (14,):
            await conn.execute("set idle_session_timeout = 0")
    except BaseException:
        conn.terminate()
        raise
    return conn


async def _answers(conn: Any) -> bool:
    try:
        await conn.fetchval("select 1", timeout=PATIENCE)
    except _GONE:
        return False
    return True


async def _try(conn: Any, shared: bool) -> bool:
    how = "_shared" if shared else ""
    return bool(await conn.fetchval(f"select pg_try_advisory_lock{how}($1)", KEY))


async def _holder(conn: Any) -> Holder | None:
    row = await conn.fetchrow(_HOLDER, KEY >> 32, KEY & 0xFFFFFFFF)
    return None if row is None else Holder(*row)


async def _wait(conn: Any, shared: bool) -> None:
    """Take the lock, saying for whom it is waited. Raises Refused."""
    loop = asyncio.get_running_loop()
    began, said = loop.time(), 0
    while not await _try(conn, shared):
        waited, holder = loop.time() - began, await _holder(conn)
        if waited >= WAIT_SECONDS:
            raise Refused(await _sentence(conn, shared, holder))
        if waited >= said:
            log.warning(
                "another petitbleu server uses this database%s; it is waited for, %d s more",
                f", {holder}" if holder is not None else "",
                WAIT_SECONDS - said,
            )
            said += SAY_SECONDS
        await asyncio.sleep(_TRY_SECONDS)


async def _refuse_shared(url: str, conn: Any) -> None:
    """Raise Refused where a proxy gives the connection to PostgreSQL to others between two
    transactions: a lock would then stay with nobody.
    """
    other = await asyncpg.connect(url, statement_cache_size=0, timeout=PATIENCE)
    try:
        ours: set[int] = set()
        theirs: set[int] = set()
        for _ in range(3):
            for each, rows in ((conn, ours), (other, theirs)):
                async with each.transaction():
                    rows.add(await each.fetchval("select pg_backend_pid()"))
    except _GONE as error:
        if "statement pooling mode" in str(error):  # PgBouncer takes no transactions then
            raise Refused(_SHARED) from None
        raise
    finally:
        other.terminate()
    if len(ours) > 1 or ours & theirs:
        raise Refused(_SHARED)
