"""What the service chat says when the operator looked at a login code."""

from __future__ import annotations

from petitbleu.catalogues import Catalogue

_TEXTS = Catalogue("members", "auth")


def code_shown(*wishes: str, name: str) -> str:
    """In the first of ``wishes`` ("fr", "en-GB", ...) there is, else in English."""
    return _TEXTS.say(_TEXTS.language(*wishes), "code_shown", name=name)
