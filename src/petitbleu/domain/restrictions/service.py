"""Who sees what in spite of the measures in force. Rules only; the measures are decided elsewhere.

Freshness is the law of :mod:`petitbleu.cache`: a change runs inside :func:`changing`, so that an
update rendered right after the commit sees the new marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple, Protocol, TypeVar

from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.restrictions import queries as q
from petitbleu.domain.restrictions.queries import Mark as Mark  # given on: what callers read
from petitbleu.stamps import ROOMS_HERE, Change, room
from petitbleu.store.api import Reader, Tx

WITHHELD, LABELLED, FROZEN, SUSPENDED = 1, 2, 3, 4
"""``mark.kind``"""
ITSELF = 0
"""``mark.id`` of a mark on the person, group or channel, not on a message."""
SENSITIVE = "sensitive"
"""The label that clients blur; the others (scam, fake) stand beside a name."""
_CACHE_LIMIT = 20_000


class Placed(Protocol):
    """Anything that lies in a box: a row of messages."""

    @property
    def owner(self) -> int: ...
    @property
    def id(self) -> int: ...
    @property
    def peer(self) -> int: ...


R = TypeVar("R", bound=Placed)


class _Marks:
    """What is remembered: who has marks at all, and those marks by owner."""

    __slots__ = ("cache", "loaded", "owners")

    def __init__(self) -> None:
        self.owners: set[int] = set()
        """Once loaded never too small: whoever is about to get a mark is in it before that."""
        self.loaded = False
        self.cache: Cache[int, tuple[Mark, ...]] = Cache(_CACHE_LIMIT)

    def outside(self, change: Change) -> None:
        """Others put or dropped marks."""
        if change.keys:
            self.owners.update(change.of(self.owners))
        else:  # of whom is not known
            self.loaded = False
        self.cache.outside(change.of(self.cache.known))


ROOM = room("marks", mark=())


def _marks(app: App) -> _Marks:
    marks = _Marks()
    app.parts[ROOMS_HERE].hear(ROOM, marks.outside)
    return marks


MARKS: Part[_Marks] = Part(_marks)


async def _owners(app: App) -> set[int]:
    marks = app.parts[MARKS]
    while not marks.loaded:
        generation = marks.cache.generation
        marks.owners.update([row.owner for row in await app.store.rows(q.OWNERS)])
        # Whoever another worker marked while this was read may be missing.
        marks.loaded = generation == marks.cache.generation
    return marks.owners


async def load_marks(app: App, wanted: Iterable[int]) -> dict[int, tuple[Mark, ...]]:
    """The marks in force now on each of ``wanted`` (people, groups, channels) that has any."""
    owners = await _owners(app)
    if not owners:
        return {}
    cache = app.parts[MARKS].cache
    marks: dict[int, tuple[Mark, ...]] = {}
    missing = []
    for owner in owners.intersection(wanted):
        known = cache.get(owner)
        if known is None:
            missing.append(owner)
        elif known:
            marks[owner] = known
    if missing:
        generation = cache.generation
        loaded: dict[int, list[Mark]] = {owner: [] for owner in missing}
        for row in await app.store.rows(q.OF_OWNERS, owners=missing):
            loaded[row.owner].append(row)
        for owner, rows in loaded.items():
            cache.keep(owner, tuple(rows), generation)
            if rows:
                marks[owner] = tuple(rows)
    now = app.clock.now()
    return {
        owner: alive
        for owner, rows in marks.items()
        if (alive := tuple(row for row in rows if not row.until or row.until > now))
    }


# ── countries ───────────────────────────────────────────────────────────────────────────────────


async def country(app: App, account: int) -> str:
    """Where somebody is taken to be: see :func:`countries`."""
    return (await countries(app, (account,)))[account]


async def countries(app: App, wanted: Iterable[int]) -> dict[int, str]:
    """Account -> country (ISO 3166): of the phone's prefix, else as the operator set it for the
    account, else the operator's own."""
    people = list(wanted)
    rows = await accounts.get_many(app, people)
    return {person: _country(app, rows.get(person)) for person in people}


def _country(app: App, row: accounts.AccountRow | None) -> str:
    # account.country is that of the number wherever the number has one (joining, change of number).
    return (row.country if row is not None else None) or app.config.country


def applies(mark: Mark, country: str) -> bool:
    """Whether the mark counts for somebody in ``country``."""
    return not mark.countries or country in mark.countries.split(",")


async def country_classes(
    app: App, owner: int, viewers: Iterable[int], apart: Iterable[str] = ()
) -> dict[int, str] | None:
    """Viewers who see the messages of ``owner`` alike have the same class: account -> class.

    None where all do, which is nearly always. ``apart``: countries where something has just ended.
    """
    marks = (await load_marks(app, (owner,))).get(owner, ())
    named = {code for mark in marks if mark.countries for code in mark.countries.split(",")}
    named.update(apart)
    if not named:
        return None
    classes = await countries(app, viewers)
    return {one: code if code in named else "" for one, code in classes.items()}


