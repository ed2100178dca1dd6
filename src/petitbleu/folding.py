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


_LOOK_ALIKE = str.maketrans(
    "авекмнорстухіїјѕԁԛԝһӏғьѵɡɩıαβεηικνορτυχωϲϳոսօհքɑʀɴʟʙ0134578@$!|€",
    "abekmhopctyxiijsdqwhifbvgiiabenikvoptuxwcjnuohparnlboieastbasiie",
)
"""Letters that pass for Latin ones (Unicode TR 39), and figures and signs that do."""


def skeleton(text: str) -> str:
    """What a name looks like: two names that readers take for one another are the same. Without
    spaces and signs; empty where there is no letter."""
    shown = fold("".join(char for char in text if unicodedata.category(char) != "Cf"))
    shown = fold(unicodedata.normalize("NFKC", shown)).translate(_LOOK_ALIKE)
    letters = "".join(char for char in shown if char.isalnum())
    return letters.replace("rn", "m").replace("vv", "w").replace("i", "l")


def url64(data: bytes) -> str:
    """Base64 for links, without padding (RFC 4648 §5)."""
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")
