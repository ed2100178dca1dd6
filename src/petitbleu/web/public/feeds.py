"""Feeds of a channel or of one of its hashtags: Atom (the reference), RSS 2.0 and JSON Feed.

All three are written from one list of :class:`Entry`. Documents are built as trees, never as
text, so that nothing in a post can end an element. Sources: RFC 4287, RFC 5005 (paging in §3,
archives in §4), RFC 6721 (deleted entries), the RSS 2.0 specification, jsonfeed.org/version/1.1.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from markupsafe import Markup

from petitbleu.web.public import media_types, richtext
from petitbleu.web.public.characters import clean
from petitbleu.web.public.presenter import Part, View
from petitbleu.web.public.texts import Writer

ATOM, GONE = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"
DC, HISTORY = "http://purl.org/dc/elements/1.1/", "http://purl.org/syndication/history/1.0"
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
for _prefix, _space in (("atom", ATOM), ("at", GONE), ("dc", DC), ("fh", HISTORY)):
    ET.register_namespace(_prefix, _space)
_ARCHIVES = ("current", "prev-archive", "next-archive")


class Enclosure(NamedTuple):
    """A file of a post."""

    url: str
    type: str
    size: int


class Entry(NamedTuple):
    """One post. Times are Unix seconds."""

    id: str
    url: str
    title: str
    html: str
    published: int
    updated: int
    author: str
    tags: list[str]
    files: list[Enclosure]
    author_url: str = ""
    """Of the author's own page; empty: there is none."""


class Gone(NamedTuple):
    """A post that is there no more."""

    id: str
    at: int


class Archives(NamedTuple):
    """Where a document stands among the archives of a feed: addresses without their endings."""

    here: str = ""
    """That of this archive; empty: the document is none."""
    earlier: str = ""
    later: str = ""


class Feed(NamedTuple):
    """A page of posts, newest first, and where others are."""

    id: str
    title: str
    about: str
    logo: str
    """Address of the channel's picture; empty: it has none."""
    home: str
    base: str
    """Address of this feed without its ending."""
    lang: str
    before: int
    older: int
    newer: int | None
    updated: int
    entries: list[Entry]
    gone: list[Gone]
    archives: Archives = Archives()
    hub: str = ""
    """Where programs ask to be sent this feed (WebSub); empty: nowhere."""

    def page(self, form: str, before: int = 0) -> str:
        """Address of a page of it."""
        return f"{self.base}.{form}" + (f"?before={before}" if before else "")


def tag_uri(origin: str, *path: object) -> str:
    """A lasting identifier (RFC 4151): renaming the channel does not change it."""
    host = urlsplit(origin).hostname or "localhost"
    return f"tag:{host},2026:" + "/".join(map(str, path))


def entry(view: View, channel: int, origin: str, w: Writer, place: str) -> Entry:
    """The entry of a post as a :class:`Look` with ``absolute`` made it."""
    post = view.post
    files = [
        Enclosure(file, media_types.served(part.item.mime), part.item.size)
        for part in view.parts
        if (file := _file(part)) and not (part.item.spoiler or post.sensitive)
    ]
    return Entry(
        tag_uri(origin, channel, post.id),
        view.url,
        view.headline or view.title or f"{clean(place)}, {w.full(post.date)}",
        clean(_html(view, w)),
        post.date,
        post.changed,
        clean(view.author.name if view.author is not None else post.author),
        [shown[1:] for shown, _ in view.tags],
        files,
        origin + view.author_path if view.author is not None else "",
    )


def _file(part: Part) -> str:
    if part.file:
        return part.file
    if part.item.sort == "photo" and part.picture is not None:
        return f"{part.picture.src.rpartition('/')[0]}/{part.item.sizes[-1][0]}"
    return ""


