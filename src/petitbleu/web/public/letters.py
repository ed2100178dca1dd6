"""Letters of a newsletter: posts as a mail shows them, in HTML and as plain text.

One column, no script, no picture that counts, no link that is counted: addresses are those of the
pages, the same for everybody. What is hidden on a page (spoilers, sensitive posts) is not in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from petitbleu.catalogues import Catalogue
from petitbleu.domain.messaging.messages import entity_kinds as kinds
from petitbleu.domain.publishing.newsletter.service import POST, Letter, Order
from petitbleu.domain.publishing.pages.views import Rich
from petitbleu.web.public import presenter, richtext
from petitbleu.web.public.characters import clean
from petitbleu.web.public.door import PublicPages
from petitbleu.web.public.links import link_of
from petitbleu.web.public.presenter import Look, Part, View
from petitbleu.web.public.texts import Writer

TEXTS = Catalogue("readers", "newsletter_letter")
WIDTH = 600
"""Pixels of the column."""
INSIDE = 536
"""Pixels of a picture in it."""
SHORT = 600
"""Characters of a post in a digest; the page has the rest."""


class Image(NamedTuple):
    """A picture: where it leads, and its sides in the column."""

    src: str
    alt: str
    width: int
    height: int


class Line(NamedTuple):
    """What stands for a part that a mail cannot show."""

    words: str
    url: str


class Piece(NamedTuple):
    """One post of a letter. ``cut``: it goes on at its page; ``covered``: why it is not shown."""

    view: View
    heading: str
    date: str
    body: Any
    text: str
    images: Sequence[Image]
    lines: Sequence[Line]
    cut: bool
    covered: str


class LetterWriter:
    """Writes letters for one instance."""

    __slots__ = ("_door",)

    def __init__(self, door: PublicPages) -> None:
        self._door = door

    async def written(self, order: Order) -> Letter:
        """A letter as ``order`` asks for it."""
        door, page = self._door, order.page
        lang = TEXTS.language(order.language, door.language_of(page))
        t, w = TEXTS[lang], Writer(lang, order.zone)
        look = Look(door, page, w, await presenter.names(door), absolute=True)
        views = await look.views(order.at, order.posts)
        pieces = [self._piece(look, view, w, t, digest=order.kind != POST) for view in views]
        title = clean(page.title)
        withdrawn = [
            Line(t["withdrawn"].format(w.date(at)), door.url(f"/{page.name}/{post}", page))
            for post, at in order.withdrawn
        ]
        subject = t["subject_" + order.kind].format(title, w.date(order.when))
        if order.kind == POST and pieces and pieces[0].heading:
            subject = pieces[0].heading
        shown = {
            "t": t, "lang": lang, "title": title, "subject": subject, "day": w.day(order.when),
            "pieces": pieces, "withdrawn": withdrawn, "digest": order.kind != POST,
            "more": TEXTS.plural(lang, "more", order.more).format(order.more) if order.more else "",
            "home": door.url(page.home, page), "mark": order.mark, "width": WIDTH,
            "why": t["why_" + order.kind].format(title),
            "preview": _preview(pieces, t),
            "dir": "ltr",
        }  # fmt: skip
        return Letter(subject, door.pages.document("letter.html", **shown), _plain(shown), title)

    def _piece(
        self, look: Look, view: View, w: Writer, t: dict[str, str], *, digest: bool
    ) -> Piece:
        url, date = view.url, w.full(view.post.date)
        if view.post.sensitive:
            told = w.t["sensitive"].format(richtext.plain(view.post.sensitive))
            return Piece(view, "", date, "", "", (), (Line(t["on_page"], url),), False, told)
        heading, body = richtext.headline(view.post.body)
        if not heading and digest:
            heading, body = _first_sentence(view.post.body, view.title)
        text = plain_text(body)
        cut = digest and len(text) > SHORT
        if cut:
            text = richtext.cut(text, SHORT)
            html = Markup("<br>").join(text.splitlines())
        else:
            html = Markup(richtext.html(body, look.scene()))  # noqa: S704  escaped there
        heading = heading or ("" if text else view.title)
        images, lines = self._parts(view, w, t)
        if digest and len(images) > 1:
            lines = [Line(t["pictures"].format(w.number(len(images))), url), *lines]
            images = images[:1]
        return Piece(view, heading, date, html, text, images, lines, cut, "")

    def _parts(self, view: View, w: Writer, t: dict[str, str]) -> tuple[list[Image], list[Line]]:
        """What a post carries: pictures that are shown, and lines that lead to the rest."""
        images, lines = [], []
        for part in view.parts:
            if part.item.spoiler:
                lines.append(Line(w.t["hidden_picture"], view.url))
            elif part.sort in ("picture", "video") and part.picture is not None:
                images.append(_image(part, w))
                if part.sort == "video":
                    seconds = f" ({w.seconds(part.item.seconds)})" if part.item.seconds else ""
                    lines.append(Line(t["video"] + seconds, view.url))
            else:
                lines.append(_line(part, view, w, t))
        return images, lines


def _image(part: Part, w: Writer) -> Image:
    picture, item = part.picture, part.item
    assert picture is not None
    width = min(INSIDE, picture.width or INSIDE)
    height = round(width * picture.height / picture.width) if picture.width else 0
    if part.sort == "video":
        alt = f"{w.t['video']} {item.name}".strip()
    else:
        alt = w.t["sticker"].format(item.name) if item.sort == "sticker" else item.alt
    return Image(picture.src, clean(alt) or w.t["no_alt"], width, height)


def _line(part: Part, view: View, w: Writer, t: dict[str, str]) -> Line:
    item = part.item
    if part.sort == "preview" and item.preview is not None:
        return Line(item.preview.title or item.preview.url, item.preview.url)
    if item.poll is not None:
        question = richtext.plain(richtext.without_spoilers(item.poll.question))
        return Line(f"{w.t['poll']}{w.t['colon']}{question}", view.url)
    if part.sort == "video":
        return Line(t["video"], view.url)
    if part.file:
        size = f" ({w.size(item.size)})" if item.size else ""
        return Line((item.name or w.t["file"]) + size, part.file)
    words = " ".join(word for word in (item.name, item.detail) if word)
    return Line(words or t["on_page"], view.url)


def _first_sentence(rich: Rich, title: str) -> tuple[str, Rich]:
    """A title that a text begins with, and what follows it; empty, and all, where it does not."""
    text = rich.text
    if not title or not text.startswith(title):
        return "", rich
    rest = text[len(title) :].lstrip(".!?…").lstrip()
    cut = _units(text[: len(text) - len(rest)])
    kept = []
    for entity in rich.entities:
        first, last = max(0, entity.offset - cut), entity.offset + entity.length - cut
        if last > first:
            kept.append(entity._replace(offset=first, length=last - first))
    return title, Rich(rest, kept)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain_text(rich: Rich) -> str:
    """A text with the addresses of its links behind their words; what is hidden is covered."""
    text = richtext.without_spoilers(rich)
    if not any(entity.kind == kinds.TEXT_URL for entity in rich.entities):
        return clean(text).strip()
    data, at, parts = text.encode("utf-16-le", "surrogatepass"), 0, []
    linked = [entity for entity in rich.entities if entity.kind == kinds.TEXT_URL]
    for entity in sorted(linked, key=lambda one: one.offset + one.length):
        end = 2 * (entity.offset + entity.length)
        address = link_of(str(entity.arg))
        if end < at or address is None:
            continue
        parts.append(data[at:end].decode("utf-16-le", "replace") + f" <{address}>")
        at = end
    parts.append(data[at:].decode("utf-16-le", "replace"))
    return clean("".join(parts)).strip()


def _preview(pieces: Sequence[Piece], t: dict[str, str]) -> str:
    """What lists of mails show behind the subject."""
    if not pieces:
        return ""
    if len(pieces) == 1:
        return richtext.cut(richtext.plain(pieces[0].text), 140)
    return richtext.cut(" · ".join(piece.heading for piece in pieces if piece.heading), 140)


def _plain(shown: dict[str, Any]) -> str:
    """The same letter without HTML (RFC 2046 §5.1.4: the plainest form comes first)."""
    t, rule = shown["t"], "-" * 40
    blocks = [f"{shown['title']}\n{shown['day']}", rule]
    for piece in shown["pieces"]:
        if piece.heading:
            blocks.append(piece.heading)
        blocks.append(f"{piece.date}")
        if piece.covered:
            blocks.append(piece.covered)
        if piece.text:
            blocks.append(piece.text)
        blocks += [f"[{image.alt}]" for image in piece.images]
        blocks += [
            f"{line.words}\n{line.url}" for line in piece.lines if line.url != piece.view.url
        ]
        words = t["read_on"] if piece.cut else t["on_site"]
        blocks += [f"{words}\n{piece.view.url}", rule]
    if shown["more"]:
        blocks += [f"{shown['more']}\n{shown['home']}", rule]
    for line in shown["withdrawn"]:
        blocks.append(f"{line.words}\n{line.url}")
    if shown["withdrawn"]:
        blocks.append(rule)
    blocks += [shown["why"], f"{t['manage']}\n{shown['mark']}", f"{t['site']}\n{shown['home']}"]
    return "\n\n".join(blocks) + "\n"
