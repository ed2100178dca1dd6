"""The scores of all stretches of a text at once, with numpy: bit for bit those of
:mod:`petitbleu.weighttables`, in a fifth of the time. Pure.

For the processes that do nothing but read (``reading.use_encoder``): numpy is imported where one is
made, and a start of the server needs none.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any, NamedTuple
from zlib import crc32

from petitbleu import wordmarks
from petitbleu.desk.intake.danger.threads import one_thread
from petitbleu.weighttables import ZERO, Table, Tables

_ORDER_BITS = 24
"""Of the number of a mark in a text: of the 12,000 characters that are read come fewer."""
_ORDER = (1 << _ORDER_BITS) - 1
_WORDS_KEPT = 1 << 14
"""Words whose marks are kept, at most: some 8 MiB."""


_Sums = tuple[Any, Any]
"""Whole numbers, one a mark, and what is added for each mark that stands there again."""
Part = tuple[int, int]
"""Where in a text the words begin and end that are looked at together."""


class _Word(NamedTuple):
    """What is known of a word: the known places of its pieces (8 bytes each), its place, letters,
    the checksum with which a pair begins whose first it is, and the places of it at the beginning
    and the end.
    """

    pieces: bytes
    place: int
    letters: bytes
    before: int
    first: int
    last: int


class Stretches:
    """How stretches of a text are scored together. Raises ImportError where there is no numpy."""

    __slots__ = (
        *("_bias", "_kept", "_lengths", "_logs", "_np", "_of_pieces", "_of_words", "_squares"),
        *("_tables", "_weights"),
    )

    def __init__(self, tables: Tables, bias: float) -> None:
        one_thread()
        import numpy as np

        self._np = np
        self._tables = tables
        self._bias = bias
        self._of_pieces = tables.number(wordmarks.PIECES)
        self._of_words = tables.number(wordmarks.WORDS)
        self._lengths = [np.frombuffer(each, np.uint8) for each in tables.lengths]
        self._weights = [np.frombuffer(each, np.uint8) for each in tables.weights]
        self._squares = np.arange(256, dtype=np.int64) ** 2
        self._logs = np.array([0.0, *map(math.log, range(1, 256))])
        self._kept: dict[str, _Word] = {}

    def scores(self, words: Sequence[str], parts: Sequence[Part]) -> list[float]:
        """The score of each of some parts of a text, of a word at least each."""
        kept = self._kept
        if len(kept) > _WORDS_KEPT:
            kept.clear()
        for word in words:
            if word not in kept:
                kept[word] = self._take_apart(word)
        known = list(map(kept.__getitem__, words))
        scores = [self._bias] * len(parts)
        for number in range(len(self._tables.tables)):
            marks = self._neighbours if number == self._of_words else self._pieces
            added = self._score(number, *marks(known, parts))
            scores = [score + more for score, more in zip(scores, added, strict=True)]
        return scores

    def _take_apart(self, word: str) -> _Word:
        tables = self._tables
        pieces = tables.known(self._of_pieces, wordmarks.of_word(word))
        place, first = tables.places(self._of_words, wordmarks.of_neighbours("", word))
        (last,) = tables.places(self._of_words, (wordmarks.of_pair(word, ""),))
        letters = word.encode()
        before = crc32(b" ", crc32(letters, _PAIR))
        return _Word(array("q", pieces).tobytes(), place, letters, before, first, last)

    def _pieces(self, words: Sequence[_Word], parts: Sequence[Part]) -> tuple[Any, Any]:
        """The places of the pieces of each part's words, and how many each part has."""
        np = self._np
        pieces = [word.pieces for word in words]
        all_ = np.frombuffer(b"".join(pieces), np.int64)
        ends = [0, *(end // 8 for end in accumulate(map(len, pieces)))]
        cuts = [(ends[begin], ends[end]) for begin, end in parts]
        return np.concatenate([all_[begin:end] for begin, end in cuts]), [e - b for b, e in cuts]

    def _neighbours(self, words: Sequence[_Word], parts: Sequence[Part]) -> tuple[Any, Any]:
        """The places of each part's words and pairs, as of ``wordmarks.of_words``, and how many."""
        np = self._np
        all_ = np.empty(2 * len(words), np.int64)
        all_[::2] = [word.place for word in words]
        pairs = list(map(crc32, [word.letters for word in words], [0, *(w.before for w in words)]))
        all_[1::2] = pairs[: len(words)]
        all_[1::2] &= (1 << self._tables.tables[self._of_words].bits) - 1
        taken: list[Any] = []
        for begin, end in parts:
            first = words[begin]
            taken += [[first.place, first.first], all_[2 * (begin + 1) : 2 * end]]
            taken.append([words[end - 1].last])
        return np.concatenate(taken), [2 * (end - begin) + 1 for begin, end in parts]

    def _score(self, number: int, places: Any, counts: Sequence[int]) -> list[float]:
        """What a table makes of each part, given the places of all and how many are each one's.

        All are sorted together, by part, place and order. Sums of whole numbers are exact; those of
        fractions are made in the order in which marks first stand in a part, as ``Tables`` makes
        them, so that the same bits come out.
        """
        np, table = self._np, self._tables.tables[number]
        numbers = np.arange(len(counts) + 1)
        part = np.repeat(numbers[:-1], counts)
        if number == self._of_words:
            known = self._lengths[number][places] != 0
            places, part = places[known], part[known]
        keys = ((part << table.bits | places) << _ORDER_BITS) | np.arange(len(places))
        keys.sort()
        named = keys >> _ORDER_BITS
        at = np.flatnonzero(np.diff(named, prepend=-1))
        times, order, named = np.diff(at, append=len(keys)), keys[at] & _ORDER, named[at]
        place = named & ((1 << table.bits) - 1)
        weights = self._weights[number][place].astype(np.int64) - ZERO
        squares = self._squares[self._lengths[number][place]]
        again = np.flatnonzero(times > 1)
        again = again[np.argsort(order[again])]
        more = self._logarithms(times[again])
        return self._added(
            table,
            np.searchsorted(named, numbers << table.bits).tolist(),
            np.searchsorted(order[again], np.searchsorted(part, numbers)).tolist(),
            (weights, more * weights[again]),
            (squares, (2.0 + more) * more * squares[again]),
        )

    def _added(
        self, table: Table, ends: list[int], cuts: list[int], weights: _Sums, squares: _Sums
    ) -> list[float]:
        found = []
        for one, other in pairwise(range(len(ends))):
            once, again = slice(ends[one], ends[other]), slice(cuts[one], cuts[other])
            if once.start == once.stop:
                found.append(0.0)
                continue
            total, square = (
                self._summed(all_[once], more[again]) for all_, more in (weights, squares)
            )
            found.append(total * (table.weight / (math.sqrt(square) * table.length)))
        return found

    def _summed(self, whole: Any, fractions: Any) -> float:
        """One after the other: sums of many round in another way."""
        total = float(whole.sum())
        if not len(fractions):
            return total
        fractions = fractions.copy()
        fractions[0] += total
        return float(self._np.add.accumulate(fractions)[-1])

    def _logarithms(self, times: Any) -> Any:
        if not len(times) or times.max() < len(self._logs):
            return self._logs[times]
        return self._np.array([math.log(each) for each in times.tolist()])


_PAIR = crc32(b"p")
