"""The model of danger: two tables of small numbers, and how a text is scored with them. Pure.

The file (``model.bin``) is written by ``petitbleu dev train danger``: a line of JSON (what it was
made of, its scales and thresholds), then for each sort of marks two tables of one byte a mark: how
much the mark counts in the length of a text, and how much it speaks for danger.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from petitbleu.desk.intake.danger import features

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
_WHOLE = 72
"""Words up to which a text is looked at as a whole only."""


_ZERO = 128
_ABOVE_ZERO = bytes((byte + _ZERO) % 256 for byte in range(256))
"""Signed bytes as bytes: bytes are looked up faster than a view of signed ones."""
_SQUARES = [length * length for length in range(256)]
_WORDS_KEPT = 1 << 13
"""Words whose pieces a model keeps, at most: some 4 MiB."""


class Reading(NamedTuple):
    """What the model makes of a text: one of :data:`LEVELS`; ``score`` is above 0 for danger."""

    level: str
    score: float


class Table(msgspec.Struct, frozen=True):
    """One sort of marks: ``bits`` of a mark's number that count; ``length``, ``weight``: what a
    step of each byte is worth.
    """

    name: str
    bits: int
    length: float
    weight: float


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


class Unusable(Exception):
    """The file is no model; the text is one sentence."""


class Model:
    """A model that was read."""

    __slots__ = ("_lengths", "_pieces_of", "_weights", "head")

    def __init__(self, data: bytes) -> None:
        line, _, rest = data.partition(b"\n")
        try:
            self.head = msgspec.json.decode(line, type=Head)
        except msgspec.DecodeError as error:
            raise Unusable(f"The model of danger has no head: {error}.") from None
        sizes = [1 << table.bits for table in self.head.tables]
        if self.head.format != 2 or len(rest) != 2 * sum(sizes):
            raise Unusable("The model of danger is of another format or was cut.")
        self._lengths: list[bytes] = []
        self._weights: list[bytes] = []
        at = 0
        for size in sizes:
            self._lengths.append(rest[at : at + size])
            self._weights.append(rest[at + size : at + 2 * size].translate(_ABOVE_ZERO))
            at += 2 * size
        self._pieces_of: dict[str, tuple[int, ...]] = {}

    def read(self, text: str) -> Reading:
        """What a text tells of."""
        score = self.score(text)
        return Reading(self.level(score, ruled=False), score)

    def level(self, score: float, *, ruled: bool) -> str:
        """What a text of that score tells of; ``ruled``: a rule finds danger in it, too."""
        if score >= (min(self.head.danger, self.head.ruled) if ruled else self.head.danger):
            return DANGER
        return PERHAPS if ruled or score >= self.head.perhaps else NONE

    def score(self, text: str) -> float:
        """How much a text speaks for danger; of a long one, its most telling part."""
        words = features.split(shortened(text))
        if len(words) <= _WHOLE:
            return self.of_words(words)
        # As of :func:`parts`: what stands in a stride is taken apart once for the two stretches.
        strides = [words[at : at + STRIDE] for at in range(0, len(words), STRIDE)]
        pieces = [self._pieces(stride) for stride in strides]
        best = self._of_marks(words, list(chain.from_iterable(pieces)))
        for at in range(len(strides) - 1):
            stretch = [*strides[at], *strides[at + 1]]
            best = max(best, self._of_marks(stretch, pieces[at] + pieces[at + 1]))
        return best

    def of_words(self, words: Sequence[str]) -> float:
        """The score of words that are looked at together."""
        return self._of_marks(words, self._pieces(words))

    def _of_marks(self, words: Sequence[str], pieces: list[int]) -> float:
        score = self.head.bias
        for number, table in enumerate(self.head.tables):
            if table.name == features.WORDS:
                score += self._of_table(number, self._known(number, features.of_words(words)))
            else:
                score += self._of_table(number, pieces)
        return score

    def _pieces(self, words: Sequence[str]) -> list[int]:
        """The places of the pieces of ``words`` in their table. A word's are kept: most words of a
        letter stand in the next one, too.
        """
        kept = self._pieces_of
        if len(kept) > _WORDS_KEPT:
            kept.clear()
        number = next(
            n for n, table in enumerate(self.head.tables) if table.name == features.PIECES
        )
        for word in words:
            if word not in kept:
                kept[word] = tuple(self._known(number, features.of_word(word)))
        return list(chain.from_iterable(map(kept.__getitem__, words)))

    def _known(self, number: int, marks: Iterable[int]) -> list[int]:
        """The places of ``marks`` in a table, of those that it knows."""
        lengths, mask = self._lengths[number], (1 << self.head.tables[number].bits) - 1
        return [at for mark in marks if lengths[at := mark & mask]]

    def _of_table(self, number: int, known: list[int]) -> float:
        if not known:
            return 0.0
        table, lengths, weights = (
            self.head.tables[number],
            self._lengths[number],
            self._weights[number],
        )
        counted = Counter(known)
        # Most stand there once; what others count for more is added.
        total: float = sum(map(weights.__getitem__, counted)) - _ZERO * len(counted)
        square: float = sum(map(_SQUARES.__getitem__, map(lengths.__getitem__, counted)))
        for mark, times in counted.items():
            if times > 1:
                more = math.log(times)
                total += more * (weights[mark] - _ZERO)
                square += (2.0 + more) * more * _SQUARES[lengths[mark]]
        return total * table.weight / (math.sqrt(square) * table.length)


def parts(words: list[str]) -> list[list[str]]:
    """What is looked at together: all words, and of a long text also each stretch of it."""
    pieces = [words]
    if len(words) > _WHOLE:
        pieces += [words[at : at + WINDOW] for at in range(0, len(words) - STRIDE, STRIDE)]
    return pieces


def shortened(text: str) -> str:
    """The part of a text that is looked at."""
    if len(text) <= READ_MAX:
        return text
    return f"{text[: READ_MAX - _LAST]}\n{text[-_LAST:]}"


@cache
def shipped() -> Model:
    """The model of this version. Raises Unusable, OSError."""
    return Model(FILE.read_bytes())
