"""How much of a long test a run does.

Some tests say the same of many: random cases, letters, decisions. ``make test`` takes fewer of
them, ``make test-full`` all.
"""

from __future__ import annotations

import os

FULL = os.environ.get("TESTS_LENGTH") == "full"
"""Whether this is ``make test-full``."""


def size(quick: int, full: int) -> int:
    """``full`` in ``make test-full``, ``quick`` elsewhere."""
    return full if FULL else quick