# ── messages ────────────────────────────────────────────────────────────────────────────────────


async def without_withheld(
    app: App, viewer: int, rows: Sequence[R], place: str | None = None
) -> Sequence[R]:
    """``rows`` without those that are withheld from ``viewer``, or from people in ``place``."""
    if not rows or not await _owners(app):
        return rows
    marks = await load_marks(app, {peer for row in rows for peer in (row.owner, row.peer)})
    if not marks:
        return rows
    where = await country(app, viewer) if place is None else place
    return [row for row in rows if not _hides(marks, row, where)]


class Veil(NamedTuple):
    """What one viewer must not see of one chat's messages."""

    everything: bool
    ids: frozenset[int]

    def hides(self, message: int) -> bool:
        """Whether the message with this id is withheld."""
        return self.everything or message in self.ids


async def veil(app: App, viewer: int, owner: int, peer: int) -> Veil | None:
    """What is withheld from ``viewer`` in the chat ``peer`` of the box of ``owner``; None: nothing.

    May name messages of other chats of the same box.
    """
    if not await _owners(app):
        return None
    return await veil_in(app, await country(app, viewer), owner, peer)


async def veil_in(app: App, where: str, owner: int, peer: int) -> Veil | None:
    """:func:`veil` for somebody in the country ``where``."""
    if not await _owners(app):
        return None
    marks = await load_marks(app, {owner, peer})
    if not marks:
        return None
    everything = peer < 0 and any(
        mark.kind == WITHHELD and mark.id == ITSELF and applies(mark, where)
        for mark in marks.get(peer, ())
    )
    ids = frozenset(
        mark.id
        for mark in marks.get(owner, ())
        if mark.kind == WITHHELD and mark.id != ITSELF and applies(mark, where)
    )
    return Veil(everything, ids) if everything or ids else None


def _hides(marks: dict[int, tuple[Mark, ...]], row: Placed, where: str) -> bool:
    of_owner, of_chat = marks.get(row.owner, ()), marks.get(row.peer, ()) if row.peer < 0 else ()
    return any(
        mark.kind == WITHHELD and mark.id == row.id and applies(mark, where) for mark in of_owner
    ) or any(
        mark.kind == WITHHELD and mark.id == ITSELF and applies(mark, where) for mark in of_chat
    )


async def sensitive(app: App, rows: Sequence[Placed]) -> dict[tuple[int, int], str]:
    """(owner, id) -> what is said about it, for those of ``rows`` that are labelled sensitive."""
    if not await _owners(app):
        return {}
    marks = await load_marks(app, {row.owner for row in rows})
    return {
        (mark.owner, mark.id): mark.shown
        for of_owner in marks.values()
        for mark in of_owner
        if mark.id != ITSELF and mark.label == SENSITIVE
    }


# ── people and chats ────────────────────────────────────────────────────────────────────────────


async def on(app: App, viewer: int, wanted: Iterable[int]) -> dict[int, list[Mark]]:
    """The marks that count for ``viewer`` on each of ``wanted`` (people, chats) that has any."""
    marks = await load_marks(app, wanted)
    if not marks:
        return {}
    where = await country(app, viewer)
    applying = {
        account: [mark for mark in rows if mark.id == ITSELF and applies(mark, where)]
        for account, rows in marks.items()
    }
    return {one: rows for one, rows in applying.items() if rows}


async def suspended(app: App, wanted: Iterable[int]) -> set[int]:
    """Those of ``wanted`` whose account is suspended."""
    marks = await load_marks(app, wanted)
    return {
        account for account, rows in marks.items() if any(mark.kind == SUSPENDED for mark in rows)
    }


# ── writing ─────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def changing(app: App, owners: Iterable[int]) -> Iterator[None]:
    """Around every transaction that puts or drops marks of ``owners``."""
    held = list(owners)
    marks = app.parts[MARKS]
    marks.owners.update(held)
    with marks.cache.changing(held):
        yield


async def put(tx: Tx, marks: Iterable[Mark]) -> None:
    """Write marks."""
    await tx.many(q.PUT, [mark._asdict() for mark in marks])


async def drop(tx: Tx, measure: int) -> None:
    """The measure is over: its marks go."""
    await tx.run(q.DROP, measure=measure)


async def reword(tx: Tx, measure: int, shown: str) -> None:
    """Say something else in the place of what a measure marks."""
    await tx.run(q.REWORD, measure=measure, shown=shown)


async def of_measure(reader: Reader, measure: int) -> list[Mark]:
    """What a measure changes."""
    return await reader.rows(q.OF_MEASURE, measure=measure)
