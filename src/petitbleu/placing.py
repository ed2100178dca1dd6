"""Lists whose order people choose, by moving one line up or down at a time. A leaf, pure."""

from __future__ import annotations

from collections.abc import Sequence


def moved(order: Sequence[int], one: int, *, up: bool) -> list[int]:
    """``order`` after ``one`` changed places with its neighbour; as it was where there is none.

    Raises ValueError where ``one`` is not in it.
    """
    at = order.index(one)
    other = at - 1 if up else at + 1
    result = list(order)
    if 0 <= other < len(result):
        result[at], result[other] = result[other], result[at]
    return result
