"""What is wrong with a field of the decision form: one sentence each."""

from __future__ import annotations

from typing import Any

from petitbleu.catalogues import SOURCE, Catalogue
from petitbleu.refusals import Refusal

_SAID = Catalogue("desk", "form")
"""Code -> (English, French)."""


def say(code: str, language: str, **values: Any) -> str:
    """The sentence of a code."""
    words = {
        name: value.say(language) if isinstance(value, Refusal) else value
        for name, value in values.items()
    }
    return _SAID.say(language, code, **words)


def codes() -> frozenset[str]:
    """All codes."""
    return frozenset(_SAID[SOURCE])
