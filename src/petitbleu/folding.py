"""Text as comparisons and searches see it, and bytes as links carry them. A leaf."""

from __future__ import annotations

import base64
import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


def fold(text: str) -> str:
    """Lower case, without accents, ligatures taken apart: "Zoé" is found by "zoe"."""
    if text.isascii():
        return text.lower()
    split = unicodedata.normalize("NFKD", text.casefold().translate(LIGATURES))
    return "".join(char for char in split if not unicodedata.combining(char))


def url64(data: bytes) -> str:
    """Base64 for links, without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
