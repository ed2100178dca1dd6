"""What a fresh instance begins with: weights of marks, learnt from generated texts in French and
English (``bench/spam_seed.py`` makes ``seed.json``; a logistic regression). Pure.

The verdicts of the instance count beside it and can always outweigh it. Single words are only
listened to in French and English; how a text is made, where it leads and who signs it, everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from petitbleu.domain.antispam.classifier import SHOWN, Opinion

LANGUAGES = ("fr", "en", "?")
SURELY = 4.0
"""The most that is said either way, as the logarithm of odds."""
EVEN = math.log(0.8 / 0.2)
"""What is added, so that even odds score 0.8, from where a text is held."""
_WORD = "word"
_WORDS_SHARE, _TOLD_SHARE = 0.7, 0.6
_SHORT = 3
_UNHEARD = frozenset(("pair", "ending", "language", "link", "site", "mail", "name"))
"""Kinds of marks that are an instance's own matter (hosts, addresses, languages, pairs of words),
and people's names, which say nothing of what they write.
"""
_COMMON = """
avec pour dans cette sans plus mais nous vous leur elle sont etre tout tous fait comme ceux meme
aussi donc votre notre cela this that with from have your they them were been will what when there
here just some more than then also very much would could their about
"""
_UNSAID = frozenset(_COMMON.split())
"""Words that only hold sentences together."""


class Seed(NamedTuple):
    """``weights`` of marks; ``start``: the odds without any mark; ``texts``: a digest of those it
    was learnt from.
    """

    start: float
    weights: dict[str, float]
    texts: str


def shares(found: Sequence[str]) -> list[tuple[str, float]]:
    """The marks that are listened to, with how much of each: words share what a text of any
    length says together.
    """
    spoken = next((mark for mark in found if mark.startswith("language:")), "")
    foreign = spoken.partition(":")[2] not in LANGUAGES
    words: list[str] = []
    told: list[tuple[str, float]] = []
    for mark in found:
        kind, _, value = mark.partition(":")
        if kind == _WORD:
            if not foreign and len(value) > _SHORT and value not in _UNSAID:
                words.append(mark)
        elif kind not in _UNHEARD:
            told.append((mark, _TOLD_SHARE))
    return told + [(mark, _WORDS_SHARE / math.sqrt(len(words))) for mark in words]


def left(found: Sequence[str]) -> list[str]:
    """The marks on which an instance's own verdicts are asked beside the seed: words and what is
    its own matter. Asked of the others too, both would say the same thing twice.
    """
    kinds = _UNHEARD | {_WORD}
    return [mark for mark in found if mark.partition(":")[0] in kinds]


def opinion(found: Sequence[str]) -> Opinion:
    """What is thought of a text with the marks ``found``; its reasons are shares of spam, as if
    each mark stood alone.
    """
    seed = _read()
    said = [
        (mark, seed.weights[mark] * share) for mark, share in shares(found) if mark in seed.weights
    ]
    odds = seed.start + math.fsum(weight for _, weight in said)
    strongest = sorted(said, key=lambda one: (-abs(one[1]), one[0]))
    reasons = [(mark, chance(weight)) for mark, weight in strongest[:SHOWN]]
    return Opinion(chance(max(-SURELY, min(SURELY, odds)) + EVEN), reasons)


def chance(odds: float) -> float:
    """The probability of a logarithm of odds."""
    return 1 / (1 + math.exp(-odds))


@cache
def _read() -> Seed:
    data = files("petitbleu.domain.antispam").joinpath("seed.json").read_bytes()
    return msgspec.json.decode(data, type=Seed)


def texts() -> str:
    """The digest of the texts it was learnt from."""
    return _read().texts
