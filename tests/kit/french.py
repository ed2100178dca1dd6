"""What is wrong with the signs of a French text, as people read it.

``python -m tests.kit.french FILE.md ...`` sets pages of the manual, which nothing else sets.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from petitbleu.typography import NARROW, WIDE, spaced

_FAULTS = re.compile(
    r" (?=[;?!»](?!\w))|« | (?=:(?![\w:/]))"  # a sign that may stand at the edge of a line
    r"|\b[nN]° (?=\d)|(?<=\d) (?=\d{3}(?!\d)|[%€]|[KMG]i?o\b)"
    r"|(?<=[^\W\d_])[?!»](?=\s|$)|«(?=\w)"  # no space at all
    r"|(?<=[^\W\d_])'(?=[^\W\d_])"
    r"|\b(?:[01]?\d|2[0-3]):[0-5]\d\b"  # 21:50
)
CODE = re.compile(r"(```.*?```|`[^`]*`|\]\([^)]*\))", re.DOTALL)
"""What is no prose in Markdown."""


def faults(text: str) -> list[str]:
    """Each fault with what stands around it."""
    return [text[max(one.start() - 30, 0) : one.end() + 20] for one in _FAULTS.finditer(text)]


def markdown(text: str) -> str:
    """A page of the manual with the spaces of French."""
    parts = CODE.split(text)
    text = "".join(part if at % 2 else spaced("fr", part) for at, part in enumerate(parts))
    text = re.sub(r"(?<=[`)]) (?=[?!;»](?!\w))", NARROW, text)
    return re.sub(r"(?<=[`)]) (?=:(?![\w:]))", WIDE, text)


if __name__ == "__main__":
    for page in map(Path, sys.argv[1:]):
        page.write_text(markdown(page.read_text("utf-8")), "utf-8")
