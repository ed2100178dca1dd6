"""What runs in a sandbox: reading a page's head. HTML from strangers is parsed by the standard
library's parser, in a process with little memory and time."""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from petitbleu.sandbox import import_whole, serve

_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I)
_SPACE = re.compile(r"\s+")
_NAMES = {
    "og:title": "title", "twitter:title": "title",
    "og:description": "description", "twitter:description": "description",
    "description": "description",
    "og:image": "image", "og:image:url": "image", "og:image:secure_url": "image",
    "twitter:image": "image", "twitter:image:src": "image",
    "og:site_name": "site", "application-name": "site",
    "og:type": "type", "author": "author", "article:author": "author",
    "twitter:card": "card", "robots": "robots",
}  # fmt: skip
_MAX_CHARACTERS = {"title": 256, "description": 1024, "site": 128, "author": 128, "image": 2048,
         "card": 40, "type": 40, "robots": 100}  # fmt: skip


class Head(HTMLParser):
    """Gathers what the head of a page says about it. What comes first counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self.title: list[str] = []
        self._in_title = False
        self.over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._in_title = not self.title
        elif tag == "body":
            self.over = True
        elif tag == "meta":
            given = {name: value or "" for name, value in attrs}
            name = _NAMES.get((given.get("property") or given.get("name") or "").lower().strip())
            if name and given.get("content", "").strip():
                # Open Graph before the rest, the first of its kind before later ones.
                first = (given.get("property") or "").lower().startswith("og:")
                if first and f"{name}!" not in self.found:
                    self.found[name] = given["content"]
                    self.found[f"{name}!"] = ""
                else:
                    self.found.setdefault(name, given["content"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "head" and (self.title or self.found):
            self.over = True

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)


def read(body: bytes, charset: str, url: str) -> dict[str, str]:
    """What a page says about itself: title, description, site, image (absolute), author, card."""
    head = Head()
    text = _decoded(body, charset)
    for at in range(0, len(text), 4096):
        head.feed(text[at : at + 4096])
        if head.over:
            break
    fields = {
        name: _SPACE.sub(" ", value).strip()[: _MAX_CHARACTERS[name]]
        for name, value in head.found.items()
        if name in _MAX_CHARACTERS
    }
    if not fields.get("title"):
        fields["title"] = _SPACE.sub(" ", "".join(head.title)).strip()[: _MAX_CHARACTERS["title"]]
    if fields.get("image"):
        fields["image"] = urljoin(url, fields["image"])
    return {name: value for name, value in fields.items() if value}


def _decoded(body: bytes, charset: str) -> str:
    declared = _META.search(body[:4096])
    for name in (charset, declared[1].decode() if declared else "", "utf-8"):
        try:
            if name and codecs.lookup(name)._is_text_encoding:
                return body.decode(name, "replace")
        except (LookupError, ValueError):
            continue
    return body.decode("utf-8", "replace")


def handle(job: dict[str, Any]) -> dict[str, Any]:
    """One job."""
    return dict(read(job["body"], job["charset"], job["url"]))


if __name__ == "__main__":
    serve(handle, prepare=lambda closed: import_whole("encodings") if closed else None)
