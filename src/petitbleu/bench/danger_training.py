"""Training the model of danger (``petitbleu dev train danger``), with scikit-learn.

A linear model over pieces of words, words and pairs (``petitbleu/wordmarks.py``), its
numbers cut to one byte each. Nothing is drawn by chance that has no seed, and what adds
floating-point numbers does so in one order: the same corpus gives the same file.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec

from petitbleu import wordmarks
from petitbleu.bench import linear
from petitbleu.bench.danger_corpus import DANGER, NEAR, ORDINARY, Line, digest
from petitbleu.desk.intake.classify import dangers
from petitbleu.desk.intake.danger.model import Head, parts, shortened

BITS = {wordmarks.PIECES: 19, wordmarks.WORDS: 19}
"""Of each sort of marks: how many numbers there are for them, as a power of two."""
WEIGHTS = {DANGER: 6.0, NEAR: 1.5, ORDINARY: 1.0}
"""How much a line of a label counts."""
STRENGTH = 1.0
"""``C`` of the support vector machine."""
FOLDS = 3
"""Groups of authors for choosing thresholds."""
NEAR_DANGER, ORDINARY_DANGER = 0.03, 0.002
NEAR_PERHAPS, ORDINARY_PERHAPS = 0.20, 0.03
"""Shares of harmless lines that may be taken for danger, or perhaps danger."""
NEAR_RULED = 0.02
"""The share of near misses that may be taken for danger because a rule finds it in them."""


class Thresholds(NamedTuple):
    """Scores from which a text tells of danger, perhaps or surely."""

    perhaps: float
    danger: float
    ruled: float
    """From which it is danger that a rule finds."""


def groups(authors: Collection[str], count: int) -> list[set[str]]:
    """Authors in at most ``count`` groups."""
    named = sorted(authors)
    return [set(named[group::count]) for group in range(min(count, len(named)))]


def train(lines: Sequence[Line], counted: Counted | None = None) -> bytes:
    """The file of a model of these lines, its thresholds chosen with authors left out."""
    counted = counted or Counted(lines)
    everybody = {line.author for line in lines}
    fitted = counted.fit(everybody)
    return write(lines, fitted, counted.thresholds(everybody))


def write(lines: Sequence[Line], fitted: linear.Fitted, thresholds: Thresholds) -> bytes:
    """The file of a model."""
    head = Head(2, digest(lines), fitted.bias, *thresholds, fitted.tables)
    return msgspec.json.encode(head) + b"\n" + fitted.to_bytes()


class Counted:
    """A corpus whose marks were counted once; models are fitted to the lines of some authors.

    A long text is counted as a whole, which is learnt from, and by its parts, which are scored.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        import numpy as np

        self.lines = lines
        self.ruled = {line for line in lines if dangers.by_rule(line.text)}
        """Lines in which a rule finds danger."""
        pieces = [parts(wordmarks.split(shortened(line.text))) for line in lines]
        self._whole = np.cumsum([0, *map(len, pieces)])[:-1]
        words = [part for piece in pieces for part in piece]
        self._counts = {name: linear.count_marks(name, bits, words) for name, bits in BITS.items()}

    def fit(self, authors: Collection[str]) -> linear.Fitted:
        """A model of what some authors wrote."""
        import numpy as np
        from scipy import sparse
        from sklearn.svm import LinearSVC

        rows = self._rows(authors)
        labels = [self.lines[row].label for row in rows]
        blocks, scales = [], {}
        for name in BITS:
            counts = self._counts[name][self._whole[rows]]
            scales[name] = linear.rareness(counts)
            blocks.append(linear.scaled(counts, scales[name]))
        machine = LinearSVC(C=STRENGTH, random_state=0, max_iter=5000)
        machine.fit(
            sparse.hstack(blocks).tocsr(),
            np.array([label == DANGER for label in labels]),
            sample_weight=np.array([WEIGHTS[label] for label in labels]),
        )
        bias = float(machine.intercept_[0])
        return linear.cut_to_bytes(machine.coef_[0], bias, scales, BITS)

    def scores(self, fitted: linear.Fitted, authors: Collection[str]) -> list[tuple[Line, float]]:
        """What a model makes of the lines of some authors, as the shipped code would."""
        import numpy as np

        total = linear.scores(fitted, self._counts)
        most = np.maximum.reduceat(total, self._whole)
        return [(self.lines[row], float(most[row])) for row in self._rows(authors)]

    def thresholds(self, authors: Collection[str]) -> Thresholds:
        """Thresholds at which harmless lines keep their shares: of authors within ``authors``,
        each read by models that learnt nothing from their group.
        """
        return self.chosen(self.left_out(authors))

    def left_out(self, authors: Collection[str]) -> list[tuple[Line, float]]:
        """What authors wrote, each scored by a model that learnt nothing from their group."""
        named = sorted(authors)
        scored: list[tuple[Line, float]] = []
        for left in groups(named, FOLDS):
            learnt = set(named) - left or left
            scored += self.scores(self.fit(learnt), left)
        return scored

    def chosen(self, scored: Sequence[tuple[Line, float]]) -> Thresholds:
        """Thresholds at which harmless lines of ``scored`` keep their shares."""
        ruled = [(line, score) for line, score in scored if line in self.ruled]
        near = sum(line.label == NEAR for line, _ in scored)
        near_ruled = sum(line.label == NEAR for line, _ in ruled)
        return Thresholds(
            _threshold(scored, NEAR_PERHAPS, ORDINARY_PERHAPS),
            _threshold(scored, NEAR_DANGER, ORDINARY_DANGER),
            _above(ruled, NEAR, NEAR_RULED * near / max(1, near_ruled)),
        )

    def _rows(self, authors: Collection[str]) -> list[int]:
        return [row for row, line in enumerate(self.lines) if line.author in authors]


def _threshold(scored: Sequence[tuple[Line, float]], near: float, ordinary: float) -> float:
    return max(_above(scored, NEAR, near), _above(scored, ORDINARY, ordinary))


def _above(scored: Sequence[tuple[Line, float]], label: str, share: float) -> float:
    """The score that at most ``share`` of a label's lines reach."""
    return linear.score_above((score for line, score in scored if line.label == label), share)
