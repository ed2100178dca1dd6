"""Background tasks that a test leaves behind.

All tests of a process share one event loop, so that connections and workers can be kept. What a
test started in the background and did not wait for is cancelled with the test, as it would be with
a loop of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def cancelled() -> AsyncIterator[None]:
    """Cancel the tasks that were started inside the block and are not done at its end."""
    before = asyncio.all_tasks()
    yield
    left = asyncio.all_tasks() - before - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
