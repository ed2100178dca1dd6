"""Public holidays of one country, worked out in a process of its own.

The library knows 250 countries: 120 ms and 16 MiB for a handful of dates. In the server they would
be spent inside the first transaction whose clock ends on a day, while everybody waits.

A job is ``{country, years}``, the answer ``{days: {year: [ordinal, …]}}``, keys as text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from petitbleu.sandbox import serve


def days(country: str, years: Iterable[int]) -> dict[int, frozenset[date]]:
    """Year -> holidays of ``country`` (ISO 3166, ``DE`` or ``DE-BY``). Of a country that the
    library does not know: none; of a part that it does not know: those of the whole.
    """
    import holidays  # 75 ms that a server does not need

    nation, _, part = country.upper().partition("-")
    by_year: dict[int, frozenset[date]] = {}
    for year in years:
        try:
            of_year = frozenset(holidays.country_holidays(nation, subdiv=part or None, years=year))
        except NotImplementedError:
            try:
                of_year = frozenset(holidays.country_holidays(nation, years=year))
            except NotImplementedError:
                of_year = frozenset()
        by_year[year] = of_year
    return by_year


def _handle(job: dict[str, Any]) -> dict[str, Any]:
    by_year = days(job["country"], job["years"])
    return {
        "days": {
            str(year): [day.toordinal() for day in of_year] for year, of_year in by_year.items()
        }
    }


if __name__ == "__main__":
    serve(_handle, opens=True)  # a country is a module of its own
