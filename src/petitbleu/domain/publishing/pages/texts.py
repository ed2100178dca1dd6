"""What owners of channels are told about their page."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

TEXTS = Catalogue("members", "pages")

IDENTITY = Catalogue("members", "page_identity")
"""What is said of the name, the looks and the domain of a page."""

VALUES = Catalogue("members", "page_switches")
"""What each switch can be."""
_WORDS = Catalogue("members", "page_values")
_YES_NO = {"on": "on", "off": "off"}
_RULES = {word: word for word in ("usual", "open", "closed", "members", "held", "direct")}
_VALUES = {
    "ai": _YES_NO,
    "frames": {"any": "any", "none": "none"},
    "share": {"all": "all", "none": "none"},
    "comments": _RULES,
    "charter": {"off": "no_charter"},
    "pictures": _YES_NO,
    "members": _YES_NO,
    "press": _YES_NO,
    "newsletter": _YES_NO,
    "history": _YES_NO,
    "language": {"auto": "auto"},
    "post": _RULES,
}
"""Setting -> the values that are words -> their keys. ``post``: the comments of one post."""


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", ...) these texts are written in, else English."""
    return TEXTS.language(*wishes)


def say(lang: str, key: str) -> str:
    """One of the texts, with places to be filled."""
    return TEXTS[lang][key]


def of_identity(lang: str, key: str) -> str:
    """One of the texts about how a page shows itself, with places to be filled."""
    return IDENTITY[lang][key]


def state(lang: str, shown: int) -> str:
    """How a page stands, in a word or a few."""
    return TEXTS[lang][f"state.{shown}"]


def value(lang: str, setting: str, stored: str) -> str:
    """A value of a setting in the words of a language, where it is a word."""
    key = _VALUES.get(setting, {}).get(stored)
    return _WORDS[lang][key] if key is not None else stored


def read_value(lang: str, setting: str, typed: str) -> str | None:
    """The value that somebody typed in the words of their language; None: none of them."""
    low, words = typed.casefold(), _WORDS[lang]
    known = _VALUES.get(setting, {})
    return next((stored for stored, key in known.items() if words[key].casefold() == low), None)
