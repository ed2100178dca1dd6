"""When what a worker does again and again is due: at the same moments, whatever it is.

An idle process pays for being woken, not for what it then does; what is due together wakes it once.
The workers of one machine have one monotonic clock, so NATS too is woken once for all their beats.
"""

from __future__ import annotations

LATE = 0.002
"""Seconds after the moment: the event loop's timers may be a millisecond early."""


def until_next(now: float, period: float) -> float:
    """Seconds from ``now`` (monotonic) until just after the next multiple of ``period``; where that
    is nearer than a quarter of it, until the one after.
    """
    ahead = period - (now - LATE) % period
    return ahead if ahead > period / 4 else ahead + period
