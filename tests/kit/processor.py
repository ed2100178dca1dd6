"""How busy this machine is, so that a printed time can be judged: on a machine without a free
processor it is the time of a queue.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

_STAT = Path("/proc/stat")
_TICKS = os.sysconf("SC_CLK_TCK")


class _Moment(NamedTuple):
    busy: float
    whole: float
    own: float


class Processor:
    """From now on, until :meth:`shares` is asked."""

    def __init__(self) -> None:
        self._began = _now()

    def shares(self) -> str:
        """What the machine's processors did since, and this process' part of it, in words."""
        began, now = self._began, _now()
        whole = (now.whole - began.whole) or 1.0
        busy, own = (now.busy - began.busy) / whole, (now.own - began.own) / whole
        return f"processors {busy:.0%} busy ({os.cpu_count()}, the test itself {own:.0%})"


def _now() -> _Moment:
    """Seconds of all processors since the machine started."""
    # proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal; guests are in user.
    counts = [int(word) for word in _STAT.read_text("ascii").split("\n", 1)[0].split()[1:9]]
    idle = counts[3] + counts[4]
    own = os.times()
    return _Moment((sum(counts) - idle) / _TICKS, sum(counts) / _TICKS, own.user + own.system)
