"""The second model of spam: what is left open to it, and from where a comment is held.

It weighs what an encoder makes of a comment, whose upper layers learnt from comments
(``spam_learning.py``); what that left behind is read here (``encoder_learnt.py``). Limits are
chosen by how lines are scored by models that did not know their authors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from petitbleu.bench import spam_training
from petitbleu.bench.encoder_learnt import Learnt
from petitbleu.bench.linear import score_above
from petitbleu.bench.spam_corpus import HAM, SPAM, Line, digest
from petitbleu.domain.safety.antispam import seed
from petitbleu.domain.safety.antispam.classifier import Opinion
from petitbleu.domain.safety.antispam.sentences import Head, Sentences, odds_of

LINEAR = 2.0
"""How much the first model's odds count beside what the encoder says, both as logarithms."""
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


def leave_out(
    scored: Sequence[tuple[Line, float]], lines: Sequence[Line], learnt: Learnt
) -> list[Left]:
    """Every line with its figures by models that learnt nothing from its author. ``scored``: by the
    first model, an author after the other (``spam_training.Counted.score_left_out``).
    """
    said = dict(zip(lines, learnt.scores, strict=True))
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
    inside = [(one, odd) for one, odd in both if low <= odd < high]
    figures = [(one.line, one.said + LINEAR * odd) for one, odd in inside]
    hams = sum(one.line.label == HAM for one in left)
    sure = sum(one.line.label == HAM and odd >= max(high, 0.0) for one, odd in both)
    inner = sum(line.label == HAM for line, _ in figures)
    share = max(0.0, spam_training.HELD * hams - sure) / max(1, inner)
    limit = score_above((figure for line, figure in figures if line.label == HAM), share)
    return Limits(first, slope, low, high, LINEAR, limit, spam_training.steepness(figures, limit))


def write(lines: Sequence[Line], learnt: Learnt, left: Sequence[Left]) -> bytes:
    """The file of a model of everybody."""
    limits = choose(left)
    head = Head(
        1, digest(lines), learnt.head.layers, limits.low, limits.high, limits.linear,
        learnt.head.bias, limits.limit, limits.steep,
    )  # fmt: skip
    data = msgspec.json.encode(head) + b"\n" + learnt.weights
    return data if Sentences(data) else b""