def _html(view: View, w: Writer) -> str:
    """What a feed reader shows: the text, then what the post carries."""
    if view.post.sensitive:
        told = w.t["sensitive"].format(richtext.plain(view.post.sensitive))
        return str(Markup('<p><a href="{}">{}</a></p>').format(view.url, told))
    text = Markup('<div lang="{}" dir="{}">{}</div>').format(view.lang, view.dir, view.body)
    parts = [text] if view.body else []
    for part in view.parts:
        item = part.item
        if item.spoiler:
            parts.append(
                Markup('<p><a href="{}">{}</a></p>').format(view.url, w.t["hidden_picture"])
            )
        elif part.sort == "poll" and part.poll is not None:
            lines = Markup("").join(
                Markup("<li>{} {}</li>").format(text, figure) for text, figure, _ in part.poll[1]
            )
            asked = Markup('<p dir="auto">{}</p><ul dir="auto">{}</ul>')
            parts.append(asked.format(part.poll[0], lines))
        elif part.sort == "picture" and part.picture is not None:
            parts.append(_picture(part, view, w))
        elif part.file:
            name = item.name or w.t["file"]
            parts.append(Markup('<p><a href="{}">{}</a></p>').format(part.file, name))
        elif item.preview is not None:
            title = item.preview.title or item.preview.url
            parts.append(Markup('<p><a href="{}">{}</a></p>').format(item.preview.url, title))
        else:
            words = " ".join(text for text in (item.name, item.detail) if text) or w.t["unknown"]
            parts.append(Markup("<p>{}</p>").format(words))
        if part.caption and part.sort != "picture":
            parts.append(Markup('<p dir="auto">{}</p>').format(part.caption))
    for one in view.post.corrections:
        told = w.t["correction_of"].format(w.full(one.at)) + w.t["colon"]
        line = Markup('<p dir="auto"><strong>{}</strong>{}</p>')
        parts.append(line.format(told, richtext.plain(one.note)))
    return str(Markup("").join(parts))


def _picture(part: Part, view: View, w: Writer) -> Markup:
    """A picture with its caption. What reads feeds knows no ids: a caption names it in words."""
    item, shown = part.item, part.picture
    assert shown is not None
    if item.sort == "sticker":
        words = w.t["sticker"].format(item.name)
    else:
        by_text = view.text if item.of_body and view.names_picture else ""
        words = part.described or by_text or w.t["no_alt"]
    image = Markup('<img src="{}" width="{}" height="{}" alt="{}">').format(
        shown.src, shown.width, shown.height, words
    )
    if not part.caption:
        return Markup("<p>{}</p>").format(image)
    caption = Markup('<figcaption dir="auto">{}</figcaption>').format(part.caption)
    return Markup("<figure>{}{}</figure>").format(image, caption)


# ── Atom ────────────────────────────────────────────────────────────────────────────────────────


def _add(parent: ET.Element, name: str, text: str | None = None, **given: str) -> ET.Element:
    element = ET.SubElement(parent, name, {key: clean(one) for key, one in given.items()})
    if text is not None:
        element.text = clean(text)
    return element


def iso(at: int) -> str:
    """Unix seconds as RFC 3339 writes them."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _document(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, "utf-8", xml_declaration=True)
    return written


def _links(feed: Feed, form: str) -> list[tuple[str, str]]:
    """(relation, address) of the documents that belong to this one."""
    archives = feed.archives
    if archives.here:
        links = [("self", f"{archives.here}.{form}"), ("current", feed.page(form))]
    else:
        links = [("self", feed.page(form, feed.before)), ("first", feed.page(form))]
        if feed.older:
            links.append(("next", feed.page(form, feed.older)))
        if feed.newer is not None:
            links.append(("previous", feed.page(form, feed.newer)))
    if feed.hub:
        links.append(("hub", feed.hub))
    beside = (("prev-archive", archives.earlier), ("next-archive", archives.later))
    return links + [(rel, f"{address}.{form}") for rel, address in beside if address]


def _type(rel: str, of_feeds: str) -> dict[str, str]:
    """A hub is no feed."""
    return {} if rel == "hub" else {"type": of_feeds}


def atom(feed: Feed) -> bytes:
    """RFC 4287, with RFC 5005 pages and archives and RFC 6721 tombstones."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": feed.lang})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    if feed.about:
        _add(root, "subtitle", feed.about)
    _add(root, "updated", iso(feed.updated))
    if feed.logo:
        _add(root, "logo", feed.logo)
    _add(_add(root, "author"), "name", feed.title)
    _add(root, "link", rel="alternate", type="text/html", href=feed.home)
    for rel, href in _links(feed, "atom"):
        _add(root, "link", rel=rel, href=href, **_type(rel, "application/atom+xml"))
    if feed.archives.here:
        _add(root, f"{{{HISTORY}}}archive")
    for gone in feed.gone:
        _add(root, f"{{{GONE}}}deleted-entry", ref=gone.id, when=iso(gone.at))
    for one in feed.entries:
        element = _add(root, "entry")
        _add(element, "id", one.id)
        _add(element, "title", one.title)
        _add(element, "published", iso(one.published))
        _add(element, "updated", iso(one.updated))
        if one.author:
            author = _add(element, "author")
            _add(author, "name", one.author)
            if one.author_url:
                _add(author, "uri", one.author_url)
        _add(element, "link", rel="alternate", type="text/html", href=one.url)
        for file in one.files:
            _add(element, "link", rel="enclosure", type=file.type, href=file.url,
                 length=str(file.size))  # fmt: skip
        for tag in one.tags:
            _add(element, "category", term=tag)
        _add(element, "content", one.html, type="html")
    return _document(root)


