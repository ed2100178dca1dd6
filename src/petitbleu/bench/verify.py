"""``desk audit verify`` over 100,000 cases in the running server, and what letters and messages
feel of it: both go on at a steady rate, without the comparison and beside it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from petitbleu.bench import desk, letters
from petitbleu.bench.interference import Beside, stand_back
from petitbleu.bench.letters import Sent
from petitbleu.bench.messages import Pairs
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.desk.records.audit import heads
from petitbleu.run.control_socket import ask

LETTERS = 4000
"""Letters that are written before anything is measured; they are handed over again and again."""
PATIENCE = 3600.0
_ALONE, _VERIFY = "alone", "verify"


async def verify(
    rig: Harness, *, stored: int = 100_000, seconds: float = 20.0, rate: int = 10
) -> Figures:
    """Compare the log of ``stored`` cases; ``rate`` letters a second meanwhile, and before that for
    ``seconds``.
    """
    await rig.crowd(2)
    rig.server.stop()
    async with desk.stocked(rig, stored) as (app, _, _):
        await heads.sign(app)
    port = letters.start(rig)
    pair = await Pairs.of(rig, 1)
    beside = Beside(pair)
    await beside.warm_up()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), stand_back) as other:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(other, letters.prepare, LETTERS)
        sender = _Sender(other, port, rate)
        await sender.some(rate * 10)
        alone = loop.create_task(asyncio.sleep(seconds))
        waits = {_ALONE: await _both(beside, sender, _ALONE, alone)}
        asked = loop.create_task(
            asyncio.to_thread(ask, rig.server.data, "desk.audit.verify", {}, timeout=PATIENCE)
        )
        waits[_VERIFY] = await _both(beside, sender, _VERIFY, asked)
        found = await asked
    pair.close()
    rig.server.stop()
    return _figures(beside, waits, found)


class _Sender:
    """Hands letters over in small portions, so that it stops soon after it is told to."""

    def __init__(self, other: ProcessPoolExecutor, port: int, rate: int) -> None:
        self._other, self._port, self._rate = other, port, rate
        self._next = 0

    async def some(self, count: int) -> Sent:
        """``count`` letters."""
        first, self._next = self._next, (self._next + count) % (LETTERS - 20 * self._rate)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._other, letters.deliver, self._port, first, count, self._rate
        )

    async def until(self, over: asyncio.Future[Any]) -> list[float]:
        """Letters until ``over`` is done; seconds that each took."""
        waits: list[float] = []
        while not over.done():
            waits += (await self.some(self._rate)).waits
        return waits


async def _both(
    beside: Beside, sender: _Sender, kind: str, over: asyncio.Future[Any]
) -> list[float]:
    """Messages and letters until ``over``."""
    sending = asyncio.create_task(sender.until(over))
    await beside.during(kind, over)
    return await sending


def _figures(beside: Beside, waits: dict[str, list[float]], found: dict[str, Any]) -> Figures:
    figures: Figures = {
        "verify_seconds": found["seconds"],
        "verify_memory_mib": found["memory"] / 1024,
        "verify_lines": found["lines"],
        "verify_differences": found["count"] + len(found["problems"]),
    }
    for kind in (_ALONE, _VERIFY):
        figures[f"message_p99_{kind}_ms"] = percentile(beside.busy[kind], 0.99) / 1e6
        figures[f"letter_p99_{kind}_ms"] = percentile(waits[kind], 0.99) * 1e3
    for what in ("message", "letter"):
        figures[f"{what}_p99_verify_ratio"] = (
            figures[f"{what}_p99_{_VERIFY}_ms"] / figures[f"{what}_p99_{_ALONE}_ms"]
        )
    return figures
