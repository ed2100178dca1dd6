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
PATIENCE = 0.01
"""Seconds that pieces wait while something more urgent is under way."""
PER_PATIENCE = 8
"""Pieces that are let in then, so that none starves."""
PAUSE = 0.001
"""Seconds between two looks at whether it still is."""
WAITING_MAX = 4000
"""Pieces that wait; with more the answer is no."""

Urgent = Callable[[], object]
"""Whether something more urgent is under way, e.g. a commit that people wait for: its thread gets
the interpreter only when the event loop lets go of it."""


class Slices:
    """The slices of one piece of work: ``await slices.rest()`` where it may pause."""

    __slots__ = ("_until", "_urgent")

    def __init__(self, urgent: Urgent) -> None:
        self._until = time.perf_counter() + SLICE
        self._urgent = urgent

    async def rest(self) -> None:
        """Let others run if this has run for a slice; for longer while it is urgent."""
        if time.perf_counter() >= self._until:
            await asyncio.sleep(PAUSE if self._urgent() else 0)
            self._until = time.perf_counter() + SLICE


class Turnstile:
    """Lets a few pieces of work in at each turn of the loop, the others in the order they came;
    none for a moment while something urgent is under way.

    ``turns.free()`` or else ``turns.wait(work)``.
    """

    __slots__ = ("_let_in", "_running", "_since", "_urgent", "_waiting")

    def __init__(self, urgent: Urgent) -> None:
        self._waiting: deque[Callable[[], None]] = deque()
        self._urgent = urgent
        self._let_in = 0
        self._running = False
        self._since = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def free(self) -> bool:
        """Whether a piece may run now; if so, it counts."""
        if self._waiting or self._let_in >= PER_TURN or self._urgent():
            return False
        self._let_in += 1
        self._turn_soon()
        return True

    def wait(self, work: Callable[[], None]) -> bool:
        """Run ``work`` when its turn comes; False: too much waits."""
        if len(self._waiting) >= WAITING_MAX:
            return False
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(work)
        self._turn_soon()
        return True

    def _turn_soon(self) -> None:
        if not self._running:
            self._running = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        many = PER_TURN
        if self._waiting and self._urgent():
            if time.monotonic() - self._since < PATIENCE:
                asyncio.get_running_loop().call_later(PAUSE, self._turn)
                return
            many = PER_PATIENCE
        self._running = False
        self._since = time.monotonic()
        self._let_in = min(many, len(self._waiting))
        if self._let_in:
            self._turn_soon()
        for _ in range(self._let_in):
            self._waiting.popleft()()
