"""Names that look like one that nobody has: for whoever misspelt it.

Two names are as near as the pairs of neighbouring letters that they share (Sørensen-Dice).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

MAX_SUGGESTIONS = 3
_LEAST = 0.5
_MAX_NAME_LENGTH = 64


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """At most :data:`MOST` of the ``known`` names, the nearest first."""
    wanted = _pairs(name[:_MAX_NAME_LENGTH])
    size = wanted.total()
    if size < 2:
        return []
    posts = []
    for one in known:
        other = _pairs(one)
        near = 2 * (wanted & other).total() / (size + other.total())
        if near >= _LEAST:
            posts.append((-near, one))
    return [suggestion for _, suggestion in sorted(posts)[:MAX_SUGGESTIONS]]


def _pairs(name: str) -> Counter[str]:
    folded = f"^{name.casefold()}$"
    return Counter(folded[at : at + 2] for at in range(len(folded) - 1))
