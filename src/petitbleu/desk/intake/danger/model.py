"""The model of danger: two tables of small numbers, and how a text is scored with them. Pure.

The file (``model.bin``) is written by ``petitbleu dev train danger``: a line of JSON (what it was
made of, its scales and thresholds), then for each sort of marks two tables of one byte a mark: how
much the mark counts in the length of a text, and how much it speaks for danger.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from petitbleu import wordmarks
from petitbleu.desk.intake.danger.stretches import Stretches
from petitbleu.weighttables import Table, read_model

FILE = Path(__file__).with_name("model.bin")
NONE, PERHAPS, DANGER = "", "perhaps", "danger"
LEVELS = (NONE, PERHAPS, DANGER)
"""What a text is said to tell of, from nothing to danger."""
READ_MAX = 12_000
"""Characters of a text that are looked at: of a longer one the beginning and the end."""
_LAST = 4_000
STRIDE = 24
WINDOW = 2 * STRIDE
"""Words from one stretch of a long text to the next, and of a stretch, which is looked at by
itself."""
WHOLE = 72
"""Words up to which a text is looked at as a whole only."""


class Reading(NamedTuple):
    """What the model makes of a text: one of :data:`LEVELS`; ``score`` is above 0 for danger."""

    level: str
    score: float
    second: bool = False
    """Whether the score is that of both models (:mod:`.sentences`)."""


class Thresholds(Protocol):
    """Scores from which a text tells of danger, perhaps or surely."""

    @property
    def perhaps(self) -> float: ...

    @property
    def danger(self) -> float: ...

    @property
    def ruled(self) -> float: ...


def level(limits: Thresholds, score: float, *, ruled: bool) -> str:
    """What a text of that score tells of; ``ruled``: a rule finds danger in it, too."""
    if score >= (min(limits.danger, limits.ruled) if ruled else limits.danger):
        return DANGER
    return PERHAPS if ruled or score >= limits.perhaps else NONE


class Head(msgspec.Struct, frozen=True):
    """The first line of the file."""

    format: int
    corpus: str
    """SHA-256 of the corpus."""
    bias: float
    perhaps: float
    danger: float
    """Scores from which a text tells of danger, perhaps or surely."""
    ruled: float
    """The score from which it is danger that a rule finds; below, somebody looks first."""
    tables: tuple[Table, ...]


class Model:
    """A model that was read."""

    __slots__ = ("_at_once", "_of_whole", "_tables", "head")

    def __init__(self, data: bytes) -> None:
        self.head, self._tables = read_model(data, Head, "danger", 2)
        self._of_whole = self._tables.number(wordmarks.WORDS)
        """Which table has words and pairs."""
        self._at_once: Stretches | None = None

    def compute_at_once(self) -> None:
        """Score with numpy from now on: the same numbers, sooner. Raises ImportError."""
        self._at_once = Stretches(self._tables, self.head.bias)

    def read(self, text: str) -> Reading:
        """What a text tells of."""
        score = self.score(text)
        return Reading(self.level(score, ruled=False), score)

    def level(self, score: float, *, ruled: bool) -> str:
        """What a text of that score tells of; ``ruled``: a rule finds danger in it, too."""
        return level(self.head, score, ruled=ruled)

    def score(self, text: str) -> float:
        """How much a text speaks for danger; of a long one, its most telling part."""
        words = wordmarks.split(shortened(text))
        if words and self._at_once is not None:
            return max(self._at_once.scores(words, _bounds(len(words))))
        if len(words) <= WHOLE:
            return self.of_words(words)
        # As of :func:`parts`: what stands in a stride is taken apart once for the two stretches.
        strides = [words[at : at + STRIDE] for at in range(0, len(words), STRIDE)]
        pieces = [self._tables.pieces(stride) for stride in strides]
        neighbours = self._tables.places(self._of_whole, wordmarks.of_words(words))
        best = self._of_marks(self._of_part(words, neighbours, 0), list(chain(*pieces)))
        for at in range(len(strides) - 1):
            stretch = [*strides[at], *strides[at + 1]]
            together = self._of_part(stretch, neighbours, at * STRIDE)
            best = max(best, self._of_marks(together, pieces[at] + pieces[at + 1]))
        return best

    def of_parts(self, texts: Sequence[Sequence[str]]) -> list[float]:
        """The scores of some parts of a text: words that are looked at together."""
        if self._at_once is not None and all(texts):
            ends = [0, *accumulate(map(len, texts))]
            return self._at_once.scores(list(chain.from_iterable(texts)), list(pairwise(ends)))
        return [self.of_words(words) for words in texts]

    def of_words(self, words: Sequence[str]) -> float:
        """The score of words that are looked at together."""
        marks = self._tables.known(self._of_whole, wordmarks.of_words(words))
        return self._of_marks(marks, self._tables.pieces(words))

    def _of_part(self, part: Sequence[str], neighbours: list[int], first: int) -> list[int]:
        """The known places of ``part`` by itself: words of a text from number ``first`` on, with
        the places of the text's words and pairs, two for each word.
        """
        tables, number = self._tables, self._of_whole
        begins = tables.places(number, wordmarks.of_neighbours("", part[0]))
        ends = tables.places(number, (wordmarks.of_pair(part[-1], ""),))
        between = neighbours[2 * (first + 1) : 2 * (first + len(part))]
        return tables.only_known(number, [*begins, *between, *ends])

    def _of_marks(self, words: Sequence[int], pieces: Sequence[int]) -> float:
        """The score of the places of words and pairs, and of those of pieces."""
        score = self.head.bias
        for number in range(len(self.head.tables)):
            score += self._tables.score(number, words if number == self._of_whole else pieces)
        return score


def parts(words: list[str]) -> list[list[str]]:
    """What is looked at together: all words, and of a long text also each stretch of it."""
    return [words[begin:end] for begin, end in _bounds(len(words))]


def _bounds(count: int) -> list[tuple[int, int]]:
    """Where in ``count`` words the parts begin and end."""
    bounds = [(0, count)]
    if count > WHOLE:
        starts = range(0, count - STRIDE, STRIDE)
        bounds += [(at, min(at + WINDOW, count)) for at in starts]
    return bounds


def shortened(text: str) -> str:
    """The part of a text that is looked at."""
    if len(text) <= READ_MAX:
        return text
    return f"{text[: READ_MAX - _LAST]}\n{text[-_LAST:]}"


@cache
def shipped() -> Model:
    """The model of this version. Raises Unusable, OSError."""
    return Model(FILE.read_bytes())
