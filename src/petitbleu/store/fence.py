"""Writes that are refused once this process has lost its standing among the workers.

Work that one worker does at a time is run with a :class:`Fence` in :data:`UNDER`. Each transaction
of the PostgreSQL store that begins meanwhile asks first, in the same transaction, whether the
fence still stands, and keeps it from falling until the commit. A worker that was frozen for a
while and goes on in the midst of such work writes nothing: :class:`Fenced`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from petitbleu.errors import StoreUnavailable
from petitbleu.metrics import counter

log = logging.getLogger("petitbleu.store")
FENCED = counter("fenced_total", "Writes refused because another worker has taken over", "lease")


class Fenced(StoreUnavailable):
    """Another worker has taken over what this write belongs to; nothing was written."""


class Fence:
    """What a write depends on: ``statement`` with ``values`` has to find a row."""

    __slots__ = ("name", "over", "statement", "values")

    def __init__(self, name: str, statement: str, *values: Any) -> None:
        self.name = name
        self.statement = statement
        self.values = values
        self.over = False
        """The work has ended: what it left running in the background is no part of it."""

    async def check(self, conn: Any) -> None:
        """Ask inside an open transaction of ``conn``. Raises Fenced."""
        if await conn.fetchrow(self.statement, *self.values) is None:
            FENCED.add(self.name)
            log.warning("a write was refused: another worker has taken over (%s)", self.name)
            raise Fenced(f"another worker has taken over ({self.name})")


UNDER: ContextVar[Fence | None] = ContextVar("UNDER", default=None)


@contextmanager
def under(fence: Fence) -> Iterator[Fence]:
    """What is written inside depends on ``fence``."""
    token = UNDER.set(fence)
    try:
        yield fence
    finally:
        fence.over = True
        UNDER.reset(token)


def standing() -> Fence | None:
    """The fence of the work under way, if it has one."""
    fence = UNDER.get()
    return None if fence is None or fence.over else fence
