"""A message's text and entities as HTML, safe by construction.

Every character of the text passes through :func:`html.escape`; tags come from the table below
alone; an address is written into ``href`` only where :mod:`links` made it. Entities may overlap
in any way: the text is cut where one begins or ends, and tags are opened and closed like
brackets, those that enclose most outermost.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from petitbleu.domain.messaging.messages import entity_kinds as kinds
from petitbleu.domain.messaging.messages.service import Entity
from petitbleu.domain.publishing.pages.views import Rich
from petitbleu.web.public.characters import clean
from petitbleu.web.public.links import leads_elsewhere, link_of, target

_RANK = {kinds.BLOCKQUOTE: 0, kinds.PRE: 1, kinds.SPOILER: 2, kinds.TEXT_URL: 4, kinds.URL: 4,
         kinds.EMAIL: 4, kinds.HASHTAG: 4, kinds.MENTION: 4}  # fmt: skip
"""Who encloses whom; others come after links."""
_INLINE = {
    kinds.BOLD: "strong",
    kinds.ITALIC: "em",
    kinds.UNDERLINE: "u",
    kinds.STRIKE: "s",
    kinds.CODE: "code",
    kinds.DIFF_INSERT: "ins",
    kinds.DIFF_DELETE: "del",
    kinds.MENTION_NAME: "strong",
}
_BLOCK_EDGE = re.compile(r"(</blockquote>|</pre>)<br>|<br>(<blockquote>|<pre )")
"""A line ends at a block anyway."""
_NOTHING = ("", "")
HEADLINE = 150
"""Characters of a first line that can stand as a headline."""
ARTICLE = 200
"""Characters below a line that stands alone that make it a headline."""
CLAMPED, CLAMPED_LINES = 900, 20
"""Characters and lines of a text that lists show whole."""
OPENING = 650
"""Characters that they show of a longer one."""
_STANDS = re.compile(r"[^#＃@].*[^\s.,;:…—-]")
_LAST_TAGS = re.compile(r"(?:(?:^|\s+)[#＃][^\s#＃]+)+\s*$")


class Scene(NamedTuple):
    """Where a text is shown."""

    tags: str
    """Address of a hashtag's page without the tag, e.g. ``/s/news/tag/``."""
    names: Collection[str] = ()
    """Public names, lower case, that have a page here."""
    base: str = ""
    """Before addresses of this site: empty on its own pages, the origin in feeds."""
    hidden: str = "…"
    """What stands for a hidden passage until it is opened."""
    rel: str = "noopener"
    folds: bool = True
    """Whether ``<details>`` can be used; where it cannot, hidden passages are covered."""


def html(rich: Rich, scene: Scene) -> str:
    """The text as HTML for the inside of a block element."""
    if not rich.text:
        return ""
    text, spans = points(rich)
    return written(text, spans, (0, len(text)), scene)


def written(text: str, spans: Sequence[Span], stretch: tuple[int, int], scene: Scene) -> str:
    """A stretch of a text (start, end) as :func:`html`, with the ``spans`` in or over it."""
    first, last = stretch
    entities = [
        (entity, max(start, first), min(end, last))
        for entity, start, end in spans
        if start < last and end > first
    ]
    edges = sorted({first, last, *(edge for entity in entities for edge in entity[1:3])})
    parts: list[str] = []
    open_: list[_Open] = []
    for start, end in itertools.pairwise(edges):
        wanted = [entity for entity in entities if entity[1] <= start and end <= entity[2]]
        keep = 0
        while keep < min(len(open_), len(wanted)) and open_[keep].entity == wanted[keep]:
            keep += 1
        while len(open_) > keep:
            parts.append(open_.pop().close)
        for one in wanted[keep:]:
            before, after = _tags(one, text, scene, open_)
            parts.append(before)
            open_.append(_Open(one, after, one[0].kind))
        covered = not scene.folds and any(one[0].kind == kinds.SPOILER for one in wanted)
        piece = "▒" * (end - start) if covered else escape(clean(text[start:end]))
        inside = any(entity.kind == kinds.PRE for entity in open_)
        parts.append(piece if inside else piece.replace("\n", "<br>"))
    while open_:
        parts.append(open_.pop().close)
    # Nothing but our own tags can match here: the text is escaped.
    return _BLOCK_EDGE.sub(r"\1\2", "".join(parts))


