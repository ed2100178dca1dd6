"""Training what the spam filter begins with (``petitbleu dev train spam``), with scikit-learn.

A support vector machine over words, their pieces and named marks (``antispam/seed.py``), the tables
cut to one byte a mark. Learnt from the corpus of comments under articles (``corpora/spam``) and
from the older sets of comments in French and English without articles (``spam_sets``). Each comment
is learnt from as different doors tell it: with all that is known, without its article, and as bare
words (:data:`TOLD`); or else what a door does not tell would speak for the text.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from petitbleu import wordmarks
from petitbleu.bench import linear, spam
from petitbleu.bench.spam_corpus import SPAM, Line, digest
from petitbleu.domain.safety.antispam import features, seed
from petitbleu.domain.safety.antispam.submission import Submission

BITS = {wordmarks.PIECES: 18, wordmarks.WORDS: 18}
"""Of each sort of marks: how many numbers there are for them, as a power of two."""
STRENGTH = 1.0
"""``C`` of the support vector machine."""
UNTELLING = 0.1
"""What is added to how telling a mark is: one that says nothing by itself still counts a little."""
MARK = 0.1
"""What a named mark counts beside the words, which have the length one together."""
THINNED = 3
"""One in how many comments of the older sets is learnt from: they are in two languages of eight."""
FEWEST = 3
"""Texts that a named mark must stand in."""
OLDER = 0.2
"""How much a comment of the older sets counts."""
HELD = 0.015
"""The share of good comments that may be held: below the goal of 2 %, as strangers are harder."""
_NEVER = {"site": "", "author": "", "email": "", "seconds": -1, "article": ""}
TOLD: tuple[tuple[float, dict[str, Any]], ...] = (
    (0.6, {}),
    (0.2, {"article": ""}),
    (0.2, _NEVER),
)
"""How much of a text's weight goes to it as each door tells it, and what that leaves out."""
SETS = Path(__file__).parent / "spam_sets"


class Text(NamedTuple):
    """A text to learn from. ``author``: '' of the older sets, which every model learns from."""

    what: Submission
    spam: bool
    author: str
    weight: float
    line: int = -1
    """Its number in the corpus, as it is told in full; -1: it is only learnt from."""


def older() -> list[spam.Comment]:
    """Of the older sets that may be learnt from, one comment in :data:`THINNED`."""
    found = [one for path in sorted(SETS.glob("*_author.jsonl")) for one in spam.comments(path)]
    return [*(one for one in spam.comments() if one.half == spam.LOOK), *found][::THINNED]


def train(lines: Sequence[Line], others: Sequence[spam.Comment] | None = None) -> bytes:
    """The file of a model of these lines and ``others`` (None: the older sets), its threshold
    chosen with authors left out.
    """
    counted = Counted(lines, older() if others is None else others)
    return write_chosen(counted, counted.score_left_out())


def write_chosen(counted: Counted, scored: Sequence[tuple[Line, float]]) -> bytes:
    """The file of a model of everybody. ``scored``: of :meth:`Counted.score_left_out`."""
    limit = threshold(scored)
    learnt = counted.fit({line.author for line in counted.lines})
    return write(counted.lines, learnt, limit, steepness(scored, limit))


def write(lines: Sequence[Line], learnt: Learnt, limit: float, steep: float = 1.0) -> bytes:
    """The file of a model."""
    fitted = learnt.fitted
    made = marks_digest(lines)
    head = seed.Head(
        1, digest(lines), made, fitted.bias, limit, steep, learnt.weights, fitted.tables
    )
    return msgspec.json.encode(head) + b"\n" + fitted.to_bytes()


def marks_digest(lines: Sequence[Line]) -> str:
    """Of the marks of one line in forty: what :func:`train` learnt from, and ought to again."""
    hashed = blake2b(digest_size=12)
    for line in lines[::40]:
        what = line.submission
        hashed.update(repr((features.extract_features(what), seed.read_words(what))).encode())
    return hashed.hexdigest()


class Learnt(NamedTuple):
    """What was fitted: tables, and the weights of named marks."""

    fitted: linear.Fitted
    weights: dict[str, float]


