"""What owners of channels are told about their page."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

TEXTS = Catalogue("members", "pages")

VALUES = Catalogue("members", "page_switches")
"""What each switch can be."""


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", ...) these texts are written in, else English."""
    return TEXTS.language(*wishes)


def say(lang: str, key: str) -> str:
    """One of the texts, with places to be filled."""
    return TEXTS[lang][key]


def state(lang: str, shown: int) -> str:
    """How a page stands, in a word or a few."""
    return TEXTS[lang][f"state.{shown}"]
