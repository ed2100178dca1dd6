"""The words of the law data: durations, start events and escalation steps, as plain values.

The data are written for people; these are the only forms that are understood, and a file with any
other is refused when it is read, so that no clock and no alarm is lost over a misspelling.
"""

from __future__ import annotations

import re
from typing import NamedTuple

SECONDS = {"minute": 60, "hour": 3600}
UNITS = ("minute", "hour", "day", "working day", "week", "month", "year")
AT_ONCE = ("undue delay", "immediately", "promptly", "timely", "good faith", "at latest")
"""Units of a duty without a number; longer forms begin with one (“undue delay, with priority”)."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAY_OF_YEAR = re.compile(r"(\d{1,2}) ([A-Za-z]{3,9})\b")
_BEFORE = re.compile(r"before (\d{1,2} [A-Za-z]{3,9})$")
_TIMED = re.compile(r"(-?\d+) (min|h|days?)\b")
_DAY = re.compile(r"day (\d+)\b")
_SHARE = re.compile(r"(\d{1,3}) ?%")
_SAME = re.compile(r"same as (\S+)$")
_NO_INSTANT = ("automatic", "project default ", "before ")
_SPAN = {"min": 60, "h": 3600, "day": 86400, "days": 86400}


class DayOfYear(NamedTuple):
    """A date that comes every year."""

    month: int
    day: int


class After(NamedTuple):
    """A step so many seconds after the start (before the end where negative)."""

    seconds: int
    hourly: bool


class Day(NamedTuple):
    """A step on the so-manieth day after the start."""

    day: int


class Share(NamedTuple):
    """A step when so many hundredths of the time are gone."""

    percent: int


def days_of_year(text: str) -> list[DayOfYear]:
    """The yearly dates that ``text`` begins with: “17 February and 17 August (…)” gives two."""
    if not _DAY_OF_YEAR.match(text):
        return []
    days = []
    for day, month in _DAY_OF_YEAR.findall(text):
        number = _month(month)
        if number and 1 <= int(day) <= 31:
            days.append(DayOfYear(number, int(day)))
    return days


def _month(name: str) -> int:
    known = (n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()))
    return next(known, 0)


def before(duration: int | str) -> DayOfYear | None:
    """The yearly date that “before 1 March” stops short of."""
    match = _BEFORE.match(duration) if isinstance(duration, str) else None
    days = days_of_year(match[1]) if match else []
    return days[0] if days else None


def written(duration: int | str) -> bool:
    """Whether the period stands in the document (“as written in the order”, “date in the …”)."""
    return isinstance(duration, str) and duration.startswith(("as written", "date in the document"))


def endless(duration: int | str) -> bool:
    """Whether the period ends with something that happens, not with time (“until …”)."""
    return isinstance(duration, str) and duration.startswith("until ")


def is_duration(duration: int | str, unit: str) -> bool:
    """Whether a clock can be derived from the two."""
    if isinstance(duration, str):
        return written(duration) or endless(duration) or before(duration) is not None
    if unit in UNITS:
        return duration > 0
    return duration == 0 and (unit == "-" or unit.startswith(AT_ONCE))


def same_as(step: str) -> str:
    """The clock whose steps are meant by “same as CLOCK”; empty for any other step."""
    match = _SAME.match(step)
    return match[1] if match else ""


def instant(step: str) -> After | Day | Share | DayOfYear | None:
    """When a step of an escalation is due; None for words that name no instant."""
    if match := _TIMED.match(step):
        return After(int(match[1]) * _SPAN[match[2]], "hourly" in step)
    if match := _DAY.match(step):
        return Day(int(match[1]))
    if match := _SHARE.match(step):
        return Share(int(match[1]))
    days = days_of_year(step)
    return days[0] if days else None


def is_step(step: str) -> bool:
    """Whether a step is understood."""
    return bool(instant(step) or same_as(step)) or step.startswith(_NO_INSTANT)
