"""What the server finds in a text by itself: links, addresses, tags, commands, numbers.

Patterns start only at a word's edge and have bounded repetitions, so that the work is linear in the
length of the text, whatever is in it.
"""

from __future__ import annotations

import re

from petitbleu.domain.messaging.messages.entity_kinds import (
    BOT_COMMAND,
    CASHTAG,
    EMAIL,
    HASHTAG,
    MENTION,
    PHONE,
    URL,
)
from petitbleu.resources import schema_text

_ENDINGS = frozenset(
    word
    for line in schema_text("link-endings.txt").splitlines()
    if not line.startswith("#")
    for word in line.split()
)
"""Endings of names that people write without a scheme."""

# Without one of these there is nothing to find.
_HINT = re.compile(r"[@#$/+]|[^\s.]\.[^\s.]")

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_TAIL = r"(?:[/?#][^\s<>\"«»“”]{0,2000})?"
_WEB = re.compile(
    rf"(?<![\w@.:/-])(?P<scheme>(?:https?|ftp)://)?(?:[^\s/@?#]{{1,64}}@)?"
    rf"(?P<host>(?:{_LABEL}\.){{1,20}}(?P<end>xn--[a-z0-9-]{{1,59}}|[^\W\d_]{{2,24}})"
    rf"|\d{{1,3}}(?:\.\d{{1,3}}){{3}}|localhost)(?![\w@-])(?::\d{{1,5}})?{_TAIL}",
    re.IGNORECASE,
)
_APP = re.compile(r"(?<![\w.:/-])(?:tg|ton|tonsite)://[a-z0-9][^\s<>\"]{0,2000}", re.IGNORECASE)
_MAIL = re.compile(
    r"(?<![\w.+@/-])[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,63})"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.){1,8}(?P<end>[A-Za-z]{2,24})(?![\w@-])"
)
_MENTION = re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")
_HASHTAG = re.compile(r"(?<![\w\u200c·#&/@])#(?P<tag>[\w\u200c·]{1,256})(?![\w\u200c·]|#)")
_CASHTAG = re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")
_COMMAND = re.compile(
    r"(?<![\w/<>@.:-])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]{2,31})?(?![\w/<>@])"
)
_PHONE = re.compile(r"(?<![\w+./-])\+\d[\d ()-]{5,22}\d(?!\w)")

MAX_FOUND = 100
"""Most things found in one text."""

Found = tuple[int, int, int]
"""(kind, start, end) in code points"""


def find(text: str) -> list[Found]:
    """Everything found in ``text``, in order, none overlapping another."""
    if _HINT.search(text) is None:
        return []
    entities: list[Found] = []
    if "." in text or "://" in text:
        _add(entities, _links(text))
        if "@" in text:
            _add(entities, _addresses(text))
    if "@" in text:
        _add(entities, [(MENTION, *m.span()) for m in _MENTION.finditer(text)])
    if "#" in text:
        _add(
            entities,
            [
                (HASHTAG, *m.span())
                for m in _HASHTAG.finditer(text)
                if any(point.isalpha() for point in m["tag"])
            ],
        )
    if "$" in text:
        _add(entities, [(CASHTAG, *m.span()) for m in _CASHTAG.finditer(text)])
    if "/" in text:
        _add(entities, [(BOT_COMMAND, *m.span()) for m in _COMMAND.finditer(text)])
    if "+" in text:
        _add(
            entities,
            [
                (PHONE, *m.span())
                for m in _PHONE.finditer(text)
                if 7 <= sum(point.isdigit() for point in m[0]) <= 15
            ],
        )
    entities.sort(key=lambda one: one[1])
    return entities


def commanded(text: str) -> list[str]:
    """For each command in ``text`` the bot it is for, in lower case; "" where any bot may take
    it.
    """
    return [m[0].partition("@")[2].lower() for m in _COMMAND.finditer(text)]


def _add(found: list[Found], more: list[Found]) -> None:
    """Keep of ``more`` what overlaps nothing found before (links weigh most)."""
    before = list(found)
    for kind, start, end in more:
        if len(found) == MAX_FOUND:
            return
        if not any(start < other[2] and other[1] < end for other in before):
            found.append((kind, start, end))


def _links(text: str) -> list[Found]:
    links = [(URL, m.start(), _end(text, *m.span())) for m in _APP.finditer(text)]
    for match in _WEB.finditer(text):
        ending = match["end"]
        if match["scheme"] is None:
            if ending is None or "@" in match[0].partition("/")[0]:
                continue
            lower = ending.lower()
            known = lower in _ENDINGS or lower.startswith("xn--") or not lower.isascii()
            if not known:
                continue
        links.append((URL, match.start(), _end(text, *match.span())))
    return links


def _end(text: str, start: int, end: int) -> int:
    """Where a link ends: punctuation that belongs to the sentence is not part of it."""
    while end > start:
        last = text[end - 1]
        if last in ".,:;!?'…*_~|":
            end -= 1
        elif last in ")]}":
            opening = "([{"[")]}".index(last)]
            inside = text[start:end]
            if inside.count(opening) >= inside.count(last):
                break
            end -= 1
        else:
            break
    return end


def _addresses(text: str) -> list[Found]:
    return [(EMAIL, *m.span()) for m in _MAIL.finditer(text) if m["end"].lower() in _ENDINGS]
