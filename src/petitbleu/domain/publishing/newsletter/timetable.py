"""When readers get their letter: with each post, or at seven in the morning where they are."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

POST, DAY, WEEK = "post", "day", "week"
ASK = "ask"
"""No letter: the mail that asks somebody of an imported list."""
FREQUENCIES = (POST, DAY, WEEK)
HOUR = 7
"""The hour of a digest, in the reader's zone."""
_MONDAY = 0
_REGIONS = (
    *("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian"),
    "Pacific",
)


@cache
def zones() -> tuple[str, ...]:
    """The zones that may be chosen, by name."""
    found = sorted(available_timezones())
    return (*(name for name in found if name.split("/")[0] in _REGIONS), "UTC")


def is_zone(name: str) -> bool:
    """Whether it is one of them."""
    return name in zones()


def next_digest(frequency: str, zone: str, now: int) -> int | None:
    """The Unix second of the next digest after ``now``: each day, or Mondays; None: there is none,
    each post comes by itself.
    """
    if frequency == POST:
        return None
    place = ZoneInfo(zone)
    day = datetime.fromtimestamp(now, place).date()
    while True:
        at = int(datetime.combine(day, time(HOUR), place).timestamp())
        if at > now and (frequency == DAY or day.weekday() == _MONDAY):
            return at
        day += timedelta(days=1)
