"""The second model of danger: what is left open to it, and its thresholds.

It weighs what an encoder makes of a text, whose upper layers learnt from the corpus
(``danger_learning.py``); what that left behind is read here (``encoder_learnt.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from petitbleu.bench.danger_corpus import DANGER, NEAR, ORDINARY, Line, digest
from petitbleu.bench.danger_training import Counted, Thresholds, groups
from petitbleu.bench.encoder_learnt import Learnt
from petitbleu.bench.linear import score_above
from petitbleu.desk.intake.danger import model
from petitbleu.desk.intake.danger.sentences import Head

MORE = 1.4
"""How much more the first model's score counts than while the encoder learnt, which knew the lines
that it learnt from better than others.
"""
UNHEARD = 0.04
"""The share of dangers that may lie below what is left open."""
NEAR_SURE, ORDINARY_SURE = 0.005, 0.0005
"""Shares of harmless lines that may lie above it."""
_FAR = 1e6


class Left(NamedTuple):
    """A line that neither model learnt anything of its author from."""

    line: Line
    group: int
    linear: float
    """The first model's score."""
    sentence: float
    """The encoder's."""


class Limits(NamedTuple):
    """What is chosen with authors left out; see ``Head`` of ``danger/sentences.py``."""

    low: float
    high: float
    linear: float
    both: Thresholds

    def leaves_open(self, left: Left, *, ruled: bool) -> bool:
        """Whether the second model reads a line; ``ruled``: a rule finds danger in it."""
        return (ruled or self.low <= left.linear) and left.linear < self.high

    def score(self, left: Left, *, ruled: bool) -> float:
        """The score of both; far off where the first model leaves nothing open."""
        if self.leaves_open(left, ruled=ruled):
            return left.sentence + self.linear * left.linear
        return -_FAR if left.linear < self.low else _FAR

    def level(self, left: Left, first: Thresholds, *, ruled: bool) -> str:
        """What the models take a line for; ``first``: the first model's thresholds."""
        if self.leaves_open(left, ruled=ruled):
            return model.level(self.both, self.score(left, ruled=ruled), ruled=ruled)
        return model.level(first, left.linear, ruled=ruled)


def leave_out(counted: Counted, learnt: Learnt) -> list[Left]:
    """Every line with its scores by models that learnt nothing from its author's group."""
    everybody = {line.author for line in counted.lines}
    said = dict(zip(counted.lines, learnt.scores, strict=True))
    found: list[Left] = []
    for group, left in enumerate(groups(everybody, learnt.head.groups)):
        rest = everybody - left or left
        first = counted.scores(counted.fit(rest), left)
        found += [Left(line, group, linear, said[line]) for line, linear in first]
    return found


def choose(counted: Counted, left: Sequence[Left], weight: float) -> Limits:
    """What is left open to the encoder, and thresholds that keep the shares of harmless lines.
    ``weight``: how much the first model's score counted while the encoder learnt.
    """
    linear = [(one.line.label, one.linear) for one in left]
    low = -score_above((-score for label, score in linear if label == DANGER), UNHEARD)
    high = max(
        score_above((score for label, score in linear if label == NEAR), NEAR_SURE),
        score_above((score for label, score in linear if label == ORDINARY), ORDINARY_SURE),
    )
    limits = Limits(low, high, MORE * weight, Thresholds(0, 0, 0))
    scored = [(one.line, limits.score(one, ruled=one.line in counted.ruled)) for one in left]
    return limits._replace(both=counted.chosen(scored))


def write(counted: Counted, learnt: Learnt, left: Sequence[Left]) -> bytes:
    """The file of a model of everybody."""
    limits = choose(counted, left, learnt.head.linear)
    head = Head(
        1, digest(counted.lines), learnt.head.layers, limits.low, limits.high, limits.linear,
        learnt.head.bias, *limits.both,
    )  # fmt: skip
    return msgspec.json.encode(head) + b"\n" + learnt.weights
