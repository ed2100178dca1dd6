"""The second model of spam: what an encoder of sentences makes of a comment that the first one
(:mod:`.seed`) leaves open. Pure.

The encoder runs in a process of its own and is not of this area (:mod:`.hooks`): here stand what is
read to it, and what becomes of its answer. ``petitbleu dev train spam`` makes ``sentences.bin``.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from petitbleu.domain.safety.antispam import disguise, seed
from petitbleu.domain.safety.antispam.classifier import Opinion
from petitbleu.domain.safety.antispam.submission import Submission
from petitbleu.meanweights import read_weights, weigh

FILE = Path(__file__).with_name("sentences.bin")
READ_MAX = 800
"""Characters of a comment that are read: of a longer one the beginning and the end."""
_LAST = 300
_NAME_MAX = 80
MARK = "whole:read"
"""The reason that the second model gives."""


class Head(msgspec.Struct, frozen=True):
    """The first line of the file."""

    format: int
    corpus: str
    """SHA-256 of the texts that were learnt from."""
    layers: tuple[int, ...]
    """Layers of the encoder whose means are weighed."""
    low: float
    high: float
    """The first model's odds (:func:`odds_of`) between which a comment is left open."""
    linear: float
    """How much these odds count beside what the encoder says."""
    bias: float
    limit: float
    """The figure of both from which a comment is held."""
    steep: float
    """By how much the logarithm of the odds of spam grows with the figure."""


class Sentences:
    """A second model that was read. Raises Unusable."""

    __slots__ = ("_weights", "head")

    def __init__(self, data: bytes) -> None:
        self.head, self._weights = read_weights(data, Head, "spam's sentences", 1)

    def leaves_open(self, first: Opinion) -> bool:
        """Whether the first model is sure neither that a comment is good nor that it is spam."""
        return self.head.low <= odds_of(first) < self.head.high

    def say(self, means: list[Any]) -> float:
        """How much the encoder says for spam, given the means of all its layers."""
        return weigh(self.head, self._weights, means)

    def both(self, first: Opinion, said: float) -> Opinion:
        """What both models think of a comment."""
        figure = said + self.head.linear * odds_of(first)
        score = seed.as_score(figure, self.head.limit, self.head.steep)
        alone = seed.chance(max(-2.0, min(2.0, score_odds(score))))
        return Opinion(score, [(MARK, alone), *first.reasons], first.trust)


def odds_of(first: Opinion) -> float:
    """The first model's opinion as the logarithm of odds, 0 where a text is just held."""
    return score_odds(first.score)


def score_odds(score: float) -> float:
    """A score of 0 to 1 as the logarithm of odds from the threshold."""
    return math.log(score / (1 - score)) - seed.LIMIT


def as_read(what: Submission) -> str:
    """What of a comment is read to the encoder: whose it is, and what it says."""
    text = disguise.bare(what.text).text
    if len(text) > READ_MAX:
        text = f"{text[: READ_MAX - _LAST]} {text[-_LAST:]}"
    who = ", ".join(part[:_NAME_MAX] for part in (what.author, what.site) if part)
    return f"{who}: {text}" if who else text


@cache
def shipped() -> Sentences:
    """The model of this version. Raises Unusable, OSError."""
    return Sentences(FILE.read_bytes())
