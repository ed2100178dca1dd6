"""The fan-out of this process, as services see it: they announce news, and know nothing of TL.

``fanout.py`` renders events and therefore stands above all services; it puts itself here when an
instance is opened. Without one (a command, a test of a service) there is nobody to deliver to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from petitbleu.app import App, Part

SWEEP_SECONDS = 45


class Channels(Protocol):
    """Which people with a live session here follow which channels (``watchers.py``)."""

    def of(self, channel: int) -> set[int] | frozenset[int]:
        """People who may have a live session here and are in the channel."""


class Delivery(Protocol):
    """The part of the fan-out that services use."""

    wakes: list[Callable[[], None]]
    """Called after commits that were announced."""

    @property
    def watchers(self) -> Channels:
        """Who follows which channel."""

    def announce(self, emits: Iterable[object]) -> None:
        """Take what a commit, or a passing event, emitted."""

    async def sweep(self) -> int:
        """Deliver what lost hints left undelivered; how many owners were behind."""

    def look(self, owners: Iterable[int]) -> None:
        """Have whoever is told of ``owners`` compare with the database, here and elsewhere."""


DELIVERY: Part[Delivery | None] = Part(lambda _: None)


def follow(app: App, wake: Callable[[], None]) -> None:
    """Have ``wake`` called, often and on the event loop, after commits that told something."""
    delivery = app.parts[DELIVERY]
    if delivery is not None:
        delivery.wakes.append(wake)


def listeners(app: App, channel: int) -> frozenset[int]:
    """Members of a channel that may have a live session here."""
    delivery = app.parts[DELIVERY]
    return frozenset() if delivery is None else frozenset(delivery.watchers.of(channel))


def announce(app: App, emits: Iterable[object]) -> None:
    """Tell sessions passing news (typing, online) that is never stored."""
    delivery = app.parts[DELIVERY]
    if delivery is not None:
        delivery.announce(emits)


def look(app: App, owners: Iterable[int]) -> None:
    """In a cluster: ``owners`` may have news that a worker committed and could not tell."""
    delivery = app.parts[DELIVERY]
    if delivery is not None:
        delivery.look(owners)


async def sweep(app: App) -> None:
    """Compare the counters of everybody live here with the database; deliver what is missing."""
    delivery = app.parts[DELIVERY]
    if delivery is not None:
        await delivery.sweep()
