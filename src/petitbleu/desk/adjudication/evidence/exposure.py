"""How much of hard material one person opens: counted, limited, and nobody else's to know.

Every opening counts as one look; uncovering the same picture again counts as another. The budgets
(``[desk] reveals_per_day``, ``reveals_per_day_category``) are over any 24 hours, so that a night
shift is one day. A category is what :func:`petitbleu.desk.casework.cases.queues.category_of` says.

A shift begins when somebody says that they are in service. In its first and last minutes
(``shift_edge_minutes``) graphic cases are neither given nor opened, so that nobody begins or goes
home with them; critical ones are, because their clocks wait for nobody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.adjudication.evidence import queries as q
from petitbleu.desk.reference.law import kinds
from petitbleu.desk.staffing.staff.service import Staff, set_duty
from petitbleu.store import api
from petitbleu.store.api import Tx

DAY = 86_400
FETCH_SECONDS = 60
"""How long a token fetches its picture, once."""
LOOK_SECONDS = 600
"""How long an opened picture can be uncovered."""
PLAY_SECONDS = 3600
"""How long a recording that was opened can be played."""
TOKEN = 16
"""Bytes of a token."""
PLAY = b"play"
"""Before a token that plays: that of a picture does not, nor the other way round."""


GRAPHIC = frozenset(
    {
        *kinds.select(lambda one: one.graphic),
        "STATEMENT_CATEGORY_ANIMAL_WELFARE",
        "STATEMENT_CATEGORY_CYBER_VIOLENCE",
        "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN",
        "STATEMENT_CATEGORY_PROTECTION_OF_MINORS",
        "STATEMENT_CATEGORY_RISK_FOR_PUBLIC_SECURITY",
        "STATEMENT_CATEGORY_SELF_HARM",
        "STATEMENT_CATEGORY_VIOLENCE",
    }
)
"""Categories whose cases often show people or animals being hurt."""
CRITICAL = 0
"""The urgency of cases that are opened at any time."""
MAX_SHIFT_SECONDS = 16 * 3600
"""Seconds of a shift."""


class Spent(Exception):
    """Not now; ``scope``: ``day`` or ``category`` (the budget is used up), ``shift`` (one begins or
    ends).
    """

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class Ended(Exception):
    """The token is of something or somebody else, was used, or is too old."""


class Budget(NamedTuple):
    """Looks of the last 24 hours, by category, and how many there may be."""

    looks: dict[str, int]
    day: int
    category: int

    @property
    def total(self) -> int:
        return sum(self.looks.values())

    def require(self, category: str) -> None:
        """Raises Spent where one more look is one too many."""
        if self.total >= self.day:
            raise Spent("day")
        if self.looks.get(category, 0) >= self.category:
            raise Spent("category")

    def spent(self) -> frozenset[str]:
        """Categories this person should be given no more of today."""
        return frozenset(
            category
            for category, looks in self.looks.items()
            if looks >= self.category or self.total >= self.day
        )


class Shift(NamedTuple):
    """When a person's shift began and ends (Unix seconds); ``edge``: seconds at both ends."""

    begins: int
    ends: int
    edge: int

    def calm(self, now: float) -> bool:
        """Whether it has just begun or is about to end, or should have ended."""
        return bool(self.edge) and not self.begins + self.edge <= now < self.ends - self.edge

    def until(self, now: float) -> int:
        """When graphic cases come again in this shift; 0: they do not."""
        first = self.begins + self.edge
        return first if now < first < self.ends - self.edge else 0


class Place(NamedTuple):
    """A picture: case, report or measure, and which of the media of its copy (from 1)."""

    number: int
    copy: int
    place: int


async def budget(app: App, reader: api.Reader, staff: int) -> Budget:
    """What a person has looked at, for that person."""
    rows = await reader.rows(q.SUMS, staff=staff, after=int(app.clock.now()) - DAY)
    desk = app.config.desk
    looks = {row.category: row.looks for row in rows}
    return Budget(looks, desk.reveals_per_day, desk.reveals_per_day_category)


async def shift(app: App, reader: api.Reader, staff: int) -> Shift | None:
    """A person's shift, for that person; None: they are not in service."""
    row = await reader.row(q.SHIFT, staff=staff)
    if row is None or not row.shift_from:
        return None
    return Shift(row.shift_from, row.shift_until, app.config.desk.shift_edge_minutes * 60)


async def duty(tx: Tx, app: App, who: Staff, on: bool) -> None:
    """In service, or not: a shift begins or is over."""
    await set_duty(tx, app, who, on)
    now = int(app.clock.now())
    ends = now + app.config.desk.shift_hours * 3600
    await tx.run(q.SET_SHIFT, staff=who.id, begins=now if on else 0, ends=ends if on else 0)


