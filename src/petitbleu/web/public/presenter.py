"""Posts as templates show them: texts made to HTML, pictures with sizes, figures written out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import entity_kinds as kinds
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.publishing.pages import service, views
from petitbleu.domain.publishing.pages.service import Author, Page, Where
from petitbleu.domain.publishing.pages.views import Item, Poll, Post, Rich
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.turns import Slices
from petitbleu.web.public import links, paragraphs, reading, richtext
from petitbleu.web.public.characters import clean
from petitbleu.web.public.door import PublicPages
from petitbleu.web.public.image_variants import AVIF, WEBP
from petitbleu.web.public.richtext import Scene
from petitbleu.web.public.texts import Writer

EAGER = 2
"""Pictures of a page that are loaded at once; the others when they come into sight."""
MAX_HEIGHT = 900
"""Pixels: a taller picture is shown smaller, so that it fits a window."""
MAX_ASPECT_RATIO = 20
"""So many times longer than the other may a side of a video be; what says more is not believed."""
TITLE, DESCRIPTION, STANDFIRST = 70, 160, 300
"""Characters: search engines cut there."""
ARTICLE = 600
"""Characters of a text without a headline that is an article all the same."""
LEDE = 400
"""Characters that the paragraph which leads into an article has at most."""
ALT = 300
"""Characters of a text that can name the picture beside it; a longer one is an article."""
_SHOWN_SIZES = ("m", "x", "y", "w")
_PLAYED = re.compile(r"(video/(mp4|webm|ogg)|audio/(mpeg|mp4|ogg|aac|flac|wav|x-wav|webm))")
_STILL = ("image/webp", "image/png", "image/jpeg", "image/gif")


class Picture(NamedTuple):
    """An ``img``: addresses, and the sides that keep its place."""

    src: str
    srcset: str
    webp: str
    avif: str
    """The same in smaller forms; empty: there are none."""
    width: int
    height: int
    lazy: bool


class Part(NamedTuple):
    """One piece of media of a post."""

    item: Item
    sort: str
    """How it is shown: picture, video, audio, poll, preview, place, contact, dice, file, unknown,
    emoji (a sticker that browsers cannot show)."""
    picture: Picture | None
    file: str
    """Address of the whole; empty: there is none."""
    poll: tuple[Markup, list[tuple[Markup, str, int]]] | None
    """Question, and for each answer its text, figure and share of 100."""
    caption: Markup = Markup()
    """What its own message says, in an album."""

    @property
    def described(self) -> str:
        """What is to be seen in it, in words alone: what was said so, else its caption; may be
        empty."""
        caption = richtext.plain(richtext.without_spoilers(self.item.caption))
        return self.item.alt or richtext.cut(caption, ALT)


class View(NamedTuple):
    """One post, ready for the template."""

    post: Post
    name: str
    path: str
    url: str
    media: str
    """Origin of its pictures and files."""
    lang: str
    """The language its text seems to be in, else that of the channel."""
    dir: str
    headline: str
    """The line with which it begins, where that stands above the others; may be empty."""
    body: Markup
    """The text below the headline."""
    opening: Markup
    """The beginning of a long one, for lists; else empty."""
    quote: Markup
    parts: list[Part]
    shared: bool
    """Whether its page has a share row."""
    withheld: Any
    """The measure for which it is not shown, or None."""
    author: Author | None = None
    """Who is named in its byline; None: its signature is plain text."""

    # What a page of many posts does not show is made only where it is asked for.

    @property
    def title(self) -> str:
        """First sentence, else the question of a poll; empty where there is neither."""
        return richtext.title(self._uncovered, TITLE) or self._question or self._first_caption

    @property
    def description(self) -> str:
        """What the text says below its title, without the hashtags at its end; may be empty."""
        return richtext.cut(richtext.plain(self._below_title) or self.captions, DESCRIPTION)

    @property
    def standfirst(self) -> str:
        """The paragraph below the title, for who has room for all of it; may be empty."""
        lines = (richtext.plain(line) for line in self._below_title.splitlines())
        opening = next((line for line in lines if line), "")
        return richtext.cut(opening, STANDFIRST) or self.description

    @property
    def _below_title(self) -> str:
        text = richtext.without_tags(self._uncovered)
        first, rest = richtext.split_title(text)
        if self.headline:
            return text.partition("\n")[2]
        return rest if len(first.removesuffix(".")) <= TITLE else text

    @property
    def text(self) -> str:
        """All of it on one line, what is hidden covered: for machines."""
        return richtext.plain(self._uncovered)

    @property
    def searched(self) -> str:
        """Where a search looks for its words, on one line: the text below what stands above it,
        captions, what pictures show; what is hidden covered."""
        if self.post.sensitive:
            return ""
        alts = " ".join(item.alt for item in self.post.items if item.alt)
        text = self.article if self.headline else self._uncovered
        if not self.headline and not self.title.endswith("…"):
            text = _below(text, self.title)
        return richtext.plain(f"{text} {self.captions} {alts}")

    @property
    def article(self) -> str:
        """What stands below the headline, in paragraphs, what is hidden covered: for machines."""
        if not self.headline:
            return richtext.paragraphs(self._uncovered)
        return richtext.paragraphs(self._uncovered.partition("\n")[2])

    @property
    def minutes(self) -> int:
        """How long an article takes to read; 0: it is none."""
        if not self.is_article:
            return 0
        return reading.minutes(self.text, self.lang)

    @property
    def is_article(self) -> bool:
        """Whether it has a headline, or is as long as what has one."""
        return self.withheld is None and (bool(self.headline) or len(self.text) >= ARTICLE)

    @property
    def author_path(self) -> str:
        """The page of who is named in its byline; empty: there is none."""
        return f"/s/{self.name}/author/{self.author.slug}" if self.author is not None else ""

    @property
    def label(self) -> str:
        """What tells it from posts of the same minute."""
        return self.headline or self.title or f"№\u00a0{self.post.id}"

    @property
    def is_long(self) -> bool:
        """Whether it is an article of several paragraphs, whose first one leads into it."""
        first, _, rest = self.article.partition("\n\n")
        return 40 <= len(first) <= LEDE and len(rest) >= 2 * LEDE

    @property
    def _uncovered(self) -> str:
        return richtext.without_spoilers(self.post.body) if not self.post.sensitive else ""

    @property
    def captions(self) -> str:
        """Those of all its pictures on one line, what is hidden covered."""
        if self.post.sensitive:
            return ""
        said = (richtext.without_spoilers(item.caption) for item in self.post.items)
        return richtext.plain(" ".join(one for one in said if one))

    @property
    def names_picture(self) -> bool:
        """Whether the text is a caption as the others are, and says what its picture shows."""
        return bool(self.captions) and 0 < len(self.text) <= ALT

    @property
    def said(self) -> str:
        """What the decision says to readers in words of its own; not the standing sentence, which
        names the measure in one language."""
        held = self.withheld
        if held is None or case_numbers.text(held.measure) in held.shown:
            return ""
        return str(held.shown)

    @property
    def _question(self) -> str:
        poll = next((item.poll for item in self.post.items if item.poll is not None), None)
        if poll is None or self.post.sensitive:
            return ""
        return richtext.title(richtext.without_spoilers(poll.question), TITLE)

    @property
    def _first_caption(self) -> str:
        if self.post.sensitive:
            return ""
        captions = (item.caption for item in self.post.items if item.caption.text)
        first = next(captions, Rich(""))
        return richtext.title(richtext.without_spoilers(first), TITLE)

    @property
    def tags(self) -> list[tuple[str, str]]:
        """Hashtags as they are written, and the addresses of their pages."""
        texts = (self.post.body, *(item.caption for item in self.post.items))
        tags: dict[str, tuple[str, str]] = {}
        for shown, path in (tag for text in texts for tag in tags_of(text, self.name)):
            tags.setdefault(shown.casefold(), (shown, path))
        return list(tags.values())

    @property
    def report(self) -> str:
        """Where it is reported."""
        return "/signaler?link=" + quote(self.url, safe="")

    @property
    def pictured(self) -> bool:
        """Whether every part is a picture or video, so that they can stand in a grid."""
        return all(part.sort in ("picture", "video") for part in self.parts)

    @property
    def picture(self) -> Part | None:
        """The first picture of its own that is not hidden."""
        return next(iter(self.pictures), None)

    @property
    def pictures(self) -> list[Part]:
        """All of them."""
        shown = [part for part in self.parts if part.picture and part.sort != "preview"]
        return [one for one in shown if not (one.item.spoiler or self.post.sensitive)]


class Mention(NamedTuple):
    """A post as others lead to it; ``title`` may be empty, ``date`` is Unix seconds."""

    path: str
    title: str
    lang: str
    date: int
    teaser: str = ""
    """What it says below its title; may be empty."""
    id: int = 0


class Look:
    """Makes :class:`View` objects of the posts of one page."""

    __slots__ = ("_door", "_names", "_pictures", "_w", "absolute", "folder", "page")

    def __init__(
        self,
        door: PublicPages,
        page: Page,
        w: Writer,
        names: set[str],
        absolute: bool = False,
        folder: str = "",
    ) -> None:
        self._door = door
        self._w = w
        self._names = names
        self._pictures = 0
        self.page = page
        self.folder = folder or f"/m/{page.name}"
        """Where pictures and files are."""
        self.absolute = absolute
        """Whether addresses carry the origin (feeds)."""

    async def views(self, at: Where, groups: Sequence[Sequence[MessageRow]]) -> list[View]:
        """The posts of these groups of messages."""
        slices = Slices(lambda: self._door.app.store.writing)
        posts = await views.posts(self._door.app, groups)
        await slices.rest()
        results = []
        for post in posts:
            results.append(self.view(post, at))
            await slices.rest()
        return results

    async def mentions(self, at: Where, posts: Sequence[Sequence[MessageRow]]) -> list[Mention]:
        """What leads to these posts. Of one that is withheld from the reader nothing is said."""
        texts = await views.bodies(self._door.app, posts)
        otherwise = self._door.language_of(self.page)
        mentions = []
        for post, rich in zip(posts, texts, strict=True):
            said = richtext.without_spoilers(rich) if at.held(post) is None else ""
            title = richtext.headline(rich)[0] if said else ""
            title = title or richtext.title(said, TITLE)
            lang = paragraphs.language_of(said, otherwise)
            path = f"/{self.page.name}/{post[0].id}"
            teaser = richtext.cut(richtext.plain(_below(said, title)), DESCRIPTION)
            mentions.append(Mention(path, title, lang, post[0].date, teaser, post[0].id))
        return mentions

    def view(self, post: Post, at: Where) -> View:
        """One post. What is withheld from the reader carries nothing of its content."""
        name = self.page.name
        withheld = next((m for n in range(post.id, post.last + 1) if (m := at.withheld(n))), None)
        if withheld is not None:
            post = post._replace(
                body=Rich(""), items=[], quote=Rich(""), reactions=[], author="", signer=0,
                corrections=(),
            )  # fmt: skip
        scene = self.scene()
        path = f"/{name}/{post.id}"
        url = self._door.url(path, self.page)
        headline, body = richtext.headline(post.body) if not post.sensitive else ("", post.body)
        text = post.body.text
        lang = paragraphs.language_of(text, self._door.language_of(self.page))
        if headline and self.page.is_newspaper and not self.absolute:
            body = body._replace(text=richtext.without_tags(body.text))  # its page lists them
        opening = richtext.opening(body)
        return View(
            post,
            name,
            path,
            url,
            self._door.file_url("", self.page),
            lang,
            paragraphs.direction(text),
            headline,
            Markup(paragraphs.html(body, scene, lang)),  # noqa: S704  escaped by richtext
            Markup(paragraphs.html(opening, scene, lang) if opening else ""),  # noqa: S704  there
            Markup(richtext.html(post.quote, scene)),  # noqa: S704  escaped by richtext.html
            [self._part(post, item) for item in post.items],
            bool(self.page.switches.share) and withheld is None,
            withheld,
            next((one for one in at.authors if one.signs(post.signer, post.author)), None),
        )

    def scene(self) -> Scene:
        """Where texts of this page are shown."""
        base = self._door.url("", self.page) if self.absolute else ""
        return Scene(
            f"/s/{self.page.name}/tag/",
            self._names,
            base,
            self._w.t["hidden_text"],
            folds=not self.absolute,
        )

    # ── media ───────────────────────────────────────────────────────────────────────────────────

    def _part(self, post: Post, item: Item) -> Part:
        part = self._shown(post, item)
        if not item.caption.text:
            return part
        caption = Markup(richtext.html(item.caption, self.scene()))  # noqa: S704  escaped there
        return part._replace(caption=caption)

    def _shown(self, post: Post, item: Item) -> Part:
        folder = f"{self._door.media}{self.folder}/{item.message}"
        if self.absolute:
            folder = self._door.file_url(f"{self.folder}/{item.message}", self.page)
        file = f"{folder}/o" if item.media and item.sort != "photo" else ""
        picture = self._picture(folder, item)
        if item.sort == "poll" and item.poll is not None:
            return Part(item, "poll", None, "", self._poll(item.poll))
        if item.preview is not None:
            address = links.target(item.preview.url)
            if address is None:
                return Part(item, "unknown", None, "", None)
            item = item._replace(preview=item.preview._replace(url=address))
        if max(item.width, item.height) > MAX_ASPECT_RATIO * max(1, min(item.width, item.height)):
            item = item._replace(width=0, height=0)
        sort = self._sort(item)
        if sort == "picture" and picture is None:
            sort = "file" if file else "unknown"
        return Part(
            item, sort, picture if sort in ("picture", "video", "preview") else None, file, None
        )

    def _sort(self, item: Item) -> str:
        match item.sort:
            case "photo":
                return "picture"
            case "video" | "gif" | "round":
                return "video" if _PLAYED.fullmatch(item.mime) else "file"
            case "audio" | "voice":
                return "audio" if _PLAYED.fullmatch(item.mime) else "file"
            case "sticker":
                return "picture" if item.mime in _STILL else "emoji"
            case "webpage":
                return "preview"
            case "geo" | "geo_live" | "venue":
                return "place"
            case "file" | "contact" | "dice":
                return item.sort
        return "unknown"

    def _picture(self, folder: str, item: Item) -> Picture | None:
        if item.sort == "sticker" and item.mime in _STILL and item.width:
            side = max(item.width, item.height) / 256
            sides = int(item.width / side), int(item.height / side)
            return self._placed(f"{folder}/o", "", *sides)
        if not item.sizes:
            return None
        shown = [size for size in item.sizes if size[0] in _SHOWN_SIZES] or list(item.sizes)
        widest = shown[-1]
        middle = next((size for size in shown if size[1] >= 640), widest)
        many, webp, avif = (
            ", ".join(f"{folder}/{label}{suffix} {width}w" for label, width, _, _ in shown)
            for suffix in ("", WEBP, AVIF)
        )
        srcset = many if len(shown) > 1 else ""
        sides = widest[1], widest[2]
        return self._placed(f"{folder}/{middle[0]}", srcset, *sides, webp=webp, avif=avif)

    def _placed(
        self, src: str, srcset: str, width: int, height: int, *, webp: str = "", avif: str = ""
    ) -> Picture:
        self._pictures += 1
        if height > MAX_HEIGHT:
            width, height = max(1, width * MAX_HEIGHT // height), MAX_HEIGHT
        return Picture(src, srcset, webp, avif, width, height, self._pictures > EAGER)

    def _poll(self, poll: Poll) -> tuple[Markup, list[tuple[Markup, str, int]]]:
        scene = self.scene()
        lines = []
        for choice in poll.choices:
            share, figure = 0, ""
            if choice.votes is not None:
                share = round(100 * choice.votes / poll.voters) if poll.voters else 0
                votes = self._w.count(choice.votes, "count.vote")
                figure = f"{self._w.percent(share)} · {votes}"
            text = Markup(richtext.html(choice.text, scene))  # noqa: S704  escaped by richtext.html
            lines.append((text, figure, share))
        return Markup(richtext.html(poll.question, scene)), lines  # noqa: S704  escaped there


def _below(said: str, title: str) -> str:
    """What a text says below its title; all of it where that was cut."""
    text = richtext.without_tags(said)
    first, rest = text.partition("\n")[::2]
    line, begins = richtext.plain(first), title.removesuffix("…").rstrip()
    cut = title.endswith("…") and line.startswith(begins) and len(line) <= 2 * TITLE
    if cut or line.rstrip(".") == title.rstrip("."):
        return rest
    first, rest = richtext.split_title(text)
    return rest if richtext.plain(first).rstrip(".") == title.rstrip(".") else text


def picture_label(row: MessageRow) -> str:
    """The size of a message's photo that machines are shown; empty: it has none, or hides it."""
    if row.media is None:
        return ""
    label = media.unpack(row.media)
    if label.kind != "photo" or "spoiler" in label.more or not label.what.sizes:
        return ""
    return str(label.what.sizes[-1][0])


def tags_of(body: Rich, name: str) -> list[tuple[str, str]]:
    """The hashtags of a text, each once, and their pages in the channel."""
    scene = Scene(f"/s/{name}/tag/")
    tags: dict[str, tuple[str, str]] = {}
    data = body.text.encode("utf-16-le", "surrogatepass")
    for entity in body.entities:
        if entity.kind == kinds.HASHTAG:
            piece = data[2 * entity.offset : 2 * (entity.offset + entity.length)]
            shown = clean(piece.decode("utf-16-le", "replace"))
            tag = shown.lstrip("#＃").partition("@")[0]
            if tag:
                address = quote(tag, safe="")
                tags.setdefault(tag.casefold(), (f"#{tag}", scene.tags + address))
    return list(tags.values())


async def names(door: PublicPages) -> set[str]:
    """Public names that have a page here, lower case."""
    return {page.name.lower() for page in await service.listed(door.app)}
