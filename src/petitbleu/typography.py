"""Setting texts for people as their language does. A leaf."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CLOSE = re.compile(r" ([?!;])")
_FAR = re.compile(r" ([:»])")


def spaced(lang: str, text: str) -> str:
    """``text`` with the spaces of French signs: no line begins with ``?`` or ``:``."""
    if lang != "fr":
        return text
    text = _CLOSE.sub("\u202f\\1", text)
    return _FAR.sub("\u00a0\\1", text).replace("« ", "«\u00a0")


def table(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """language -> key -> text, each :func:`spaced`."""
    return {
        lang: {key: spaced(lang, text) for key, text in of.items()} for lang, of in texts.items()
    }
