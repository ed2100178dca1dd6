"""Starting coroutines eagerly: run to the first real suspension before paying for a task.

Most calls finish without ever waiting (cached rows, in-line reads): for them no task is made at
all. A
leaf. On Python 3.12+ asyncio can do this itself (``eager_task_factory``); this works on 3.11 too
and, unlike it, gives plain results back.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager
from types import coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def start(
    coro: Coroutine[Any, Any, T], done: Callable[[T | None, BaseException | None], None]
) -> asyncio.Task[None] | None:
    """Run ``coro``; call ``done(result, error)`` once, at once or later. The task, if one was
    needed.

    What runs before the first suspension runs outside any task. There, ``asyncio.timeout`` and
    ``asyncio.wait_for`` (from Python 3.12 on) fail: :func:`within` does their work anywhere.
    """
    try:
        waits_for = coro.send(None)
    except StopIteration as stop:
        done(stop.value, None)
        return None
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        done(None, error)
        return None
    return asyncio.get_running_loop().create_task(_finish(coro, waits_for, done))


async def in_task() -> None:
    """From here on the coroutine runs in a task, which it is given at its first suspension."""
    if asyncio.current_task() is None:
        await asyncio.sleep(0)


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    """``asyncio.timeout`` for whatever a handler may reach, started eagerly or not."""
    await in_task()
    async with asyncio.timeout(seconds):
        yield


async def _finish(
    coro: Coroutine[Any, Any, T],
    waits_for: Any,
    done: Callable[[T | None, BaseException | None], None],
) -> None:
    try:
        result = await _resume(coro, waits_for)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        done(None, error)
        if isinstance(error, asyncio.CancelledError):
            raise
    else:
        done(result, None)


@coroutine
def _resume(coro: Coroutine[Any, Any, T], waits_for: Any) -> Generator[Any, Any, T]:
    """Go on with a coroutine that has already yielded ``waits_for``."""
    while True:
        try:
            value = yield waits_for
        except GeneratorExit:
            coro.close()
            raise
        except BaseException as error:
            try:
                waits_for = coro.throw(error)
            except StopIteration as stop:
                return stop.value  # type: ignore[no-any-return]
        else:
            try:
                waits_for = coro.send(value)
            except StopIteration as stop:
                return stop.value  # type: ignore[no-any-return]
