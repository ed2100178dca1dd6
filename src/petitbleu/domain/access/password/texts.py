"""Mails and service messages about the two-step password."""

from __future__ import annotations

from datetime import datetime

from petitbleu.catalogues import Catalogue
from petitbleu.typography import moment

_TEXTS = Catalogue("members", "password")


def text(key: str, *wishes: str, **values: str | datetime) -> str:
    """A text in the first of ``wishes`` ("fr", "en-GB", ...) there is, else in English. Times are
    written as the language does.
    """
    lang = _TEXTS.language(*wishes)
    said = {
        name: moment(lang, value) if isinstance(value, datetime) else value
        for name, value in values.items()
    }
    return _TEXTS[lang][key].format(**said)
