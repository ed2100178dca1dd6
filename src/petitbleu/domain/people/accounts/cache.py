"""What each viewer sees of each person, remembered until something about it changes.

Rendering a User costs half a dozen reads; every message names two. So the finished object (TL,
opaque here) is kept by target, then by viewer: most changes are about the target. Freshness is the
law of :mod:`petitbleu.cache`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.stamps import ROOMS_HERE, Change, room

LIMIT = 20_000
"""People remembered, each with all that look at them."""


class RenderedUser:
    """One person as one viewer sees them."""

    __slots__ = ("by_me", "close", "encoded", "exact", "last_seen", "until", "user")

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
        self.close = bool(getattr(user, "contact", False))
        """The viewer has this person in their contacts: is told when they come online."""
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

    def outside(self, change: Change) -> None:
        """Others changed how some people look."""
        self._people.outside(change.of(self._people.known))

    def outside_viewers(self, change: Change) -> None:
        """Others changed how all people look to some."""
        viewers = {viewer for seen in self._people.known.values() for viewer in seen}
        gone = viewers.intersection(change.of(viewers))
        for seen in self._people.known.values():
            for viewer in gone.intersection(seen):
                del seen[viewer]
        self._people.outside(gone)

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


ROOM = room(
    "accounts",
    account=("kind", "phone", "first_name", "last_name", "settings", "deleted_at", "country"),
    blocked=(),
    contact=(),
    mark=(),
    personal_photo=(),
    privacy=(),
    profile_photo=(),
    username=("peer", "display", "rests_until"),
)
VIEWERS = room("viewers", account=("phone",), privacy=())


def _sights(app: App) -> Sights:
    sights = Sights()
    app.parts[ROOMS_HERE].hear(ROOM, sights.outside)
    app.parts[ROOMS_HERE].hear(VIEWERS, sights.outside_viewers)
    return sights


SIGHTS: Part[Sights] = Part(_sights)
