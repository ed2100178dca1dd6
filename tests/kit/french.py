"""What is wrong with the signs of a French text, as people read it."""

from __future__ import annotations

import re

_FAULTS = re.compile(
    r" (?=[;?!»](?!\w))|« | (?=:(?![\w:/]))"  # a sign that may stand at the edge of a line
    r"|\b[nN]° (?=\d)|(?<=\d) (?=\d{3}(?!\d))"
    r"|(?<=[^\W\d_])[?!»](?=\s|$)|«(?=\w)"  # no space at all
    r"|(?<=[^\W\d_])'(?=[^\W\d_])"
    r"|\b(?:[01]?\d|2[0-3]):[0-5]\d\b"  # 21:50
)


def faults(text: str) -> list[str]:
    """Each fault with what stands around it."""
    return [text[max(one.start() - 30, 0) : one.end() + 20] for one in _FAULTS.finditer(text)]
