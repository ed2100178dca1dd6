"""What a text is found by. Everything language-dependent happens here, once, so that SQLite and
PostgreSQL only compare whole tokens (and beginnings of tokens) and give the same answers.

A word is folded (lower case, no accents, ligatures taken apart) and stemmed as French and as
English: nobody says which language a message is in. It is found by its folded form, whose
beginning matches while somebody types, and by its stems. Stems are taken of the folded word, so
that accents never matter, and of the word as written too, because French endings need them.

Tokens that begin with ``_`` are marks: whose message it is, in which chat, what it carries. No
word begins so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from petitbleu.folding import LIGATURES, fold

VERSION = 1
"""Moves with anything that changes the tokens of a text: the index is then made anew."""
PREFIX_FROM = 3
"""The last word of a query is the beginning of a word from so many letters."""
WORD_MAX = 48
WORDS_MAX = 1000
QUERY_WORDS_MAX = 12
_REMEMBERED = 20_000

_french = Stemmer.Stemmer("french", 0)
_english = Stemmer.Stemmer("english", 0)
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"(?<![\w#$])([#$])(\w+)")
# Scripts without spaces between words: every sign is a word.
_SIGNS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)

Terms = list[list[str]]
"""A question: of each list at least one token must be there. A token that ends in ``*`` is a
beginning."""


def words(text: str) -> list[str]:
    """The words of a text, in lower case, accents kept."""
    if text.isascii():
        return _WORD.findall(text.lower())
    split_words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold().translate(LIGATURES))
    single: list[str] = []
    for word in split_words:
        signs = _SIGNS.findall(word)
        if signs:
            single.extend(signs)
            single.extend(_WORD.findall(_SIGNS.sub(" ", word)))
        else:
            single.append(word)
    return single


@lru_cache(_REMEMBERED)
def stems(word: str) -> tuple[str, ...]:
    """The folded word first, then its stems, each once."""
    word = word[:WORD_MAX]
    folded = word if word.isascii() else "".join(_WORD.findall(fold(word))) or word
    stemmed = [folded, _french.stemWord(folded), _english.stemWord(folded)]
    if folded != word:
        stemmed.append("".join(_WORD.findall(fold(_french.stemWord(word)))) or folded)
    return tuple(dict.fromkeys(stemmed))


def tokens(text: str) -> set[str]:
    """All that a text is found by."""
    found: set[str] = set()
    for word in words(text)[:WORDS_MAX]:
        found.update(stems(word))
    if "#" in text or "$" in text:
        found.update(tag(name, sign) for sign, name in _TAG.findall(text))
    return found


def tag(name: str, sign: str = "#") -> str:
    """The mark of a hashtag (or of a cashtag, ``$``)."""
    return ("_h" if sign == "#" else "_m") + "".join(re.findall(r"\w", fold(name)))[:WORD_MAX]


def terms(asked: str) -> Terms:
    """The question somebody typed; empty where it holds no word.

    ``#tag`` and ``$TAG`` mean just that. The last word matches beginnings, unless a space follows.
    """
    alternatives: Terms = [[tag(name, sign)] for sign, name in _TAG.findall(asked)]
    typed = words(_TAG.sub(" ", asked))[:QUERY_WORDS_MAX]
    for word in typed:
        alternatives.append(list(stems(word)))
    if typed and _is_open(asked, typed[-1]):
        alternatives[-1][0] += "*"
    return alternatives


def _is_open(asked: str, last: str) -> bool:
    return len(last) >= PREFIX_FROM and asked[-1:].isalnum() and not _TAG.search(asked[-WORD_MAX:])


def match_sqlite(asked: Terms) -> str:
    """The question in FTS5's language."""
    return " AND ".join(
        "(" + " OR ".join(f'"{one[:-1]}" *' if one[-1] == "*" else f'"{one}"' for one in each) + ")"
        for each in asked
    )


def match_postgres(asked: Terms) -> str:
    """The question as a tsquery."""
    return " & ".join(
        "(" + " | ".join(f"'{one[:-1]}':*" if one[-1] == "*" else f"'{one}'" for one in each) + ")"
        for each in asked
    )


# ── marks ───────────────────────────────────────────────────────────────────────────────────────


def _number(peer: int) -> str:
    return str(peer) if peer >= 0 else f"n{-peer}"


def of_owner(account: int) -> str:
    """In this person's private chats."""
    return f"_o{account}"


def of_place(owner: int, peer: int) -> str:
    """In this chat: a private one of two people, a group, a channel."""
    if peer < 0:
        return f"_c{-peer}"
    return f"_p{min(owner, peer)}x{max(owner, peer)}"


def of_speaker(peer: int) -> str:
    """Said by, as everybody sees it."""
    return f"_f{_number(peer)}"


def of_thread(top: int) -> str:
    """In this thread of a supergroup; from this chat, in Saved Messages."""
    return f"_t{_number(top)}"


def of_kind(kind: int) -> str:
    """Carries this kind of media."""
    return f"_k{kind}"


BLOCK_BITS = (13, 16)
"""Documents fall into blocks of 8,192 and of 65,536, by which PostgreSQL, whose index has no order,
looks from the newest to the oldest."""


def of_blocks(doc: int) -> list[str]:
    """The marks of the blocks a document lies in."""
    small, large = BLOCK_BITS
    return [f"_a{doc >> small}", f"_b{doc >> large}"]


def blocks(below: int, size: int) -> tuple[list[str], int]:
    """Marks of blocks that hold the ``size`` documents under ``below``, and where they begin.

    The newest of the blocks may reach above ``below``.
    """
    small, large = BLOCK_BITS
    bits, letter = (large, "b") if size >= 1 << large else (small, "a")
    newest = (below - 1) >> bits
    oldest = max(0, below - size) >> bits
    return [f"_{letter}{number}" for number in range(oldest, newest + 1)], oldest << bits


def matches(asked: Terms, found: set[str]) -> bool:
    """Whether a text with the tokens ``found`` answers the question."""
    return all(
        any(
            one in found or (one[-1] == "*" and any(t.startswith(one[:-1]) for t in found))
            for one in each
        )
        for each in asked
    )


def joined(marks: Iterable[str], text: str) -> str:
    """The stored form of a document."""
    return " ".join(sorted({*marks, *tokens(text)}))
