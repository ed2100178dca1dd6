"""What waits for the writer, in two lanes: writes that somebody looks at a screen for, and those
that nobody does (letters being filed, the search index, finished jobs).

A message must not wait behind ten filings, and filings must not wait for ever:

* where nothing else waits, the second lane runs, for :data:`TURN` or until something else arrives,
  which then joins its commit;
* beside other work it joins a group only when its first has waited for :data:`PATIENCE`, and then
  for :data:`SHARE`: under any load it has about a fifth of the writer.
"""

from __future__ import annotations

import queue
import time
from collections import deque
from collections.abc import Iterator
from typing import Generic, TypeVar

J = TypeVar("J")

PATIENCE = 0.010
"""Seconds the second lane waits while there is other work."""
SHARE = 0.002
"""Seconds it then takes of a group that others wait for (its first job may take longer)."""
TURN = 0.010
"""Seconds after which it commits what it has done while it is alone."""


class Lanes(Generic[J]):
    """Jobs in, groups out. ``put`` and ``close`` from any thread, the rest from the writer."""

    __slots__ = ("_behind", "_going_on", "_most", "_queue")

    def __init__(self, most: int) -> None:
        """``most``: jobs of the first lane that a group has at most, and of the second."""
        self._most = most
        self._queue: queue.SimpleQueue[tuple[J, bool] | None] = queue.SimpleQueue()
        self._behind: deque[tuple[J, float]] = deque()
        self._going_on = True

    def put(self, job: J, *, behind: bool = False) -> None:
        """Let ``job`` wait; ``behind``: in the second lane."""
        self._queue.put((job, behind))

    def close(self) -> None:
        """Nothing comes any more; what waits is still done."""
        self._queue.put(None)

    def first(self) -> list[J] | None:
        """Wait for work: the jobs of the first lane, none where only the second has any. None: all
        is done, and nothing comes any more.
        """
        jobs = self._arrived(wait=True)
        return jobs if jobs or self._behind or self._going_on else None

    def more(self) -> list[J]:
        """The jobs of the first lane that arrived since: they share a commit with what the second
        lane has just done, instead of waiting for it and for one of their own.
        """
        return self._arrived(wait=False)

    def _arrived(self, *, wait: bool) -> list[J]:
        jobs: list[J] = []
        while len(jobs) < self._most:
            try:
                # With something in hand it only looks.
                block = wait and self._going_on and not (jobs or self._behind)
                arrived = self._queue.get(block=block)
            except queue.Empty:
                break
            if arrived is None:
                self._going_on = False
            elif arrived[1]:
                self._behind.append((arrived[0], time.monotonic()))
            else:
                jobs.append(arrived[0])
        return jobs

    def second(self, *, alone: bool) -> Iterator[J]:
        """The jobs of the second lane that join the group, one after the other; ``alone``: the
        group has no others.
        """
        behind = self._behind
        began = time.monotonic()
        if not alone and (not behind or began - behind[0][1] < PATIENCE):
            return
        for _ in range(self._most):
            if not behind:
                return
            yield behind.popleft()[0]
            took = time.monotonic() - began
            if took >= (TURN if alone else SHARE) or (alone and not self._queue.empty()):
                return

    @property
    def waits(self) -> bool:
        """Whether the second lane has anything."""
        return bool(self._behind)
