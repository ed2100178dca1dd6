"""What a fresh instance begins with: weights of marks, learnt from generated and invented texts in
French and English (``bench/spam_seed.py`` makes ``seed.json``; a logistic regression). Pure.

A word counts by itself and by its *pieces*, three to five letters of it: so words that nobody wrote
before are understood by what they resemble. Pieces have no names, they are numbers (hashes).

The verdicts of the instance count beside it and can always outweigh it. Single words are only
listened to in French and English; how a text is made, where it leads and who signs it, everywhere.
"""

from __future__ import annotations

import base64
import math
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple
from zlib import crc32

import msgspec

from petitbleu.domain.safety.antispam.classifier import SHOWN, Opinion

LANGUAGES = ("fr", "en", "?")
SURELY = 4.0
"""The most that is said either way, as the logarithm of odds."""
LEANING = math.log(2)
"""From these odds on, two to one, a text is held: chosen between the authors whose texts are learnt
from (``bench/spam_seed.py``), so that few comments of people wait.
"""
EVEN = math.log(0.8 / 0.2) - LEANING
"""What is added, so that those odds score 0.8, from where a text is held."""
PIECE = "piece:"
_WORD, _WORDS = "word", "word:"
_HEAD = len(_WORDS)
_LITTLE = "little:words"
"""What the pieces of short and common words say is said of all of them together."""
_WORDS_SHARE, _TOLD_SHARE = 0.7, 0.6
_SHORT = 3
PIECES = 1 << 15
"""Numbers that pieces of words are hashed to."""
MAX_WEIGHT = 127
_LENGTHS = (3, 4, 5)
_WHOLE = 7
"""Letters of a word in a mark; of one as long nobody knows whether it ends there."""
_UNHEARD = frozenset(("pair", "ending", "language", "link", "site", "mail", "name"))
"""Kinds of marks that are an instance's own matter (hosts, addresses, languages, pairs of words),
and people's names, which say nothing of what they write.
"""
_COMMON = """
avec pour dans cette sans plus mais nous vous leur elle sont etre tout tous fait comme ceux meme
aussi donc votre notre cela this that with from have your they them were been will what when there
here just some more than then also very much would could their about
"""
_UNSAID = frozenset(_COMMON.split())
"""Words that only hold sentences together."""


class Seed(NamedTuple):
    """``weights`` of marks; ``start``: the odds without any mark; ``texts``: a digest of those it
    was learnt from; ``pieces``: base64 of a signed byte for each piece, ``loudness`` that of 127.
    """

    start: float
    weights: dict[str, float]
    texts: str
    loudness: float
    pieces: str


class Heard(NamedTuple):
    """What of a text is listened to: marks with how much of each, and all words, whose pieces
    count ``piece`` each.
    """

    told: list[tuple[str, float]]
    words: list[str]
    piece: float

    def vector(self) -> list[tuple[str, float]]:
        """All of it as one list, pieces as ``piece:NUMBER``: what a regression learns from."""
        among: dict[str, float] = {}
        for word in self.words:
            for piece in pieces(word):
                name = f"{PIECE}{piece}"
                among[name] = among.get(name, 0.0) + self.piece
        return [*self.told, *among.items()]


def heard(found: Sequence[str]) -> Heard:
    """What is listened to of the marks of a text. Words share what a text of any length says
    together, and so do their pieces.
    """
    spoken = next((mark for mark in found if mark.startswith("language:")), "")
    foreign = spoken.partition(":")[2] not in LANGUAGES
    words = [] if foreign else [mark[_HEAD:] for mark in found if mark.startswith(_WORDS)]
    told = [mark for mark in found if mark.partition(":")[0] not in _UNHEARD | {_WORD}]
    meaning = [word for word in words if len(word) > _SHORT and word not in _UNSAID]
    number = sum(len(pieces(word)) for word in words)
    share = _WORDS_SHARE / math.sqrt(max(len(meaning), 1))
    return Heard(
        [(mark, _TOLD_SHARE) for mark in told] + [(f"{_WORDS}{word}", share) for word in meaning],
        words,
        1 / math.sqrt(max(number, 1)),
    )


@lru_cache(maxsize=1 << 14)
def pieces(word: str) -> tuple[int, ...]:
    """The numbers of a word's pieces. Spaces stand for where it begins and ends."""
    spaced = f" {word}" if len(word) >= _WHOLE else f" {word} "
    return tuple(
        crc32(spaced[at : at + length].encode()) % PIECES
        for length in _LENGTHS
        for at in range(len(spaced) - length + 1)
    )


def left(found: Sequence[str]) -> list[str]:
    """The marks on which an instance's own verdicts are asked beside the seed: words and what is
    its own matter. Asked of the others too, both would say the same thing twice.
    """
    kinds = _UNHEARD | {_WORD}
    return [mark for mark in found if mark.partition(":")[0] in kinds]


def opinion(found: Sequence[str]) -> Opinion:
    """What is thought of a text with the marks ``found``; its reasons are shares of spam, as if
    each mark stood alone.
    """
    seed = _read()
    known, loud = seed.weights, _pieces()
    listened = heard(found)
    said = {mark: known.get(mark, 0.0) * share for mark, share in listened.told}
    each = listened.piece * seed.loudness / MAX_WEIGHT
    for word in listened.words:
        mark = f"{_WORDS}{word}"
        mark = mark if mark in said else _LITTLE
        said[mark] = said.get(mark, 0.0) + each * sum(loud[piece] for piece in pieces(word))
    odds = seed.start + math.fsum(said.values())
    strongest = sorted(
        (one for one in said.items() if one[1]), key=lambda one: (-abs(one[1]), one[0])
    )
    reasons = [(mark, chance(weight)) for mark, weight in strongest[:SHOWN]]
    return Opinion(chance(max(-SURELY, min(SURELY, odds)) + EVEN), reasons)


def chance(odds: float) -> float:
    """The probability of a logarithm of odds."""
    return 1 / (1 + math.exp(-odds))


@cache
def _read() -> Seed:
    data = files("petitbleu.domain.safety.antispam").joinpath("seed.json").read_bytes()
    return msgspec.json.decode(data, type=Seed)


@cache
def _pieces() -> array[int]:
    return array("b", base64.b64decode(_read().pieces))


def texts() -> str:
    """The digest of the texts it was learnt from."""
    return _read().texts
