"""What models count in a text: pieces of words, words, and pairs of words. Pure; a leaf.

Read by the model of danger and by that of the spam filter.

A text is folded first, so that what was typed in haste is like what was typed with care: case,
accents, letters said over and over, forms of one Arabic letter and figures are made alike, and
addresses and names stand for themselves no more. Every mark is a number, the checksum of its
spelling: the model keeps no words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from zlib import crc32

PIECES, WORDS = "pieces", "words"
SHORTEST, LONGEST = 2, 5
"""Letters of a piece of a word; its ends count as letters."""
_WORD_MAX = 24
_ENDS = "_"
_MARKS = re.compile(
    "[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e"
    "\ufeff\ufe0f]"
)
"""Accents, vowel signs, lengthening, and characters nobody sees."""
_ALIKE = str.maketrans(
    {
        "ł": "l",
        "đ": "d",
        "ø": "o",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "\u0671": "\u0627",
        "\u0649": "\u064a",
        "\u0629": "\u0647",
        "’": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
    }
)
_TOKEN = re.compile(r"\S+")
_DOMAIN_END = re.compile(r"\.\w+")
_LINK = re.compile(r"(?:https?://|www\.)\S+|(?<!\w\.)\b\w+(?:\.\w+)+/\S*")
_NAME = re.compile(r"[@#]\w+")
_REPEATED = re.compile(r"(.)\1{2,}")
_FIGURE = re.compile(r"\d")
_WORD = re.compile("[^\\W_]+|[!?]+|[\u2600-\u27bf\U0001f000-\U0001faff]")


def _mask_mail(token: re.Match[str]) -> str:
    """A word with ``…@….…`` in it up to the end of the last such name masked. One pass: an
    expression for it tries each ``@`` with each dot, for minutes in a text made of them.
    """
    word = token[0]
    if "@" not in word:
        return word
    ends = list(_DOMAIN_END.finditer(word))
    # One character at least before the “@”, and between it and the dot.
    if not ends or word.rfind("@", 1, max(ends[-1].start() - 1, 1)) < 0:
        return word
    return f" addressx {word[ends[-1].end() :]}"


def fold(text: str) -> str:
    """``text`` as the model reads it."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()).translate(_ALIKE))
    if "@" in plain:
        plain = _TOKEN.sub(_mask_mail, plain)
    plain = _NAME.sub(" handlex ", _LINK.sub(" addressx ", plain))
    return _FIGURE.sub("0", _REPEATED.sub(r"\1\1", plain))


def split(text: str) -> list[str]:
    """The words of a text, folded, in its order.

    What stands between spaces is folded by itself, and kept: most of it stands in the next text,
    too.
    """
    tokens = text.split()
    missing = [token for token in dict.fromkeys(tokens) if token not in _SPLIT]
    if not missing:
        return list(chain.from_iterable(map(_SPLIT.__getitem__, tokens)))
    found = dict(
        zip(missing, map(_WORD.findall, fold("\n".join(missing)).split("\n")), strict=True)
    )
    known = {token: found.get(token) or _SPLIT.get(token, ()) for token in tokens}
    if len(_SPLIT) + len(found) > _SPLIT_KEPT:
        _SPLIT.clear()
    short = ((token, tuple(words)) for token, words in found.items() if len(token) <= _SHORT)
    _SPLIT.update(islice(short, _SPLIT_KEPT))
    return list(chain.from_iterable(map(known.__getitem__, tokens)))


_SPLIT: dict[str, Sequence[str]] = {}
_SPLIT_KEPT = 1 << 14
_SHORT = 40
"""What stood between spaces with its words: how many are kept, and up to how many characters, some
8 MiB at most."""


@lru_cache(maxsize=1 << 14)
def of_word(word: str) -> tuple[int, ...]:
    """The marks of one word's pieces, each once."""
    whole = f"{_ENDS}{word[:_WORD_MAX]}{_ENDS}"
    count = len(whole)
    if whole.isascii():
        data = whole.encode()
        marks = {
            crc32(data[at : at + size])
            for size in range(SHORTEST, LONGEST + 1)
            for at in range(count - size + 1)
        }
    else:
        marks = {
            crc32(whole[at : at + size].encode())
            for size in range(SHORTEST, LONGEST + 1)
            for at in range(count - size + 1)
        }
    return tuple(sorted(marks))


def of_one(word: str) -> tuple[int]:
    """The mark of a word as a whole."""
    return (crc32(f"w{word}".encode()),)


def of_words(words: Sequence[str]) -> Iterator[int]:
    """The marks of words and of pairs of neighbours, the ends of the text among them."""
    before = ""
    for word in words:
        yield from of_neighbours(before, word)
        before = word
    yield of_pair(before, "")


def of_neighbours(before: str, word: str) -> tuple[int, int]:
    """Marks of a word and of its pair with the one before (empty: it begins the text)."""
    return crc32(f"w{word}".encode()), crc32(f"p{before} {word}".encode())


def of_pair(before: str, word: str) -> int:
    """The mark of two neighbours."""
    return crc32(f"p{before} {word}".encode())
