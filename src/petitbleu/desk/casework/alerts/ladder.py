"""The ladder: which rungs a case has, how high each reaches, and who is told after whom. Pure.

owner → queue → on-call → lead → director. A rung of a clock says itself how far it reaches (words
of ``escalation``); nobody there, or nobody answers, and the next level is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from petitbleu.desk.reference.law import kinds
from petitbleu.desk.reference.law import service as law

OWNER, QUEUE, ON_CALL, LEAD, DIRECTOR, ALL = range(6)
LEVELS = ("owner", "queue", "on_call", "lead", "director", "all")
"""By their number; the last is everybody at once."""

CRITICAL, HIGH = 0, 1
AT_ONCE, UNREAD, WAITS, SECRET, DANGER = "at-once", "unread", "waits", "secret", "danger"
PATIENCE = {CRITICAL: 600, HIGH: 3600}
"""Urgency -> seconds until the next level is told of what nobody acknowledged."""
_UNREAD = {CRITICAL: (600, ALL), HIGH: (3600, LEAD)}
"""Urgency -> when a case that nobody has opened is told further, and how far."""

_REMINDED = ((6, OWNER), (2, ON_CALL), (1, LEAD))
"""Of what two people agreed to and nobody has done: after a sixth and half of the time in which it
can be done, and when that is over.
"""
_REVIEW = "secrecy.review"
"""What waits where people are kept from being told: nobody is reminded before the time to look
again has come, and then every week until somebody has answered."""
_WEEK, _WEEKS = 7 * 86_400, 53

_REACH = (
    (re.compile(r"\ball\b|conference call"), ALL),
    (re.compile(r"\bhead\b|phone chain|breach|^due$|two-person"), LEAD),
    (re.compile(r"\bpage\b|on-call|still paused"), ON_CALL),
    (re.compile(r"deputy|^80 %$"), QUEUE),
)


class Rung(NamedTuple):
    """One rung of a case: when it rings and how high it reaches.

    ``key`` names it within the case; ``unread``: only while nobody has opened the case.
    """

    at: int
    key: str
    clock: str
    what: str
    level: int
    due: int | None
    unread: bool = False


DANGER_CLOCKS = frozenset(kinds.clocks_about("danger"))
"""Clocks of danger: they ring with the alarm that counts it."""


def is_about_danger(rung: Rung) -> bool:
    """Whether a rung is silent in a case whose danger another case's alarm counts."""
    return rung.what in (AT_ONCE, UNREAD, DANGER) or rung.clock in DANGER_CLOCKS


def reach(what: str, role: str) -> int:
    """How high the words of a step reach; what is nobody's breach stays with the owner."""
    if role in ("option", "other"):
        return OWNER
    return next((level for words, level in _REACH if words.search(what)), OWNER)


def rungs(
    *,
    opened_at: int,
    urgency: int,
    looked: bool,
    clocks: Sequence[law.Clock],
    waits: Mapping[str, tuple[int, int]] | None = None,
    review: int = 0,
    rings: Sequence[int] = (),
) -> list[Rung]:
    """All rungs of an open case, in the order in which they ring. ``waits``: what was agreed to
    and is not done: since when, until when. ``review``: when somebody looks again whether people
    may be told. ``rings``: when danger was told.
    """
    steps: list[Rung] = secret_rungs(review)
    for name, (since, until) in (waits or {}).items():
        for part, level in _REMINDED:
            at = since + (until - since) // part
            steps.append(Rung(at, f"{name} {at}", name, WAITS, level, until))
    first = min(
        (clock.due for clock in clocks if _runs(clock) and clock.role == "task"),
        key=lambda due: due or 0,
        default=None,
    )
    for at in rings:
        steps.append(Rung(at, f"{DANGER} {at}", "", DANGER, ON_CALL, first))
    if urgency in _UNREAD:
        steps.append(Rung(opened_at, f"{AT_ONCE} {urgency}", "", AT_ONCE, ON_CALL, first))
        seconds, level = _UNREAD[urgency]
        if not looked:
            steps.append(
                Rung(opened_at + seconds, f"{UNREAD} {urgency}", "", UNREAD, level, first, True)
            )
    for clock in clocks:
        if clock.done is not None:
            continue
        for step in clock.steps:
            unread = "unread" in step.what
            if unread and looked:
                continue
            steps.append(
                Rung(
                    step.at,
                    f"{clock.id} {step.at} {step.what}"[:200],
                    clock.id,
                    step.what,
                    _level(step.what, clock, urgency),
                    clock.due,
                    unread,
                )
            )
    return sorted(steps)


def secret_rungs(until: int) -> list[Rung]:
    """Rungs of the question whether people may be told now; they ring on a closed case too. 0: it
    is not asked.
    """
    return [
        Rung(at, f"{_REVIEW} {at}", _REVIEW, SECRET, LEAD, until)
        for at in range(until, until + _WEEKS * _WEEK, _WEEK)
        if until
    ]


def _level(what: str, clock: law.Clock, urgency: int) -> int:
    """A duty without delay is due when it starts: that is no breach yet, but work."""
    if what == "due" and clock.due == clock.started:
        return ON_CALL if urgency <= HIGH else OWNER
    return reach(what, clock.role)


def _runs(clock: law.Clock) -> bool:
    return clock.done is None and clock.due is not None


class Hours(NamedTuple):
    """Quiet hours: minutes of the day in ``zone``; equal: none."""

    begin: int
    end: int
    zone: str


def quiet(text: str, zone: str) -> Hours:
    """``22:00-07:00`` (as the settings have checked it) as hours; empty: none."""
    if not text:
        return Hours(0, 0, zone)
    begin, end = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
    return Hours(begin, end, zone)


def after_quiet(at: int, hours: Hours) -> int:
    """``at``, or the end of the quiet hours it falls into."""
    begin, end, zone = hours
    if begin == end:
        return at
    local = datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone))
    minute = local.hour * 60 + local.minute
    inside = begin <= minute < end if begin < end else minute >= begin or minute < end
    if not inside:
        return at
    day = local.date() + timedelta(days=int(minute >= end))
    morning = datetime(day.year, day.month, day.day, end // 60, end % 60, tzinfo=ZoneInfo(zone))
    return int(morning.timestamp())
