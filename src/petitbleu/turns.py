"""Giving the event loop back: long work of one kind lets messages through.

Whatever runs on the loop delays everything else by as long as it runs. Work that nobody waits for
as they wait for a message is done in slices, between which the loop looks at its sockets.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

SLICE = 0.0003
"""Seconds that a slice takes, about: the work of two or three messages."""
PER_TURN = 2
"""Pieces that are let in between two looks at the sockets."""
WAITING_MAX = 4000
"""Pieces that wait; with more the answer is no."""


class Slices:
    """The slices of one piece of work: ``await slices.rest()`` where it may pause."""

    __slots__ = ("_until",)

    def __init__(self) -> None:
        self._until = time.perf_counter() + SLICE

    async def rest(self) -> None:
        """Let others run if this has run for a slice."""
        if time.perf_counter() >= self._until:
            await asyncio.sleep(0)
            self._until = time.perf_counter() + SLICE


class Turnstile:
    """Lets a few pieces of work in at each turn of the loop, the others in the order they came.

    ``turns.free()`` or else ``turns.wait(work)``.
    """

    __slots__ = ("_let_in", "_running", "_waiting")

    def __init__(self) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._let_in = 0
        self._running = False

    def __len__(self) -> int:
        return len(self._waiting)

    def free(self) -> bool:
        """Whether a piece may run now; if so, it counts."""
        if self._waiting or self._let_in >= PER_TURN:
            return False
        self._let_in += 1
        self._turn_soon()
        return True

    def wait(self, work: Callable[[], None]) -> bool:
        """Run ``work`` when its turn comes; False: too much waits."""
        if len(self._waiting) >= WAITING_MAX:
            return False
        self._waiting.append(work)
        self._turn_soon()
        return True

    def _turn_soon(self) -> None:
        if not self._running:
            self._running = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        self._running = False
        self._let_in = min(PER_TURN, len(self._waiting))
        if self._let_in:
            self._turn_soon()
        for _ in range(self._let_in):
            self._waiting.popleft()()
