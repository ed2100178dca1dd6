"""What the people of a channel are told about held comments."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.catalogues import Catalogue
from petitbleu.domain.messaging.messages.service import Entity
from petitbleu.typography import one_line

REASONS = 5
_TEXT_URL, _BLOCKQUOTE = 10, 19
_ROOM = 3500
"""UTF-16 units that all comments of a message may take together (a message has 4096)."""
_ALONE, _LEAST = 1800, 40
"""UTF-16 units of a comment's text that are shown, where it is the only one; and always."""
_LINE = 160

TEXTS = Catalogue("members", "calling")
PICTURES = Catalogue("members", "pictures")
ENDED = {
    ("approved", ""): "published",
    ("published", ""): "published",
    ("refused", ""): "refused",
    ("refused", "spam"): "spam",
    ("refused", "kept"): "spam",
    ("withdrawn", ""): "withdrawn",
}
"""(state, ending) of a comment -> the text that says so."""


class Asked(NamedTuple):
    """A comment as people are asked about it. ``score``: per cent; ``outcome``: empty: it waits."""

    number: int
    name: str
    text: str
    link: str
    score: int
    reasons: Sequence[str]
    outcome: str


def language(*wishes: str) -> str:
    """The first of ``wishes`` ("fr", "en-GB", ...) these texts are written in, else English."""
    return TEXTS.language(*wishes)


def say(lang: str, key: str) -> str:
    """One of the texts, with places to be filled."""
    return TEXTS[lang][key]


def plain(text: str, limit: int = 60) -> str:
    """A stranger's words on one line, with nothing that turns the text around."""
    return _cut(one_line(_visible(text)), limit)


def _visible(text: str) -> str:
    return "".join(
        char
        for char in text
        if char == "\n" or unicodedata.category(char) not in ("Cf", "Cc", "Cs")
    )


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, limit: int) -> str:
    if _units(text) <= limit:
        return text
    return text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"


class _Writing:
    """A text that grows, with its entities (UTF-16 units)."""

    def __init__(self) -> None:
        self.text = ""
        self.marked: list[Entity] = []

    def add(self, text: str, kind: int = 0, arg: str | None = None) -> None:
        if kind:
            self.marked.append(Entity(kind, _units(self.text), _units(text), arg))
        self.text += text


def message(lang: str, title: str, asked: Sequence[Asked]) -> tuple[str, list[Entity]]:
    """The message about these comments: their words stand in quotes, and none of them can be
    pressed.
    """
    t, made = TEXTS[lang], _Writing()
    waiting = [one for one in asked if not one.outcome]
    first = TEXTS.plural(lang, "waiting", len(waiting)) if waiting else t["over"]
    made.add(first.format(title=plain(title), count=len(waiting)) + "\n\n")
    for comment in asked:
        _one(made, t, comment, min(_ROOM // len(asked), _ALONE))
    if waiting:
        how = t["how.one" if len(asked) == 1 else "how.many"]
        made.add(how.format(number=waiting[0].number))
    return made.text.rstrip(), made.marked


def _one(made: _Writing, t: dict[str, str], one: Asked, room: int) -> None:
    last = _last(t, one)
    first = t["from"].format(number=one.number, name=plain(one.name))
    limit = max(_LEAST, room - _units(first + one.link + last) - 4)
    made.add(first)
    made.add(one.link, _TEXT_URL, one.link)
    made.add("\n")
    lines = [line for line in _visible(one.text).split("\n") if line.strip()]
    made.add(_cut("\n".join(lines), limit), _BLOCKQUOTE)
    made.add(f"\n{last}\n\n")


def _last(t: dict[str, str], one: Asked) -> str:
    """What became of a comment, or what the filter found."""
    if one.outcome:
        return f"→ {one.outcome}"
    reasons = plain(" ".join(one.reasons[:REASONS]), _LINE)
    return t["why" if reasons else "clean"].format(score=one.score, reasons=reasons)
