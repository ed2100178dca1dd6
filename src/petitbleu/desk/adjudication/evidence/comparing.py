"""What became of something since its copy was sealed: the words that came and went.

Pure. The differences are pieces of text, never markup: pages put the marks around them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

SAME, EDITED, DELETED, HIDDEN = "same", "edited", "deleted", "hidden"
_WORD = re.compile(r"\s*\S+|\s+")
"""A word with the space before it."""
_PAIRS = 100_000
"""Pairs of equal words beyond which texts are not compared word by word: the work grows with them,
and whoever writes a text chooses them.
"""


class Piece(NamedTuple):
    """A part of two texts: in both, or in one of them only."""

    sort: Literal["both", "gone", "new"]
    text: str


class Since(NamedTuple):
    """What became of one message or field: SAME, EDITED, DELETED, or HIDDEN (it is not public)."""

    state: str
    at: int = 0
    """When it was edited (Unix seconds); 0: not known."""
    pieces: Sequence[Piece] = ()
    media: bool = False
    """What it carries is another."""
    links: bool = False
    """Its links or its formatting are others."""


class Field(NamedTuple):
    """One of the particulars of a chat or person: ``name``, ``about`` or ``username``."""

    name: str
    text: str
    since: Since


def words(before: str, after: str) -> list[Piece]:
    """The pieces of two texts, in order: those that are gone before those that are new."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    pieces = [Piece("both", "".join(old[:start]))]
    pieces += _middle(old[start : len(old) - end], new[start : len(new) - end])
    pieces.append(Piece("both", "".join(old[len(old) - end :])))
    return [piece for piece in pieces if piece.text]


def _common(one: list[str], other: list[str]) -> int:
    """How many words two lists begin with alike."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _middle(old: list[str], new: list[str]) -> list[Piece]:
    there = Counter(new)
    if sum(there[word] for word in old) > _PAIRS:
        return [Piece("gone", "".join(old)), Piece("new", "".join(new))]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("both", "".join(old[a:b])))
        else:
            pieces += [Piece("gone", "".join(old[a:b])), Piece("new", "".join(new[c:d]))]
    return pieces


def message(copy: dict[str, Any], now: dict[str, Any] | None, hidden: bool) -> Since:
    """What became of a message of a copy; ``now``: a copy of what is there now."""
    if hidden:
        return Since(HIDDEN)
    there = [] if now is None else now["messages"]
    one = next((one for one in there if one["id"] == copy["id"] and not one["context"]), None)
    if one is None:
        return Since(DELETED)
    media, links = one["media"] != copy["media"], one["entities"] != copy["entities"]
    if one["text"] == copy["text"] and not media and not links:
        return Since(SAME)
    edited = one["edit_date"] or 0
    return Since(EDITED, edited, words(copy["text"], one["text"]), media, links)


def photo(copy: dict[str, Any], now: dict[str, Any] | None, hidden: bool) -> Since:
    """What became of the picture of a profile or chat."""
    if hidden:
        return Since(HIDDEN)
    if now is None or not now.get("photo"):
        return Since(DELETED)
    return Since(SAME) if now["photo"] == copy["photo"] else Since(EDITED, media=True)


def particulars(
    copy: dict[str, Any], subject: int, now: dict[str, Any] | None, hidden: bool
) -> list[Field]:
    """The particulars of the chat or person ``subject`` that was copied as a whole, with what
    became of each.
    """
    then = _particulars(copy, subject)
    later = _particulars(now, subject) if now is not None else {}
    fields = []
    for name, text in then.items():
        if hidden:
            since = Since(HIDDEN)
        elif now is None:
            since = Since(DELETED)
        elif later.get(name, "") == text:
            since = Since(SAME)
        else:
            since = Since(EDITED, 0, words(text, later.get(name, "")))
        if text or since.pieces:
            fields.append(Field(name, text, since))
    return fields


def _particulars(copy: dict[str, Any], subject: int) -> dict[str, str]:
    chat = copy.get("chat")
    person = next((entry for entry in copy["people"] if entry["id"] == subject), None)
    if chat is not None:
        name, about, username = chat["title"], chat["about"], chat["username"]
    elif person is not None:
        name = f"{person['first_name']} {person['last_name']}".strip()
        about, username = person["about"], copy.get("username", "")
    else:
        return {}
    return {"name": name, "about": about or "", "username": f"@{username}" if username else ""}
