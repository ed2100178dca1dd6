"""Waiting in tests: for the thing itself, with one guard against hanging.

No measured time fails a test: a figure is printed beside its goal, and :data:`GUARD`, many times
what anything here takes, only tells slow from never.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

GUARD = 60.0
"""Seconds after which something is taken to hang."""
STALE_SECONDS = 2.0
"""How long a worker may answer by what was so before another one changed it, its bus cut."""


async def until(found: Callable[[], Any], seconds: float = GUARD) -> Any:
    """Wait for ``found()`` to give something true, and give it. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not (value := found()):
            await asyncio.sleep(0.01)
    return value


async def asked_until(ask: Callable[[], Awaitable[Any]], seconds: float = GUARD) -> Any:
    """The same for a question that is awaited."""
    async with asyncio.timeout(seconds):
        while not (value := await ask()):
            await asyncio.sleep(0.01)
    return value


@contextlib.contextmanager
def guarded(what: str, goal: float | None = None) -> Iterator[None]:
    """Print how many seconds the block took; fail where it took as long as what hangs."""
    began = time.monotonic()
    yield
    took = time.monotonic() - began
    print(f"{what}: {took:.2f} s" + (f" (goal {goal:g})" if goal is not None else ""))
    assert took < GUARD, f"{what} hung"


@contextlib.contextmanager
def bounded(what: str) -> Iterator[None]:
    """Fail where the block used as much of the processor as what never ends.

    What grows with the square of a hostile text takes minutes for the texts given here.
    """
    began = time.process_time()
    yield
    assert time.process_time() - began < GUARD, f"{what} does not end in bounded time"
