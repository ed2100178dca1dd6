"""What specifications ask of documents, as lists of rules: each returns the sentences broken.

Sources: RFC 4287 (Atom), RFC 6721 (tombstones), RFC 5005 (pages, archives),
cyber.harvard.edu/rss/rss.html (RSS 2.0), jsonfeed.org/version/1.1, oembed.com, RFC 9116
(security.txt).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

SCHEMAS = Path(__file__).resolve().parent / "schemas"
A = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
HISTORY = "{http://purl.org/syndication/history/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_MIME = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")


def _absolute(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc) and str(url).isascii()


def _iri(text: str | None) -> bool:
    return bool(re.match(r"[a-z][a-z0-9+.-]*:\S+$", text or ""))


def _moment(text: str | None) -> bool:
    return bool(_RFC3339.fullmatch(text or ""))


def _broken(rules: Iterable[tuple[str, Any]]) -> list[str]:
    return [name for name, holds in rules if not holds]


def xml(body: bytes) -> Any:
    """The root of a well-formed document (fails otherwise), read without entities or a network."""
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))


def schema_problems(body: bytes, name: str) -> list[str]:
    """What ``schemas/<name>`` (RELAX NG or XML Schema) finds wrong."""
    read = etree.parse(SCHEMAS / name)
    schema = etree.RelaxNG(read) if name.endswith(".rng") else etree.XMLSchema(read)
    return [] if schema.validate(xml(body)) else [str(one) for one in schema.error_log]


# ── Atom ────────────────────────────────────────────────────────────────────────────────────────


def atom_problems(body: bytes) -> list[str]:
    """RFC 4287: the schema, its assertions, and what only prose says."""
    root = xml(body)
    entries = root.findall(A + "entry")
    ids = Counter((one.findtext(A + "id"), one.findtext(A + "updated")) for one in entries)
    links = root.findall(A + "link")
    rels = Counter(one.get("rel", "alternate") for one in links)
    stones = root.findall(GONE)
    rules = [
        ("4.1.1 authors", root.find(A + "author") is not None
         or all(one.find(A + "author") is not None for one in entries)),
        ("4.1.1 one alternate per type and language", rels["alternate"] == 1),
        ("4.1.1 a feed should link to itself", rels["self"] == 1),
        ("4.1.1 no two entries with one id and moment", max(ids.values(), default=1) == 1),
        ("4.2.6 ids are IRIs", all(_iri(one.text) for one in root.iter(A + "id"))),
        ("3.3 dates of RFC 3339", all(_moment(one.text) for name in ("updated", "published")
                                      for one in root.iter(A + name))),
        ("4.2.15 the feed is as new as its newest entry", root.findtext(A + "updated") >= max(
            (one.findtext(A + "updated") for one in entries), default="")),
        ("2 a language", bool(_TAG.fullmatch(root.get(LANG) or ""))),
        ("4.2.7.1 addresses are absolute", all(_absolute(one.get("href"))
                                               for one in root.iter(A + "link"))),
        ("6721 3: references and moments", all(_iri(one.get("ref")) and _moment(one.get("when"))
                                               for one in stones)),
        ("6721 3: one tombstone for an id", len({one.get("ref") for one in stones}) == len(stones)),
        ("6721 4: what is dead is no entry", not {one.get("ref") for one in stones}
         & {one.findtext(A + "id") for one in entries}),
        *_history(root, rels),
    ]  # fmt: skip
    for one in entries:
        alternates = [link for link in one.findall(A + "link") if link.get("rel") == "alternate"]
        rules += [
            ("4.1.2 an alternate or content", bool(alternates) or one.findtext(A + "content")),
            ("4.2.14 a title", bool(one.findtext(A + "title"))),
            ("4.2.9 published before updated",
             one.findtext(A + "published") <= one.findtext(A + "updated")),
            ("4.2.7.6 lengths are figures", all(link.get("length", "0").isdigit()
                                                for link in one.findall(A + "link"))),
        ]  # fmt: skip
    return schema_problems(body, "atom.rng") + _broken(rules)


def _history(head: Any, rels: Counter[str]) -> list[tuple[str, Any]]:
    """RFC 5005 §3 and §4, of the head of a document in Atom or RSS."""
    marks = head.findall(HISTORY + "archive")
    archive = bool(marks)
    stands = ("prev-archive", "next-archive", "current")
    pages = ("first", "next", "previous", "last")
    return [
        ("5005 3, 4: one link of each relation", all(rels[one] <= 1 for one in stands + pages)),
        ("5005 4: one mark, empty", len(marks) <= 1 and not any(len(one) or one.text
                                                               for one in marks)),
        ("5005 4: an archive leads to its current document", rels["current"] == archive),
        ("5005 4: only archives have a next one", archive or not rels["next-archive"]),
        ("5005 4: an archive is no page of the feed", not (archive and any(rels[one]
                                                                          for one in pages))),
        ("5005 2: it is not complete", head.find(HISTORY + "complete") is None),
    ]  # fmt: skip


# ── RSS ─────────────────────────────────────────────────────────────────────────────────────────

_CHANNEL = {
    "title", "link", "description", "language", "copyright", "managingEditor", "webMaster",
    "pubDate", "lastBuildDate", "category", "generator", "docs", "cloud", "ttl", "image", "rating",
    "textInput", "skipHours", "skipDays", "item",
}  # fmt: skip
_ITEM = {
    "title", "link", "description", "author", "category", "comments", "enclosure", "guid",
    "pubDate", "source",
}  # fmt: skip
_MANY = {"category", "item"}


def _mail_date(text: str | None) -> bool:
    try:
        return parsedate_to_datetime(text or "").tzinfo is not None
    except ValueError:
        return False


def _elements(parent: Any, known: set[str]) -> list[tuple[str, bool]]:
    """Elements without a namespace are those of the specification, each once."""
    own = Counter(one.tag for one in parent if not one.tag.startswith("{"))
    return [
        (f"unknown elements {set(own) - known}", set(own) <= known),
        ("an element stands once", all(n == 1 for tag, n in own.items() if tag not in _MANY)),
    ]


def rss_problems(body: bytes) -> list[str]:
    """RSS 2.0."""
    root = xml(body)
    channels = root.findall("channel")
    channel = channels[0]
    image = channel.find("image")
    links = channel.findall(A + "link")
    rels = Counter(one.get("rel", "alternate") for one in links)
    rules = [
        ("the root is rss 2.0", root.tag == "rss" and root.get("version") == "2.0"),
        ("one channel and nothing else", len(channels) == 1 == len(root)),
        ("title, link and description", all(channel.findtext(one) for one in
                                            ("title", "link", "description"))),
        ("the link is absolute", _absolute(channel.findtext("link"))),
        ("a language of RFC 1766", bool(_TAG.fullmatch(channel.findtext("language", "en")))),
        ("a date of RFC 822", _mail_date(channel.findtext("lastBuildDate"))),
        ("an image has url, title and link, and those of the channel", image is None or (
            _absolute(image.findtext("url"))
            and image.findtext("title") == channel.findtext("title")
            and image.findtext("link") == channel.findtext("link"))),
        ("Atom's links have addresses", all(_absolute(one.get("href")) for one in links)),
        ("a feed links to itself", rels["self"] == 1),
        *_history(channel, rels),
        *_elements(channel, _CHANNEL),
    ]  # fmt: skip
    items = channel.findall("item")
    guids = [one.findtext("guid") for one in items]
    rules.append(("guids are unique", len(set(guids)) == len(guids)))
    for one in items:
        guid, file = one.find("guid"), one.find("enclosure")
        rules += [
            ("a title or a description", one.findtext("title") or one.findtext("description")),
            ("a guid is an address or says no", guid.get("isPermaLink") == "false"
             or _absolute(guid.text)),
            ("the link is absolute", _absolute(one.findtext("link"))),
            ("a date of RFC 822", _mail_date(one.findtext("pubDate"))),
            ("an enclosure has url, length and type", file is None or (
                _absolute(file.get("url")) and file.get("length", "").isdigit()
                and bool(_MIME.fullmatch(file.get("type", ""))))),
            ("categories are not empty", all(tag.text for tag in one.findall("category"))),
            *_elements(one, _ITEM),
        ]  # fmt: skip
    return _broken(rules)


# ── JSON Feed ───────────────────────────────────────────────────────────────────────────────────

_FEED_TYPES: dict[str, type] = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str,
    "user_comment": str, "next_url": str, "icon": str, "favicon": str, "authors": list,
    "language": str, "expired": bool, "hubs": list, "items": list,
}  # fmt: skip
_ITEM_TYPES: dict[str, type] = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str,
    "content_text": str, "summary": str, "image": str, "banner_image": str, "date_published": str,
    "date_modified": str, "authors": list, "tags": list, "language": str, "attachments": list,
}  # fmt: skip


def _typed(given: dict[str, Any], known: dict[str, type]) -> list[tuple[str, bool]]:
    return [
        (
            f"{key} is known and a {known.get(key)}",
            re.fullmatch(r"_[a-zA-Z][^.]*", key) is not None and isinstance(value, dict)
            if key.startswith("_")
            else key in known and isinstance(value, known[key]),
        )
        for key, value in given.items()
    ]


def json_feed_problems(body: bytes) -> list[str]:
    """JSON Feed 1.1."""
    feed = json.loads(body.decode("utf-8"))
    ids = [one.get("id") for one in feed["items"]]
    rules = [
        ("the version is an address", feed["version"] == "https://jsonfeed.org/version/1.1"),
        ("a title", bool(feed.get("title"))),
        ("addresses are absolute", all(_absolute(feed[one]) for one in
         ("home_page_url", "feed_url", "next_url", "icon") if one in feed)),
        ("a language", bool(_TAG.fullmatch(feed.get("language", "en")))),
        ("the next page is another", feed.get("next_url") != feed["feed_url"]),
        ("authors say something", all(set(one) & {"name", "url", "avatar"}
                                      for one in feed.get("authors", ()))),
        ("ids are unique", len(set(ids)) == len(ids)),
        *_typed(feed, _FEED_TYPES),
    ]  # fmt: skip
    for one in feed["items"]:
        rules += [
            ("an id", bool(one.get("id"))),
            ("a text", "content_html" in one or "content_text" in one),
            ("dates of RFC 3339", _moment(one["date_published"]) and _moment(one["date_modified"])),
            ("the address is absolute", _absolute(one["url"])),
            ("tags are texts", all(isinstance(tag, str) and tag for tag in one.get("tags", ()))),
            ("authors say something", all(author.get("name") for author in one.get("authors", ()))),
            ("attachments have url and type, and sizes in figures", all(
                _absolute(file["url"]) and _MIME.fullmatch(file["mime_type"])
                and isinstance(file["size_in_bytes"], int) for file in one.get("attachments", ()))),
            *_typed(one, _ITEM_TYPES),
        ]  # fmt: skip
    return _broken(rules)


# ── oEmbed and security.txt ─────────────────────────────────────────────────────────────────────


def oembed_problems(told: dict[str, Any]) -> list[str]:
    """oembed.com §2.3.4."""
    rich = told.get("type") in ("rich", "video")
    thumbnail = [one in told for one in ("thumbnail_url", "thumbnail_width", "thumbnail_height")]
    return _broken([
        ("a type", told.get("type") in ("photo", "video", "link", "rich")),
        ("version 1.0", told.get("version") == "1.0"),
        ("rich has html and sides", not rich or bool(
            told.get("html") and told.get("width") and told.get("height"))),
        ("a thumbnail has address and sides, or none of them", len(set(thumbnail)) == 1),
        ("addresses are absolute", all(_absolute(value) for key, value in told.items()
                                       if key.endswith("_url"))),
        ("cache_age is seconds", str(told.get("cache_age", 0)).isdigit()),
    ])  # fmt: skip


_FIELDS = ("Acknowledgments", "Canonical", "Contact", "Encryption", "Expires", "Hiring",
           "Policy", "Preferred-Languages", "CSAF")  # fmt: skip


def security_txt_problems(text: str, address: str, now: float) -> list[str]:
    """RFC 9116."""
    lines = [one for one in text.splitlines() if one and not one.startswith("#")]
    pairs = [one.partition(": ")[::2] for one in lines]
    given = Counter(name for name, _ in pairs)
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    expires = values.get("Expires", ["2000-01-01T00:00:00Z"])[0]
    left = datetime.fromisoformat(expires) - datetime.fromtimestamp(now, UTC)
    return _broken([
        ("2.2 lines are fields", all(one and two for one, two in pairs)),
        ("2.4 names of the registry", set(given) <= set(_FIELDS)),
        ("2.5.3 a contact", given["Contact"] >= 1),
        ("2.5.3 contacts are URIs, of https where of the web", all(
            one.startswith(("https://", "mailto:", "tel:")) for one in values["Contact"])),
        ("2.5.5 one end, less than a year away", given["Expires"] == 1 and 0 < left.days < 366),
        ("2.5.8 languages at most once", given["Preferred-Languages"] <= 1 and all(
            _TAG.fullmatch(one.strip())
            for value in values.get("Preferred-Languages", []) for one in value.split(","))),
        ("2.5.2 canonical names the file", address in values.get("Canonical", [address])),
        ("2.2 ends with a line break", text.endswith("\n")),
    ])  # fmt: skip