Span = tuple[Entity, int, int]
"""An entity with its place in code points."""


class _Open(NamedTuple):
    entity: Span
    close: str
    kind: int


def points(rich: Rich) -> tuple[str, list[Span]]:
    """The text and its entities in code points, those that enclose most first."""
    text = rich.text
    units = _units(text)
    to_point: Callable[[int], int] = lambda unit: unit  # noqa: E731
    if units != len(text):
        at: list[int] = []
        for position, char in enumerate(text):
            at.extend([position] * (2 if ord(char) > 0xFFFF else 1))
        at.append(len(text))
        to_point = at.__getitem__
    spans: list[Span] = []
    for entity in rich.entities:
        first, last = max(0, entity.offset), min(units, entity.offset + entity.length)
        if first < last:
            spans.append((entity, to_point(first), to_point(last)))
    spans.sort(key=lambda span: (_RANK.get(span[0].kind, 5), span[1], -span[2], span[0].kind))
    return text, spans


def _tags(span: Span, text: str, scene: Scene, within: Sequence[_Open]) -> tuple[str, str]:
    entity, start, end = span
    kind = entity.kind
    around = {one.kind for one in within}
    if kind in _INLINE:
        return f"<{_INLINE[kind]}>", f"</{_INLINE[kind]}>"
    if kind == kinds.BLOCKQUOTE:
        return ("<blockquote>", "</blockquote>") if kind not in around else _NOTHING
    if kind == kinds.PRE:
        # One that is scrolled must be reachable by keyboard.
        return ('<pre tabindex="0"><code>', "</code></pre>") if kind not in around else _NOTHING
    if kind == kinds.SPOILER and not around & {kinds.SPOILER, kinds.PRE}:
        if not scene.folds:
            return _NOTHING
        label = escape(scene.hidden)
        return f'<details class="spoiler"><summary>{label}</summary>', "</details>"
    if kind == kinds.FORMATTED_DATE:
        return f'<time datetime="{_date(entity.arg)}">', "</time>"
    if _RANK.get(kind) == 4 and not any(_RANK.get(one) == 4 for one in around):
        address = _address(entity, text[start:end], scene)
        if address is not None:
            rel = f' rel="{scene.rel}"' if not address.startswith("/") else ""
            behind = _host(entity, address, text[start:end])
            return f'<a href="{escape(address)}"{rel}>', f"</a>{behind}"
    return _NOTHING


def _host(entity: Entity, address: str, shown: str) -> str:
    """What stands behind a link whose words name another host than the one it leads to."""
    if entity.kind not in (kinds.TEXT_URL, kinds.URL):
        return ""
    host = leads_elsewhere(address, clean(shown))
    return f' <span class="host">({escape(host)})</span>' if host else ""


