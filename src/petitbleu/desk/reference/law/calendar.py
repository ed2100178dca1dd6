"""Days as Regulation (EEC, Euratom) 1182/71 counts them, in the operator's zone and country.

Article 3(1): the day of the event is not counted. 3(2): a period in weeks, months or years ends
with the last hour of the day of the same name or date, or with the last day of a month that lacks
that date. 3(4): a last day that is a Saturday, Sunday or public holiday moves the end to the last
hour of the following working day. 3(5): a period of two days or more holds two working days.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from petitbleu.desk.reference.law import holidays_of

_LAST_SECOND = time(23, 59, 59)
_MORNING = time(9)
"""When an alarm rings that is set for a day and not for an hour."""
_SATURDAY = 5


class Place(NamedTuple):
    """Where days are counted: IANA zone, and country (ISO 3166, ``DE`` or ``DE-BY``)."""

    zone: str
    country: str


_known: dict[tuple[str, int], frozenset[date]] = {}
"""Public holidays of (country, year): they are the same for every instance."""


def unknown(country: str, years: Iterable[int]) -> list[int]:
    """Years whose holidays would have to be worked out when they are asked for."""
    return [year for year in years if (country, year) not in _known]


def learn(country: str, found: Mapping[int, frozenset[date]]) -> None:
    """Public holidays of ``country``, by year."""
    for year, days in found.items():
        _known[country, year] = days


def _holidays(country: str, year: int) -> frozenset[date]:
    """Public holidays; of a country that the library does not know, none (weekends remain)."""
    days = _known.get((country, year))
    if days is None:
        learn(country, holidays_of.days(country, [year]))
        days = _known[country, year]
    return days


def is_working_day(day: date, country: str) -> bool:
    """Neither Saturday, Sunday nor a public holiday of ``country``."""
    return day.weekday() < _SATURDAY and day not in _holidays(country, day.year)


def iso(text: str) -> date | None:
    """A date as ``2026-11-25``; None where it is none."""
    try:
        return date.fromisoformat(text.strip()) if len(text.strip()) == 10 else None
    except ValueError:
        return None


def day_of(at: int, zone: str) -> date:
    """The day that it is in ``zone`` at Unix second ``at``."""
    return datetime.fromtimestamp(at, UTC).astimezone(ZoneInfo(zone)).date()


def end_of(day: date, zone: str) -> int:
    """23:59:59 of ``day`` in ``zone`` as Unix second (the earlier where the hour comes twice)."""
    return int(datetime.combine(day, _LAST_SECOND, ZoneInfo(zone)).timestamp())


def morning_of(day: date, zone: str) -> int:
    """09:00 of ``day`` in ``zone`` as Unix second."""
    return int(datetime.combine(day, _MORNING, ZoneInfo(zone)).timestamp())


def start_of(day: date, zone: str) -> int:
    """00:00 of ``day`` in ``zone`` as Unix second."""
    return int(datetime.combine(day, time(), ZoneInfo(zone)).timestamp())


def after(day: date, count: int, unit: str, country: str) -> date:
    """The last day of a period of ``count`` units whose event fell on ``day``."""
    if unit == "working day":
        return _working_days_after(day, count, country)
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _working_days_after(day: date, count: int, country: str) -> date:
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, country)
    return day


def rolled(event: date | None, last: date, country: str) -> date:
    """The day on which a period really ends: ``last``, or a later one (Article 3(4) and (5)).

    ``event``: the day of its event, None for a date that was simply written.
    """
    end = last
    while not is_working_day(end, country):
        end += timedelta(days=1)
    if event is not None and last - event >= timedelta(days=2):
        end = max(end, _working_days_after(event, 2, country))
    return end


def yearly(month: int, day: int, year: int) -> date:
    """A date that comes every year; 29 February falls on the 28th where there is none."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
