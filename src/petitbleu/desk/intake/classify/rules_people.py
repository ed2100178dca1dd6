"""Rules for what anybody may send: notices, complaints, requests, threats, and bulk mail."""

from __future__ import annotations

import re
from itertools import islice

from petitbleu.desk.intake.classify import words
from petitbleu.desk.intake.classify.facts import MATCHES, Facts, close
from petitbleu.desk.intake.classify.rules import Rule, sent_to

_MINE = re.compile(
    r"(?<!\w)(?:my|our|mon|ma|mes|notre|nos|mein\w*|unser\w*|mi|mis|nuestr[oa]s?|mio|mia|miei|mie"
    r"|nostr[oaie]|mijn|ons|onze"
    r"|moj\w*|nasz\w*)(?!\w)"
)


def _theirs(facts: Facts) -> bool:
    """Whether the sender speaks of what is their own (“mi”: my in Spanish, me in Italian)."""
    pronouns = {match[0] for match in _MINE.finditer(facts.folded)}
    return bool(pronouns - {"mi"} if facts.language == "it" else pronouns)


_BESIDE = 80
"""Characters within which things are spoken of together."""


class CsamNotice(Rule):
    """Somebody tells of sexual abuse of a child; no name is needed (DSA Art 16(2)(c))."""

    kind = "csam_notice"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        told = facts.children
        if facts.mass or not (words.occur("csam", told) or close(told, "minor", "nude", _BESIDE)):
            return 0, []
        points = 9
        reasons = ["tells_csam"]
        if sent_to(facts, "notices", "abuse") or facts.targets:
            points += 2
        return points, reasons


class ImminentThreatTerrorist(Rule):
    """An attack is announced (2021/784 Art 14(5))."""

    kind = "imminent_threat_terrorist"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        told = facts.deeds
        if facts.mass or not (words.occur("terror", told) and words.occur("imminent", told)):
            return 0, []
        if not (words.occur("threat", told) or close(told, "terror", "imminent", 120)):
            return 0, []
        return 11, ["tells_terror"]


class Art18Threat(Rule):
    """Life or safety of persons is threatened (DSA Art 18)."""

    kind = "art18_threat"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        told = facts.deeds
        if facts.mass or not (words.occur("threat", told) or _announces_harm(told)):
            return 0, []
        points, reasons = 8, ["tells_threat"]
        # An order has things done "immediately": that alone is no danger.
        near = close(told, "imminent", "threat", _BESIDE)
        if near if facts.official else facts.has("imminent"):
            points += 2
            reasons.append("danger_near")
        return points, reasons


def _announces_harm(told: str) -> bool:
    """Whether somebody is said to be going to harm somebody: the deed, its announcement and a
    person stand within a few words of each other, in whatever order."""
    if not words.occur("harm", told):
        return False
    for match in islice(words.group("harm").finditer(told), MATCHES):
        before = told[max(0, match.start() - _BESIDE) : match.start()]
        after = told[match.end() : match.end() + _BESIDE]
        beside = f"{before} | {after}"
        if words.group("announced").search(beside) and words.group("person").search(beside):
            return True
    return False


class TrustedFlaggerNotice(Rule):
    """Notice of a trusted flagger (DSA Art 22)."""

    kind = "trusted_flagger_notice"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        listed = facts.context.listed
        claims = facts.has("trusted_claim")
        if listed is not None and listed.trusted_flagger:
            if not (facts.targets or facts.has("notice") or claims):
                return 0, []
            return 9, ["from_flagger"]
        if not claims or not (facts.targets or facts.has("notice")):
            return 0, []
        known = any(entry.trusted_flagger for entry in facts.context.directory)
        if known or not facts.who.passed:
            return 0, []
        # While the directory names no flagger at all, the claim is believed as far as being read
        # sooner goes; a warning says so.
        return 8, ["claims_flagger"]


class TcoComplaint(Rule):
    """2021/784 Art 10: complaint against a removal as terrorist content."""

    kind = "tco_complaint"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        if not facts.has("contest", "terror") or facts.official:
            return 0, []
        if not (facts.has("remove") or "2021/784" in facts.folded):
            return 0, []
        if not _theirs(facts):
            return 0, []
        points = 7 + 3 * ("2021/784" in facts.folded) + len(sent_to(facts, "appeals", "tco"))
        return points, ["contests_tco"]


