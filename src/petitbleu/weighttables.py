"""Tables of small numbers: what a linear model weighs the marks of a text by. Pure; a leaf.

A table has for each number of a mark two bytes: how much the mark counts in the length of a text,
and how much it speaks for what the model looks for. ``bench/linear.py`` fits and writes them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, compress
from typing import Protocol, TypeVar

import msgspec

from petitbleu import wordmarks

ZERO = 128
_ABOVE_ZERO = bytes((byte + ZERO) % 256 for byte in range(256))
"""Signed bytes as bytes: bytes are looked up faster than a view of signed ones."""
_SQUARES = [length * length for length in range(256)]
_LOGS = [0.0, *map(math.log, range(1, 256))]
_WORDS_KEPT = 1 << 13
"""Words whose pieces a model keeps, at most: some 4 MiB."""


class Table(msgspec.Struct, frozen=True):
    """One sort of marks: ``bits`` of a mark's number that count; ``length``, ``weight``: what a
    step of each byte is worth.
    """

    name: str
    bits: int
    length: float
    weight: float


class ModelHead(Protocol):
    """What the first line of each model's file says besides its own."""

    @property
    def format(self) -> int: ...

    @property
    def tables(self) -> tuple[Table, ...]: ...


class Unusable(Exception):
    """The file is no model; the text is one sentence."""


Head = TypeVar("Head", bound=ModelHead)


def read_model(data: bytes, head: type[Head], name: str, format: int) -> tuple[Head, Tables]:
    """The head and the tables of a model's file: a line of JSON, then the tables. Raises Unusable
    where it is of another format, or was cut; ``name``: what the model knows.
    """
    line, _, rest = data.partition(b"\n")
    try:
        found = msgspec.json.decode(line, type=head)
    except msgspec.DecodeError as error:
        raise Unusable(f"The model of {name} has no head: {error}.") from None
    if found.format != format:
        raise Unusable(f"The model of {name} is of another format.")
    try:
        return found, Tables(found.tables, rest)
    except ValueError:
        raise Unusable(f"The model of {name} is of another size or was cut.") from None


class Tables:
    """Tables that were read, one after the other, from ``data``. Raises ValueError where that is
    longer or shorter than they are.
    """

    __slots__ = ("_pieces_of", "lengths", "tables", "weights")

    def __init__(self, tables: Sequence[Table], data: bytes) -> None:
        sizes = [1 << table.bits for table in tables]
        if len(data) != 2 * sum(sizes):
            raise ValueError("the tables are of another size")
        self.tables = tables
        self.lengths: list[bytes] = []
        self.weights: list[bytes] = []
        at = 0
        for size in sizes:
            self.lengths.append(data[at : at + size])
            self.weights.append(data[at + size : at + 2 * size].translate(_ABOVE_ZERO))
            at += 2 * size
        self._pieces_of: dict[str, tuple[int, ...]] = {}

    def number(self, name: str) -> int:
        """Which table has a sort of marks."""
        return next(n for n, table in enumerate(self.tables) if table.name == name)

    def pieces(self, words: Sequence[str]) -> list[int]:
        """The places of the pieces of ``words`` in their table. A word's are kept: most words of a
        text stand in the next one, too.
        """
        kept = self.keep_pieces(words)
        return list(chain.from_iterable(map(kept.__getitem__, words)))

    def keep_pieces(self, words: Iterable[str]) -> Mapping[str, Sequence[int]]:
        """Each of ``words``, and others, with the places of its pieces."""
        kept = self._pieces_of
        if len(kept) > _WORDS_KEPT:
            kept.clear()
        number = self.number(wordmarks.PIECES)
        for word in words:
            if word not in kept:
                kept[word] = tuple(self.known(number, wordmarks.of_word(word)))
        return kept

    def known(self, number: int, marks: Iterable[int]) -> list[int]:
        """The places of ``marks`` in a table, of those that it knows."""
        lengths, mask = self.lengths[number], (1 << self.tables[number].bits) - 1
        return [at for mark in marks if lengths[at := mark & mask]]

    def places(self, number: int, marks: Iterable[int]) -> list[int]:
        """The places of ``marks`` in a table, of those too that it does not know."""
        mask = (1 << self.tables[number].bits) - 1
        return [mark & mask for mark in marks]

    def only_known(self, number: int, places: Sequence[int]) -> list[int]:
        """Those of ``places`` that a table knows."""
        return list(compress(places, map(self.lengths[number].__getitem__, places)))

    def score(self, number: int, known: Sequence[int]) -> float:
        """What a table makes of a text with marks at the places ``known``."""
        if not known:
            return 0.0
        weights = self.weights[number]
        counted = Counter(known)
        repeated = _repeated(counted)
        # Most stand there once; what others count for more is added.
        total: float = sum(map(weights.__getitem__, counted)) - ZERO * len(counted)
        for mark, more in repeated:
            total += more * (weights[mark] - ZERO)
        return total * self._worth(number, counted, repeated)

    def shares(
        self, number: int, known: Sequence[int], groups: Sequence[Sequence[int]]
    ) -> list[float]:
        """What each of some ``groups`` of places adds to the score of a text with all of
        ``known``: what people are told as reasons.
        """
        if not known:
            return [0.0] * len(groups)
        counted = Counter(known)
        weights, worth = self.weights[number], self._worth(number, counted, _repeated(counted))
        return [(sum(map(weights.__getitem__, one)) - ZERO * len(one)) * worth for one in groups]

    def _worth(
        self, number: int, counted: Counter[int], repeated: Sequence[tuple[int, float]]
    ) -> float:
        """What a step of a weight is worth in a text with these marks."""
        table, lengths = self.tables[number], self.lengths[number]
        square: float = sum(map(_SQUARES.__getitem__, map(lengths.__getitem__, counted)))
        for mark, more in repeated:
            square += (2.0 + more) * more * _SQUARES[lengths[mark]]
        return table.weight / (math.sqrt(square) * table.length)


def _repeated(counted: Counter[int]) -> list[tuple[int, float]]:
    """The marks that stand more than once in a text, and the logarithm of how often."""
    repeated = compress(counted.items(), map((1).__lt__, counted.values()))
    return [
        (mark, _LOGS[times] if times < len(_LOGS) else math.log(times)) for mark, times in repeated
    ]
