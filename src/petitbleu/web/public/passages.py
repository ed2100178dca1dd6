"""What of a post a search shows: the passages in which its words stand, with the words marked.

Only what the post's page shows openly is looked at: a word that stands in a hidden passage finds
the post, and is not shown. Every character is escaped before a mark is put around it.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from petitbleu.domain.search import service as search
from petitbleu.web.public.characters import clean

WIDTH = 160
"""Characters of a passage, about."""
PASSAGES = 2
_LEAD = 50
"""Characters before the first mark of a passage."""
_GAP = Markup(" … ")

Span = tuple[int, int, int]
"""Start, end, and which word of the question it is."""


def marked(asked: str, text: str) -> Markup:
    """A whole text with the words that were asked for in ``<mark>``."""
    text = clean(text)
    return _written(text, search.spans(search.question(asked), text), 0, len(text))


def passages(asked: str, text: str) -> Markup:
    """The passages of ``text`` (one line) that hold most of the words; its beginning where it holds
    none of them."""
    text = clean(text)
    spans = search.spans(search.question(asked), text)
    windows = _windows(text, spans)
    if not windows:
        return _cut(text, [], 0, min(len(text), 2 * WIDTH))
    return _GAP.join(_cut(text, spans, *window) for window in windows)


def _windows(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """(start, end) of the best passages, in the order of the text."""
    chosen: list[tuple[int, int]] = []
    missing = {which for _, _, which in spans}
    while missing and len(chosen) < PASSAGES:
        best: tuple[int, int, tuple[int, int]] | None = None
        for start, _, _ in spans:
            first = max(0, start - _LEAD)
            last = min(len(text), first + WIDTH)
            if any(first < end and last > begin for begin, end in chosen):
                continue
            inside = [one for one in spans if first <= one[0] and one[1] <= last]
            new = len({which for _, _, which in inside} & missing)
            if new and (best is None or (new, len(inside)) > best[:2]):
                best = (new, len(inside), (first, last))
        if best is None:
            break
        first, last = best[2]
        chosen.append((first, last))
        missing -= {which for start, end, which in spans if first <= start and end <= last}
    return sorted(chosen)


def _cut(text: str, spans: Sequence[Span], first: int, last: int) -> Markup:
    """A stretch of a text, from word to word, with dots where it goes on."""
    if first > 0:
        space = text.find(" ", first, first + _LEAD)
        first = space + 1 if space >= 0 else first
    if last < len(text):
        space = text.rfind(" ", max(first, last - _LEAD), last)
        last = space if space > first else last
    whole = _written(text, spans, first, last)
    before, after = ("… " if first > 0 else ""), (" …" if last < len(text) else "")
    return Markup(before) + whole + Markup(after)  # noqa: S704  dots


def _written(text: str, spans: Sequence[Span], first: int, last: int) -> Markup:
    pieces, at = [], first
    for start, end, _ in spans:
        if start < at or end > last:
            continue
        pieces += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end])]
        pieces.append(Markup("</mark>"))
        at = end
    pieces.append(escape(text[at:last]))
    return Markup("").join(pieces)
