"""Training the second model of danger, which weighs what an encoder makes of a text.

A ridge regression on the means of some of the encoder's layers. Its sums are made once for each
author; a model of some authors adds theirs up. Where two numbers are added in another order on
another machine the weights differ in their last digits, and so do scores.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.bench.danger_corpus import DANGER, NEAR, ORDINARY, Line, digest
from petitbleu.bench.danger_training import WEIGHTS, Counted, Thresholds, groups
from petitbleu.bench.linear import score_above
from petitbleu.desk.intake.danger import model
from petitbleu.desk.intake.danger.sentences import Head

LAYERS = (2, 4, 6, 8)
"""Layers of the encoder whose means are weighed, the first being 1."""
STRENGTH = 4000.0
"""How much large weights cost."""
GROUPS = 4
"""Groups of authors of which each is left out once."""
UNHEARD = 0.10
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

    def score(self, left: Left) -> float:
        """The score of both; far off where the first model leaves nothing open."""
        if left.linear < self.low:
            return -_FAR
        return _FAR if left.linear >= self.high else left.sentence + self.linear * left.linear

    def level(self, left: Left, first: Thresholds, *, ruled: bool) -> str:
        """What the models take a line for; ``first``: the first model's thresholds."""
        if self.low <= left.linear < self.high:
            return model.level(self.both, self.score(left), ruled=ruled)
        return model.level(first, left.linear, ruled=ruled)


class Weighed:
    """A corpus as the encoder read it (a row of ``numbers`` for each line)."""

    def __init__(self, lines: Sequence[Line], numbers: Any) -> None:
        import numpy as np

        self.lines = lines
        width = numbers.shape[1] // max(LAYERS)
        rows = np.concatenate(
            [numbers[:, width * (layer - 1) : width * layer] for layer in LAYERS], 1
        )
        self._mean, self._spread = rows.mean(0), rows.std(0) + 1e-6
        self._rows = (rows - self._mean) / self._spread
        self._sums = {author: self._sum(author) for author in {line.author for line in lines}}

    def _sum(self, author: str) -> tuple[Any, Any]:
        import numpy as np

        own = [at for at, line in enumerate(self.lines) if line.author == author]
        labels = [self.lines[at].label for at in own]
        rows = np.concatenate([self._rows[own], np.ones((len(own), 1), np.float32)], 1)
        counted = rows * np.array([WEIGHTS[label] for label in labels], np.float32)[:, None]
        wanted = np.array([1 if label == DANGER else -1 for label in labels], np.float32)
        return counted.T @ rows, counted.T @ wanted

    def fit(self, authors: Collection[str]) -> Any:
        """Weights of what some authors wrote, and last the bias."""
        import numpy as np

        named = sorted(authors)
        products = sum(self._sums[author][0].astype(float) for author in named)
        wanted = sum(self._sums[author][1].astype(float) for author in named)
        costs = np.full(len(products), STRENGTH)
        costs[-1] = 1e-3
        return np.linalg.solve(products + np.diag(costs), wanted)

    def scores(self, weights: Any, authors: Collection[str]) -> list[float]:
        """The scores of what some authors wrote, in the order of the corpus."""
        own = [at for at, line in enumerate(self.lines) if line.author in authors]
        return [float(score) for score in self._rows[own] @ weights[:-1] + weights[-1]]

    def raw(self, weights: Any) -> tuple[Any, float]:
        """Weights and bias for what the encoder gives as it gives it."""
        own = weights[:-1] / self._spread
        return own.astype("<f4"), float(weights[-1] - (self._mean * own).sum())


def leave_out(counted: Counted, weighed: Weighed, count: int = GROUPS) -> list[Left]:
    """Every line with its scores by models that learnt nothing from its author's group."""
    everybody = {line.author for line in counted.lines}
    found: list[Left] = []
    for group, left in enumerate(groups(everybody, count)):
        learnt = everybody - left or left
        first = counted.scores(counted.fit(learnt), left)
        second = weighed.scores(weighed.fit(learnt), left)
        found += [
            Left(line, group, linear, sentence)
            for (line, linear), sentence in zip(first, second, strict=True)
        ]
    return found


def choose(counted: Counted, left: Sequence[Left]) -> Limits:
    """What is left open to the encoder, and thresholds that keep the shares of harmless lines."""
    linear = [(one.line.label, one.linear) for one in left]
    low = -score_above((-score for label, score in linear if label == DANGER), UNHEARD)
    high = max(
        score_above((score for label, score in linear if label == NEAR), NEAR_SURE),
        score_above((score for label, score in linear if label == ORDINARY), ORDINARY_SURE),
    )
    spread = _spread([one.sentence for one in left]) / (_spread([s for _, s in linear]) or 1.0)
    limits = Limits(low, high, spread, Thresholds(0, 0, 0))
    return limits._replace(both=counted.chosen([(one.line, limits.score(one)) for one in left]))


def write(counted: Counted, weighed: Weighed, left: Sequence[Left]) -> bytes:
    """The file of a model of everybody."""
    limits = choose(counted, left)
    weights, bias = weighed.raw(weighed.fit({line.author for line in counted.lines}))
    head = Head(
        1, digest(counted.lines), LAYERS, limits.low, limits.high, limits.linear, bias, *limits.both
    )
    return msgspec.json.encode(head) + b"\n" + bytes(weights.tobytes())


def _spread(values: Sequence[float]) -> float:
    middle = math.fsum(values) / max(1, len(values))
    return math.sqrt(math.fsum((one - middle) ** 2 for one in values) / max(1, len(values)))
