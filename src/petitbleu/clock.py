"""The clock: the only place that asks the machine what time it is.

All times inside petitbleu are UTC. Wall time is ``float`` seconds since the epoch (dates of
messages are its integer part); ``monotonic`` is for timers only.
"""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Where time comes from."""

    def now(self) -> float:
        """Seconds since the Unix epoch, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds on a clock that never goes back."""
        ...

    def month(self) -> int:
        """The current month, UTC, as YYYYMM."""
        ...


class SystemClock:
    """The machine's clock."""

    __slots__ = ()

    def now(self) -> float:
        return time.time()

    def monotonic(self) -> float:
        return time.monotonic()

    def month(self) -> int:
        return _month(self.now())


class ManualClock:
    """A clock that moves by hand, for tests."""

    __slots__ = ("_now",)

    def __init__(self, start: float = 1_800_000_000.0) -> None:
        self._now = start

    def now(self) -> float:
        return self._now

    def monotonic(self) -> float:
        return self._now

    def month(self) -> int:
        return _month(self._now)

    def advance(self, seconds: float) -> None:
        """Move on by ``seconds`` (never back)."""
        self._now += max(seconds, 0.0)


def _month(now: float) -> int:
    date = time.gmtime(now)
    return date.tm_year * 100 + date.tm_mon
