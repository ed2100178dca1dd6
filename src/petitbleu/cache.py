"""A cache that is never staler than the last commit. A leaf: it knows nothing of what it holds.

A read may begin before a transaction and end after it; what it read then must not be remembered.
So a reader notes :attr:`Cache.generation` before it reads and hands it to :meth:`Cache.keep`; and a
transaction that changes something runs inside :meth:`Cache.changing`, during which nothing is kept
about its keys and after which the generation has moved. Whoever reads after the commit reads the
new rows, also an update rendered before the writer itself resumes.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from typing import ClassVar, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Cache(Generic[K, V]):
    """At most ``limit`` values; when full it is emptied (loading again is cheap, bookkeeping is
    not).
    """

    __slots__ = ("_changing", "generation", "get", "known", "limit")

    changes: ClassVar[int] = 0
    """How often anything remembered in this process was about to change, or had: while it stands
    still, what followed from remembered facts still does."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.known: dict[K, V] = {}
        self.get = self.known.get
        """``get(key)``: the value, or None."""
        self.generation = 0
        self._changing: dict[K, int] = {}

    def fresh(self, key: K, generation: int) -> bool:
        """Whether what was read since ``generation`` still holds for ``key``."""
        return generation == self.generation and key not in self._changing

    def keep(self, key: K, value: V, generation: int) -> bool:
        """Remember ``value``, read after ``generation`` was noted, if it still holds."""
        if not self.fresh(key, generation):
            return False
        if len(self.known) >= self.limit:
            self.known.clear()
        self.known[key] = value
        return True

    def forget(self, key: K) -> None:
        """The value of ``key`` holds no more."""
        self.known.pop(key, None)

    def outside(self, keys: Iterable[K]) -> None:
        """Another process has changed what ``keys`` stand for: they hold no more, and neither does
        what is being read now.
        """
        self.generation += 1
        Cache.changes += 1
        for key in keys:
            self.forget(key)

    @contextmanager
    def changing(self, keys: Iterable[K]) -> Iterator[None]:
        """Around a transaction that changes what ``keys`` stand for."""
        held = list(keys)
        changing = self._changing
        self.generation += 1
        Cache.changes += 1
        for key in held:
            changing[key] = changing.get(key, 0) + 1
            self.forget(key)
        try:
            yield
        finally:
            self.generation += 1
            Cache.changes += 1
            for key in held:
                if changing[key] == 1:
                    del changing[key]
                else:
                    changing[key] -= 1
