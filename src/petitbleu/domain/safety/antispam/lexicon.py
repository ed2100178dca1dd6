"""What a text speaks of and what it does, by the phrases of ``lexicon.toml``. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from petitbleu.folding import fold

SUBJECT, ACT, ASIDE = "subject", "act", "aside"
NUMBER, GAP = "#", "_"
_WORD = re.compile(r"[^\W_]+")
_FIGURES = re.compile(r"\d+(?:[ .,\u202f\u00a0]\d{3})*(?:[.,]\d+)?")
_SIGNS = (("€", " euro "), ("$", " dollar "), ("£", " pound "), ("%", " percent "))
_PARTS = re.compile(r"[a-z]+")
_HEAD = 3
_LONG = 5
"""Letters from which a word is found inside a host's name as well."""
_MAX_GAP = 3


class _Phrase(NamedTuple):
    concept: str
    words: tuple[str, ...]


class _Known(NamedTuple):
    kinds: dict[str, str]
    by_head: dict[str, list[_Phrase]]
    selling: frozenset[str]
    selling_long: tuple[str, ...]
    common: frozenset[str]
    common_long: tuple[str, ...]


def spelled(text: str) -> list[str]:
    """The words of ``text``, folded; signs of money are words, numbers ``#``."""
    folded = _FIGURES.sub(" 0 ", fold(text))
    for sign, word in _SIGNS:
        folded = folded.replace(sign, word)
    return [NUMBER if word == "0" else word for word in _WORD.findall(folded)]


def found(words: Sequence[str]) -> dict[str, int]:
    """Concepts in :func:`spelled` words -> at how many places; in the order of their coming."""
    by_head = _known().by_head
    seen: dict[str, int] = {}
    for at, word in enumerate(words):
        here = {
            entry.concept
            for entry in by_head.get(word[:_HEAD], ())
            if _matches(entry.words, words, at)
        }
        for concept in sorted(here):
            seen[concept] = seen.get(concept, 0) + 1
    return seen


def host_like(label: str) -> str:
    """What the name of a host (without its ending) is like: ``selling``, ``common``, ``both``,
    ``plain``. Short words count only where they stand alone between hyphens.
    """
    known = _known()
    parts = frozenset(_PARTS.findall(label))
    selling = bool(parts & known.selling) or any(word in label for word in known.selling_long)
    common = bool(parts & known.common) or any(word in label for word in known.common_long)
    if selling and common:
        return "both"
    return "selling" if selling else "common" if common else "plain"


def kinds() -> Mapping[str, str]:
    """All concepts -> ``subject``, ``act`` or ``aside``."""
    return _known().kinds


def _matches(phrase: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    for n, wanted in enumerate(phrase):
        if wanted == GAP:
            rest = phrase[n + 1 :]
            return any(_matches(rest, words, at + more) for more in range(_MAX_GAP + 1))
        if at >= len(words):
            return False
        if wanted[-1] == "*":
            if not words[at].startswith(wanted[:-1]):
                return False
        elif words[at] != wanted:
            return False
        at += 1
    return True


@cache
def _known() -> _Known:
    text = files("petitbleu.domain.safety.antispam").joinpath("lexicon.toml").read_text("utf-8")
    kinds: dict[str, str] = {}
    by_head: dict[str, list[_Phrase]] = {}
    read = tomllib.loads(text)
    selling, common = (frozenset(read["host"][name].split()) for name in ("selling", "common"))
    for kind in (SUBJECT, ACT, ASIDE):
        concepts = read[kind]
        for concept, phrases in concepts.items():
            kinds[concept] = kind
            for phrase in phrases:
                words = tuple(phrase.split())
                head = words[0].rstrip("*")[:_HEAD]
                by_head.setdefault(head, []).append(_Phrase(concept, words))
    return _Known(
        kinds,
        by_head,
        selling,
        tuple(sorted(word for word in selling if len(word) >= _LONG)),
        common,
        tuple(sorted(word for word in common if len(word) >= _LONG)),
    )