# ── RSS ─────────────────────────────────────────────────────────────────────────────────────────


def _mail_date(at: int) -> str:
    return format_datetime(datetime.fromtimestamp(at, UTC), usegmt=True)


def rss(feed: Feed) -> bytes:
    """RSS 2.0; pages, archives and tombstones as in Atom, in their own namespaces."""
    root = ET.Element("rss", {"version": "2.0"})
    channel = _add(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.home)
    _add(channel, "description", feed.about or feed.title)
    _add(channel, "language", feed.lang)
    _add(channel, "lastBuildDate", _mail_date(feed.updated))
    if feed.logo:
        image = _add(channel, "image")
        _add(image, "url", feed.logo)
        _add(image, "title", feed.title)
        _add(image, "link", feed.home)
    for rel, href in _links(feed, "rss"):
        _add(channel, f"{{{ATOM}}}link", rel=rel, href=href, **_type(rel, "application/rss+xml"))
    if feed.archives.here:
        _add(channel, f"{{{HISTORY}}}archive")
    for gone in feed.gone:
        _add(channel, f"{{{GONE}}}deleted-entry", ref=gone.id, when=iso(gone.at))
    for one in feed.entries:
        element = _add(channel, "item")
        _add(element, "title", one.title)
        _add(element, "link", one.url)
        _add(element, "guid", one.id, isPermaLink="false")
        _add(element, "pubDate", _mail_date(one.published))
        _add(element, f"{{{ATOM}}}updated", iso(one.updated))
        if one.author:
            _add(element, f"{{{DC}}}creator", one.author)
        for tag in one.tags:
            _add(element, "category", tag)
        for file in one.files[:1]:
            _add(element, "enclosure", url=file.url, length=str(file.size), type=file.type)
        # An item has one enclosure (RSS 2.0); readers that know more find the others as Atom's.
        for file in one.files[1:]:
            _add(element, f"{{{ATOM}}}link", rel="enclosure", type=file.type, href=file.url,
                 length=str(file.size))  # fmt: skip
        _add(element, "description", one.html)
    return _document(root)


# ── JSON Feed ───────────────────────────────────────────────────────────────────────────────────


def as_json(feed: Feed) -> bytes:
    """JSON Feed 1.1; deleted posts and archives in extensions. ``next_url`` of an archive is the
    one before it."""
    links = dict(_links(feed, "json"))
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": links["self"],
        "language": feed.lang,
        "authors": [{"name": feed.title, "url": feed.home}],
        "items": [_item(one) for one in feed.entries],
        "_deleted": {
            "about": "https://www.rfc-editor.org/rfc/rfc6721",
            "entries": [{"id": gone.id, "when": iso(gone.at)} for gone in feed.gone],
        },
    }
    if feed.about:
        document["description"] = feed.about
    if feed.logo:
        document["icon"] = feed.logo
    if feed.hub:
        document["hubs"] = [{"type": "WebSub", "url": feed.hub}]
    following = links.get("prev-archive" if feed.archives.here else "next")
    if following:
        document["next_url"] = following
    history = {rel.replace("-", "_"): links[rel] for rel in _ARCHIVES if rel in links}
    if history:
        about = {"about": "https://www.rfc-editor.org/rfc/rfc5005"}
        document["_history"] = about | {"archive": bool(feed.archives.here)} | history
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


def _item(one: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": one.id,
        "url": one.url,
        "title": one.title,
        "content_html": one.html,
        "date_published": iso(one.published),
        "date_modified": iso(one.updated),
        "tags": one.tags,
    }
    if one.author:
        url = {"url": one.author_url} if one.author_url else {}
        item["authors"] = [{"name": one.author} | url]
    if one.files:
        item["attachments"] = [
            {"url": file.url, "mime_type": file.type, "size_in_bytes": file.size}
            for file in one.files
        ]
    return item


def write(feed: Feed, form: str) -> bytes:
    """The document; ``form``: atom, rss or json."""
    return {"atom": atom, "rss": rss, "json": as_json}[form](feed)


def newest(entries: Sequence[Entry], gone: Sequence[Gone], otherwise: int) -> int:
    """When a feed last changed."""
    return max(
        (*(item.updated for item in entries), *(item.at for item in gone)), default=otherwise
    )
