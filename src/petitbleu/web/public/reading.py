"""How long a text takes to read.

Words a minute are those of adults who read the same short texts, measured in seventeen languages
(Trauzettel-Klosinski and Dietz, IOVS 2012, 53(9)). Chinese and Japanese are counted by characters.
"""

from __future__ import annotations

import re

_WORDS = {
    "ar": 138, "de": 179, "en": 228, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188,
    "nl": 202, "pl": 166, "pt": 181, "ru": 184, "sl": 180, "sv": 199, "tr": 166,
}  # fmt: skip
"""Words a minute."""
_OTHERWISE = 184
"""The mean of all."""
_SIGNS = {"ja": 357}
_SIGNS_OTHERWISE = 255
"""Characters a minute: Chinese, and Han characters in other texts."""
_SIGN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")


def minutes(text: str, lang: str) -> int:
    """Whole minutes, one at least."""
    signs = len(_SIGN.findall(text))
    words = len(_WORD.findall(_SIGN.sub(" ", text) if signs else text))
    took = signs / _SIGNS.get(lang, _SIGNS_OTHERWISE) + words / _WORDS.get(lang, _OTHERWISE)
    return max(1, round(took))


def words(text: str) -> int:
    """Words of a text, each character of Chinese and Japanese for one."""
    signs = len(_SIGN.findall(text))
    return signs + len(_WORD.findall(_SIGN.sub(" ", text)))
