"""How old a reader should be for a letter: an estimate to write by, never a bar to pass.

Long words (more than six letters) by sentence: the Rix of J. Anderson, “Lix and Rix: variations on
a little-known readability index”, Journal of Reading 26 (1983). It needs no list of syllables and
was made for several languages; French has somewhat longer words than English.
"""

from __future__ import annotations

import re

_GRADES = (0.2, 0.5, 0.8, 1.3, 1.8, 2.4, 3.0, 3.7, 4.5, 5.3, 6.2, 7.2)
"""Where the next school year begins, from the second to the thirteenth."""
_FIRST_YEAR = 6
"""Age in the first school year."""
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[.!?:]+(?=\s|$)|\n\s*\n")
_LONG = 6


def age(text: str) -> int | None:
    """The age, from 6 to 18; None where there is nothing to read. Addresses do not count."""
    plain = re.sub(r"https?://\S+|\[[^\]]*\]", " ", text)
    sentences = [words for part in _SENTENCE.split(plain) if (words := _WORD.findall(part))]
    if not sentences:
        return None
    long = sum(len(word) > _LONG for words in sentences for word in words)
    rix = long / len(sentences)
    return _FIRST_YEAR + sum(rix >= begin for begin in _GRADES)
