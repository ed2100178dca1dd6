"""Colours of a newspaper: which can be read on which (WCAG 2.2, 1.4.3 and 1.4.11).

Two colours are chosen, the others follow from them. The choice is made for light screens; on dark
ones the usual dark paper stands, and the accent is made as much lighter as reading asks.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LEAST = 4.5
"""Contrast that text needs."""
PAPER, ACCENT = "#fdfdfb", "#1d5fa8"
"""Those of every page where nothing was chosen."""
_EDGE = 3.0
_INK, _PALE, _DARK_PAPER = "#16202c", "#e7ebf0", "#12171d"
_COLOUR = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_STEPS = 20


class Palette(NamedTuple):
    """The colours of a page, each ``#rrggbb``."""

    ink: str
    paper: str
    quiet: str
    line: str
    edge: str
    accent: str
    on_accent: str
    mark: str

    @property
    def css(self) -> str:
        """Them as custom properties, as page.css calls them."""
        names = (name.replace("_", "-") for name in self._fields)
        said = [f"--{name}:{value}" for name, value in zip(names, self, strict=True)]
        return ";".join([*said, f"--focus:{self.ink}"])


def read(text: str) -> str | None:
    """A colour as somebody typed it, as ``#rrggbb``; None: it is none."""
    match = _COLOUR.fullmatch(text.strip())
    if match is None:
        return None
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def written(value: float) -> str:
    """A contrast in figures, never better than it is."""
    return f"{int(value * 100) / 100:.2f}"


def of_text(paper: str) -> float:
    """The contrast of text on a background, on the parts that are marked by a tint too."""
    ink = _ink(paper)
    return min(ratio(ink, paper), ratio(ink, _mark(paper)))


def of_accent(accent: str, paper: str) -> float:
    """The contrast of links on a background, and on its tint."""
    return min(ratio(accent, paper), ratio(accent, _mark(paper)))


def palette(accent: str, paper: str) -> Palette:
    """The colours of a light screen, or of any where the paper is dark."""
    ink, mark = _ink(paper), _mark(paper)
    return Palette(
        ink,
        paper,
        _legible(_mixed(ink, paper, 0.3), mark, ink, LEAST),
        _mixed(paper, ink, 0.18),
        _legible(_mixed(paper, ink, 0.4), paper, ink, _EDGE),
        accent,
        max("#ffffff", "#000000", key=lambda colour: ratio(colour, accent)),
        mark,
    )


def dark(accent: str) -> Palette:
    """The colours of a dark screen for a newspaper whose paper is light."""
    lighter = _legible(accent, _mark(_DARK_PAPER), "#ffffff", LEAST)
    return palette(lighter, _DARK_PAPER)


def is_dark(paper: str) -> bool:
    """Whether text on it is light."""
    return _ink(paper) == _PALE


def _ink(paper: str) -> str:
    return max(_INK, _PALE, key=lambda colour: ratio(colour, paper))


def _mark(paper: str) -> str:
    return _mixed(paper, _ink(paper), 0.06)


def _legible(colour: str, paper: str, towards: str, least: float) -> str:
    """A colour, as much nearer to ``towards`` as it needs to be seen."""
    for step in range(_STEPS + 1):
        mixed = _mixed(colour, towards, step / _STEPS)
        if ratio(mixed, paper) >= least:
            return mixed
    return towards


def _mixed(one: str, other: str, share: float) -> str:
    """One colour with a ``share`` of the other."""
    both = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in both)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
