"""One coarse timer for everything that waits: idle connections, handshake deadlines, session
expiry.

A ``call_later`` per connection costs a heap entry and a cancel per packet. Here an item only moves
its ``deadline`` (a plain attribute) when something happens, and the wheel looks at it again when
its old slot comes up: touching a timer costs one store, and ten thousand idle connections cost
nothing between their slots.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from typing import Protocol

from petitbleu.ticks import until_next

TICK = 0.5
"""Seconds a slot lasts: timers fire up to this much late, never early."""


class Timed(Protocol):
    """What the wheel can hold."""

    deadline: float
    """Monotonic second when ``expired`` is due; moves later freely, earlier through ``add``."""
    slot: int
    """Where the wheel keeps the item; 0: nowhere. Written by the wheel only."""

    def expired(self, now: float) -> None:
        """The deadline has passed (the item is off the wheel by now)."""
        ...


class TimerWheel:
    """Holds items until their deadlines. ``tick(now)`` is driven by :meth:`start` or by a test."""

    __slots__ = ("_handle", "_last", "_loop", "_monotonic", "_slots")

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._slots: dict[int, set[Timed]] = {}
        self._monotonic = monotonic
        self._last = int(monotonic() / TICK)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._handle: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return sum(map(len, self._slots.values()))

    def add(self, item: Timed) -> None:
        """Wait for ``item.deadline``; an item that waits already moves to the earlier slot."""
        slot = max(math.ceil(item.deadline / TICK), self._last + 1)
        if item.slot:
            if item.slot <= slot:
                return
            self.remove(item)
        item.slot = slot
        self._slots.setdefault(slot, set()).add(item)

    def remove(self, item: Timed) -> None:
        """Forget the item, if it is here."""
        if item.slot:
            waiting = self._slots.get(item.slot)
            if waiting is not None:
                waiting.discard(item)
                if not waiting:
                    del self._slots[item.slot]
            item.slot = 0

    def tick(self, now: float) -> None:
        """Fire what is due at ``now`` (monotonic)."""
        current = int(now / TICK)
        if current - self._last > len(self._slots):
            due = sorted(slot for slot in self._slots if slot <= current)
        else:
            due = [slot for slot in range(self._last + 1, current + 1) if slot in self._slots]
        self._last = max(current, self._last)
        for slot in due:
            for item in self._slots.pop(slot, ()):
                item.slot = 0
                if item.deadline > now:
                    self.add(item)
                else:
                    item.expired(now)

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Tick from now on."""
        self._loop = loop
        self._handle = loop.call_later(until_next(loop.time(), TICK), self._turn)

    def stop(self) -> None:
        """Tick no more."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _turn(self) -> None:
        assert self._loop is not None
        loop = self._loop
        self._handle = loop.call_later(until_next(loop.time(), TICK), self._turn)
        self.tick(self._monotonic())
