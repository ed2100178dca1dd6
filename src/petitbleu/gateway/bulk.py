"""Encryption of large payloads, a little in every turn of the loop.

cryptg holds the GIL, so a thread would make the loop wait longer than the work itself. Jobs are
done one after the other (few are half done at a time); between two slices everybody else has a
turn. A message needs several turns from its arrival to its delivery: while one is under way the
slices are a single step.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from petitbleu.errors import PeerFault

SLICE = 0.0006
"""Seconds of one turn spent here while others may be waiting: two or three steps."""

HURRIED = 6
"""Turns with slices of one step after a sign of other work: what a message takes on either side of
its commit.
"""


class Step(Protocol):
    """A job of ``mtproto/bulk.py``."""

    def step(self) -> bool:
        """Do a little; True when done. May raise PeerFault."""
        ...


Done = Callable[[Step, PeerFault | None], None]


class Bulk:
    """The jobs of this process."""

    __slots__ = ("_call_soon", "_hurried", "_jobs")

    def __init__(self, call_soon: Callable[[Callable[[], None]], Any]) -> None:
        self._call_soon = call_soon
        self._jobs: deque[tuple[Step, Done]] = deque()
        self._hurried = 0

    def hurry(self) -> None:
        """Somebody else's work is under way: take as little of the next turns as possible."""
        self._hurried = HURRIED

    def add(self, job: Step, done: Done) -> None:
        """Do ``job``; then ``done(job, None)``, or the fault that ended it."""
        self._jobs.append((job, done))
        if len(self._jobs) == 1:
            self._call_soon(self._turn)

    def _turn(self) -> None:
        jobs = self._jobs
        until = 0.0
        if self._hurried:
            self._hurried -= 1
        else:
            until = time.perf_counter() + SLICE
        while True:
            job, done = jobs[0]
            fault = None
            try:
                ended = job.step()
            except PeerFault as error:
                ended, fault = True, error
            if ended:
                # It leaves the queue afterwards: what ``done`` adds must not start a second turn.
                try:
                    done(job, fault)
                finally:
                    jobs.popleft()
            if not jobs:
                return
            if time.perf_counter() >= until:
                self._call_soon(self._turn)
                return
