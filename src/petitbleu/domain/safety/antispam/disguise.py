"""What a text says under its disguise, and which disguises it wore. Pure.

Look-alike letters (Unicode TR 39, those of Cyrillic and Greek that pass for Latin), invisible
characters inside words, digits and signs for letters, letters apart, base64, text that nobody sees.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from petitbleu.domain.safety.antispam import language

LOOK_ALIKES, INVISIBLE, FIGURES, APART, HIDDEN, ENCODED, SPELLED, NOISE = (
    "look-alikes", "invisible", "figures", "apart", "hidden", "encoded", "spelled", "noise",
)  # fmt: skip
_LATIN = str.maketrans(
    "авекмнорстухіјѕԁԛԝһӏғьѵɡαβεηικνορτυχωϲϳАВЕКМНОРСТУХІЈЅԌΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "abekmhopctyxijsdqwhlfbvgabenikvoptuxwcjABEKMHOPCTYXIJSGABEZHIKMNOPTYX",
)
_WORD = re.compile(r"[^\W\d_]+")
_WIDE = re.compile("[\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]{3}")
"""Letters of a wide or mathematical alphabet that pass for plain ones."""
_INSIDE = re.compile("(?<=[^\\W\\d_])[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]+(?=[^\\W\\d_])")
_FIGURED = re.compile(r"(?<![\w@/.:=?&-])(?=[\w@$!]{0,19}[a-z])[a-z0-9@$!]{3,20}(?![\w@/=-]|\.\w)")
"""No further ahead than it takes: signs in a row would be looked through from each of them."""
_FIGURES = str.maketrans("0134578@$!", "oieastbasi")
_GAPS = re.compile(r"(?<![^\W_])[^\W\d_](?:([.*_\-~·|])[^\W\d_](?![^\W_])){4,}")
_LONE = re.compile(r"(?<!\w)[^\W\d_](?: {1,3}[^\W\d_](?!\w)){4,}")
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|\[size=0\]|opacity\s*:\s*0"
    r"|color\s*:\s*(?:white|#fff)|<!--",
    re.IGNORECASE,
)
_FAR = 7
"""Empty lines in a row behind which something is hidden."""
_BASE64 = re.compile(r"(?<![\w/+])[A-Za-z0-9+/]{20,}={0,2}")
_SPELLED = re.compile(
    r"[(\[{<]\s*(?:at|arobase|arobas|dot|point)\s*[)\]}>]|\bdot com\b|\bpoint (?:com|fr|net)\b"
    r"|\bz[ée]ro (?:six|sept)\b|\w (?:arobase|arobas) \w",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\s{0,3}[(\[{<]\s{0,3}(?:at|arobase|arobas)\s{0,3}[)\]}>]\s{0,3}|\sarobase\s", re.IGNORECASE
)
_DOT = re.compile(
    r"\s{0,3}[(\[{<]\s{0,3}(?:dot|point)\s{0,3}[)\]}>]\s{0,3}"
    r"|\s(?:dot|point) (?=com\b|fr\b|net\b|org\b)",
    re.IGNORECASE,
)
_VOWELS = frozenset("aeiouyàâäéèêëîïôöùûüœæ")


class Bare(NamedTuple):
    """``text`` without disguise (case kept); ``worn``: the disguises, each once, in order."""

    text: str
    worn: tuple[str, ...]


@lru_cache(maxsize=16)
def bare(text: str) -> Bare:
    """Take a text's disguise off. What was base64 is said behind it, in clear."""
    worn = []
    shown = unicodedata.normalize("NFKC", text)
    if _INSIDE.search(shown):
        worn.append(INVISIBLE)
    shown = "".join(char for char in shown if unicodedata.category(char) != "Cf")
    if _WIDE.search(text) or language.mixed(shown):
        worn.append(LOOK_ALIKES)
        shown = shown.translate(_LATIN)
    if _UNSEEN.search(shown) or _below(shown):
        worn.append(HIDDEN)
    if _SPELLED.search(shown):
        worn.append(SPELLED)
        shown = _DOT.sub(".", _AT.sub("@", shown))
    said = [clear for piece in _BASE64.findall(shown) if (clear := _decoded(piece))]
    if said:
        worn.append(ENCODED)
        shown = " ".join([shown, *said])
    joined = _LONE.sub(_together, _GAPS.sub(_together, shown))
    if joined != shown:
        worn.append(APART)
    plain = _FIGURED.sub(_lettered, joined)
    if plain != joined:
        worn.append(FIGURES)
    if _noise(plain):
        worn.append(NOISE)
    return Bare(plain, tuple(worn))


def _below(text: str) -> bool:
    """Whether words stand far below others, where nobody scrolls to."""
    empty = 0
    for line in text.strip().split("\n"):
        empty = 0 if line.strip() else empty + 1
        if empty >= _FAR:
            return True
    return False


def _together(found: re.Match[str]) -> str:
    return "".join(char for char in found[0] if char.isalnum())


def _lettered(found: re.Match[str]) -> str:
    """``c4sin0`` -> ``casino``; words whose figures only count (``2nd``, ``24h``, ``co2``) stay."""
    word = found[0]
    inner = re.search(r"[a-z][0134578@$!]+[a-z]", word)
    wild = sum(char in "0134578@$" for char in word) >= 2 and word[0].isalpha()
    if inner is None and not (wild and word[-1] in "035$@" and not word[-2:].isdigit()):
        return word
    return word.translate(_FIGURES)


def _decoded(found: str) -> str:
    try:
        clear = base64.b64decode(found + "=" * (-len(found) % 4), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    readable = sum(char.isalnum() or char in " .,:/-!?'" for char in clear)
    return clear if readable * 10 > len(clear) * 9 and " " in clear.strip() + " " else ""


def _noise(text: str) -> bool:
    """Whether most longer words are such as nobody can say."""
    words = [word.casefold() for word in _WORD.findall(text[:2000]) if len(word) >= 4]
    words = [word for word in words if word.isascii() and not word.startswith(("http", "www"))]
    if not words:
        return False
    strange = sum(_unsayable(word) for word in words)
    return strange >= 2 and strange * 2 > len(words)


def _unsayable(word: str) -> bool:
    vowels = sum(char in _VOWELS for char in word)
    return not vowels or re.search(r"[bcdfghjklmnpqrstvwxz]{5}", word) is not None