class Counted:
    """Texts whose marks were counted once; models are fitted to those of some authors."""

    def __init__(self, lines: Sequence[Line], others: Sequence[spam.Comment] = ()) -> None:
        self.lines = lines
        self.texts = [*_of_lines(lines), *_of_others(others)]
        words = [seed.read_words(text.what) for text in self.texts]
        self.counts = {name: linear.count_marks(name, bits, words) for name, bits in BITS.items()}
        self.marks = [seed.heard(features.extract_features(text.what)) for text in self.texts]

    def fit(self, authors: Collection[str]) -> Learnt:
        """A model of what some authors and the older sets say."""
        import numpy as np
        from scipy import sparse
        from sklearn.svm import LinearSVC

        rows = [n for n, text in enumerate(self.texts) if text.author in authors or not text.author]
        positive = np.array([self.texts[row].spam for row in rows])
        weights = np.array([self.texts[row].weight for row in rows])
        scales, blocks = {}, []
        for name in BITS:
            counts = self.counts[name][rows]
            telling = linear.tellingness(counts, positive, weights)
            scales[name] = linear.rareness(counts) * (UNTELLING + telling)
            blocks.append(linear.scaled(counts, scales[name]))
        names, told = self._told(rows)
        blocks.append(told * MARK)
        machine = LinearSVC(C=STRENGTH, random_state=0, tol=1e-3, max_iter=5000)
        machine.fit(sparse.hstack(blocks).tocsr(), positive, sample_weight=weights)
        found, bias = machine.coef_[0], float(machine.intercept_[0])
        fitted = linear.cut_to_bytes(found, bias, scales, BITS)
        named = {
            name: round(_bounded(name, float(weight) * MARK), 4)
            for name, weight in zip(names, found[-len(names) :], strict=True)
        }
        return Learnt(fitted, {name: weight for name, weight in named.items() if weight})

    def _told(self, rows: Sequence[int]) -> tuple[list[str], Any]:
        """The named marks of some texts as a matrix, and their names."""
        from scipy import sparse

        often = Counter(mark for row in rows for mark in self.marks[row])
        names = sorted(mark for mark, count in often.items() if count >= FEWEST)
        number = {mark: at for at, mark in enumerate(names)}
        starts, columns = [0], []
        for row in rows:
            columns += sorted(number[mark] for mark in self.marks[row] if mark in number)
            starts.append(len(columns))
        shape = (len(rows), len(names))
        return names, sparse.csr_matrix(([1.0] * len(columns), columns, starts), shape=shape)

    def scores(self, learnt: Learnt, authors: Collection[str]) -> list[tuple[Line, float]]:
        """What a model makes of the lines of some authors, as the shipped code would."""
        rows = [n for n, text in enumerate(self.texts) if text.author in authors and text.line >= 0]
        words = linear.scores(learnt.fitted, {name: self.counts[name][rows] for name in BITS})
        return [
            (
                self.lines[self.texts[row].line],
                float(said) + math.fsum(learnt.weights.get(mark, 0.0) for mark in self.marks[row]),
            )
            for row, said in zip(rows, words, strict=True)
        ]

    def score_left_out(self) -> list[tuple[Line, float]]:
        """Every line, with the figure of a model that learnt nothing from its author."""
        return self.left_out({line.author for line in self.lines})

    def left_out(self, authors: Collection[str]) -> list[tuple[Line, float]]:
        """The same of the lines of some authors, by models that learnt from these alone."""
        everybody = set(authors)
        return [
            one
            for author in sorted(everybody)
            for one in self.scores(self.fit(everybody - {author}), {author})
        ]


def threshold(scored: Sequence[tuple[Line, float]]) -> float:
    """The figure from which a text is held, so that good comments keep their share."""
    return linear.score_above((figure for line, figure in scored if line.label != SPAM), HELD)


def steepness(scored: Sequence[tuple[Line, float]], limit: float) -> float:
    """By how much the logarithm of the odds of spam grows with the model's figure."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    slope = LogisticRegression(C=1e6)
    figures = np.array([[figure - limit] for _, figure in scored])
    slope.fit(figures, np.array([line.label == SPAM for line, _ in scored]))
    return round(max(0.5, min(8.0, float(slope.coef_[0][0]))), 3)


def _bounded(mark: str, weight: float) -> float:
    if mark in seed.FOR_ALONE:
        return min(weight, 0.0)
    return max(weight, 0.0) if mark in seed.AGAINST_ALONE else weight


def _of_lines(lines: Sequence[Line]) -> list[Text]:
    return [
        Text(
            line.submission._replace(**left_out),
            line.label == SPAM,
            line.author,
            share,
            number if not left_out else -1,
        )
        for number, line in enumerate(lines)
        for share, left_out in TOLD
    ]


def _of_others(comments: Sequence[spam.Comment]) -> list[Text]:
    """Comments without articles: every other with the time on the form; and as bare words."""
    return [
        Text(one.what._replace(**left_out), one.spam, "", OLDER / 2)
        for number, one in enumerate(comments)
        for left_out in ({} if number % 2 else {"seconds": -1}, _NEVER)
    ]
