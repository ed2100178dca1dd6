"""What somebody who writes of danger is told, in the languages the reader of danger knows."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

_TEXTS = Catalogue("receipts", "danger")
LANGUAGES = _TEXTS


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", …) in which help is written; else English."""
    return _TEXTS.language(*wishes)


def text(wished: str, key: str, **values: str) -> str:
    """One text in a language; in English where it is written in no such."""
    return _TEXTS.say(language(wished), key, **values)
