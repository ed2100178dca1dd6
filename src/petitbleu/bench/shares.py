"""Shares that were counted, with how sure one can be of them."""

from __future__ import annotations

import math
from typing import NamedTuple

_Z = 1.959964
"""Of a 95 % interval."""


class Share(NamedTuple):
    """How many of how many, with the 95 % interval of Wilson."""

    hits: int
    total: int

    @property
    def text(self) -> str:
        """``17/20 85 % [64..95]``"""
        low, high = self.interval
        percent = 100 * self.hits / self.total if self.total else 0.0
        return f"{self.hits}/{self.total} {percent:.1f}% [{100 * low:.1f}..{100 * high:.1f}]"

    @property
    def interval(self) -> tuple[float, float]:
        """The bounds of the share."""
        if not self.total:
            return 0.0, 1.0
        share, n = self.hits / self.total, self.total
        middle = share + _Z**2 / (2 * n)
        half = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n * n))
        whole = 1 + _Z**2 / n
        return (middle - half) / whole, (middle + half) / whole
