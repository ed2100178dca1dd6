"""The receipt of a complaint, in French and English."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.casework.parties import service as parties
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.typography import table

DAYS = 14
"""In which complaints are usually decided (desk.md §2; the law says: timely)."""

_WRITTEN = {
    "en": (
        "Your complaint {number} (Article 20)",
        "We have your complaint about decision {decision}. Its number is {number}.\n\n"
        "Somebody who had no part in that decision looks at it, usually within {days} days, and"
        " writes to you.\n\nWhat became of it:\n{follow}\n\n{name}\n",
    ),
    "fr": (
        "Votre réclamation {number} (article 20)",
        "Nous avons reçu votre réclamation contre la décision {decision}. Son numéro est"
        " {number}.\n\n"
        "Une personne qui n’a pas pris cette décision l’examine, d’ordinaire en {days} jours, et"
        " vous écrit.\n\nOù cela en est :\n{follow}\n\n{name}\n",
    ),
}
_RECEIPT = table(_WRITTEN)


def receipt(app: App, language: str, number: int, decision: str) -> tuple[str, str]:
    """(subject, text) in the language, else in English; ``decision`` is its number as people read
    it.
    """
    subject, text = _RECEIPT.get(language, _RECEIPT["en"])
    values = {
        "number": case_numbers.text(number),
        "decision": decision,
        "days": DAYS,
        "follow": parties.follow(app, number),
        "name": app.config.name,
    }
    return subject.format(**values), text.format(**values)
