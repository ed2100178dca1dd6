"""One letter sorted: kind, urgency, and all that a case says of it. Pure.

Nothing here decides anything: what is found is shown with its reasons, and a person may change it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from petitbleu.desk.intake.classify import (
    boxes,
    dangers,
    deadlines,
    defects,
    extraction,
    scope,
    trust,
    words,
)
from petitbleu.desk.intake.classify.facts import SORTED_MAX, Context, Facts, Who, shares
from petitbleu.desk.intake.classify.rules import Proposal
from petitbleu.desk.intake.classify.rules_orders import ORDERS, annex, is_coordinator
from petitbleu.desk.intake.classify.rules_people import PEOPLE
from petitbleu.desk.intake.danger import reading
from petitbleu.desk.intake.letter import Letter
from petitbleu.desk.reference.law import criminal, kinds

ORDER_KINDS = kinds.OFFICIAL_ONLY
"""Kinds that only an authority can send."""
_SECRECY_SOUGHT = ORDER_KINDS | kinds.FROM_AUTHORITIES | {"suspected_fraud"}
"""Kinds of letters in which a clause of secrecy is looked for, whatever else they look like."""
DUTY = "duty-24x7"


class Sorted(NamedTuple):
    """What sorting makes of a letter."""

    kind: str
    urgent: str
    """Name of the urgency: critical, high, normal, low."""
    who: Who
    language: str
    reference: str
    targets: list[str]
    territorial_scope: list[str]
    issuing_state: str
    warnings: list[str]
    formal_defects: list[str]
    reasons: list[str]
    given: list[tuple[str, deadlines.Deadline]]
    secrecy: deadlines.Secrecy | None
    form_box: boxes.FormAnswer | None
    """What the box of an official form says about telling the person."""
    criminal: bool
    """An authority of criminal justice, or its procedure, is named."""
    annex: str
    """``Annex VI``, ``Annex V``: what it adds to a preservation order."""
    cited: list[int]
    """Case numbers of ours in it."""
    looks_official: bool
    danger: str = reading.NONE
    """How near danger is that it tells of: a level of ``danger.reading``."""
    also: tuple[str, ...] = ()
    """Kinds whose clocks run besides those of its own."""
    names_somebody: bool = False
    """Whether it is a person's, fits no kind, and names a place or a person."""

    def facts(self) -> dict[str, Any]:
        """What else a case keeps of it."""
        fields: dict[str, Any] = {}
        if self.issuing_state:
            fields["issuing_state"] = self.issuing_state
        if self.secrecy is not None:
            fields["confidentiality"] = {"until": self.secrecy.until, "words": self.secrecy.words}
        if self.form_box is not None:
            fields["form_box"] = [self.form_box._asdict()]
            if self.form_box.answer == boxes.NO and self.secrecy is None:
                said = self.form_box.words or f"☒ {self.form_box.mark}"
                fields["confidentiality"] = {"until": None, "words": said}
        if self.criminal:
            fields["criminal"] = True
        if self.also:
            fields["also"] = list(self.also)
        return fields


