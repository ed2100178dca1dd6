"""Where in a text the words of a question stand: as the index finds them, whatever their accents,
case and endings.
"""

from __future__ import annotations

import re

from petitbleu.domain.search import words
from petitbleu.domain.search.words import Terms

_PIECE = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
"""A word as it is written, with marks that stand behind their letters."""
_TAG = re.compile(r"[#＃](\w+)")
_TEXT_MAX = 20_000
_SPANS_MAX = 500


def spans(terms: Terms, text: str) -> list[tuple[int, int, int]]:
    """(start, end, which of the ``terms``) of each word of ``text`` that answers, in order."""
    found: list[tuple[int, int, int]] = []
    if not terms:
        return found
    for match in _PIECE.finditer(text[:_TEXT_MAX]):
        start, end = match.span()
        tag = _TAG.match(text, start - 1) if start else None
        which = _term(terms, {words.tag(tag[1])}) if tag is not None else -1
        if tag is not None and which >= 0:
            found.append((start - 1, tag.end(), which))
        elif (which := _term(terms, _tokens(match[0]))) >= 0:
            found.append((start, end, which))
        elif len(words.words(match[0])) > 1:  # of a script without spaces: each sign is a word
            found += [
                (start + n, start + n + 1, which)
                for n, sign in enumerate(match[0])
                if (which := _term(terms, _tokens(sign))) >= 0
            ]
        if len(found) >= _SPANS_MAX:
            break
    return found


def _tokens(piece: str) -> set[str]:
    """What one word is found by; empty where it is none or several."""
    split = words.words(piece)
    return set(words.stems(split[0])) if len(split) == 1 else set()


def _term(terms: Terms, tokens: set[str]) -> int:
    """The first of the terms that a word answers; -1: none."""
    for n, each in enumerate(terms):
        for one in each:
            if one in tokens:
                return n
            if one[-1] == "*" and any(token.startswith(one[:-1]) for token in tokens):
                return n
    return -1


def vocabulary(text: str, least: int) -> set[str]:
    """The words of a text that have so many letters, by their stems; without hashtags."""
    bare = _TAG.sub(" ", text[:_TEXT_MAX])
    return {words.stems(word)[-1] for word in words.words(bare) if len(word) >= least}
