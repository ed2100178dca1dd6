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
WINDOW, STRIDE = 48, 24
"""Words of a part of a long text that is looked at by itself, and from one to the next."""
_WHOLE = 72
"""Words up to which a text is looked at as a whole only."""


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

    __slots__ = ("_lengths", "_weights", "head")

    def __init__(self, data: bytes) -> None:
        line, _, rest = data.partition(b"\n")
        try:
            self.head = msgspec.json.decode(line, type=Head)
        except msgspec.DecodeError as error:
            raise Unusable(f"The model of danger has no head: {error}.") from None
        sizes = [1 << table.bits for table in self.head.tables]
        if self.head.format != 2 or len(rest) != 2 * sum(sizes):
            raise Unusable("The model of danger is of another format or was cut.")
        self._lengths: list[memoryview] = []
        self._weights: list[memoryview] = []
        at = 0
        for size in sizes:
            self._lengths.append(memoryview(rest)[at : at + size])
            self._weights.append(memoryview(rest)[at + size : at + 2 * size].cast("b"))
            at += 2 * size

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
        return max(self.of_words(part) for part in parts(features.split(shortened(text))))

    def of_words(self, words: Sequence[str]) -> float:
        """The score of words that are looked at together."""
        found = self.head.bias
        for number, table in enumerate(self.head.tables):
            found += self._of_table(number, table, _marks(table.name, words))
        return found

    def _of_table(self, number: int, table: Table, marks: Iterable[int]) -> float:
        lengths, weights, mask = self._lengths[number], self._weights[number], (1 << table.bits) - 1
        total = square = 0.0
        for mark, times in Counter([mark & mask for mark in marks]).items():
            length = lengths[mark]
            if length:
                often = 1.0 if times == 1 else 1.0 + math.log(times)
                total += often * weights[mark]
                square += (often * length) ** 2
        if not square:
            return 0.0
        return total * table.weight / (math.sqrt(square) * table.length)


def _marks(name: str, words: Sequence[str]) -> Iterable[int]:
    if name == features.WORDS:
        return features.of_words(words)
    return (mark for word in words for mark in features.of_word(word))


def shortened(text: str) -> str:
    """The part of a text that is looked at."""
    if len(text) <= READ_MAX:
        return text
    return f"{text[: READ_MAX - _LAST]}\n{text[-_LAST:]}"


def parts(words: list[str]) -> list[list[str]]:
    """What is looked at together: all words, and of a long text also each stretch of it."""
    found = [words]
    if len(words) > _WHOLE:
        found += [words[at : at + WINDOW] for at in range(0, len(words) - STRIDE, STRIDE)]
    return found


@cache
def shipped() -> Model:
    """The model of this version. Raises Unusable, OSError."""
    return Model(FILE.read_bytes())
