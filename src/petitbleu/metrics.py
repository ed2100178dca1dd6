"""Numbers the process counts about itself. A leaf; counting costs one addition.

A counter is declared beside the code that counts; ``run/metrics.py`` gives them all to Prometheus.
Gauges are not kept but asked for: an object that has some yields :class:`Gauge` values from
``gauges()``.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple


class Counter:
    """Counts upwards, for one or several values of one label."""

    __slots__ = ("help", "label", "name", "values")

    def __init__(self, name: str, help: str, label: str) -> None:
        self.name = name
        self.help = help
        self.label = label
        self.values: dict[str, int] = {}

    def add(self, value: str = "", count: int = 1) -> None:
        """Count ``count`` more under the label's ``value``."""
        self.values[value] = self.values.get(value, 0) + count


class Gauge(NamedTuple):
    """A number as it is now."""

    name: str
    help: str
    value: float


class Histogram:
    """Counts of durations in seconds (or of sizes), by upper bounds."""

    __slots__ = ("bounds", "counts", "help", "name", "sum")

    def __init__(self, name: str, help: str, bounds: tuple[float, ...]) -> None:
        self.name = name
        self.help = help
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.sum = 0.0

    def observe(self, value: float) -> None:
        """Count one duration, or size."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.sum += value


HISTOGRAMS: dict[str, Histogram] = {}
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


def histogram(name: str, help: str, bounds: tuple[float, ...] = _BOUNDS) -> Histogram:
    """Declare a histogram of durations, or with ``bounds`` of something else."""
    if name in HISTOGRAMS:
        raise RuntimeError(f"histogram {name} is declared twice")
    metric = HISTOGRAMS[name] = Histogram(name, help, bounds)
    return metric


COUNTERS: dict[str, Counter] = {}


def counter(name: str, help: str, label: str = "") -> Counter:
    """Declare a counter; ``label`` names its one label, if it has one."""
    if name in COUNTERS:
        raise RuntimeError(f"counter {name} is declared twice")
    metric = COUNTERS[name] = Counter(name, help, label)
    return metric
