"""The event loop of tests on PostgreSQL: each has it new, but for the database's connections.

A new connection costs PostgreSQL as much as half a test: it has to read what its tables are and to
plan each statement again. asyncpg joins a connection to the loop it was made in, so that loop is
kept from one test to the next (:class:`KeptLoop`). What a closed loop drops, it drops too: tasks,
timers, callbacks, signal handlers, threads, and every file it watched but those of the connections.

Tests on SQLite, and those of :data:`FRESH`, which judge how connections begin and end, have a loop
and connections of their own.
"""

from __future__ import annotations

import asyncio
import os
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import asyncpg
import pytest

FRESH = ("tests/store/", "tests/crash/", "tests/schedule/")
"""Beginnings of the names of tests whose loop and connections nobody has used before."""


class KeptPool:
    """A pool of connections that a store may close, and the next test's store goes on with."""

    def __init__(self, pool: Any) -> None:
        self._pool = pool
        self._closed = False
        self.sound = True
        """Whether the next store can have the connections."""

    def acquire(self) -> Any:
        if self._closed:
            raise asyncpg.InterfaceError("pool is closed")
        return self._pool.acquire()

    async def close(self) -> None:
        """Wait until every connection is free, as the pool's own ``close`` does."""
        self._closed = True
        for holder in self._pool._holders:
            await holder.wait_until_released()
            if holder._con is not None and holder._con.is_in_transaction():
                self.terminate()

    def terminate(self) -> None:
        self._closed = True
        self.sound = False
        self._pool.terminate()

    def reopened(self) -> KeptPool:
        """The same connections for another store."""
        return KeptPool(self._pool)

    def files(self) -> Iterator[int]:
        """The sockets of the connections."""
        for holder in self._pool._holders:
            if holder.is_connected():
                yield holder._con._transport.get_extra_info("socket").fileno()


class KeptLoop(asyncio.SelectorEventLoop):
    """A loop that is as good as new after ``close``."""

    pools: tuple[KeptPool, ...] = ()
    lent = False
    """Whether a test has it now."""

    def close(self) -> None:
        own: Any = self
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        for number in list(own._signal_handlers):
            self.remove_signal_handler(number)
        own._ready.clear()
        own._scheduled.clear()
        own._timer_cancelled_count = 0
        keep = {own._ssock.fileno(), *(fd for pool in self.pools for fd in pool.files())}
        for fd in list(own._selector.get_map()):
            if fd not in keep:
                own._selector.unregister(fd)
        for fd in list(own._transports):
            if fd not in keep:
                del own._transports[fd]
        own._asyncgens = weakref.WeakSet()
        own._asyncgens_shutdown_called = False
        if own._default_executor is not None:
            own._default_executor.shutdown(wait=False)
            own._default_executor = None
        own._executor_shutdown_called = False
        self.set_task_factory(None)
        self.set_exception_handler(None)
        self.lent = False

    def end(self) -> None:
        """Close it for good."""
        super().close()


_kept: list[KeptLoop] = []


def _loop_for_a_test() -> asyncio.AbstractEventLoop:
    """The kept loop for a test on PostgreSQL, a new one for every other."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "")
    ours = threading.current_thread() is threading.main_thread() and not (_kept and _kept[0].lent)
    if "postgres" not in test.partition("[")[2] or test.startswith(FRESH) or not ours:
        return asyncio.new_event_loop()
    if not _kept:
        _kept.append(KeptLoop())
    _kept[0].lent = True
    return _kept[0]


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Where pytest-asyncio takes its loops from."""
    return {"kept": _loop_for_a_test}
