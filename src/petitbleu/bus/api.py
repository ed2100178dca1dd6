"""How workers of one cluster tell one another what happened: hints, never the truth.

A worker is one process of ``petitbleu serve``. What was committed stands in the database whether or
not anybody was told; whoever was not told finds it there (``lost``). So nothing here waits, and
nothing fails.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

Take = Callable[[int, Any], None]
"""``take(worker, item)``: an item that another worker sent; called on the loop, must not wait."""
Answer = Callable[[int, Any], Awaitable[Any]]
"""``answer(worker, item)``: what a question of another worker is answered."""

ALONE = 0
"""The worker id of a process that is no part of a cluster."""
ALL = 0
"""The destination of what goes to all other workers."""


class BusGone(Exception):
    """A question that cannot be asked: the worker is not there, or the bus is down."""


class BusRefused(Exception):
    """The bus cannot be used as it is set up; the text is for the operator."""


class Bus(Protocol):
    """The way to the other workers. Items are what msgpack can carry: None, bool, int, float, str,
    bytes, list, tuple (arrives as a list), dict.
    """

    me: int
    """The worker id; 0: alone."""

    lost: list[Callable[[], None]]
    """Called on the loop when frames to this worker were, or may have been, lost."""

    unsure: list[Callable[[], None]]
    """Called on the loop when a beat is missing (:meth:`hears_all`); nothing counts as lost yet."""

    def send(self, to: int, kind: str, item: Any) -> None:
        """Send to one worker. Never waits, never raises; what is sent in one turn of the loop
        travels together.
        """
        ...

    def all(self, kind: str, item: Any) -> None:
        """Send to every other worker, as :meth:`send`."""
        ...

    async def ask(self, to: int, kind: str, item: Any, seconds: float = 2.0) -> Any:
        """Ask a worker. Raises BusGone, or TimeoutError where no answer came in time."""
        ...

    def on(self, kind: str, take: Take) -> None:
        """Have ``take`` called with what others send of ``kind``; several may listen."""
        ...

    def answer(self, kind: str, give: Answer) -> None:
        """Answer questions of ``kind`` with what ``give`` returns. Where it raises, whoever asks
        gets BusGone.
        """
        ...

    def up(self) -> bool:
        """Whether what is sent arrives, as far as can be known."""
        ...

    def hears_all(self) -> bool:
        """Whether every live worker is heard, as far as can be known: what is not told did not
        happen. False also where another one alone lost the bus.
        """
        ...

    def unheard(self) -> list[int]:
        """Live workers that are not heard, though the own beat is."""
        ...

    async def close(self) -> None:
        """Send and take nothing any more."""
        ...
