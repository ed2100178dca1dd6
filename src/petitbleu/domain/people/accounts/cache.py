"""What each viewer sees of each person, remembered until something about it changes.

Rendering a User costs half a dozen reads; every message names two. So the finished object (TL,
opaque here) is kept by target, then by viewer: most changes are about the target. Freshness is the
law of :mod:`petitbleu.cache`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from petitbleu.app import Part
from petitbleu.cache import Cache

LIMIT = 20_000
"""People remembered, each with all that look at them."""


class RenderedUser:
    """One person as one viewer sees them."""

    __slots__ = ("by_me", "encoded", "exact", "last_seen", "until", "user")

    def __init__(
        self, user: Any, *, exact: bool = False, by_me: bool = False, last_seen: int = -1
    ) -> None:
        self.user = user
        """The TL User. Shared by all who ask: never to be changed by them."""
        self.exact = exact
        """The viewer may know the exact time this person was online."""
        self.by_me = by_me
        """Where not exact: it is the viewer's own setting that hides it."""
        self.last_seen = last_seen
        """What the account's row said, Unix seconds; -1 for whoever has no status at all."""
        self.until = 0.0
        """When ``user.status`` has to be worked out anew."""
        self.encoded: dict[int, Any] = {}
        """Layer -> ``user`` in its bytes, where many are told of one; emptied with each status."""


class Sights:
    """The cache: target -> viewer -> :class:`RenderedUser`."""

    __slots__ = ("_people", "of")

    def __init__(self) -> None:
        self._people: Cache[int, dict[int, RenderedUser]] = Cache(LIMIT)
        self.of = self._people.get
        """``of(target)``: what is remembered of a person, by viewer; or None."""

    @property
    def generation(self) -> int:
        """To be noted before reading, for :meth:`keep`."""
        return self._people.generation

    def keep(self, target: int, viewer: int, sight: RenderedUser, generation: int) -> None:
        """Remember ``sight``, unless something changed since ``generation`` was noted."""
        people = self._people
        if not people.fresh(viewer, generation):
            return
        seen = self.of(target)
        if seen is not None:
            if people.fresh(target, generation):
                seen[viewer] = sight
        else:
            people.keep(target, {viewer: sight}, generation)

    def restatus(self, target: int) -> None:
        """``target`` came online or went: statuses are to be worked out anew, the rest holds."""
        for sight in (self.of(target) or {}).values():
            sight.until = 0.0

    @contextmanager
    def changing(self, people: Iterable[int], *, viewer: bool = False) -> Iterator[None]:
        """Around a transaction that changes how ``people`` look to others.

        With ``viewer`` also how *all* others look to them (their own privacy of last-seen times).
        """
        held = list(people)
        if viewer:
            for seen in self._people.known.values():
                for person in held:
                    seen.pop(person, None)
        with self._people.changing(held):
            yield


SIGHTS: Part[Sights] = Part(lambda _: Sights())