def _date(arg: Sequence[int]) -> str:
    try:
        return datetime.fromtimestamp(arg[0], UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        return ""


def _address(entity: Entity, shown: str, scene: Scene) -> str | None:
    shown = clean(shown)
    match entity.kind:
        case kinds.TEXT_URL:
            return link_of(str(entity.arg))
        case kinds.URL:
            return link_of(shown)
        case kinds.EMAIL:
            return target(f"mailto:{shown}") if "@" in shown else None
        case kinds.HASHTAG:
            tag = shown.lstrip("#＃").partition("@")[0]
            return f"{scene.base}{scene.tags}{quote(tag, safe='')}" if tag else None
    name = shown.removeprefix("@").lower()
    return f"{scene.base}/{name}" if name in scene.names else None


# ── short forms ─────────────────────────────────────────────────────────────────────────────────


def plain(text: str) -> str:
    """On one line, without control characters."""
    return " ".join(clean(text).split())


def cut(text: str, most: int) -> str:
    """At most ``most`` characters, cut between words where that loses little."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    space = kept.rfind(" ")
    return (kept[:space] if space > most * 2 // 3 else kept).rstrip(" ,;:.–—-") + "…"


def title(text: str, most: int = 70) -> str:
    """The first sentence or line, for headings and titles."""
    line = next((plain(line) for line in text.splitlines() if plain(line)), "")
    sentence = re.match(r".{15,}?[.!?…](?=\s|$)", line)
    found = sentence[0] if sentence is not None else line
    return cut(found if found.endswith("..") else found.removesuffix("."), most)


def headline(rich: Rich) -> tuple[str, Rich]:
    """A first line that is all bold and has text below it, or that stands alone above an article,
    and that text. Else empty, and all."""
    line, _, rest = rich.text.partition("\n")
    below = rest.lstrip("\n")
    words, size = plain(line), _units(line)
    over = [entity for entity in rich.entities if entity.offset < size]
    bold = any(one.kind == kinds.BOLD and not one.offset and one.length >= size for one in over)
    alone = _STANDS.fullmatch(words) and rest.startswith("\n") and len(below) >= ARTICLE
    if not ((bold or alone) and words and below.strip()) or len(words) > HEADLINE:
        return "", rich
    if any(one.kind != kinds.BOLD for one in over):
        return "", rich
    return words, _behind(rich, _units(rich.text) - _units(below))


def _behind(rich: Rich, units: int) -> Rich:
    """A text without its first ``units``."""
    data = rich.text.encode("utf-16-le", "surrogatepass")[2 * units :]
    kept = []
    for entity in rich.entities:
        first, last = max(0, entity.offset - units), entity.offset + entity.length - units
        if last > first:
            kept.append(entity._replace(offset=first, length=last - first))
    return Rich(data.decode("utf-16-le", "surrogatepass"), kept)


def opening(rich: Rich) -> Rich | None:
    """The beginning of a long text, for lists: cut between paragraphs, sentences or words. None: it
    is short enough."""
    text = rich.text
    lines = text.count("\n")
    if len(text) <= CLAMPED and lines <= CLAMPED_LINES:
        return None
    end = min(len(text), OPENING)
    if lines > CLAMPED_LINES:
        end = min(end, sum(len(one) + 1 for one in text.split("\n")[:CLAMPED_LINES]))
    begun = text[:end]
    breaks = (begun.rfind("\n\n"), begun.rfind("\n"), *(begun.rfind(sign) + 1 for sign in ".!?"))
    cut = next((at for at in breaks if at >= end // 3), begun.rfind(" "))
    begun = begun[: cut if cut >= end // 3 else end].rstrip()
    ended = begun.endswith((".", "!", "?", "…", "»", "”"))
    return Rich(begun if ended else begun + "…", rich.entities)


def split_title(text: str) -> tuple[str, str]:
    """The first sentence or line, uncut, and what follows it."""
    whole = text.lstrip()
    line, _, below = whole.partition("\n")
    sentence = re.match(r".{15,}?[.!?…](?=\s|$)", line)
    if sentence is None:
        return plain(line), below
    return plain(sentence[0]), whole[sentence.end() :]


def without_tags(text: str) -> str:
    """A text without the hashtags with which it ends."""
    return _LAST_TAGS.sub("", text)


def paragraphs(text: str) -> str:
    """Clean lines, with one empty line between paragraphs."""
    lines = [plain(line) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _units(text: str) -> int:
    """Length in UTF-16 units, as entities count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def without_spoilers(rich: Rich) -> str:
    """The text with what is hidden covered, for titles and previews."""
    text, spans = points(rich)
    hidden = [span for span in spans if span[0].kind == kinds.SPOILER]
    if not hidden:
        return text
    shown = list(text)
    for _, start, end in hidden:
        shown[start:end] = "▒" * (end - start)
    return "".join(shown)