def sort(letter: Letter, context: Context, duty: frozenset[str]) -> Sorted:
    """Sort one letter. ``duty``: kinds whose owner is on duty day and night."""
    who = trust.assess_sender(letter, context)
    context = context._replace(hosts=(*context.hosts, *_addressed(letter, context)))
    facts = Facts(letter, context, who)
    best = choose(facts)
    if best is None and letter.quoted:  # a forwarded letter: what counts stands below
        facts = Facts(letter, context, who, whole=True)
        best = choose(facts)
    spoken = facts.language
    chosen = best
    if _misread(facts, best):
        best = None
    issuing = scope.issuing_state(facts) if facts.official or _is_order(best) else ""
    proposed = best
    best = _fraud(facts, best, issuing) or best
    heard = _hear(facts, best, chosen)
    kind = heard.kind
    # Whoever answers or hands on a letter often names the place only by quoting it.
    targets = facts.targets or extraction.targets(letter.quoted, context.hosts)
    area, scoped = scope.territorial_scope(kind, facts, issuing)
    lacking = defects.find_defects(
        proposed.kind if proposed and kind == "suspected_fraud" else kind,
        facts, language=spoken, targets=bool(targets), scoped=scoped, issuing=issuing,
    )  # fmt: skip
    official = _looks_official(facts)
    asked = official or kind in _SECRECY_SOUGHT
    terms = _given(kind, facts)
    return Sorted(
        kind=kind,
        urgent=_urgent(
            heard, urgency(kind, duty, official=official, listed=context.listed is not None)
        ),
        who=who,
        language=spoken,
        reference=_reference(facts, afresh=kind in ORDER_KINDS and bool(facts.targets)),
        targets=targets,
        territorial_scope=area,
        issuing_state=issuing,
        warnings=_warnings(facts, kind),
        formal_defects=lacking,
        reasons=_reasons(heard, best) or _unsorted(facts, official),
        given=terms,
        secrecy=deadlines.secrecy(
            facts.plain, received=context.received, zone=context.zone, country=context.country
        ) if asked else None,
        form_box=boxes.read_answer(kind, _whole(letter)) if asked else None,
        criminal=asked
        and (criminal.is_criminal(facts.signed) or criminal.is_procedure(facts.plain)),
        annex=annex(facts),
        cited=extraction.cases(letter.subject, letter.text, letter.quoted, letter.attached),
        looks_official=official,
        danger=heard.level,
        also=heard.also,
        names_somebody=kind == "unsorted" and not official and context.listed is None
        and dangers.names_somebody(facts),
    )  # fmt: skip


def _hear(facts: Facts, best: Proposal | None, chosen: Proposal | None) -> dangers.Heard:
    """What the letter tells of danger; an order or a fraud stays what it is. ``chosen``: what
    :func:`choose` found.
    """
    if best is not None and (best.kind in ORDER_KINDS or best.kind == "suspected_fraud"):
        return dangers.Heard(reading.NONE, best.kind)
    if chosen is not None and chosen.kind in dangers.KINDS:
        chosen = choose(facts, harmless=True)
    return dangers.hear(facts, best, chosen)


def _urgent(heard: dangers.Heard, without: str) -> str:
    if heard.level == reading.DANGER:
        return "critical"
    return "high" if heard.level == reading.PERHAPS and without != "critical" else without


def _reasons(heard: dangers.Heard, best: Proposal | None) -> list[str]:
    return list(dict.fromkeys([*heard.reasons, *(best.reasons if best else ())]))


_ANSWER = re.compile(r"\s*(?:re|aw|sv|ref|rif|r|odp|antw|betr|tr|fw|fwd|wg|rv|i)\s*:", re.I)


def _reference(facts: Facts, *, afresh: bool) -> str:
    """The sender's reference. In an answer that orders something ``afresh`` the subject is that of
    an older letter: what the text itself names comes first."""
    letter = facts.letter
    text = f"{letter.text}\n{letter.attached}"
    if facts.whole:
        text += f"\n{letter.quoted}"
    if afresh and _ANSWER.match(letter.subject) and (own := extraction.reference("", text)):
        return own
    return extraction.reference(letter.subject, text)


def _addressed(letter: Letter, context: Context) -> list[str]:
    """Domains the letter was sent to that can be ours."""
    known = {entry.domain for entry in context.directory} | words.free_mail() | {letter.domain}
    domains = {address.rpartition("@")[2] for address in letter.to}
    return sorted(domain for domain in domains if domain not in known and "." in domain)


def choose(facts: Facts, *, harmless: bool = False) -> Proposal | None:
    """The surest proposal; where two are equally sure, the rule that stands first. ``harmless``:
    of the rules that know no danger."""
    rules = PEOPLE if facts.ordinary else (*ORDERS, *PEOPLE)
    asked = [rule for rule in rules if not harmless or rule.kind not in dangers.KINDS]
    proposals = [proposal for rule in asked if (proposal := rule.propose(facts)) is not None]
    if not proposals:
        return None
    return max(proposals, key=lambda one: one.points)


def _is_order(proposal: Proposal | None) -> bool:
    return proposal is not None and proposal.kind in ORDER_KINDS


def _whole(letter: Letter) -> str:
    """All that was written, with the boxes that are not ticked."""
    parts = [letter.text, letter.attached, letter.quoted]
    return unicodedata.normalize("NFC", "\n".join(shares(parts, SORTED_MAX)))


