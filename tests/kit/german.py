"""What is wrong with the signs of a German text, as people read it.

``python -m tests.kit.german FILE.md ...`` sets pages of the manual, which nothing else sets.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.kit.french import CODE

WIDE = "\u00a0"
QUOTED = re.compile(r"(?<!\*)\*(?!\s|\*)([^*]+?)\*(?!\*)")
"""What stands on the desk's pages, in italics and in the language of the page."""

_FAULTS = re.compile(
    r"[\"“«»‚‘](?=\w)"  # what opens a quotation elsewhere
    r"|(?<=\w)[\"”«»]"  # what closes one elsewhere
    r"|„[^“]*„|“[^„]*“"  # opened or closed twice
    r"|\b(?:Art|Abs|Buchst|Nr)\.\s?(?<!\u00a0)(?=\w)|\bz\.\s?(?<!\u00a0)B\."
    r"|\s[?!;:](?:\s|$)|[^\S\u00a0][%€](?:\s|$)|\s-\s"
    r"|(?<=[^\W\d_])'(?=[^\W\d_])"
)


def faults(text: str) -> list[str]:
    """Each fault with what stands around it."""
    return [text[max(one.start() - 30, 0) : one.end() + 20] for one in _FAULTS.finditer(text)]


def prose(text: str) -> str:
    """A page of the manual without its code, addresses and quotations of the desk's pages."""
    return QUOTED.sub("x", CODE.sub("x", text))


def markdown(text: str) -> str:
    """A page of the manual with the no-break spaces of German."""
    parts = CODE.split(text)
    return "".join(
        part if at % 2 else re.sub(r"\b(Art\.|Abs\.|Buchst\.|Nr\.|z\.) ?(?=\w)", rf"\1{WIDE}", part)
        for at, part in enumerate(parts)
    )


if __name__ == "__main__":
    for page in map(Path, sys.argv[1:]):
        page.write_text(markdown(page.read_text("utf-8")), "utf-8")
