"""What a letter tells of danger: the model reads it, and the rules stand below it as a floor.

The model was taught with what people write. Orders and letters of authorities speak of crimes as a
matter of course, and what was written for many tells news: there the rules alone are heard, as
they always were.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from petitbleu.desk.intake.classify import trust, words
from petitbleu.desk.intake.classify.facts import Context, Facts
from petitbleu.desk.intake.classify.rules import Proposal
from petitbleu.desk.intake.classify.rules_people import (
    Art18Threat,
    CsamNotice,
    ImminentThreatTerrorist,
)
from petitbleu.desk.intake.danger import reading
from petitbleu.desk.intake.letter import Letter
from petitbleu.desk.reference.law import kinds

ABUSE = "csam_notice"
KINDS = kinds.DANGERS
"""Kinds that are danger by themselves."""
THREATS = KINDS - {ABUSE}
_RULES = (ImminentThreatTerrorist(), CsamNotice(), Art18Threat())
_GIVES_WAY = kinds.select(lambda one: one.gives_way_to_danger)
"""Kinds that a letter does not keep beside danger; a notice keeps its clocks."""


def read(text: str) -> reading.Reading:
    """What words tell of that came by another door than a letter: by the model and the rules."""
    if not text.strip():
        return reading.read(text)
    kind = ruled_kind(_facts(text))
    return _with_rules(reading.read(text, ruled=kind in THREATS), kind)


def ruled_kind(facts: Facts) -> str:
    """The kind of danger that a rule finds; empty: none."""
    proposal = next(
        (proposed for rule in _RULES if (proposed := rule.propose(facts)) is not None), None
    )
    return proposal.kind if proposal is not None else ""


def by_rule(text: str) -> bool:
    """Whether a rule finds a threat in words that came by another door than a letter."""
    return ruled_kind(_facts(text)) in THREATS


def _facts(text: str) -> Facts:
    letter, context = Letter(text=text[:_RULED]), Context()
    return Facts(letter, context, trust.assess_sender(letter, context))


def _with_rules(found: reading.Reading, kind: str) -> reading.Reading:
    """What the model and the rules say together; child abuse that a rule finds is danger."""
    if kind == ABUSE:
        return found._replace(level=reading.DANGER)
    return reading.with_rule(found) if kind in THREATS else found


class Heard(NamedTuple):
    """How near danger is (a level of ``danger.reading``), the kind of the letter by it, kinds whose
    clocks run too, and why."""

    level: str
    kind: str
    also: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


def hear(facts: Facts, ruled: Proposal | None, other: Proposal | None) -> Heard:
    """What becomes of a letter by its danger. ``ruled``: the best of all rules; ``other``: the best
    of those that know no danger.
    """
    threat = ruled is not None and ruled.kind in KINDS
    kind = ruled.kind if ruled is not None else "unsorted"
    if facts.official or facts.mass:
        return Heard(reading.DANGER if threat else reading.NONE, kind)
    alone = reading.read(_spoken(facts), ruled=threat)
    reasons: tuple[str, ...] = (f"tells_{alone.level}",) if alone.level else ()
    level, beside = _with_rules(alone, kind if threat else "").level, kind
    if threat and level == reading.DANGER:
        return Heard(level, kind, (), reasons)
    if threat:
        beside = other.kind if other is not None else "unsorted"
    if level == reading.NONE:
        return Heard(level, kind)
    own = kinds.NOTHING_BUT_DANGER[level]
    if beside not in _GIVES_WAY:
        return Heard(level, beside, (own,), reasons)
    return Heard(level, own, (beside,) if beside == "art16_notice" else (), reasons)


def _spoken(facts: Facts) -> str:
    letter = facts.letter
    parts = [letter.subject, letter.text, letter.quoted if facts.whole else "", letter.attached]
    return "\n".join(part for part in parts if part)


# ── somebody is named ───────────────────────────────────────────────────────────────────────────

_TWO_NAMES = re.compile(
    r"(?<![.!?:\n] )(?<!^)(?<!\n)\b[A-ZÀ-ÖØ-ÞŁŚŻ][\w’'-]+ [A-ZÀ-ÖØ-ÞŁŚŻ][\w’'-]+"
)
_LATIN = "\u024f"
_RULED = 12_000
"""Characters that rules look at outside letters."""


def names_somebody(facts: Facts) -> bool:
    """Whether a letter names a person or a place of ours: then a person reads it soon. In a script
    without capitals nobody can tell, so it does."""
    if facts.targets or words.occur("person", facts.folded):
        return True
    letters = [char for char in facts.letter.text[:2000] if char.isalpha()]
    if letters and 2 * sum(char > _LATIN for char in letters) > len(letters):
        return True
    return _TWO_NAMES.search(facts.letter.text) is not None
