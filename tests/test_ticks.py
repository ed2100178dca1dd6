"""When what is done again and again is due."""

from __future__ import annotations

import random

from petitbleu.ticks import LATE, until_next


def test_it_is_just_after_the_next_multiple_and_never_at_once() -> None:
    draw = random.Random(7)
    for _ in range(2000):
        now, period = draw.uniform(0, 1e6), draw.choice((0.2, 0.5, 1.0))
        wait = until_next(now, period)
        assert period / 4 < wait <= period * 1.25 + 1e-9
        after = (now + wait) % period
        assert abs(after - LATE) < 1e-6


def test_two_that_wait_are_woken_together() -> None:
    assert abs((100.1 + until_next(100.1, 0.5)) - (100.3 + until_next(100.3, 0.5))) < 1e-9
    second, half = 100.6 + until_next(100.6, 1.0), 100.7 + until_next(100.7, 0.5)
    assert abs(second - half) < 1e-9, "of whatever periods"
