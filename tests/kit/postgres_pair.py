"""Two PostgreSQL servers for tests: a primary and its synchronous standby, which is promoted when
the test says so. As :class:`tests.kit.postgres.PostgresServer`, from the same wheel.
"""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from urllib.parse import quote

import asyncpg
import psutil

from tests.kit.postgres import PostgresServer, create_database
from tests.kit.waiting import asked_until

_SETTINGS = {
    "synchronous_commit": "on",
    "wal_level": "replica",
    "max_wal_senders": "4",
    "hot_standby": "on",
}


class PostgresPair:
    """A running pair, with one database; :meth:`follow` begins it."""

    def __init__(self) -> None:
        self.primary = PostgresServer(settings=_SETTINGS)
        self.standby: PostgresServer | None = None
        self._name = create_database(self.primary.url)

    @property
    def url(self) -> str:
        """The database at whichever of them is the primary."""
        assert self.standby is not None
        hosts = quote(f"{self.primary.folder},{self.standby.folder}", safe=",")
        read_write = "target_session_attrs=read-write"
        return f"postgresql://postgres@/{self._name}?host={hosts}&port=5432,5432&{read_write}"

    async def follow(self) -> None:
        """Make the standby; from here on each commit waits for it."""
        self.standby = await asyncio.to_thread(
            PostgresServer, settings=_SETTINGS, standby_of=self.primary
        )
        conn = await asyncpg.connect(self.primary.url)
        try:
            await conn.execute("alter system set synchronous_standby_names = '*'")
            await conn.execute("select pg_reload_conf()")
            synced = "select count(*) from pg_stat_replication where sync_state = 'sync'"
            await asked_until(lambda: conn.fetchval(synced))
        finally:
            await conn.close()

    def kill_primary(self) -> None:
        """SIGKILL to all its processes at one moment: what the others see when a machine dies.

        They are stopped before. A connection that waits for the standby gives up once the first
        process is dead, and until the next is killed another shows what no standby has.
        """
        root = psutil.Process(self.primary.pid)
        _signal([root], signal.SIGSTOP)  # it starts no more
        others = root.children(recursive=True)
        _signal(others, signal.SIGSTOP)
        _signal([root, *others], signal.SIGKILL)

    async def promote(self) -> None:
        """The standby is the primary, once this returns."""
        assert self.standby is not None
        conn = await asyncpg.connect(self.standby.url)
        try:
            assert await conn.fetchval("select pg_promote(true, 60)")
        finally:
            await conn.close()

    def close(self) -> None:
        """The end of both."""
        if self.standby is not None:
            self.standby.stop()
        self.primary.stop()


def _signal(processes: list[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process.pid, number)
