"""Letters that the public pages send: (subject, text)."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.catalogues import Catalogue
from petitbleu.desk.casework.parties import links
from petitbleu.domain.safety.case_numbers import service as case_numbers

Letter = tuple[str, str]

_TEXTS = Catalogue("notifiers", "receipts")


def language(app: App, wanted: str) -> str:
    """``wanted`` where letters are written in it, else the instance's first that is, else
    English.
    """
    return _TEXTS.language(wanted, *app.config.languages)


def notice_receipt(app: App, lang: str, number: int, email: str) -> Letter:
    """A notice was received; the address is to be confirmed."""
    return _fill(
        language(app, lang),
        "notice",
        number=case_numbers.text(number),
        name=app.config.name,
        confirm=links.confirm(app, number, email),
        follow=links.follow(app, number),
    )


def code(app: App, lang: str, digits: str, minutes: int) -> Letter:
    """The code that opens "My cases"."""
    spoken = language(app, lang)
    return _fill(spoken, "code", code=digits, name=app.config.name, minutes=minutes)


def _fill(lang: str, key: str, /, **values: object) -> Letter:
    return _TEXTS.say(lang, f"{key}.subject", **values), _TEXTS.say(lang, key, **values)
