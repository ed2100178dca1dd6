"""Boxes of official forms, read by the letter of their section and their mark: in any language.

The forms of the Union have the same sections in all of its languages, named by letters (of the
alphabet of the language); what a box says is known from where it stands. A mark that cannot be
read, or a section without one, is *unknown*: nothing follows from it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from petitbleu.desk.reference.law import kinds

YES, NO, UNKNOWN = "yes", "no", "unknown"
"""May the person be told, as far as the form says."""
TICKED, EMPTY, UNREADABLE = "ticked", "empty", "unreadable"

_ALPHABETS = (
    ("A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N"),
    ("Α", "Β", "Γ", "Δ", "Ε", "ΣΤ", "Ζ", "Η", "Θ", "Ι", "ΙΑ", "ΙΒ", "ΙΓ", "ΙΔ"),
    ("А", "Б", "В", "Г", "Д", "Е", "Ж", "З", "И", "Й", "К", "Л", "М", "Н"),
)
"""Latin, Greek, Cyrillic; their letters only look the same."""
_PLACE = {letter: at for letters in _ALPHABETS for at, letter in enumerate(letters)}
_LETTER = "|".join(sorted(_PLACE, key=len, reverse=True))
_HEADING = re.compile(
    rf"^[ \t]*(?:(?P<word>[^\W\d_]{{3,20}})[ \t.]+)?(?P<letter>{_LETTER})"
    r"(?P<end>[ \t]*[:.)\-–—]|[ \t]*$)",
    re.M,
)
_FULL = (
    "\u2611\u2612\u2713\u2714\u2717\u2718\u25a0\u25fc\u2b1b\u2bbd"
    "\U0001f5f8\U0001f5f9\U0001f5f5\U0001f5f7\uf0fe\uf0fd\uf078\uf0fc"
)
_EMPTY = "\u2610\u25a1\u25fb\u2b1c\u274f\u2751\u2750\uf0a8\uf06f\uf071\uf072"
_MARK = re.compile(
    rf"(?P<full>[{_FULL}]|[\[(][ \t]?[xX\u00d7\u2713\u2714\u2717\u2718*][ \t]?[\])]"
    r"|(?<![^\s:])[xX\u00d7](?=[ \t]{1,4}[^\W\d_])|(?<=[\w.)])[ \t]{2,}[xX\u00d7][ \t]*$)"
    rf"|(?P<empty>[{_EMPTY}]|\[[ \t_.]{{0,4}}\]|\([ \t_]{{1,4}}\))"
    r"|(?P<lost>\[\?\]|\ufffd|[\ue000-\uf8ff])",
    re.M,
)
_WORDS_MAX = 400
_SECTIONS_MAX = 60
_ENOUGH = 3
"""Sections a text has to have before it is taken for such a form."""


class Box(NamedTuple):
    """One box: the place of its section (0: A), its mark, and the words beside it."""

    section: int
    state: str
    words: str


class FormAnswer(NamedTuple):
    """What a form says about telling the person: the letter of the section, the answer (YES, NO,
    UNKNOWN), and the words beside the box.
    """

    mark: str
    answer: str
    words: str


PLACES = {
    name: ord(kind.form_section) - ord("A")
    for name, kind in kinds.TABLE.items()
    if kind.form_section
}
"""Kind -> the section about information of the person: C of 2021/784 Annex I, H of 2023/1543 Annex
I. Its first box, ticked, forbids or delays it.
"""


def sections(text: str) -> list[tuple[int, int, int]]:
    """(place, begin, end) of each lettered section, in the order of the text."""
    boundaries = []
    for match in list(_HEADING.finditer(text))[: _SECTIONS_MAX * 4]:
        named = match["word"] is not None
        if not named and match["end"].strip() in ("", "-"):
            continue  # a letter alone on its line, or a list
        boundaries.append((_PLACE[match["letter"]], match.start(), match.end(), named))
    # Headings have one form throughout: “SECTION A”, or “A.”.
    if sum(one[3] for one in boundaries) >= _ENOUGH:
        boundaries = [one for one in boundaries if one[3]]
    if len({one[0] for one in boundaries}) < _ENOUGH:
        return []
    ends = [one[1] for one in boundaries[1:]] + [len(text)]
    return [(one[0], one[2], end) for one, end in zip(boundaries, ends, strict=True)][
        :_SECTIONS_MAX
    ]


def boxes(text: str) -> list[Box]:
    """The boxes of a form."""
    parsed = []
    for place, begin, end in sections(text):
        part = text[begin:end]
        marks = list(_MARK.finditer(part))
        for at, mark in enumerate(marks):
            stop = marks[at + 1].start() if at + 1 < len(marks) else len(part)
            after = part[mark.end() : stop].strip()
            line = part.rfind("\n", 0, mark.start()) + 1
            words = after or part[line : mark.start()].strip()
            state = TICKED if mark["full"] else EMPTY if mark["empty"] else UNREADABLE
            parsed.append(Box(place, state, " ".join(words.split())[:_WORDS_MAX]))
    return parsed


def read_answer(kind: str, text: str) -> FormAnswer | None:
    """What the form of an order of ``kind`` says; None where it is none with such a box."""
    place = PLACES.get(kind)
    if place is None:
        return None
    letter = _ALPHABETS[0][place]
    known = sections(text)
    if not known:
        return None
    mine = [box for box in boxes(text) if box.section == place]
    if not mine:
        return FormAnswer(letter, UNKNOWN, "")
    states = {box.state for box in mine}
    first = mine[0]
    if first.state == TICKED:
        return FormAnswer(letter, NO, first.words)
    if UNREADABLE in states or (first.state == EMPTY and TICKED in states):
        return FormAnswer(letter, UNKNOWN, first.words)  # which of them was meant is not sure
    # Under 2023/1543 the addressee does not tell whatever is ticked.
    return FormAnswer(letter, YES if kind == "tco_removal_order" else UNKNOWN, first.words)
