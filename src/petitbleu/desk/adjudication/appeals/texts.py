"""The receipt of a complaint."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.casework.parties import service as parties
from petitbleu.domain.safety.case_numbers import service as case_numbers

DAYS = 14
"""In which complaints are usually decided (desk.md §2; the law says: timely)."""

_TEXTS = Catalogue("notifiers", "appeals")


def receipt(app: App, language: str, number: int, decision: str) -> tuple[str, str]:
    """(subject, text) in the language, else in English; ``decision`` is its number as people read
    it.
    """
    texts = _TEXTS[_TEXTS.language(language)]
    values = {
        "number": case_numbers.text(number),
        "decision": decision,
        "days": DAYS,
        "follow": parties.follow(app, number),
        "name": app.config.name,
    }
    return texts["receipt.subject"].format(**values), texts["receipt"].format(**values)
