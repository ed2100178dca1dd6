"""How well letters are sorted: right, wrong and *dangerous*, by kind.

Each letter of the corpus (``letter_corpus.py``) is read and sorted by the code that ships, as for
an operator in France. Dangerous is what nobody would notice in time: an order that lies among
messages, a critical letter taken for less, danger that is not heard, a clause of secrecy that is
missed, a false authority that is believed, anything that is thrown among bulk mail.
``python -m petitbleu.bench.sorting [FOLDER]`` prints the tables without a server.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from petitbleu.bench import letter_corpus
from petitbleu.bench.letter_corpus import Letter, Placed
from petitbleu.bench.rig import Figures, Harness, percentile
from petitbleu.desk.intake import parse
from petitbleu.desk.intake.classify import boxes, sorting
from petitbleu.desk.intake.classify.facts import Context, Listed
from petitbleu.desk.intake.classify.sorting import DUTY, Sorted
from petitbleu.desk.intake.danger import reading
from petitbleu.desk.intake.letter import Mailroom
from petitbleu.desk.reference.law import kinds

_ROOM = Mailroom((), letter_corpus.MX)
_ON_DUTY = frozenset(kinds.select(lambda one: one.owner_role == DUTY))
_SOON = ("critical", "high")
"""Urgencies that somebody looks at soon."""

LOST, LATE, UNHEARD = "an order lies among messages", "critical, taken for less", "danger not heard"
TOLD, BELIEVED, THROWN = "secrecy missed", "a false authority is believed", "taken for bulk mail"
NO_DANGER, NO_SECRET, OTHER = "danger where there is none", "no secrecy in it", "another kind"


class Score(NamedTuple):
    """A letter, what it was taken for, and what is dangerous or merely wrong about that."""

    placed: Placed
    kind: str
    dangerous: tuple[str, ...]
    wrong: tuple[str, ...]
    seconds: float = 0.0

    @property
    def line(self) -> str:
        """One line for people."""
        why = ", ".join((*self.dangerous, *self.wrong))
        return f"{self.placed.place}: {self.placed.letter.kind}, taken for {self.kind} ({why})"


def sort(letter: Letter) -> Sorted:
    """What sorting makes of a letter."""
    read = parse.read(letter.raw(), _ROOM)
    listed = Listed(read.sender_name, "FR", read.domain, letter.listed == "flagger")
    context = Context(
        country="FR",
        coordinator="Arcom",
        languages=("fr", "en"),
        hosts=("petitbleu.example",),
        zone="Europe/Paris",
        received=read.received or 0,
        listed=listed if letter.listed else None,
        directory=(listed,) if letter.listed else (),
    )
    return sorting.sort(read, context, _ON_DUTY)


def judge(letter: Letter, found: Sorted) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what is dangerous, what is merely wrong) about how a letter was sorted."""
    accepted = found.kind in (letter.kind, *letter.accept)
    wanted = kinds.record(letter.kind)
    secret = found.secrecy is not None or (
        found.form_box is not None and found.form_box.answer == boxes.NO
    )
    official = found.kind in kinds.FROM_AUTHORITIES
    asked = letter.kind in kinds.FROM_AUTHORITIES or wanted.official_only
    dangerous = (
        (LOST, not accepted and asked and not official and found.urgent not in _SOON),
        (LATE, not accepted and letter.kind in _ON_DUTY and found.urgent != "critical"),
        (UNHEARD, letter.danger != "" and found.danger == reading.NONE),
        (TOLD, letter.secrecy and not secret),
        (BELIEVED, not accepted and letter.kind == "suspected_fraud" and official),
        (THROWN, not accepted and found.kind == "bulk_mail"),
    )
    heard = letter.danger != "" or wanted.danger or wanted.family == "danger"
    wrong = (
        (OTHER, not accepted),
        (NO_DANGER, not heard and found.danger != reading.NONE),
        (NO_SECRET, secret and not letter.secrecy),
    )
    return _true(dangerous), _true(wrong)


def _true(checks: Iterable[tuple[str, bool]]) -> tuple[str, ...]:
    return tuple(name for name, holds in checks if holds)


def score(letters: Sequence[Placed]) -> list[Score]:
    """Every letter, sorted and judged."""
    made = []
    for letter in letters:
        began = time.perf_counter()
        found = sort(letter.letter)
        spent = time.perf_counter() - began
        made.append(Score(letter, found.kind, *judge(letter.letter, found), seconds=spent))
    return made


def figures(scores: Sequence[Score]) -> Figures:
    """The figures of the bench."""
    dangerous = sum(bool(one.dangerous) for one in scores)
    wrong = sum(bool(one.wrong) and not one.dangerous for one in scores)
    return {
        "letters": len(scores),
        "right_percent": 100 * (len(scores) - wrong - dangerous) / max(len(scores), 1),
        "wrong": wrong,
        "dangerous": dangerous,
        "sort_p95_ms": percentile([one.seconds for one in scores], 0.95) * 1e3,
    }


def report(letters: Sequence[Placed] | None = None) -> str:
    """The table by kind, and each letter that is not right: what is dangerous first."""
    scores = score(letter_corpus.load() if letters is None else letters)
    counted = {
        kind: Counter(_outcome(one) for one in scores if one.placed.letter.kind == kind)
        for kind in kinds.TABLE
    }
    rows = [f"{'':<28}" + "".join(f"{name:>12}" for name in (*_OUTCOMES, "letters"))]
    for kind, count in (*counted.items(), ("all", sum(counted.values(), Counter[str]()))):
        if count:
            cells = (*(count[name] for name in _OUTCOMES), count.total())
            rows.append(f"{kind:<28}" + "".join(f"{cell:>12}" for cell in cells))
    for name in _OUTCOMES[:0:-1]:
        lines = [one.line for one in scores if _outcome(one) == name]
        rows += ["", f"{name}:", *lines] if lines else []
    return "\n".join(rows)


_OUTCOMES = ("right", "wrong", "dangerous")


def _outcome(one: Score) -> str:
    return "dangerous" if one.dangerous else "wrong" if one.wrong else "right"


async def letters(rig: Harness) -> Figures:
    """The work of the bench. The server stands idle: sorting is the same for both engines."""
    return figures(score(letter_corpus.load()))


if __name__ == "__main__":
    print(report(letter_corpus.load(Path(sys.argv[1])) if sys.argv[1:] else None))
