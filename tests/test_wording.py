"""No text for people uses a word that the project's wording rules replace by another.

One list for each language. A word that is right in one place is named in ``ALLOWED`` with its
reason. The tables are those of ``tests/test_french.py``, in both languages, and the templates of
letters. In German there is the desk's manual alone.
"""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from petitbleu.desk.adjudication.decisions import texts as letters
from petitbleu.desk.outside import door
from petitbleu.desk.reference.law import sayings
from petitbleu.desk.transparency import texts as transparency
from petitbleu.desk.workplace.pages import texts as desk
from petitbleu.web import join_texts, texts
from petitbleu.web.public import comment_texts
from petitbleu.web.public import texts as public
from tests.kit import german

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
    ("en", "outside.privacy_rights_text"): "the right to object of Article 21 GDPR",
}
"""(language, name of the text) -> why a banned word is right there."""

_TABLES = {
    "desk": desk.TEXTS,
    "outside": door.TEXTS,
    "pages": texts.TEXTS,
    "joining": join_texts.TEXTS,
    "public": public.TEXTS,
    "comments": comment_texts.TEXTS,
}


def _texts(language: str) -> dict[str, str]:
    """Every text of ``language`` by the name of its table and key."""
    if language == "de":
        pages = {page.name: page.read_text("utf-8") for page in _MANUAL.glob("*.md")}
        return {f"manual.{name}": german.prose(text) for name, text in pages.items()}
    found = {
        f"{table}.{key}": text
        for table, languages in _TABLES.items()
        for key, text in languages[language].items()
        if isinstance(text, str)
    }
    column = 1 if language == "fr" else 0
    found |= {f"kinds.{name}": pair[column] for name, pair in sayings.KINDS.items()}
    found |= {f"letter.{kind}": letters.shipped(kind, language) for kind in _letters(language)}
    if language == "en":
        found |= {f"report.{name}": text for name, text in transparency.DEFAULTS.items()}
    return found


def _letters(language: str) -> list[str]:
    """The kinds of letters that have a template in ``language``."""
    folder = files("petitbleu.desk.adjudication.decisions").joinpath("templates", language)
    return sorted(one.name[:-4] for one in folder.iterdir() if one.name.endswith(".txt"))


@pytest.mark.parametrize("language", list(BANNED))
def test_no_text_uses_a_banned_word(language: str) -> None:
    found = []
    for name, text in _texts(language).items():
        if (language, name) in ALLOWED:
            continue
        plain = text.replace("\u202f", " ").replace("\u00a0", " ")
        for pattern, instead in BANNED[language].items():
            word = re.search(rf"(?<!\w)(?:{pattern})(?!\w)", plain, re.IGNORECASE)
            if word is not None:
                around = plain[max(0, word.start() - 30) : word.end() + 30]
                found.append(f"{name}: {around!r} (write: {instead})")
    assert not found, "\n".join(found)


def test_the_tables_hold_the_texts_of_every_language() -> None:
    english, french = _texts("en"), _texts("fr")
    assert len(_texts("de")) >= 12
    assert len(english) > 2000 and len(french) > 2000
    only = {name for name in english.keys() ^ french.keys() if not name.startswith("report.")}
    assert not only
