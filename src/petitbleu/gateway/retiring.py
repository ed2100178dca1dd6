"""Sending everybody to the other workers: what a worker does before it stops.

Who is sent away is at another worker a moment later, which then has to recognise them and tell
them what is new. So they go one by one, drawn by lot, as many in each second. A worker that is too
busy to keep the pace does not make up for it at once: those who are left go a little faster, and
it takes longer.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from collections.abc import Callable, Set
from typing import Protocol

ANSWER_SECONDS = 10.0
"""How long calls of a connection that is sent away may run on."""
LONGER = 1.5
"""So many times as long as it was told a worker takes at most, where it is too busy."""
_STEP = 0.1
"""Seconds between two looks at who is to go, on average: no beat that others could fall into."""
_RESERVE = 0.05
"""Share of the time that is kept for what the worker was too busy to do in time."""
_FASTER = 1.25
"""How much faster they may go than planned, to be in time."""
_chance = random.SystemRandom()


class Open(Protocol):
    """An open connection of any kind."""

    def stop_reading(self) -> None:
        """Take no more requests."""
        ...

    def is_busy(self) -> bool:
        """Whether it would be closed too early: calls are under way."""
        ...

    def drain(self) -> None:
        """Close after what is written has left."""
        ...


class Pace:
    """How many are to go, so that as many go in each second and nobody is left at the end."""

    __slots__ = ("_end", "_last", "_least", "_most", "_owed", "_seconds", "_sent")

    def __init__(self, now: float, seconds: float) -> None:
        """``now``: seconds of a clock that only goes on; ``seconds``: the time for all."""
        reserve = seconds * _RESERVE
        self._seconds = seconds - reserve
        self._end = now + self._seconds
        self._least = reserve / 2
        self._most = 0.0
        self._last = now
        self._owed = 0.0
        self._sent: deque[tuple[float, int]] = deque()
        """When how many went, in the last second."""

    def due(self, now: float, left: int) -> int:
        """How many of the ``left`` that are still here go now."""
        self._most = self._most or max(1.0, _FASTER * left / self._seconds)
        self._owed += left * (now - self._last) / max(self._end - self._last, self._least)
        self._owed = min(self._owed, self._most)
        self._last = now
        while self._sent and self._sent[0][0] <= now - 1:
            self._sent.popleft()
        room = self._most - sum(count for _, count in self._sent)
        due = max(0, min(int(self._owed), int(room), left))
        if due:
            self._owed -= due
            self._sent.append((now, due))
        return due


async def retire(
    here: Set[Open], flush: Callable[[], None], seconds: float, monotonic: Callable[[], float]
) -> None:
    """End the connections ``here`` over ``seconds``, :data:`LONGER` at most; each once it is
    answered, or after :data:`ANSWER_SECONDS`. ``flush``: writes what waits to be written.
    """
    began = monotonic()
    pace, until = Pace(began, seconds), began + seconds * LONGER
    told: set[Open] = set()
    answering: dict[Open, float] = {}
    while here and (now := monotonic()) < until:
        told &= here
        staying = [one for one in here if one not in told]
        for one in _chance.sample(staying, pace.due(now, len(staying))):
            one.stop_reading()
            told.add(one)
            answering[one] = now + ANSWER_SECONDS
        flush()
        for one in [a for a, last in answering.items() if now >= last or not a.is_busy()]:
            del answering[one]
            one.drain()
        await asyncio.sleep(_chance.uniform(0.5, 1.5) * _STEP)
