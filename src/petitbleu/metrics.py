"""Numbers the process counts about itself. A leaf; counting costs one addition.

A counter is declared beside the code that counts; ``run/metrics.py`` gives them all to Prometheus.
Gauges are not kept but asked for: an object that has some yields :class:`Gauge` values from
``gauges()``.
"""

from __future__ import annotations

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


COUNTERS: dict[str, Counter] = {}


def counter(name: str, help: str, label: str = "") -> Counter:
    """Declare a counter; ``label`` names its one label, if it has one."""
    if name in COUNTERS:
        raise RuntimeError(f"counter {name} is declared twice")
    metric = COUNTERS[name] = Counter(name, help, label)
    return metric
