"""Training the second model of spam, which weighs what an encoder makes of a comment.

A ridge regression on the means of some of the encoder's layers, beside the first model's odds. Each
author is left out once; what is left open, and from where a comment is held, is chosen by how the
lines of the others are scored by models that did not know their authors either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.bench import spam_training
from petitbleu.bench.linear import score_above
from petitbleu.bench.ridge import Ridge, means_of, spread
from petitbleu.bench.spam_corpus import HAM, SPAM, Line, digest
from petitbleu.domain.safety.antispam import seed, sentences
from petitbleu.domain.safety.antispam.classifier import Opinion
from petitbleu.domain.safety.antispam.sentences import Head, Sentences, odds_of

LAYERS = (1, 2, 3, 4, 5, 6, 7, 8)
"""Layers of the encoder whose means are weighed, the first being 1."""
STRENGTH = 300.0
"""How much large weights cost."""
LINEAR = 0.7
"""How much the first model's odds count, both spread alike."""
MISSED = 0.02
"""The share of spam that may lie below what is left open."""
HELD_SURE = 0.002
"""The share of comments that may lie above it."""


class Left(NamedTuple):
    """A line that neither model learnt anything of its author from."""

    line: Line
    figure: float
    """The first model's."""
    said: float
    """The encoder's."""


class Limits(NamedTuple):
    """What is chosen with authors left out."""

    first: float
    """The figure from which the first model alone holds a comment."""
    slope: float
    low: float
    high: float
    linear: float
    limit: float
    steep: float

    def alone(self, left: Left) -> Opinion:
        """What the first model thinks of a line."""
        return Opinion(seed.as_score(left.figure, self.first, self.slope), [])

    def leaves_open(self, left: Left) -> bool:
        """Whether the encoder is asked, too."""
        return self.low <= odds_of(self.alone(left)) < self.high

    def opinion(self, left: Left) -> Opinion:
        """What both models think of a line."""
        if not self.leaves_open(left):
            return self.alone(left)
        odds = odds_of(self.alone(left))
        figure = left.said + self.linear * odds
        return Opinion(seed.as_score(figure, self.limit, self.steep), [])


class Weighed(Ridge):
    """A corpus as the encoder read it (a row of ``numbers`` for each line)."""

    def __init__(self, lines: Sequence[Line], numbers: Any, layers: int) -> None:
        self.lines = lines
        super().__init__(
            means_of(numbers, LAYERS, layers),
            [line.author for line in lines],
            [1.0 if line.label == SPAM else -1.0 for line in lines],
            [1.0] * len(lines),
            STRENGTH,
        )


def texts(lines: Sequence[Line]) -> list[str]:
    """What of the lines is read to the encoder."""
    return [sentences.as_read(line.submission) for line in lines]


def leave_out(scored: Sequence[tuple[Line, float]], weighed: Weighed) -> list[Left]:
    """Every line with its figures by models that learnt nothing from its author. ``scored``: by the
    first model, an author after the other (``spam_training.Counted.score_left_out``).
    """
    everybody = {line.author for line in weighed.lines}
    said: dict[Line, float] = {}
    for author in sorted(everybody):
        own = [line for line in weighed.lines if line.author == author]
        weights = weighed.fit(everybody - {author})
        said |= zip(own, weighed.scores(weights, {author}), strict=True)
    return [Left(line, figure, said[line]) for line, figure in scored]


def choose(left: Sequence[Left]) -> Limits:
    """What is left open to the encoder, and from where a comment is held."""
    scored = [(one.line, one.figure) for one in left]
    first = spam_training.threshold(scored)
    slope = spam_training.steepness(scored, first)
    odds = [odds_of(Opinion(seed.as_score(one.figure, first, slope), [])) for one in left]
    both = list(zip(left, odds, strict=True))
    low = -score_above((-odd for one, odd in both if one.line.label == SPAM), MISSED)
    high = score_above((odd for one, odd in both if one.line.label == HAM), HELD_SURE)
    linear = LINEAR * spread([one.said for one in left]) / (spread(odds) or 1.0)
    inside = [(one, odd) for one, odd in both if low <= odd < high]
    figures = [(one.line, one.said + linear * odd) for one, odd in inside]
    hams = sum(one.line.label == HAM for one in left)
    sure = sum(one.line.label == HAM and odd >= max(high, 0.0) for one, odd in both)
    inner = sum(line.label == HAM for line, _ in figures)
    share = max(0.0, spam_training.HELD * hams - sure) / max(1, inner)
    limit = score_above((figure for line, figure in figures if line.label == HAM), share)
    return Limits(first, slope, low, high, linear, limit, spam_training.steepness(figures, limit))


def write(weighed: Weighed, left: Sequence[Left]) -> bytes:
    """The file of a model of everybody."""
    limits = choose(left)
    weights, bias = weighed.raw(weighed.fit({line.author for line in weighed.lines}))
    head = Head(
        1, digest(weighed.lines), LAYERS, limits.low, limits.high, limits.linear, bias,
        limits.limit, limits.steep,
    )  # fmt: skip
    data = msgspec.json.encode(head) + b"\n" + bytes(weights.tobytes())
    return data if Sentences(data) else b""
