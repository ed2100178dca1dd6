"""``/metrics``: what a scrape of one instance gets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from petitbleu.metrics import Gauge

Source = Callable[[], Iterable[Gauge]]


class Metrics:
    """Counters of the process and gauges of ``sources``. The library that writes them is imported
    by the first scrape, in a thread: most servers are never scraped.
    """

    __slots__ = ("_registry", "_sources")

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = tuple(sources)
        self._registry: Any = None

    async def text(self) -> bytes:
        """What a scrape gets."""
        writing = await asyncio.to_thread(import_module, "petitbleu.run.exposition")
        if self._registry is None:
            self._registry = writing.registry(self._sources)
        found: bytes = writing.text(self._registry)
        return found
