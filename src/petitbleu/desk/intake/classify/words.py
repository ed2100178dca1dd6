"""The words of ``schema/desk/letter-words.json``, compiled once, and the folding they match."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from typing import Any

from petitbleu.desk.intake.classify.beginnings import Expressions, split_alternatives
from petitbleu.resources import schema_text

_MORE = {"ł": "l", "ß": "s", "ø": "o", "đ": "d", "ð": "d", "’": "'", "‘": "'", "ʼ": "'", "´": "'",
         "–": "-", "—": "-", "‑": "-", "−": "-", "œ": "o", "æ": "a", "ı": "i"}  # fmt: skip


def _folds() -> dict[int, str]:
    table: dict[int, str] = {}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFKD", chr(code).lower())[0]
        table[code] = base if base.isascii() else chr(code)
    table |= {ord(key): value for key, value in _MORE.items()} | {
        ord(key.upper()): value for key, value in _MORE.items() if len(key.upper()) == 1
    }  # fmt: skip
    lower = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    return lower | {code: folded.translate(lower) for code, folded in table.items()}


_TABLE = _folds()


def fold(text: str) -> str:
    """``text`` in lower case without accents, of the same length as its NFC form."""
    return text.lower() if text.isascii() else text.translate(_TABLE)


def compiled(expressions: list[str]) -> re.Pattern[str]:
    """One pattern for all expressions of a group (their small language: see the file)."""
    return re.compile(r"(?<!\w)(?:" + "|".join(map(_translated, expressions)) + r")(?!\w)")


def _translated(expression: str) -> str:
    part = re.sub(r"(?<!\\)\((?!\?)", "(?:", fold(expression))
    part = part.replace("*", r"\w*").replace(" ?", r"\s?").replace(" ", r"\s+")
    return part.replace("~", r"\b[^\n]{0,60}?\b")


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(schema_text("desk/letter-words.json"))
    return data


@cache
def group(name: str) -> re.Pattern[str]:
    """The pattern of one group."""
    return compiled(_data()["groups"][name])


@cache
def _expressions(name: str) -> Expressions:
    return Expressions(
        alternative
        for expression in _data()["groups"][name]
        for alternative in split_alternatives(_translated(expression))
    )


def occur(name: str, text: str) -> bool:
    """Whether words of a group stand in a folded text: what a search for :func:`group` finds, in a
    fraction of its time.
    """
    return _expressions(name).occur(text)


@cache
def courts() -> dict[str, re.Pattern[str]]:
    """Country -> names of its courts and police."""
    return {country: compiled(names) for country, names in _data()["courts"].items()}


@cache
def free_mail() -> frozenset[str]:
    """Domains where anybody gets an address."""
    return frozenset(_data()["free_mail"])
