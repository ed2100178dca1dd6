"""How many different readers a day has, in bounded memory: adaptive sampling (Wegman; Flajolet,
"On adaptive sampling", Computing 34, 1990).

Of the readers' numbers, which are spread evenly, only those that end in ``level`` zero bits are
remembered; each of them stands for ``2 ** level``. Up to :data:`MOST` readers the count is exact,
above it is off by about 1 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

MOST = 20_000
"""Readers that are remembered."""


class Sample:
    """The readers of one day, by country."""

    __slots__ = ("_level", "_seen", "_told")

    def __init__(self) -> None:
        self._level = 0
        self._seen: dict[int, str] = {}
        self._told: Counter[str] = Counter()

    def add(self, number: int, country: Callable[[], str]) -> bool:
        """Somebody reads; whether they were not remembered. ``country`` is asked for who is new."""
        if number & ((1 << self._level) - 1) or number in self._seen:
            return False
        self._seen[number] = country()
        while len(self._seen) > MOST:
            self._level += 1
            zeros = (1 << self._level) - 1
            self._seen = {one: at for one, at in self._seen.items() if not one & zeros}
        return True

    def counts(self) -> Counter[str]:
        """Country -> how many readers there seem to be."""
        counted = Counter(self._seen.values())
        return Counter({country: n << self._level for country, n in counted.items()})

    def growth(self) -> dict[str, int]:
        """What :meth:`counts` says more, or less, than when this was asked last."""
        now, before = self.counts(), self._told
        self._told = now
        changed = {country: now[country] - before[country] for country in {*now, *before}}
        return {country: n for country, n in changed.items() if n}

    def take_back(self, told: dict[str, int]) -> None:
        """A growth that could not be written is told again."""
        self._told.subtract(told)
