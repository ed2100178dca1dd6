"""Training the model of danger (``petitbleu dev train danger``), with scikit-learn.

A linear model over pieces of words, words and pairs (``desk/intake/danger/features.py``), its
numbers cut to one byte each. Nothing is drawn by chance that has no seed, and what adds
floating-point numbers does so in one order: the same corpus gives the same file.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.bench.danger_corpus import DANGER, NEAR, ORDINARY, Line, digest
from petitbleu.desk.intake.classify import dangers
from petitbleu.desk.intake.danger import features
from petitbleu.desk.intake.danger.model import Head, Table, parts, shortened

BITS = {features.PIECES: 19, features.WORDS: 19}
"""Of each sort of marks: how many numbers there are for them, as a power of two."""
SHARES = {features.PIECES: 1.0, features.WORDS: 1.0}
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


class Fitted(NamedTuple):
    """A model before it is a file: of each sort of marks a table, and its bytes as numbers."""

    bias: float
    tables: tuple[Table, ...]
    lengths: dict[str, Any]
    weights: dict[str, Any]


def train(lines: Sequence[Line]) -> bytes:
    """The file of a model of these lines, its thresholds chosen with authors left out."""
    counted = Counted(lines)
    everybody = {line.author for line in lines}
    fitted = counted.fit(everybody)
    return write(lines, fitted, counted.thresholds(everybody))


def write(lines: Sequence[Line], fitted: Fitted, thresholds: Thresholds) -> bytes:
    """The file of a model."""
    head = Head(2, digest(lines), fitted.bias, *thresholds, fitted.tables)
    parts = [msgspec.json.encode(head), b"\n"]
    for name in BITS:
        parts += [fitted.lengths[name].tobytes(), fitted.weights[name].tobytes()]
    return b"".join(parts)


class Counted:
    """A corpus whose marks were counted once; models are fitted to the lines of some authors.

    A long text is counted as a whole, which is learnt from, and by its parts, which are scored.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        import numpy as np

        self.lines = lines
        self.ruled = {line for line in lines if dangers.by_rule(line.text)}
        """Lines in which a rule finds danger."""
        pieces = [parts(features.split(shortened(line.text))) for line in lines]
        self._whole = np.cumsum([0, *map(len, pieces)])[:-1]
        words = [part for piece in pieces for part in piece]
        self._counts = {name: _matrix(name, bits, words) for name, bits in BITS.items()}

    def fit(self, authors: Collection[str]) -> Fitted:
        """A model of what some authors wrote."""
        import numpy as np
        from scipy import sparse
        from sklearn.svm import LinearSVC

        rows = self._rows(authors)
        labels = [self.lines[row].label for row in rows]
        blocks, scales = [], {}
        for name in BITS:
            counts = self._counts[name][self._whole[rows]]
            known = np.asarray((counts > 0).sum(axis=0)).ravel()
            scales[name] = np.where(known > 0, np.log((1 + len(rows)) / (1 + known)) + 1, 0.0)
            blocks.append(_scaled(counts, scales[name]) * SHARES[name])
        machine = LinearSVC(C=STRENGTH, random_state=0, max_iter=5000)
        machine.fit(
            sparse.hstack(blocks).tocsr(),
            np.array([label == DANGER for label in labels]),
            sample_weight=np.array([WEIGHTS[label] for label in labels]),
        )
        return _cut(machine.coef_[0], float(machine.intercept_[0]), scales)

    def scores(self, fitted: Fitted, authors: Collection[str]) -> list[tuple[Line, float]]:
        """What a model makes of the lines of some authors, as the shipped code would."""
        import numpy as np

        total = np.full(len(next(iter(self._counts.values())).indptr) - 1, fitted.bias)
        for table in fitted.tables:
            counts = self._counts[table.name]
            lengths = fitted.lengths[table.name].astype(float)
            known = counts.multiply(lengths > 0).tocsr()
            spoken = known @ fitted.weights[table.name].astype(float)
            squares = known.multiply(lengths).tocsr()
            norms = np.sqrt(np.asarray(squares.multiply(squares).sum(axis=1)).ravel())
            norms[norms == 0] = 1
            total += spoken * table.weight / (norms * table.length)
        most = np.maximum.reduceat(total, self._whole)
        return [(self.lines[row], float(most[row])) for row in self._rows(authors)]

    def thresholds(self, authors: Collection[str]) -> Thresholds:
        """Thresholds at which harmless lines keep their shares: of authors within ``authors``,
        each read by models that learnt nothing from their group.
        """
        named = sorted(authors)
        scored: list[tuple[Line, float]] = []
        for group in range(min(FOLDS, len(named))):
            left = set(named[group::FOLDS])
            learnt = set(named) - left or left
            scored += self.scores(self.fit(learnt), left)
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
    found = sorted((score for line, score in scored if line.label == label), reverse=True)
    if not found:
        return 0.0
    passed = min(int(share * len(found)), len(found) - 1)
    return math.nextafter(found[passed], math.inf)


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────


def _matrix(name: str, bits: int, words: Sequence[Sequence[str]]) -> Any:
    """How often each mark stands in each text, as a sparse matrix; often counts less and less."""
    from scipy import sparse

    mask = (1 << bits) - 1
    starts, columns, values = [0], [], []
    for word in words:
        counted = Counter(mark & mask for mark in _marks(name, word))
        for mark in sorted(counted):
            columns.append(mark)
            values.append(1.0 + math.log(counted[mark]))
        starts.append(len(columns))
    return sparse.csr_matrix((values, columns, starts), shape=(len(words), 1 << bits))


def _marks(name: str, words: Sequence[str]) -> Iterable[int]:
    if name == features.WORDS:
        return features.of_words(words)
    return (mark for word in words for mark in features.of_word(word))


def _scaled(counts: Any, lengths: Any) -> Any:
    import numpy as np
    from scipy import sparse

    scaled = counts.multiply(lengths).tocsr()
    norms = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    return sparse.diags(1 / norms) @ scaled


def _cut(coefficients: Any, bias: float, scales: dict[str, Any]) -> Fitted:
    """What was fitted, cut to bytes."""
    import numpy as np

    tables, lengths, weights, at = [], {}, {}, 0
    for name, bits in BITS.items():
        found = coefficients[at : at + (1 << bits)] * SHARES[name] * scales[name]
        at += 1 << bits
        length = float(scales[name].max()) / 255 or 1.0
        weight = float(np.abs(found).max()) / 127 or 1.0
        tables.append(Table(name, bits, length, weight))
        lengths[name] = np.ceil(scales[name] / length).astype(np.uint8)
        weights[name] = np.rint(found / weight).astype(np.int8)
    return Fitted(bias, tuple(tables), lengths, weights)
