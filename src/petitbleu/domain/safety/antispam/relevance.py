"""How a comment fits the article it stands under. Pure.

Two texts are compared by the beginnings of their longer words, which inflection leaves alone, and
by the names and figures of the article: who answers an article takes up something of it, what is
sent to a thousand articles does not. A few key words are no article: they can speak for a comment,
and their absence against none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from petitbleu import wordmarks
from petitbleu.domain.safety.antispam import language

ARTICLE_MAX = 4000
"""Characters of an article that are looked at, and kept with a comment."""
_STEM = 5
"""Letters of a word that count; shorter words are said everywhere."""
_SHORT = 4
"""Letters that count of alphabets which leave vowels out."""
_VOWELLESS = re.compile("[\u0590-\u06ff]")
_ARTICLE = re.compile("^[\u0648\u0641]?(?:[\u0628\u0643\u0644]?\u0627\u0644|\u0644\u0644)(?=..)")
"""What Arabic writes together with the word behind it."""
_NAMED = re.compile(r"(?<=[^\W\d_] )[^\W\d_]{3,}|\d{2,}")
"""Words within a sentence, and figures: a name is one of them that begins with a capital."""
_WORD = re.compile(r"[^\W\d_]+|\d+")
_WHOLE = 16
"""Words from which an article is more than its key words."""
_COUNTS = ((1, "0"), (2, "1"), (4, "2-3"), (7, "4-6"))
_SHARES = ((0.001, "none"), (0.1, "little"), (0.25, "some"), (0.5, "much"))
_FEW, _SAID = 4, 10
"""Longer words of a short comment, and of one that says enough to be of something."""


def stem(word: str) -> str:
    """What is compared of a folded word; '' of one that is too short."""
    if _VOWELLESS.match(word):
        bare = _ARTICLE.sub("", word)
        return bare[:_SHORT] if len(bare) >= _SHORT - 1 else ""
    return word[:_STEM] if len(word) >= _STEM else ""


@lru_cache(maxsize=256)
def stems(article: str) -> frozenset[str]:
    """The words of an article, as they are compared."""
    return frozenset(filter(None, map(stem, wordmarks.split(article[:ARTICLE_MAX]))))


@lru_cache(maxsize=256)
def names(article: str) -> frozenset[str]:
    """Its names and figures, folded."""
    found = _NAMED.findall(article[:ARTICLE_MAX])
    return frozenset(word.casefold() for word in found if word.isdecimal() or word[:1].isupper())


def describe(text: str, words: Sequence[str], article: str, follow: str) -> Iterator[str]:
    """The marks of a comment with the folded ``words`` under ``article``; ``follow``: how a reader
    would follow it (``features.py``). None where there is no article.
    """
    known = stems(article)
    if not known:
        return
    said = {one for word in words if (one := stem(word))}
    shared = len(said & known)
    title = len(said & stems(article.partition("\n")[0]))
    named = len(names(article).intersection(_WORD.findall(text.casefold())))
    if len(article.split(maxsplit=_WHOLE)) < _WHOLE:
        if shared:
            yield "about:topic"
        return
    count = next((name for most, name in _COUNTS if shared < most), "7+")
    share = shared / max(len(said), 1)
    like = next((name for most, name in _SHARES if share < most), "most")
    size = "short" if len(said) < _FEW else "middle" if len(said) < _SAID else "long"
    yield f"shares:{count}"
    yield f"about:{like}/{size}"
    yield f"{'fits' if shared or named else 'foreign'}-{follow}:{size}"
    if title:
        yield "about:title"
    if named:
        yield f"named:{min(named, 3)}"
    spoken, written = language.guess_language(text), language.guess_language(article)
    if language.UNKNOWN not in (spoken, written) and spoken != written:
        yield "about:other-language"
