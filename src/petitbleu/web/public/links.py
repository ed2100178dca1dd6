"""Addresses in posts: which may stand in a link, and what a reader is told of where one leads.

A link leads where its words say, or the host stands behind it. Letters of one script that look like
those of another are written as the network writes them (RFC 3492).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit

from petitbleu.web.public.characters import clean

SCHEMES = ("http", "https", "mailto", "tg")
"""Where a link in a post may lead."""
MAX_URL_CHARACTERS = 2048
KEPT = 4096
"""Addresses that are remembered: the same posts stand on many pages."""
_HOST = re.compile(r"[^\s/?#@\\<>\"'`{}|^]+\.[^\s/?#@\\<>\"'`{}|^]+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)")
_TWINS = frozenset("аеорсухіѕјһԁԛԝӏονρυικ")
"""Cyrillic and Greek letters that look like Latin ones."""


def target(url: str) -> str | None:
    """An address that may stand in a link, percent-encoded, its host in ASCII; None for any other.

    What stands before an ``@`` in an address is no host, though it can look like one: such
    addresses are no links.
    """
    url = clean(url).strip()
    if len(url) > MAX_URL_CHARACTERS or any(char.isspace() for char in url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme in ("http", "https"):
        host = _ascii(parts.hostname or "")
        if not host or "@" in parts.netloc or "%" in host or (port is not None and port > 65535):
            return None
        if not parts.netloc.isascii():
            url = parts._replace(netloc=host + (f":{port}" if port else "")).geturl()
    elif scheme not in SCHEMES or not (parts.path or parts.netloc):
        return None
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~-._")


@lru_cache(KEPT)
def link_of(text: str) -> str | None:
    """The address of a link as it stands in a text, where the scheme may be left out."""
    if _SCHEME.match(text):
        return target(text)
    return target(f"https://{text}") if _HOST.match(text) else None


@lru_cache(KEPT)
def leads_elsewhere(address: str, shown: str) -> str:
    """The host of ``address`` (as :func:`target` made it) where ``shown``, the words of the link,
    would make somebody think of another; empty: it does not."""
    host = urlsplit(address).hostname or ""
    if not host:
        return ""
    words = shown.strip()
    named = link_of(words) if len(words.split()) == 1 else None
    other = urlsplit(named).hostname if named is not None else None
    if other and _bare(other) != _bare(host):
        return host
    return host if any(_disguised(part) for part in host.split(".")) else ""


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _ascii(host: str) -> str:
    """The host as the network knows it; empty: there is no such host."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _disguised(label: str) -> bool:
    """Whether a label of a host holds letters of several scripts, or only twins of Latin ones."""
    if not label.startswith("xn--"):
        return False
    try:
        letters = [char for char in label[4:].encode().decode("punycode") if char.isalpha()]
    except UnicodeError:
        return True
    scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in letters}
    mixed = len(scripts - {"CJK", "HIRAGANA", "KATAKANA"}) > 1
    return mixed or (scripts != {"LATIN"} and all(letter in _TWINS for letter in letters))
