"""Numbers of decisions: that of the case, and the how-manieth it is. ``PB-2026-000123-1``.

A decision can so be named in a letter before the transaction that writes it, in which printing is
not possible.
"""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.safety.case_numbers import service as case_numbers

MAX_DECISIONS = 1000
"""Decisions of one case."""


def number(case: int, nth: int) -> int:
    """The ``nth`` (1, 2, …) decision of a case."""
    return case * MAX_DECISIONS + nth


LOST = 40
"""Numbers of each case that are left out for each time the database turned out to be older: so many
decisions of a case may have been lost with what it knew.
"""


def following(decisions: Sequence[int], resets: int) -> int:
    """The how-manieth the next decision of a case is. ``decisions``: those it has; ``resets``: how
    often a backup was restored since it was opened (``standing.resets_since``).
    """
    last = decisions[-1] % MAX_DECISIONS if decisions else 0
    return max(last, resets * LOST) + 1


def case_of(decision: int) -> int:
    """The case it belongs to."""
    return decision // MAX_DECISIONS


def text(decision: int) -> str:
    """As people read it. With 0 in the place of how-manieth it is the case itself."""
    if decision % MAX_DECISIONS == 0:
        return case_numbers.text(case_of(decision))
    return f"{case_numbers.text(case_of(decision))}-{decision % MAX_DECISIONS}"


def parse(written: str) -> int | None:
    """What somebody wrote as a number; None where it is none."""
    case, _, nth = written.strip().rpartition("-")
    parsed = case_numbers.parse(case)
    if parsed is None or not (nth.isascii() and nth.isdigit() and 0 < int(nth) < MAX_DECISIONS):
        return None
    return number(parsed, int(nth))


def puid(decision: int, restored: str = "") -> str:
    """Its name in the EU database: unique for ever. ``restored`` tells decisions that were made
    after a restore from those of the same number that were lost with it.
    """
    return text(decision).lower() + (f"-r{restored}" if restored else "")
