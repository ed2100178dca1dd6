"""News that would come too often: about one thing at most once a second, the last of them in time.

For what is counted in a channel (reactions, votes): a thousand people who react within a second
cost its members one push.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable

from petitbleu.app import App, Part
from petitbleu.domain.updates.delivery import announce
from petitbleu.domain.updates.log import Emit

SECONDS = 1.0


class Pace:
    """What was told a moment ago, and what waits since. One per process."""

    __slots__ = ("_app", "_waiting")

    def __init__(self, app: App) -> None:
        self._app = app
        self._waiting: dict[Hashable, Emit | None] = {}

    def tell(self, key: Hashable, emit: Emit) -> None:
        """Announce ``emit`` now, or a moment later in the place of what waits under ``key``."""
        if key in self._waiting:
            # Whoever caused the earlier one hears of this one too.
            self._waiting[key] = emit._replace(skip=None)
            return
        self._waiting[key] = None
        announce(self._app, [emit])
        asyncio.get_running_loop().call_later(SECONDS, self.due, key)

    def due(self, key: Hashable) -> None:
        """Tell what waits under ``key``."""
        emit = self._waiting.pop(key, None)
        if emit is not None:
            self.tell(key, emit)


PACE: Part[Pace] = Part(Pace)


def tell(app: App, key: Hashable, emit: Emit) -> None:
    """:meth:`Pace.tell` of the process."""
    app.parts[PACE].tell(key, emit)
