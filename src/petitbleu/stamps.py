"""Caches that hear what other workers wrote. A leaf: it knows nothing of what they hold.

A :class:`Room` is what remembers rows of some tables. Each write of these tables names it
(``query(…, stamps=…)``); the transaction stamps it (``store/stamps.py``), and the worker tells the
others which keys it concerns (``inv``). What is lost on the way is found by comparing the numbers:
when the bus says so, every second while a worker is not heard, and every 30 s. A worker that is
alone does none of it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Hashable, Iterable
from typing import Any, NamedTuple, TypeVar

from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.errors import StoreUnavailable
from petitbleu.metrics import counter
from petitbleu.store import stamps
from petitbleu.store.stamps import WHOLE, Key, Told, bucket_of

K = TypeVar("K", bound=Hashable)

EVERY = 30.0
"""Seconds between two comparisons when nothing was lost."""
APART = 1.0
"""Seconds between two comparisons at least."""
KIND = "inv"
"""What the others are told: ``(room, keys, numbers of the buckets)``."""

HEARD = counter("cache_told_total", "Keys of caches that another worker changed", "room")
FOUND = counter(
    "stamp_found_total", "Changes of other workers that were found by comparing", "room"
)


class Room(NamedTuple):
    """What remembers rows of the database."""

    name: str
    reads: dict[str, tuple[str, ...]]
    """Table -> the columns that matter; empty: all of them."""


ROOMS: dict[str, Room] = {}
"""All rooms, declared at import."""


def room(name: str, **reads: tuple[str, ...]) -> Room:
    """Declare a room at the top of the module that remembers: ``room("members", member=())``."""
    made = ROOMS[name] = Room(name, reads)
    return made


class Change(NamedTuple):
    """What another worker changed of a room: keys, or buckets where the news was lost."""

    keys: tuple[Key, ...] = ()
    buckets: frozenset[int] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether it may be anything."""
        return WHOLE in self.buckets

    def of(self, known: Iterable[K]) -> Collection[K]:
        """Those of ``known`` that it concerns."""
        if self.whole:
            return list(known)
        if self.buckets:
            return [key for key in known if bucket_of(key) in self.buckets]  # type: ignore[arg-type]
        return self.keys  # type: ignore[return-value]


Take = Callable[[Change], None]


class Rooms:
    """The rooms of one instance that remember something."""

    __slots__ = ("_app", "_compared", "_known", "_takers", "_task")

    def __init__(self, app: App) -> None:
        self._app = app
        self._takers: dict[str, list[Take]] = {}
        self._known: dict[tuple[str, int], int] = {}
        """(room, bucket) -> the number up to which everything was heard."""
        self._task: asyncio.Task[None] | None = None
        self._compared = asyncio.Event()

    def hear(self, of: Room, take: Take) -> None:
        """Have ``take`` called with what others change; on the loop, it must not wait."""
        self._takers.setdefault(of.name, []).append(take)

    async def start(self) -> None:
        """This process is one of several: tell and hear from now on."""
        app = self._app
        app.store.on_stamps(self._tell)
        app.bus.on(KIND, self._take)
        app.bus.lost.append(self._compared.set)
        app.bus.unsure.append(self._compared.set)
        await self._read()
        self._task = asyncio.ensure_future(self._compare_for_ever())

    async def close(self) -> None:
        """Compare no more."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _tell(self, told: list[Told]) -> None:
        for each in told:
            self._count(each.room, each.numbers)
            self._app.bus.all(KIND, (each.room, each.keys, each.numbers))

    def _take(self, worker: int, item: Any) -> None:
        name, keys, numbers = item
        self._count(name, numbers)
        HEARD.add(name, max(1, len(keys)))
        change = Change(tuple(map(_key, keys)), frozenset() if keys else frozenset((WHOLE,)))
        self._forget(name, change)

    def _forget(self, name: str, change: Change) -> None:
        self._app.store.changed()
        for take in self._takers.get(name, ()):
            take(change)

    def _count(self, name: str, numbers: dict[int, int]) -> None:
        """News that follow what is known; where one is missing the comparison has to find it."""
        for bucket, n in numbers.items():
            if n == self._known.get((name, bucket), 0) + 1:
                self._known[name, bucket] = n

    # ── comparing ───────────────────────────────────────────────────────────────────────────────

    async def compare(self) -> int:
        """Forget what others changed and nobody told here; how many buckets that were."""
        moved: dict[str, set[int]] = {}
        for row in await self._app.store.rows(stamps.ALL):
            if row.n > self._known.get((row.room, row.bucket), 0):
                self._known[row.room, row.bucket] = row.n
                moved.setdefault(row.room, set()).add(row.bucket)
        for name, buckets in moved.items():
            FOUND.add(name, len(buckets))
            self._forget(name, Change(buckets=frozenset(buckets)))
        return sum(map(len, moved.values()))

    async def _read(self) -> None:
        """Begin: nothing is remembered that is older than these numbers."""
        rows = await self._app.store.rows(stamps.ALL)
        self._known = {(row.room, row.bucket): row.n for row in rows}
        for name in list(self._takers):
            self._forget(name, Change(buckets=frozenset((WHOLE,))))

    async def _compare_for_ever(self) -> None:
        while True:
            try:
                # Where somebody is not heard, APART is over: it is kept below.
                async with asyncio.timeout(EVERY if self._app.bus.hears_all() else 0):
                    await self._compared.wait()
            except TimeoutError:
                pass
            self._compared.clear()
            began = time.monotonic()
            try:
                await self.compare()
            except StoreUnavailable:
                self._compared.set()
            await asyncio.sleep(max(0.0, APART - (time.monotonic() - began)))


ROOMS_HERE: Part[Rooms] = Part(Rooms, Rooms.close)


def cache_of(app: App, of: Room, limit: int) -> Cache[Any, Any]:
    """A new cache of at most ``limit`` values that hears what other workers change in its room."""
    made: Cache[Any, Any] = Cache(limit)
    app.parts[ROOMS_HERE].hear(of, lambda change: made.outside(change.of(made.known)))
    return made


def _key(key: Any) -> Key:
    return tuple(key) if isinstance(key, list) else key
