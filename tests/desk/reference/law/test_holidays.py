"""Holidays are fetched before a transaction needs them, in a process of their own."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

import pytest

from petitbleu.desk.reference.law import calendar, holidays_of
from petitbleu.desk.reference.law import service as law
from tests.kit.world import World


def test_a_part_or_a_country_that_nobody_knows_has_weekends_all_the_same() -> None:
    assert date(2026, 7, 14) in holidays_of.days("FR-NOWHERE", [2026])[2026]
    assert holidays_of.days("QQ-NOWHERE", [2026, 2027]) == {2026: frozenset(), 2027: frozenset()}


async def test_holidays_are_known_before_a_clock_asks(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "_known", {})
    await asyncio.gather(law.ready(world.app), law.ready(world.app))

    def computed(*_: object) -> None:
        raise AssertionError("the library was asked inside the server")

    monkeypatch.setattr(holidays_of, "days", computed)
    year = datetime.fromtimestamp(world.clock.now(), UTC).year
    country = world.app.config.country
    assert calendar.unknown(country, range(year - 1, year + 4)) == []
    assert not calendar.is_working_day(date(year + 1, 1, 1), country)
