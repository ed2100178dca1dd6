"""Which language a short text seems to be in: by its alphabet, and by its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

UNKNOWN = "?"
_ALPHABETS = {
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "THAI": "th",
    "DEVANAGARI": "hi",
}
_WORDS = {
    "fr": "le la les des une est et que qui dans pour pas sur avec vous nous je il ce cette au aux"
    " du mais ou merci bonjour très sont était plus",
    "en": "the and is are was of to in for that this with you we it not have on be your but"
    " what thanks very from they at",
    "de": "der die das und ist nicht ein eine mit für auf ich sie wir von den zu auch aber sehr",
    "es": "el los las una es y que en para no con por se muy pero como más gracias son está",
    "it": "il gli una è che di per non con sono molto ma come più grazie anche questo della",
    "pt": "o os uma é que em para não com por se muito mas como mais obrigado são está do da",
    "pl": "nie się na jest że do jak tak ale już czy po od dla ja co też tylko są dziękuję",
    "nl": "de het een en is van niet voor met op ik wij zijn ook maar heel dat dit",
}
_SETS = {name: frozenset(words.split()) for name, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_PASSING = re.compile(
    "[\u0370-\u052f\u1c80-\u1dbf\u1f00-\u1fff\ua640-\ua69f\uab65\U0001e030-\U0001e08f]"
)
"""Where letters of Cyrillic and Greek stand: in most texts there is none."""


_UNIT = re.compile("[µμ][A-Za-z]{1,3}|[kMGm]?[Ωω\u2126][a-z]?")


@lru_cache(maxsize=1 << 11)
def _alphabet(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


@lru_cache(maxsize=64)
def guess_language(text: str) -> str:
    """A code of two letters, or ``?``. Names and slang mislead it: a hint, never a proof."""
    letters = [char for char in text[:2000] if char.isalpha()]
    if not letters:
        return UNKNOWN
    (alphabet, most), *_ = Counter(map(_alphabet, letters)).most_common(1)
    if alphabet != "LATIN":
        return _ALPHABETS.get(alphabet, UNKNOWN) if most * 2 > len(letters) else UNKNOWN
    words = [word.casefold() for word in _WORD.findall(text[:2000])]
    counts = {name: sum(word in known for word in words) for name, known in _SETS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= 2 and counts[best] * 12 >= len(words) else UNKNOWN


def mixed(text: str) -> bool:
    """Whether a word has letters of two alphabets: Latin with look-alikes. A unit of measure that
    is written with a Greek letter (``µm``, ``kΩ``) has not.
    """
    if _PASSING.search(text) is None:
        return False
    for word in _WORD.findall(text):
        if _UNIT.fullmatch(word):
            continue
        alphabets = {_alphabet(char) for char in word}
        if "LATIN" in alphabets and alphabets & {"CYRILLIC", "GREEK"}:
            return True
    return False