async def came_in(tx: Tx, app: App, staff: int) -> None:
    """Somebody signed in: where they never said that the last shift was over, another begins."""
    now = int(app.clock.now())
    await tx.run(q.ANEW, staff=staff, begins=now, ends=now + app.config.desk.shift_hours * 3600)


async def ends(tx: Tx, app: App, staff: int, at: int) -> bool:
    """Say when one's shift ends; False: there is none, or it cannot end then. Not in the log."""
    now, known = app.clock.now(), await shift(app, tx, staff)
    if known is None or not now < at <= known.begins + MAX_SHIFT_SECONDS:
        return False
    await tx.run(q.SET_SHIFT, staff=staff, begins=known.begins, ends=at)
    return True


async def calm(app: App, reader: api.Reader, staff: int) -> bool:
    """Whether a person is given no graphic case now, but critical ones."""
    known = await shift(app, reader, staff)
    return known is not None and known.calm(app.clock.now())


class Look(NamedTuple):
    """What is opened: its category, and the urgency of its case."""

    category: str
    urgency: int

    @property
    def waits(self) -> bool:
        """Whether it is left for the middle of a shift."""
        return self.category in GRAPHIC and self.urgency != CRITICAL


async def reserve(tx: Tx, app: App, staff: int, what: Look, where: Place, token: bytes) -> None:
    """Count an opening; ``token`` fetches it once. Raises Spent."""
    await tx.row(q.LOCK_READER, staff=staff)
    (await budget(app, tx, staff)).require(what.category)
    if what.waits and await calm(app, tx, staff):
        raise Spent("shift")
    await tx.run(
        q.OPEN,
        digest=_digest(token),
        staff=staff,
        at=int(app.clock.now()),
        category=what.category,
        **where._asdict(),
    )


async def give_back(tx: Tx, token: bytes) -> None:
    """Nothing was there to be shown."""
    await tx.run(q.FORGET, digest=_digest(token))


async def fetch(tx: Tx, app: App, staff: int, where: Place, token: bytes) -> None:
    """Use the token up. Raises Ended."""
    now = int(app.clock.now())
    same = {"digest": _digest(token), "staff": staff, **where._asdict()}
    if not await tx.run(q.FETCH, at=now, after=now - FETCH_SECONDS, **same):
        raise Ended


async def look(tx: Tx, app: App, staff: int, where: Place, token: bytes) -> None:
    """The picture is uncovered: the first time is what its opening counted. Raises Ended, Spent."""
    await tx.row(q.LOCK_READER, staff=staff)
    before = await budget(app, tx, staff)
    same = {"digest": _digest(token), "staff": staff, **where._asdict()}
    lasts = PLAY_SECONDS if plays(token) else LOOK_SECONDS
    row = await tx.row(q.LOOK, after=int(app.clock.now()) - lasts, **same)
    if row is None:
        raise Ended
    if row.looks > 1:
        before.require(row.category)


def plays(token: bytes) -> bool:
    """Whether it is a token of a recording."""
    return len(token) > TOKEN


async def playing(tx: Tx, app: App, staff: int, where: Place, token: bytes) -> None:
    """A piece of a recording is fetched; as many as it takes, for a time. Raises Ended."""
    now = int(app.clock.now())
    same = {"digest": _digest(token), "staff": staff, **where._asdict()}
    if not await tx.run(q.PLAYED, at=now, after=now - PLAY_SECONDS, **same):
        raise Ended


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()


async def avoided(reader: api.Reader, staff: int) -> frozenset[str]:
    """Categories a person opted out of."""
    row = await reader.row(q.READER, staff=staff)
    return frozenset(row.avoids.split(",")) - {""} if row is not None else frozenset()


async def avoid(tx: Tx, staff: int, categories: Iterable[str]) -> None:
    """Opt out of these and no others. Not in the log: it is nobody else's to know."""
    await tx.run(q.SET_AVOIDS, staff=staff, avoids=",".join(sorted(set(categories))))


async def put_off(app: App, staff: int) -> tuple[str, ...]:
    """Categories of which the next case is chosen only where it is critical."""
    return tuple(sorted(GRAPHIC)) if await calm(app, app.store, staff) else ()


async def left_out(app: App, staff: int) -> tuple[str, ...]:
    """Categories of which the next case is not chosen: opted out of, or had enough of."""
    spent = (await budget(app, app.store, staff)).spent()
    return tuple(sorted(spent | await avoided(app.store, staff)))
