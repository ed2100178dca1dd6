"""What an order lacks of what the law wants in it. A defect never stops a clock: it opens a reply
with formal remarks."""

from __future__ import annotations

import re

from petitbleu.desk.intake.classify import words
from petitbleu.desk.intake.classify.facts import Facts
from petitbleu.desk.reference.law import kinds

LANGUAGE = "language_not_declared"
SCOPE = "territorial_scope_missing"
DOMESTIC = "issuing_state_is_our_own"

_DATA_CLASSES = re.compile(
    r"(?<!\w)(?:subscriber|traffic|content|identif\w*|abonne\w*|trafic|contenu|teilnehmer\w*"
    r"|bestandsdaten|verkehrs\w*|"
    r"inhaltsdaten|identifizier\w*|nutzerdaten|abonado|trafico|contenido|abbonat\w*|traffico"
    r"|contenuto|abonnee\w*|"
    r"verkeersgegevens|inhoud\w*|gebruikersgegevens|abonent\w*|ruchu|tresci|ip[- ]?ad\w*"
    r"|adress\w* ip|donnees|data|daten|datos|"
    r"dati|gegevens|dan(?:e|ych))(?!\w)"
)


def find_defects(
    kind: str, facts: Facts, *, language: str, targets: bool, scoped: bool, issuing: str
) -> list[str]:
    """Codes of what is missing, in the order of the form; ``docs/desk/codes.md`` explains them."""
    defects = []
    if kind == "dsa_art9_order":
        defects = _dsa(facts, targets, "location_missing")
        if not scoped:
            defects.append(SCOPE)
    elif kind == "dsa_art10_order":
        defects = _dsa(facts, targets, "recipient_not_identified")
        if not facts.has("data"):
            defects.append("information_not_named")
    elif kind == "tco_removal_order":
        defects = _tco(facts, targets, issuing)
    elif kind in kinds.E_EVIDENCE:
        defects = _evidence(facts, targets, produced=kind != "epoc_pr")
        if issuing and issuing == facts.context.country:
            defects.append(DOMESTIC)
    elif kind == "fr_requisition":
        defects = _missing(
            ("legal_basis_missing", _cites_cpp(facts)),
            ("authority_missing", facts.official or facts.has("police") or facts.has("court")),
            ("recipient_not_identified", targets or _named_account(facts)),
            ("information_not_named", facts.has("data") or _DATA_CLASSES.search(facts.folded)),
        )
    elif kind == "fr_admin_removal":
        defects = _missing(
            ("legal_basis_missing", facts.has("lcen")),
            ("location_missing", targets),
            ("authority_missing", facts.official or facts.has("police")),
        )
    if kinds.record(kind).in_our_language and _foreign(facts, language):
        defects.append(LANGUAGE)
    return defects


def _foreign(facts: Facts, language: str) -> bool:
    declared = facts.context.languages
    return bool(declared) and language != "und" and language not in declared


def _missing(*elements: tuple[str, object]) -> list[str]:
    return [code for code, present in elements if not present]


def _dsa(facts: Facts, targets: bool, place: str) -> list[str]:
    """DSA Art 9(2)(a) and 10(2)(a)."""
    return _missing(
        ("legal_basis_missing", facts.has("legal_basis")),
        ("reasons_missing", facts.has("reasons")),
        ("authority_missing", facts.official or facts.has("court") or facts.has("police")),
        (place, targets or (place == "recipient_not_identified" and _named_account(facts))),
        ("redress_missing", facts.has("redress")),
        ("report_to_missing", facts.has("report_to")),
    )


def _tco(facts: Facts, targets: bool, issuing: str) -> list[str]:
    """Form of Annex I to 2021/784: by its sections where it has them, else by what they hold."""
    if facts.sections >= 3:
        there = {match[0].split()[-1] for match in _SECTION.finditer(facts.folded)}
        defects = [f"section_{letter}_missing" for letter in "abcdefg" if letter not in there]
    else:
        defects = _missing(
            ("issuing_state_missing", issuing or facts.official),
            ("reasons_missing", facts.has("reasons") or facts.has("terror")),
            ("redress_missing", facts.has("redress")),
        )
    return defects + ([] if targets else ["location_missing"])


_SECTION = re.compile(
    r"(?:section|rubrique|partie|abschnitt|teil|seccion|sezione|rubriek|deel|afdeling|sekcja"
    r"|czesc)\s+[a-g](?![a-z])"
)


def _evidence(facts: Facts, targets: bool, *, produced: bool) -> list[str]:
    """Forms of Annexes I and II to 2023/1543."""
    return _missing(
        ("authority_missing", facts.official or facts.has("court") or facts.has("police")),
        ("addressee_missing", facts.has("addressee")),
        ("identifiers_missing", targets or _named_account(facts)),
        ("data_categories_missing", _DATA_CLASSES.search(facts.folded)),
        ("offence_missing", not produced or facts.has("offence") or facts.has("threat")),
    )


def _cites_cpp(facts: Facts) -> bool:
    return facts.has("cpp_article") and (
        facts.has("cpp") or words.occur("cpp_article", facts.folded)
    )


_ACCOUNT = re.compile(
    r"(?<!\w)(?:\+\d[\d .()-]{7,18}\d|[\w.+-]{1,64}@[\w-]+\.[\w.]+|(?:\d{1,3}\.){3}\d{1,3})(?!\w)"
)


def _named_account(facts: Facts) -> bool:
    """Whether a phone number, an address or an IP stands there that is not the sender's own."""
    return any(
        facts.who.domain not in match[0] and "petitbleu" not in match[0]
        for match in _ACCOUNT.finditer(facts.folded)
    )
