"""The holidays that clocks are going to meet, fetched before a transaction needs them."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import msgspec

from petitbleu.app import App, Part
from petitbleu.desk.reference.law import calendar, holidays_of
from petitbleu.sandbox import JobFailed, Sandbox

_BEFORE, _AFTER = 1, 3
"""Years around the present one: letters that took long, periods in years."""
_SECONDS = 30
_MEMORY = 256 << 20


class _Found(msgspec.Struct):
    days: dict[str, list[int]]


FETCHING: Part[asyncio.Task[None] | None] = Part(lambda _: None)


async def ready(app: App) -> None:
    """Return once the holidays of the operator's country are known. Never fails: where no
    other process can be had they are worked out in this one.
    """
    year = datetime.fromtimestamp(app.clock.now(), UTC).year
    country = app.config.country
    years = calendar.unknown(country, range(year - _BEFORE, year + _AFTER + 1))
    if not years:
        return
    running = app.parts[FETCHING]
    if running is None or running.done():
        running = asyncio.create_task(_fetch(app, country, years), name="holidays")
        app.parts[FETCHING] = running
    await asyncio.shield(running)


async def _fetch(app: App, country: str, years: list[int]) -> None:
    worker = Sandbox(
        "petitbleu.desk.reference.law.holidays_of",
        workers=1,
        seconds=_SECONDS,
        memory=_MEMORY,
        data=app.config.data,
    )
    try:
        answer = await worker.run({"country": country, "years": years})
        days = msgspec.convert(answer, _Found).days.items()
        by_year = {int(year): frozenset(map(date.fromordinal, of_year)) for year, of_year in days}
    except (JobFailed, msgspec.ValidationError) as error:
        app.log.warning("holidays worked out in the server", country=country, reason=str(error))
        by_year = await asyncio.to_thread(holidays_of.days, country, years)
    finally:
        await worker.close()
    calendar.learn(country, by_year)