def _fraud(facts: Facts, best: Proposal | None, issuing: str) -> Proposal | None:
    """Whether somebody only pretends to be an authority."""
    who = facts.who
    claims = _is_order(best) or (
        facts.named_official
        and (
            best is None
            or best.kind not in _OF_PEOPLE
            or facts.near("data", "provide")
            or (who.free_mail and facts.has("data"))
        )
    )
    why = []
    if facts.context.listed is not None and who.failed:
        why.append("directory_spoofed")
        claims = True
    elif who.look_alike and not who.sibling and (claims or facts.official):
        why.append(f"looks_like={who.look_alike}")
        claims = True
    if claims and who.failed and not why:
        why.append("official_unproved")
    if claims and who.free_mail:
        why.append("official_free_mail")
    if claims and who.trust == "unknown" and _answers_elsewhere(facts):
        why.append("answers_free_mail")
    domestic = (
        best is not None
        and best.kind in kinds.E_EVIDENCE
        and issuing
        and issuing == facts.context.country
    )
    if domestic and who.trust != "verified-directory":
        why.append("own_state_order")
    if not why:
        return None
    return Proposal("suspected_fraud", 99, (*why, *(best.reasons if best else ())))


def _misread(facts: Facts, best: Proposal | None) -> bool:
    """Whether an authority wrote in a language whose words are not known here: that it reads like
    something that anybody may send says nothing then, and a person looks at once."""
    return best is not None and facts.official and facts.unread and best.kind in _BY_COMMON_WORDS


_BY_COMMON_WORDS = frozenset(kinds.select(lambda one: one.common_words))
_OF_PEOPLE = frozenset(kinds.select(lambda one: one.may_name_police))
"""Kinds in which a private person may well name the police."""


def _answers_elsewhere(facts: Facts) -> bool:
    other = facts.letter.reply_to.rpartition("@")[2]
    return bool(other) and other != facts.who.domain and other in words.free_mail()


def _looks_official(facts: Facts) -> bool:
    return facts.official or is_coordinator(facts) or (
        facts.ordered and (facts.has("court") or facts.has("police"))
    )  # fmt: skip


def urgency(kind: str, duty: frozenset[str], *, official: bool, listed: bool) -> str:
    """The name of the urgency of a new case."""
    if kind in duty:
        return "critical"
    if kind == "unsorted" and (official or listed):
        return "high"
    return kinds.record(kind).urgency


def _given(kind: str, facts: Facts) -> list[tuple[str, deadlines.Deadline]]:
    clock = kinds.record(kind).written_deadline
    if not clock:
        return []
    context = facts.context
    dates = deadlines.find(
        facts.plain, received=context.received, zone=context.zone, country=context.country
    )
    return [(clock, dates[0])] if dates else []


def _warnings(facts: Facts, kind: str) -> list[str]:
    who, letter = facts.who, facts.letter
    order = kind in ORDER_KINDS or facts.official
    checks = (
        ("authentication_failed", who.failed),
        ("not_authenticated", order and not who.passed and not who.failed and who.domain),
        ("look_alike_domain", who.look_alike),
        ("free_mail_authority", who.free_mail and (order or kind == "suspected_fraud")),
        ("not_in_directory", kind in ORDER_KINDS and facts.context.listed is None),
        ("reply_to_elsewhere", _elsewhere(letter.reply_to, who.domain)),
        (
            "trusted_flagger_not_listed",
            facts.has("trusted_claim")
            and not (facts.context.listed and facts.context.listed.trusted_flagger),
        ),
        ("not_sorted_in_full", facts.cut),
        ("no_text", not letter.text and not letter.attached),
    )
    return list(dict.fromkeys([*letter.warnings, *(code for code, holds in checks if holds)]))


def _elsewhere(reply_to: str, domain: str) -> bool:
    other = reply_to.rpartition("@")[2]
    return bool(other and domain) and not (
        other == domain or other.endswith("." + domain) or domain.endswith("." + other)
    )


def _unsorted(facts: Facts, official: bool) -> list[str]:
    if facts.context.listed is not None:
        return ["listed_no_kind"]
    return ["official_no_kind"] if official else ["no_kind"]
