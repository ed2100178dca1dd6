"""A text as paragraphs, lists and quotes, each marked with its language where that is another.

What an entity marks as a quote or code is one; else an empty line ends a paragraph, lines that
begin with the same kind of sign are a list, and lines that begin with ``>`` a quote. Every
character goes through :mod:`richtext`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from petitbleu.domain.messaging.messages import entity_kinds as kinds
from petitbleu.domain.publishing.pages.views import Rich
from petitbleu.domain.safety.antispam import language
from petitbleu.web.public import richtext
from petitbleu.web.public.richtext import Scene, Span

_RIGHT_TO_LEFT = ("ar", "he", "fa", "ur")
_BULLET = re.compile(r"[ \t]*(?:[-–•*·▪◦‣●]|✓|✔|➡️?|▶️?|👉)[ \t\u00a0]+(?=\S)")
_NUMBER = re.compile(r"[ \t]*(\d{1,3})[.)][ \t\u00a0]+(?=\S)")
_QUOTE = re.compile(r"[ \t]*>[ \t]?(?=\S)")
_LINES_OF_LIST = 2


class _Line(NamedTuple):
    start: int
    end: int


def language_of(text: str, otherwise: str) -> str:
    """The language a text seems to be in; ``otherwise`` where that cannot be told."""
    found = language.guess_language(text)
    return otherwise if found == language.UNKNOWN else found


def direction(text: str) -> str:
    """``dir`` of a text: what its language is written in, ``auto`` where that cannot be told."""
    found = language.guess_language(text)
    if found == language.UNKNOWN:
        return "auto"
    return "rtl" if found in _RIGHT_TO_LEFT else "ltr"


def html(rich: Rich, scene: Scene, lang: str) -> str:
    """The text as blocks, for the inside of an element in the language ``lang``."""
    if not rich.text.strip():
        return ""
    text, spans = richtext.points(rich)
    return _Writer(text, spans, scene, lang).blocks(0, len(text), (kinds.BLOCKQUOTE, kinds.PRE))


class _Writer:
    """Writes one text."""

    __slots__ = ("_inline", "_lang", "_scene", "_spans", "_text")

    def __init__(self, text: str, spans: Sequence[Span], scene: Scene, lang: str) -> None:
        self._text = text
        self._spans = spans
        self._scene = scene
        self._lang = lang
        self._inline = [span for span in spans if span[0].kind not in (kinds.BLOCKQUOTE, kinds.PRE)]

    def blocks(self, start: int, end: int, wanted: tuple[int, ...]) -> str:
        """What stands between two places; ``wanted``: entities that make blocks there."""
        parts = []
        at = start
        for kind, first, last in self._marked(start, end, wanted):
            parts.append(self._flow(at, first))
            if kind == kinds.PRE:
                parts.append(self._code(first, last))
            else:
                inner = self.blocks(first, last, (kinds.PRE,))
                parts.append(f"<blockquote{self._tongue(first, last)}>{inner}</blockquote>")
            at = last
        parts.append(self._flow(at, end))
        return "".join(parts)

    def _marked(
        self, start: int, end: int, wanted: tuple[int, ...]
    ) -> Iterator[tuple[int, int, int]]:
        """(kind, start, end) of the blocks that entities mark, none within another."""
        at = start
        spans = [span for span in self._spans if span[0].kind in wanted]
        for entity, first, last in sorted(spans, key=lambda span: (span[1], -span[2])):
            first, last = max(first, at), min(last, end)
            if first < last and self._text[first:last].strip():
                yield entity.kind, first, last
                at = last

    def _flow(self, start: int, end: int) -> str:
        """Paragraphs, lists and quotes of what no entity marks as a block."""
        parts: list[str] = []
        held: list[_Line] = []
        lines = self._lines(start, end)
        at = 0
        while at < len(lines):
            run, written = self._run(lines[at:])
            if run:
                parts += [self._paragraph(held), written]
                held = []
                at += run
                continue
            if self._text[lines[at].start : lines[at].end].strip():
                held.append(lines[at])
            else:
                parts.append(self._paragraph(held))
                held = []
            at += 1
        return "".join([*parts, self._paragraph(held)])

    def _lines(self, start: int, end: int) -> list[_Line]:
        lines, at = [], start
        for piece in self._text[start:end].split("\n"):
            lines.append(_Line(at, at + len(piece)))
            at += len(piece) + 1
        return lines

    def _run(self, lines: Sequence[_Line]) -> tuple[int, str]:
        """How many of these lines make a list or a quote, and that; 0: the first makes neither."""
        for sign, least in ((_BULLET, _LINES_OF_LIST), (_NUMBER, _LINES_OF_LIST), (_QUOTE, 1)):
            found: list[re.Match[str]] = []
            for line in lines:
                match = sign.match(self._text, line.start, line.end)
                if match is None or (sign is _NUMBER and found and _is_other(found[-1], match)):
                    break
                found.append(match)
            if len(found) < least:
                continue
            inner = [_Line(m.end(), line.end) for m, line in zip(found, lines, strict=False)]
            return len(found), self._listed(sign, found[0], inner)
        return 0, ""

    def _listed(self, sign: re.Pattern[str], first: re.Match[str], lines: list[_Line]) -> str:
        tongue = self._tongue(lines[0].start, lines[-1].end)
        if sign is _QUOTE:
            return f"<blockquote{tongue}>{self._paragraph(lines)}</blockquote>"
        items = "".join(f"<li>{self._written(*line)}</li>" for line in lines)
        if sign is _BULLET:
            return f"<ul{tongue}>{items}</ul>"
        begins = int(first[1])
        start = f' start="{begins}"' if begins != 1 else ""
        return f"<ol{start}{tongue}>{items}</ol>"

    def _paragraph(self, lines: Sequence[_Line]) -> str:
        if not lines:
            return ""
        inner = "<br>".join(self._written(*line) for line in lines)
        tongue = self._tongue(lines[0].start, lines[-1].end)
        # What opens (<details>) can stand in no paragraph.
        if "<details" in inner:
            return f'<div class="p"{tongue}>{inner}</div>'
        return f"<p{tongue}>{inner}</p>"

    def _code(self, start: int, end: int) -> str:
        """Code, hidden as a whole where any of it is. One that is scrolled must be reachable by
        keyboard."""
        spoilers = [span for span in self._inline if span[0].kind == kinds.SPOILER]
        hidden = self._scene.folds and any(span[1] < end and span[2] > start for span in spoilers)
        spans = [one for one in self._inline if not (hidden and one in spoilers)]
        code = richtext.written(self._text, spans, (start, end), self._scene)
        code = code.replace("<br>", "\n")  # the text is escaped: these are ours
        block = f'<pre tabindex="0"><code>{code}</code></pre>'
        if not hidden:
            return block
        summary = f"<summary>{escape(self._scene.hidden)}</summary>"
        return f'<details class="spoiler block">{summary}{block}</details>'

    def _written(self, start: int, end: int) -> str:
        return richtext.written(self._text, self._inline, (start, end), self._scene)

    def _tongue(self, start: int, end: int) -> str:
        """Attributes of a block in another language than what it stands in."""
        text = self._text[start:end]
        found = language_of(text, self._lang)
        return f' lang="{found}" dir="{direction(text)}"' if found != self._lang else ""


def _is_other(before: re.Match[str], after: re.Match[str]) -> bool:
    return int(after[1]) != int(before[1]) + 1
