"""What is over at one worker is refused by the other, whether or not the bus carries the news: by
every door that could show it (``what_ends.py``). How long it takes: ``test_staleness_times.py``.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest

from petitbleu import stamps
from petitbleu.stamps import FOUND, ROOMS_HERE, Rooms
from tests.kit.pair import Pair
from tests.kit.waiting import asked_until, until
from tests.run.what_ends import PROBES, Probe, block, refused, sign_out_of_a_browser

ASKED = (block, sign_out_of_a_browser)
"""What is asked of the database each time, whatever is remembered: by a message under its locks, by
a browser's cookie.
"""


@pytest.mark.turns(3)
@pytest.mark.parametrize("begin", PROBES)
async def test_it_is_refused_by_the_other_worker(
    pair: Pair, begin: Callable[[Pair], Awaitable[Probe]]
) -> None:
    probe = await begin(pair)
    await pair.settle()
    for _ in range(2):  # remembered now
        assert await probe.ask(), "not over yet"
    await probe.end()
    await pair.settle()
    assert await refused(probe.ask)


@pytest.mark.sometimes(4)
@pytest.mark.turns(3)
@pytest.mark.parametrize("begin", PROBES)
async def test_it_is_refused_without_the_bus(
    pair: Pair, begin: Callable[[Pair], Awaitable[Probe]]
) -> None:
    probe = await begin(pair)
    await pair.settle()
    assert await probe.ask() and await probe.ask()
    pair.air.cut(2)
    await probe.end()
    await pair.one.settle()
    assert begin in ASKED or not await refused(probe.ask), "nobody could have told"
    found = sum(FOUND.values.values())
    moved = await pair.two.app.parts[ROOMS_HERE].compare()
    assert sum(FOUND.values.values()) == found + moved, "stamp_found_total says so"
    assert moved or begin in ASKED
    await pair.two.settle()
    assert await asked_until(lambda: refused(probe.ask))


@pytest.mark.parametrize("away", [1, 2])
async def test_while_a_worker_is_cut_off_the_other_compares_all_the_time(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, away: int
) -> None:
    """Whether it is the one that is asked or the one that could tell; and the pause between two
    comparisons is kept once, not twice.
    """
    monkeypatch.setattr(stamps, "APART", 0.2)
    compared: list[float] = []
    compare = Rooms.compare

    async def noted(rooms: Rooms) -> int:
        if rooms is pair.two.app.parts[ROOMS_HERE]:
            compared.append(time.monotonic())
        return await compare(rooms)

    monkeypatch.setattr(Rooms, "compare", noted)
    pair.air.cut(away)
    await pair.air.pass_time(2.0)
    assert pair.two.app.bus.up() is (away == 1)
    await until(lambda: len(compared) > 10)
    gaps = sorted(after - before for before, after in pairwise(compared))
    assert 0.15 < gaps[len(gaps) // 2] < 0.35
