"""Work that one worker does for all is begun by the commits of the others too.

What a worker commits may be due at once at another: a job whose lease that one has, a change for
the index, a feed, a page in a cache. Each worker says so on the bus, at most every
:data:`GATHER_SECONDS`; whoever does not hear it looks by itself a little later.
"""

from __future__ import annotations

import asyncio
from typing import Any

from petitbleu.app import App
from petitbleu.domain.updates.delivery import DELIVERY
from petitbleu.domain.updates.fanout import FANOUT, on_planned
from petitbleu.run.jobs import SOON, JobRunner

GATHER_SECONDS = 0.25
_CHANGED, _DUE, _GONE = "changed", "due", "gone"


class Wakes:
    """The bus between this worker's commits and others' work. Starts at once."""

    __slots__ = ("_app", "_due", "_runner", "_timer", "_unfollow")

    def __init__(self, app: App, runner: JobRunner) -> None:
        self._app = app
        self._runner = runner
        self._timer: asyncio.TimerHandle | None = None
        self._due: int | None = None
        """When the earliest job planned since the last word is due."""
        self._unfollow = on_planned(app, self._planned)
        delivery = app.parts[DELIVERY]
        assert delivery is not None
        delivery.wakes.append(self._wait)
        app.bus.on(_CHANGED, lambda sender, item: self._changed_elsewhere())
        app.bus.on(_DUE, self._due_elsewhere)

    def stop(self) -> None:
        """Say nothing more."""
        self._unfollow()
        if self._timer is not None:
            self._timer.cancel()

    def taken_off(self, workers: list[int]) -> None:
        """This worker has taken others off: what they owed is found by a sweep of everybody."""
        for number in workers:
            self._app.bus.all(_GONE, number)
        remote = self._app.parts[FANOUT].remote
        if remote is not None:
            remote.sweeper.want()

    def _planned(self, due: int) -> None:
        if due - self._app.clock.now() <= SOON:
            self._due = due if self._due is None else min(due, self._due)
            self._wait()

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._say)

    def _say(self) -> None:
        self._timer = None
        due, self._due = self._due, None
        self._app.bus.all(_CHANGED, None)
        if due is not None:
            self._app.bus.all(_DUE, due)

    def _changed_elsewhere(self) -> None:
        delivery = self._app.parts[DELIVERY]
        for wake in delivery.wakes if delivery is not None else ():
            if wake != self._wait:  # else the word would go round for ever
                wake()

    def _due_elsewhere(self, sender: int, due: Any) -> None:
        if isinstance(due, int):
            self._runner.planned(due)
