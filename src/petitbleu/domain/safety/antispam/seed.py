"""What a fresh instance begins with: a linear model of comments, learnt from what people wrote in
eight languages (``petitbleu dev train spam`` makes ``seed.bin``). Pure.

It reads a comment twice. Its words, with those of its author's name and of the hosts it names,
count by their pieces, whole, and in pairs; these have no names, they are numbers (hashes). And it
weighs named marks (``features.py``): how the text is made, where it leads, who signs it, and how it
fits the article. The verdicts of the instance count beside it and can always outweigh it.

Some marks may speak in one direction only (:data:`FOR_ALONE`, :data:`AGAINST_ALONE`), whatever the
texts say that were learnt from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from petitbleu import wordmarks
from petitbleu.domain.safety.antispam import disguise, reach, relevance
from petitbleu.domain.safety.antispam.classifier import SHOWN, Opinion
from petitbleu.domain.safety.antispam.features import CUT
from petitbleu.domain.safety.antispam.submission import Submission
from petitbleu.weighttables import Table, read_model

FILE = Path(__file__).with_name("seed.bin")
SURELY, SURELY_GOOD = 4.0, 3.0
"""The most that is said against a text and for one, as the logarithm of odds from the threshold:
fifteen verdicts of people on a campaign that the model lets through outweigh it.
"""
LIMIT = math.log(0.8 / 0.2)
"""Odds, as a logarithm, of a score of 0.8, from where a text is held."""
READ_MAX = 6000
"""Characters of a text whose words are read."""
NAME, HOST, TAKEN = "@", "/", "~"
"""What a word begins with that stands in a name, in a host, or in the article, too."""
_LABEL = re.compile(r"[^\W_]+")
_UNHEARD = frozenset(("word", "pair", "ending", "language", "link", "site", "mail", "name"))
"""Kinds of marks that are an instance's own matter (hosts, addresses, languages, pairs of words),
and people's names, which say nothing of what they write; words are read as pieces.
"""
FOR_ALONE = frozenset(("reach:own-site", "reach:own-mail", "who:mail-of-site", "own:of-name"))
"""Marks that never speak against a comment: an address of one's own at one's own domain."""
AGAINST_ALONE = frozenset(("reach:nothing", "links:0", "own:none"))
"""Marks that never speak for a comment: that it names no way to reach anybody."""


class Head(msgspec.Struct, frozen=True):
    """The first line of the file."""

    format: int
    corpus: str
    """SHA-256 of the texts that were learnt from."""
    marks: str
    """A digest of their marks: another one means that it has to be trained again."""
    bias: float
    limit: float
    """The figure from which a text is held."""
    steep: float
    """By how much the logarithm of the odds of spam grows with the figure."""
    weights: dict[str, float]
    """Of named marks."""
    tables: tuple[Table, ...]


class Model:
    """A model that was read."""

    __slots__ = ("_tables", "head")

    def __init__(self, data: bytes) -> None:
        self.head, self._tables = read_model(data, Head, "spam", 1)

    def opinion(self, what: Submission, found: Sequence[str]) -> Opinion:
        """What is thought of a text with the marks ``found``; its reasons are shares of spam, as if
        each mark stood alone.
        """
        words = read_words(what)
        said = {mark: self.head.weights.get(mark, 0.0) for mark in heard(found)}
        figure = self.head.bias + math.fsum(said.values()) + self._told(words, said)
        strongest = sorted(
            (one for one in said.items() if one[1]), key=lambda one: (-abs(one[1]), one[0])
        )
        steep = self.head.steep
        reasons = [(mark, chance(weight * steep)) for mark, weight in strongest[:SHOWN]]
        return Opinion(as_score(figure, self.head.limit, steep), reasons)

    def _told(self, words: Sequence[str], said: dict[str, float]) -> float:
        """What the words say together; what each says goes into ``said``."""
        tables, each = self._tables, list(dict.fromkeys(words))
        score = 0.0
        groups: list[Sequence[int]]
        for number, table in enumerate(tables.tables):
            if table.name == wordmarks.WORDS:
                known = tables.known(number, wordmarks.of_words(words))
                groups = [tables.known(number, wordmarks.of_one(word)) for word in each]
            else:
                known = tables.pieces(words)
                kept = tables.keep_pieces(each)
                groups = [kept[word] for word in each]
            score += tables.score(number, known)
            for word, share in zip(each, tables.shares(number, known, groups), strict=True):
                mark = _named(word)
                said[mark] = said.get(mark, 0.0) + share
        return score


def as_score(figure: float, limit: float, steep: float) -> float:
    """A score of 0 to 1 for a model's figure: at ``limit`` it is 0.8."""
    return chance(max(-SURELY_GOOD, min(SURELY, (figure - limit) * steep)) + LIMIT)


def chance(odds: float) -> float:
    """The probability of a logarithm of odds."""
    return 1 / (1 + math.exp(-odds))


def read_words(what: Submission) -> list[str]:
    """The folded words that are read: of the text, of the author's name, of hosts."""
    text = disguise.bare(what.text[:READ_MAX]).text
    known = relevance.stems(what.article)
    found = [
        f"{TAKEN}{word}" if known and relevance.stem(word) in known else word
        for word in wordmarks.split(text)
    ]
    found += [f"{NAME}{word}" for word in wordmarks.split(disguise.bare(what.author[:200]).text)]
    hosts = [link.host for link in reach.find_contacts(text).links[:5]]
    for host in dict.fromkeys([*hosts, reach.host_of(what.site)]):
        found += [f"{HOST}{part}" for part in _LABEL.findall(host)]
    return found


def heard(found: Sequence[str]) -> list[str]:
    """The named marks of a text that the model may weigh."""
    return [mark for mark in found if mark.partition(":")[0] not in _UNHEARD]


def left(found: Sequence[str]) -> list[str]:
    """The marks on which an instance's own verdicts are asked beside the seed: words and what is
    its own matter. Asked of the others too, both would say the same thing twice.
    """
    return [mark for mark in found if mark.partition(":")[0] in _UNHEARD]


def opinion(what: Submission, found: Sequence[str]) -> Opinion:
    """What the model of this version thinks of a text. Raises Unusable, OSError."""
    return shipped().opinion(what, found)


@cache
def shipped() -> Model:
    """The model of this version. Raises Unusable, OSError."""
    return Model(FILE.read_bytes())


def _named(word: str) -> str:
    """A word as a mark that ``explaining.py`` knows."""
    kind = {NAME: "in-name", HOST: "in-host"}.get(word[0], "word")
    return f"{kind}:{word.lstrip(NAME + HOST + TAKEN)[:CUT]}"
