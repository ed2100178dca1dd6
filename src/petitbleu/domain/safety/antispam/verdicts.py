"""From evidence to a verdict: pure arithmetic, no clock, no store.

The order is that of cost; what is found early and is enough ends the way early. A text is thrown
away only where the filter is sure *and* two independent signals say so: all others can be looked at
by somebody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from petitbleu.domain.safety.antispam import classifier, rules
from petitbleu.domain.safety.antispam.classifier import Opinion
from petitbleu.domain.safety.antispam.rules import Finding
from petitbleu.domain.safety.antispam.submission import Submission

PUBLISH, HOLD, SPAM, DISCARD = "publish", "hold", "spam", "discard"
HOLD_AT, SPAM_AT, DISCARD_AT = 0.8, 0.9, 0.99
"""What a fresh instance knows scores 0.8 where the odds of spam are two to one (``seed.py``)."""
MIN_FORM_SECONDS = 3
"""Seconds in which nobody reads a form and writes a comment."""
GUARANTEED_SPAM = ("akismet-guaranteed-spam", "akismet-guaranteed-spam@example.com")
"""Author and e-mail address that are always spam (akismet.com/developers/detailed-docs)."""
ADMINISTRATOR = "administrator"
_UNDOUBTED = frozenset(("trap", "token", "haste", "word", "mixed_alphabets"))
"""Findings that count in full, however good a text seems."""


class Verdict(NamedTuple):
    """What becomes of a text. ``score`` 0..1; ``reasons``: the strongest first."""

    verdict: str
    score: float
    reasons: list[Finding]

    @property
    def public(self) -> bool:
        """Whether it is published."""
        return self.verdict == PUBLISH

    def __str__(self) -> str:
        why = "; ".join(
            f"{reason.name} {reason.weight:.2f} ({reason.words})" for reason in self.reasons
        )
        return f"{self.verdict} {self.score:.4f}: {why}"


def certain(what: Submission) -> Verdict | None:
    """The verdict on test values and on whoever administers the site; None for all others."""
    if what.author == GUARANTEED_SPAM[0] or what.email == GUARANTEED_SPAM[1]:
        return Verdict(SPAM, 1.0, [Finding("guaranteed", 1.0, "test value")])
    if what.role == ADMINISTRATOR:
        return Verdict(PUBLISH, 0.0, [Finding("administrator", 0.0, "written by the site itself")])
    return None


def door(what: Submission) -> list[Finding]:
    """What the form itself tells: trap, token, haste."""
    findings = []
    if what.trap:
        findings.append(Finding("trap", 0.95, "a field that people do not see was filled"))
    if what.forged:
        findings.append(Finding("token", 0.9, "not sent from a form of this site"))
    if 0 <= what.seconds < MIN_FORM_SECONDS:
        findings.append(Finding("haste", 0.82, f"written within {what.seconds} s"))
    return findings


def decide(
    what: Submission,
    *,
    known_good: bool = False,
    words: Mapping[str, float] | None = None,
    languages: Sequence[str] = (),
    opinion: Opinion | None = None,
    seed: Opinion | None = None,
) -> Verdict:
    """The verdict of everything here. ``known_good``: somebody whose texts were good before.
    ``opinion``: of what this instance learnt; ``seed``: of what it began with.
    """
    settled = certain(what)
    if settled is not None:
        return settled
    at_door = door(what)
    if known_good and not at_door:
        return Verdict(PUBLISH, 0.0, [Finding("known", 0.0, "good before")])
    findings = [*at_door, *rules.findings(what, words or {}, languages)]
    signals = {_signal(one) for one in findings if one.weight >= 0.3}
    thought = _thought(seed, opinion)
    score = thought or 0.0
    if score >= HOLD_AT:
        signals.add("classifier")
    # Findings count less where a classifier that knows this site is sure that the text is good.
    doubt = 1.0 if thought is None else min(1.0, 0.25 + thought * 1.5)
    for finding in findings:
        weight = finding.weight if finding.name in _UNDOUBTED else finding.weight * doubt
        score = 1 - (1 - score) * (1 - weight)
    reasons = [*findings, *_explained("learnt", opinion), *_explained("seed", seed)]
    reasons.sort(key=lambda one: -one.weight if score >= HOLD_AT else one.weight)
    reasons = reasons[: classifier.SHOWN] or [Finding("nothing", 0.0, "nothing against it")]
    return Verdict(_named(score, len(signals)), score, reasons)


def _thought(seed: Opinion | None, opinion: Opinion | None) -> float | None:
    if seed is not None and opinion is not None:
        return classifier.together(seed, opinion)
    one = opinion or seed
    return one.score if one is not None else None


def outside(verdict: Verdict, answer: str) -> Verdict:
    """``verdict`` with what an outside service said: ``ham``, ``spam``, ``discard``, ``down``.

    Nothing is published because a service is down, and nothing is lost.
    """
    if answer == "down":
        if not verdict.public:
            return verdict
        why = Finding("outside", HOLD_AT, "the outside service did not answer")
        return Verdict(HOLD, max(verdict.score, HOLD_AT), [why, *verdict.reasons][:5])
    if answer == "ham":
        return verdict
    weight = 0.97 if answer == "discard" else 0.92
    score = 1 - (1 - verdict.score) * (1 - weight)
    sure = verdict.score >= HOLD_AT
    why = Finding("outside", weight, f"the outside service says {answer}")
    return Verdict(_named(score, 2 if sure else 1), score, [why, *verdict.reasons][:5])


def _named(score: float, signals: int) -> str:
    if score >= DISCARD_AT and signals >= 2:
        return DISCARD
    if score >= SPAM_AT:
        return SPAM
    return HOLD if score >= HOLD_AT else PUBLISH


def _signal(one: Finding) -> str:
    """Findings of one origin are one signal."""
    if one.name in ("trap", "token", "haste"):
        return "door"
    return "words" if one.name == "word" else "rules"


def _explained(name: str, opinion: Opinion | None) -> list[Finding]:
    if opinion is None:
        return []
    return [Finding(name, share, mark) for mark, share in opinion.reasons]
