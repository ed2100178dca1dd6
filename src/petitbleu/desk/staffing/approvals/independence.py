"""Whether somebody may be the second person, beyond their rights: they must not have been brought
by the first, nor just after a director's or lead's access was ended.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.desk.staffing.staff import service as staff
from petitbleu.desk.staffing.staff.service import Staff
from petitbleu.jobs import Job, schedule
from petitbleu.store.api import Reader, Tx

HOURS = 48
"""For so long after a head's access ended nobody who was invited since signs as second."""


class TellMarked(Job, tag="second.marked", frozen=True):
    """Directors, leads and the data protection officer hear of a marked signature."""

    subject: str
    first: str
    second: str
    kind: str
    request: str = ""


class NotYou(Exception):
    """This person cannot do that; ``reason`` is a code for the texts."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class About(NamedTuple):
    """What a request is about: whose it is besides the first's, and who may read it at all."""

    owners: frozenset[str] = frozenset()
    may_read: Callable[[Staff], bool] = lambda _: True


Subject = Callable[[Reader, App, str], Awaitable[About | None]]
Mark = Callable[[Tx, App, str, dict[str, str]], Awaitable[None]]
SUBJECTS: list[Subject] = []
MARKS: list[Mark] = []


def subject_of_case(function: Subject) -> Subject:
    """Declare how the case of a request is known (``PB-…`` -> :class:`About`)."""
    SUBJECTS.append(function)
    return function


def on_marked(function: Mark) -> Mark:
    """Declare what follows, in its transaction, when a signature is accepted and marked."""
    MARKS.append(function)
    return function


async def about(reader: Reader, app: App, subject: str) -> About:
    """What is known of a request's subject."""
    for known in SUBJECTS:
        concerned = await known(reader, app, subject)
        if concerned is not None:
            return concerned
    return About()


def brought_by(everybody: Iterable[Staff], one: Staff, now: float) -> frozenset[str]:
    """Who invited somebody or raised their rights within 30 days, and who did so for these."""
    people = {person.actor: person for person in everybody} | {one.actor: one}
    actors: set[str] = set()
    left = {one.actor}
    while left:
        person = people.get(left.pop())
        if person is None or person.vouched_at <= now - staff.VOUCHED_SECONDS:
            continue
        left |= person.vouched_by - actors
        actors |= person.vouched_by
    return frozenset(actors - {one.actor})


async def is_new(app: App, reader: Reader, one: Staff) -> bool:
    """Whether they were invited after a head's access was ended in the last 48 hours."""
    ended = await staff.last_head_ended(app, reader)
    return bool(ended) and one.vouched_at >= ended > app.clock.now() - HOURS * 3600


async def check(
    tx: Tx,
    app: App,
    by: Staff,
    subject: str,
    firsts: frozenset[str],
    can_second: Callable[[Staff], bool],
) -> bool:
    """Whether the signature of ``by`` is accepted only because there is no other second person: it
    is to be marked then (:func:`mark`). ``can_second``: others who could sign in their place.

    Raises NotYou (``new``, ``invited``).
    """
    if await is_new(app, tx, by):
        raise NotYou("new")
    what = await about(tx, app, subject)
    now, everybody = app.clock.now(), await staff.everybody(app, tx)
    concerned = firsts | what.owners - {by.actor}
    if not brought_by(everybody, by, now) & concerned:
        return False
    for other in everybody:
        if other.id == by.id or not other.active or other.actor in firsts:
            continue
        if not can_second(other) or not what.may_read(other):
            continue
        if brought_by(everybody, other, now) & concerned or await is_new(app, tx, other):
            continue
        if await staff.passkeys_of(tx, other.id):
            raise NotYou("invited")
    return True


async def mark(tx: Tx, app: App, subject: str, said: dict[str, str]) -> None:
    """Mark a signature: on its case, and by mail to whom it concerns. ``said``: ``first`` and
    ``second`` as the log names them, ``kind``, and ``request`` where there is one.
    """
    for follows in MARKS:
        await follows(tx, app, subject, said)
    await schedule(tx, TellMarked(subject=subject, **said), due=int(app.clock.now()))
