"""What can be wrong between the log and what it tells of, in words."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from petitbleu.catalogues import SOURCE, Catalogue
from petitbleu.desk.adjudication.decisions import numbers
from petitbleu.desk.reconciliation.scratch import Key
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.refusals import Sentences

SHIFT = 20
"""Bits of an event's number within its case."""


class Said:
    """A sentence with its words, in both languages, as a refusal is; but nothing is refused."""

    SAID: ClassVar[Sentences]

    def __init__(self, code: str, /, **words: object) -> None:
        self.code, self.words = code, words

    def __str__(self) -> str:
        return self._filled(SOURCE)

    def say(self, language: str) -> str:
        """The whole sentence."""
        said = self._filled(language)
        return f"{said[:1].upper()}{said[1:]}."

    def _filled(self, language: str) -> str:
        words = {
            name: word._filled(language) if isinstance(word, Said) else word
            for name, word in self.words.items()
        }
        return self.SAID.say(language, self.code, **words)


class Thing(Said):
    """A row in words."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.differences.thing")


class Difference(Said):
    """Log and tables say different things about a row."""

    SAID: ClassVar[Sentences] = Catalogue("desk", "refusals.differences.difference")


def event_key(number: int, seq: int) -> int:
    """The key of an event: it sorts by case, then by number."""
    return number << SHIFT | seq


def thing(kind: str, key: Key) -> Thing:
    """The row in words; ``key`` as it stands in the scratch file."""
    if kind in ("case", "state"):
        return Thing(kind, name=case_numbers.text(int(key)))
    if kind == "event":
        number, seq = int(key) >> SHIFT, int(key) & (1 << SHIFT) - 1
        return Thing(kind, name=case_numbers.text(number), seq=seq)
    parts: list[Any] = json.loads(str(key))
    if kind == "statement":
        return Thing(kind, name=numbers.text(parts[0]), key=parts[1], what=parts[2])
    if kind == "decision":
        return Thing(kind, name=numbers.text(parts[0]))
    if kind == "report":
        return Thing(kind, name=parts[0], seq=parts[1])
    return Thing(kind, name=parts[0])
