"""What can be wrong between the log and what it tells of, in words."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from petitbleu.desk.adjudication.decisions import numbers
from petitbleu.desk.reconciliation.scratch import Key
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.refusals import Sentences
from petitbleu.typography import spaced

SHIFT = 20
"""Bits of an event's number within its case."""


class Said:
    """A sentence with its words, in both languages, as a refusal is; but nothing is refused."""

    SAID: ClassVar[Sentences]

    def __init__(self, code: str, /, **words: object) -> None:
        self.code, self.words = code, words

    def __str__(self) -> str:
        return self._filled("en")

    def say(self, language: str) -> str:
        """The whole sentence, in French or English."""
        said = self._filled(language)
        return f"{said[:1].upper()}{said[1:]}."

    def _filled(self, language: str) -> str:
        words = {
            name: one._filled(language) if isinstance(one, Said) else one
            for name, one in self.words.items()
        }
        return spaced(language, self.SAID[self.code][language == "fr"]).format(**words)


class Thing(Said):
    """A row in words."""

    SAID: ClassVar[Sentences] = {
        "case": ("case {name}", "le dossier {name}"),
        "state": ("the state of case {name}", "l’état du dossier {name}"),
        "event": ("event {seq} of case {name}", "l’événement {seq} du dossier {name}"),
        "vault": ("piece {name} of the vault", "la pièce {name} du coffre"),
        "inbound": ("received letter no. {name}", "la lettre reçue n° {name}"),
        "letter": ("sent letter no. {name}", "la lettre envoyée n° {name}"),
        "decision": ("decision {name}", "la décision {name}"),
        "statement": (
            "the statement “{what}” of {name} ({key})",
            "l’exposé « {what} » de {name} ({key})",
        ),
        "eu_statement": (
            "statement {name} for the EU database",
            "l’exposé {name} pour la base européenne",
        ),
        "disclosure": ("disclosure no. {name}", "la divulgation n° {name}"),
        "hold": ("hold no. {name}", "la conservation n° {name}"),
        "report": (
            "transparency report {name}, version {seq}",
            "le rapport de transparence {name}, version {seq}",
        ),
    }


class Difference(Said):
    """Log and tables say different things about a row."""

    SAID: ClassVar[Sentences] = {
        "gone": ("{thing} is gone", "{thing} a disparu"),
        "gone_with": (
            "{thing} is gone, with {count} events",
            "{thing} a disparu, avec {count} événements",
        ),
        "changed": (
            "{thing} holds something else than the log says",
            "{thing} contient autre chose que ce que dit le journal",
        ),
        "unknown": (
            "{thing} is there, and no line of the log tells of it",
            "{thing} est là, et aucune ligne du journal n’en parle",
        ),
        "back": (
            "{thing} was erased lawfully and is there again",
            "{thing} a été effacé dans les règles et est de nouveau là",
        ),
        "damaged": (
            "{thing} cannot be opened: its bytes were changed",
            "{thing} ne s’ouvre plus : ses octets ont été modifiés",
        ),
        "folded": (
            "{thing} says something else than its events",
            "{thing} dit autre chose que ses événements",
        ),
        "stateless": ("{thing} has lost its state", "{thing} a perdu son état"),
    }


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