class ComplaintArt20(Rule):
    """Complaint against a decision of ours (DSA Art 20)."""

    kind = "complaint_art20"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        to = sent_to(facts, "appeals", "appeal", "complaints", "contestations", "reclamations")
        if not facts.has("contest"):
            return (6, to) if to and not facts.official else (0, [])
        if facts.official and not to:
            return 0, []
        points, reasons = 3, []
        if to:
            points += 4
            reasons += to
        plainly = facts.has("contests_plainly") and not facts.has("subject_access")
        if (
            plainly
            or (_theirs(facts) and (facts.has("remove") or facts.count("contest") > 1))
            or (
                _theirs(facts)
                and re.search(
                    r"suspen\w*|suspend\w*|bann\w*|restrict\w*|gesperrt|zawiesz\w*|geschorst|decision"
                    r"|entscheid\w*|decisi\w+"
                    r"|beslissing|decyzj\w*",
                    facts.folded,
                )
            )
        ):
            points += 3
        if re.search(
            r"(?:article|artikel|art\.|articulo|articolo|artykul\w*) ?20(?!\d)", facts.folded
        ):
            points += 3
            reasons.append("cites_dsa=20")
        return (points, ["contests", *reasons]) if points >= 6 else (0, [])


class OdsDispute(Rule):
    """An out-of-court body, or somebody who has gone there (DSA Art 21)."""

    kind = "ods_dispute"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        if not facts.has("dispute"):
            return 0, []
        head = words.group("dispute").search(
            words.fold(facts.letter.subject + facts.letter.sender_name)
        )
        near = facts.near("dispute", "dsa", 300)
        return 7 + 4 * (head is not None) + 2 * near, ["disputes"]


class Dsar(Rule):
    """A person asks about their own data (GDPR Art 15-22)."""

    kind = "dsar"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        to = sent_to(facts, "privacy", "dpo", "rgpd", "gdpr", "datenschutz", "privacidad")
        if not facts.has("subject_access"):
            return (5, to) if to and not facts.has("breach") else (0, [])
        if facts.official and not to:
            return 0, []
        points = 6 + 2 * bool(to)
        if re.search(r"(?<!\w)(?:2016/679|r?gp?dpr|rgpd|dsgvo|avg|rodo)(?!\w)", facts.folded):
            points += 3
        return points, ["own_data", *to]


class PersonalDataBreach(Rule):
    """Somebody tells that personal data got out (GDPR Art 33)."""

    kind = "personal_data_breach"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        if not facts.has("breach"):
            return 0, []
        to = sent_to(facts, "security", "privacy", "dpo", "abuse")
        return 7 + 2 * bool(to) + 2 * words.occur("breach", facts.head), ["tells_breach", *to]


class Art16Notice(Rule):
    """A notice of illegal content (DSA Art 16)."""

    kind = "art16_notice"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        to = sent_to(facts, "notices", "notice", "abuse", "report", "signalement", "signalements")
        target = facts.targets
        says = facts.has("notice") or facts.has("intimate")
        if not says and target and not facts.official:
            says = words.occur("asks_removal", facts.unlinked)
        if not ((to and (says or target)) or (says and target)):
            return 0, []
        points, reasons = 3, list(to)
        if says:
            points += 1
            reasons.append("reports_content")
        if target:
            points += 1
            reasons.append("names_target")
        if to:
            points += 1
        if re.search(
            r"(?:article|artikel|art\.|articulo|articolo|artykul\w*) ?16(?!\d)", facts.folded
        ):
            points += 2
        return points, reasons


_OF_MAILERS = frozenset({"feedback-id", "x-campaign", "x-mailgun-tag"})
"""Headers that senders by contract put into every letter, one to one person too."""


class BulkMail(Rule):
    """Newsletters and advertising."""

    kind = "bulk_mail"

    def weigh(self, facts: Facts) -> tuple[int, list[str]]:
        headers = facts.letter.bulk
        says = facts.has("newsletter")
        if not headers and not says:
            return 0, []
        if facts.context.listed is not None and not facts.who.failed:
            return 0, []  # what an authority sends is looked at by a person
        points, reasons = 0, []
        if headers:
            points += 2 if set(headers) <= _OF_MAILERS else 5
            reasons.append(f"list_headers={', '.join(headers[:3])}")
        if says:
            points += 2
            reasons.append("reads_bulk")
        if facts.linked and facts.has("notice"):
            points = 2  # companies send their notices by the same programs
        return (points, reasons) if points >= 4 or (says and points >= 2) else (0, [])


PEOPLE: tuple[Rule, ...] = (
    ImminentThreatTerrorist(),
    CsamNotice(),
    Art18Threat(),
    TcoComplaint(),
    OdsDispute(),
    PersonalDataBreach(),
    TrustedFlaggerNotice(),
    ComplaintArt20(),
    Dsar(),
    Art16Notice(),
    BulkMail(),
)
"""In the order in which they win where points are equal."""
