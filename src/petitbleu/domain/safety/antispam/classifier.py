"""A classifier of texts after Bayes, as plain arithmetic over counts.

For each mark the share of spam among the texts that had it, drawn towards one half while it was
seen seldom (G. Robinson, "A statistical approach to the spam problem", Linux Journal 107, 2003);
the strongest of them combined with Fisher's method, once for spam and once for ham: a text that has
strong marks of both, or of neither, comes out near one half instead of at an end.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

NEEDED = 10
"""Texts of each sort a classifier must have learnt from before it says anything."""
MAX_FEATURES = 60
"""Marks that are combined."""
SHOWN = 5
_UNSURE = 0.5
_STRENGTH = 1.5
"""How many texts the assumption of one half weighs as much as."""
_HALF_TRUSTED = 15
"""Texts of each sort after which what was learnt here counts half of what it says."""
_MIN_PROBABILITY = 0.0005
_FAINT = 0.15
"""A mark nearer to one half says nothing."""


class Count(NamedTuple):
    """Of how many judged texts: those taken for ham and for spam."""

    ham: int
    spam: int

    def __add__(self, other: tuple[int, ...]) -> Count:  # type: ignore[override]
        """Both corpora together (not the concatenation of tuples)."""
        ham, spam = other
        return Count(self.ham + ham, self.spam + spam)


NONE = Count(0, 0)


class Opinion(NamedTuple):
    """``score``: 0 surely ham, 1 surely spam. ``reasons``: the strongest marks with their share of
    spam (0..1), the strongest first. ``trust`` (0..1): how much it counts beside another.
    """

    score: float
    reasons: list[tuple[str, float]]
    trust: float = 1.0


def opinion(marks: Iterable[str], seen: Mapping[str, Count], learnt: Count) -> Opinion | None:
    """What a classifier thinks of a text with ``marks``; None while it has learnt too little.

    ``seen``: the counts of marks it knows; ``learnt``: of all texts it learnt from.
    """
    if learnt.ham < NEEDED or learnt.spam < NEEDED:
        return None
    shares = [(mark, _share(seen.get(mark, NONE), learnt)) for mark in marks]
    strong = sorted(
        (share for share in shares if abs(share[1] - _UNSURE) >= _FAINT),
        key=lambda one: (-abs(one[1] - _UNSURE), one[0]),
    )[:MAX_FEATURES]
    trust = min(learnt) / (min(learnt) + _HALF_TRUSTED)
    if not strong:
        return Opinion(_UNSURE, [], trust)
    spam = _fisher([1 - share for _, share in strong])
    ham = _fisher([share for _, share in strong])
    return Opinion((1 + spam - ham) / 2, strong[:SHOWN], trust)


def together(seed: Opinion, own: Opinion) -> float:
    """The score of two opinions: their odds multiplied, the second's as far as it is trusted."""
    return 1 / (1 + math.exp(-_odds(seed.score) - own.trust * _odds(own.score)))


def _odds(score: float) -> float:
    bounded = min(max(score, _MIN_PROBABILITY), 1 - _MIN_PROBABILITY)
    return math.log(bounded / (1 - bounded))


def _share(count: Count, learnt: Count) -> float:
    """The share of spam among texts with a mark, as if both sorts were equally frequent."""
    times = count.ham + count.spam
    if not times:
        return _UNSURE
    spam, ham = count.spam / learnt.spam, count.ham / learnt.ham
    return (_STRENGTH * _UNSURE + times * spam / (spam + ham)) / (_STRENGTH + times)


def _fisher(chances: list[float]) -> float:
    """1 - P(chi² with 2n degrees of freedom > -2 Σ ln p): near 1 where ``chances`` are small."""
    half = -math.fsum(math.log(chance) for chance in chances)
    # The tail for an even number of degrees is e^-m Σ m^i / i!, in logarithms against underflow.
    terms = [-half + i * math.log(half) - math.lgamma(i + 1) for i in range(len(chances))]
    return 1 - min(math.fsum(map(math.exp, terms)), 1.0)
