"""What messages feel of other work in the same process: their delays without it and with it, in
turn, so that what the machine does meanwhile is shared by both.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Callable
from typing import Any

from petitbleu.bench.messages import Pairs
from petitbleu.bench.rig import Figures, percentile

NICE = 10
"""How far the processes that make the other work stand back: their own work must not delay the
messages, only what they ask of the server.
"""
PAUSE = 0.005
"""Seconds between two messages of the trickle whose delay is measured."""
WARM = 5000
"""Messages before anything is measured."""
SETTLE = 0.5
"""Seconds between work and a measurement without it: what it left behind is done."""


def stand_back() -> None:
    """Begin a process that makes other work."""
    os.nice(NICE)


class Beside:
    """A trickle of messages between two people, without other work and beside it."""

    def __init__(self, pair: Pairs) -> None:
        self._pair = pair
        self.quiet: list[int] = []
        """Delays without other work, in nanoseconds from sending to receiving."""
        self.busy: dict[str, list[int]] = {}
        """Delays beside each kind of work."""

    async def warm_up(self) -> None:
        """As after some hours: the database's log has been filled once and is written over from now
        on, which its disk takes better than a file that grows.
        """
        await self._pair.run(WARM, 32)
        await self.without(1.0)
        self.quiet.clear()

    async def without(self, seconds: float) -> None:
        """Messages alone, for ``seconds``."""
        await asyncio.sleep(SETTLE)
        end = time.monotonic() + seconds
        self.quiet += await self._trickle(lambda: time.monotonic() >= end)

    async def during(self, kind: str, work: asyncio.Future[Any]) -> None:
        """Messages until ``work`` is done."""
        self.busy.setdefault(kind, []).extend(await self._trickle(work.done))

    async def _trickle(self, over: Callable[[], bool]) -> list[int]:
        received = self._pair.received
        received.latencies.clear()
        connection, template = self._pair.senders[0]
        answers = []
        while not over():
            body = template.message(time.perf_counter_ns(), random.getrandbits(62))
            answers.append(connection.send(body))
            await asyncio.sleep(PAUSE)
        await asyncio.gather(*answers)
        await received.wait_for(len(answers))
        return list(received.latencies)

    def figures(self) -> Figures:
        """Both, the ratio of their p99, and the p99 beside each kind where there are several."""
        busy = [delay for delays in self.busy.values() for delay in delays]
        figures: Figures = {}
        for name, delays in (("quiet", self.quiet), ("busy", busy)):
            figures[f"{name}_delivered_p50_ms"] = percentile(delays, 0.5) / 1e6
            figures[f"{name}_delivered_p90_ms"] = percentile(delays, 0.9) / 1e6
            figures[f"{name}_delivered_p99_ms"] = percentile(delays, 0.99) / 1e6
        if len(self.busy) > 1:
            for kind, delays in self.busy.items():
                figures[f"busy_{kind}_p99_ms"] = percentile(delays, 0.99) / 1e6
        figures["message_p99_ratio"] = percentile(busy, 0.99) / percentile(self.quiet, 0.99)
        return figures
