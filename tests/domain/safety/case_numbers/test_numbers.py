"""The numbers people quote: one series a year, nothing twice."""

from __future__ import annotations

import asyncio
import datetime

import pytest

from petitbleu.domain.safety.case_numbers import service
from tests.kit.world import World


async def test_numbers_follow_one_another_and_begin_anew_each_year(world: World) -> None:
    paris = datetime.timezone(datetime.timedelta(hours=1))
    last = datetime.datetime(2026, 12, 31, 23, 59, 59, tzinfo=paris)
    config = world.app.config
    taken = await asyncio.gather(
        *(world.app.store.write(service.take, config, int(last.timestamp())) for _ in range(5))
    )
    assert sorted(map(service.text, taken)) == [f"PB-2026-{n:06}" for n in range(1, 6)]
    # One second later it is another year at the operator's place, though not yet in London.
    first = await world.app.store.write(service.take, config, int(last.timestamp()) + 1)
    assert service.text(first) == "PB-2027-000001"


@pytest.mark.parametrize("number", [2026 * 10**9 + 1, 2026 * 10**9 + 1_234_567])
def test_a_written_number_is_read_back(number: int) -> None:
    assert service.parse(f" {service.text(number).lower()} ") == number


@pytest.mark.parametrize("written", ["", "PB-2026-1", "4217", "PB-26-004217"])
def test_other_words_are_no_number(written: str) -> None:
    assert service.parse(written) is None
