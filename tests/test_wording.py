"""No text for people uses a word that the project's wording rules replace by another.

One list for each language. A word that is right in one place is named in ``ALLOWED`` with its
reason. The texts are those of the catalogues; in German also the desk's manual.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from petitbleu.desk.transparency import texts as transparency
from tests.kit import german
from tests.kit.catalogues import GERMAN, SURFACES, shown

_MARK = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{\w*\}", re.DOTALL)
"""What is filled in, and what a template does."""
_MANUAL = Path(__file__).resolve().parents[1] / "docs" / "desk" / "de"

BANNED = {
    "fr": {
        r"horloges?": "échéance, délai",
        r"divulgations?|divulguer": "communication de données",
        r"canaris?": "message de contrôle",
        r"casiers?": "liste",
        r"aiguillage": "règles de répartition",
        r"banc d’essai": "tester les règles",
        r"closez": "clôturez",
        r"plaintes?|plaignants?": "réclamation, auteur de la réclamation",
        r"\w+·\w*": "une tournure neutre",
        r"[Cc]ela n’a pas marché": "l’opération a échoué",
        r"hors service": "pas en poste",
        r"règlement extrajudiciaire(?! des litiges)": "règlement extrajudiciaire des litiges",
        r"un ordre|l’ordre(?= (?:de |d’une )?(?:l’)?autorité)|votre ordre|ordres": "injonction",
        r"\w+ fut": "le passé composé",
    },
    "en": {
        r"canar(?:y|ies)": "test message",
        r"objections?": "complaint, contest",
        r"(?:not )?in service": "on duty, off duty",
        r"out-of-court settlement": "out-of-court dispute settlement",
        r"by a machine": "by automated means",
        r"I heard the alarm": "acknowledge the alert",
        r"further notice": "no end date",
        r"mailbox": "email",
        r"we had to count": "we recorded",
    },
    "de": {
        r"Fall|Fälle|Fällen|Tickets?": "Vorgang",
        r"(?<!\d )Uhr|Uhren": "Frist",
        r"Löschanordnung(?:en)?|Entfernungsbefehl": "Entfernungsanordnung",
        r"(?:Produktions|Vorlage|Übermittlungs)anordnung(?:en)?": "Herausgabeanordnung",
        r"(?:Erhaltungs|Bewahrungs|Aufbewahrungs)anordnung(?:en)?": "Sicherungsanordnung",
        r"Informationsanordnung(?:en)?": "Auskunftsanordnung",
        r"illegal\w*": "rechtswidrig",
        r"Einspr(?:uch|üche)\w*|Widerspr(?:uch|üche)\w*|Berufung": "Beschwerde",
        r"Trusted Flagger": "vertrauenswürdiger Hinweisgeber",
        r"(?<!vertrauenswürdige )(?<!vertrauenswürdiger )Hinweisgeber": "meldende Person",
        r"Melder(?:in)?": "meldende Person",
        r"Begründungserklärung|Darlegung der Gründe": "Begründung",
        r"Offenlegung(?:en)?|Preisgabe": "Datenherausgabe",
        r"Kanarien\w+": "Testnachricht",
        r"Zweitsignatur|zweite (?:Signatur|Unterschrift)": "zweite Freigabe",
        r"gesperrte?s? Konto|Konto sperren|Kontosperr\w+|einfrieren": "Konto aussetzen, schließen",
        r"im Service|außer Betrieb": "im Dienst, nicht im Dienst",
        r"Besitzer(?:in)?|Eigentümer(?:in)?": "zugewiesen an",
        r"maschinell\w*": "automatisiert",
        r"öffentlicher Name|öffentlichen Namen": "Benutzername",
        r"(?<!-)mails?|emails?|(?-i:E-mails?)": "E-Mail",
        r"(?:DSA|DSGVO|TCO) \d+|Artikel \d+|Absatz \d+": "Art. 17 Abs. 2 DSA",
        r"\w+[*:_]in(?:nen)?|(?-i:[a-zäöüß]+In(?:nen)?)": "ein neutrales Wort",
        r"du|dich|dir|dein\w*|euer|eure\w*": "Sie",
    },
}
"""Pattern -> what is written instead."""

ALLOWED = {
    ("en", "about.privacy_rights_text"): "the right to object of Article 21 GDPR",
    ("de", "about.privacy_rights_text"): "the right to object of Article 21 GDPR",
    (
        "en",
        "duties.reasoned objection when third-country law forbids",
    ): "the reasoned objection of Article 17 of Regulation (EU) 2023/1543",
    ("fr", "page_switches.share"): "an order in which things stand",
    ("de", "page_switches.share"): "values as they are typed",
}
"""(language, name of the text) -> why a banned word is right there."""


def _texts(language: str) -> dict[str, str]:
    """Every text of ``language`` by the name of its table and key."""
    found: dict[str, str] = {}
    for surface in GERMAN if language == "de" else SURFACES:
        found |= shown(language, surface)
    if language == "de":
        pages = {page.name: page.read_text("utf-8") for page in _MANUAL.glob("*.md")}
        return found | {f"manual.{name}": german.prose(text) for name, text in pages.items()}
    if language == "en":
        found |= {f"report.{name}": text for name, text in transparency.DEFAULTS.items()}
    return found


@pytest.mark.parametrize("language", list(BANNED))
def test_no_text_uses_a_banned_word(language: str) -> None:
    found = []
    for name, text in _texts(language).items():
        if (language, name) in ALLOWED:
            continue
        plain = _MARK.sub("x", text).replace("\u202f", " ").replace("\u00a0", " ")
        for pattern, instead in BANNED[language].items():
            word = re.search(rf"(?<!\w)(?:{pattern})(?!\w)", plain, re.IGNORECASE)
            if word is not None:
                around = plain[max(0, word.start() - 30) : word.end() + 30]
                found.append(f"{name}: {around!r} (write: {instead})")
    assert not found, "\n".join(found)


def test_the_tables_hold_the_texts_of_every_language() -> None:
    english, french = _texts("en"), _texts("fr")
    assert len(_texts("de")) > 1000
    assert len(english) > 2000 and len(french) > 2000
    only = {name for name in english.keys() ^ french.keys() if not name.startswith("report.")}
    assert not only
