"""The link of a message that gets a preview: the first web address in its text.

``body.extra["webpage"]`` is ``[number, address, flags]``; what the address leads to is the
business of the webpages room.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from petitbleu.app import App
from petitbleu.domain.messaging.messages.entities import Entity
from petitbleu.domain.messaging.messages.entity_kinds import TEXT_URL, URL

KEY = "webpage"
MARK = b"\xa7webpage"
"""The key as msgpack writes it: whoever has no link is known without decoding."""
LARGE, SMALL, MANUAL, SAFE = 1, 2, 4, 8
"""Flags: how the sender wants it shown; chosen by hand; the address stands in the text."""
URL_MAX = 2048


def normal(url: str) -> str:
    """An address as it is fetched and counted, '' for what is no web address."""
    url = url.strip()
    if "://" not in url:
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not host or len(url) > URL_MAX:
        return ""
    if "@" in parts.netloc:
        return ""
    host = f"[{host}]" if ":" in host else host.lower()
    tail = f"?{parts.query}" if parts.query else ""
    return f"{scheme}://{host}{f':{port}' if port else ''}{parts.path or '/'}{tail}"


def number(url: str) -> int:
    """The number of a (normal) address."""
    return int.from_bytes(blake2b(url.encode(), digest_size=8).digest(), "big") >> 1 or 1


def first(text: str, marked: Sequence[Entity]) -> tuple[str, bool]:
    """The first web address of a text, and whether it can be read there; '' for none."""
    units: bytes | None = None
    for entity in marked:
        if entity.kind == TEXT_URL:
            url, plain = normal(str(entity.arg)), False
        elif entity.kind == URL:
            units = units or text.encode("utf-16-le")
            part = units[2 * entity.offset : 2 * (entity.offset + entity.length)]
            url, plain = normal(part.decode("utf-16-le", "replace")), True
        else:
            continue
        if url:
            return url, plain
    return "", False


def attach(
    app: App,
    extra: dict[str, Any],
    text: str,
    marked: Sequence[Entity],
    *,
    media: bool,
) -> None:
    """Note in ``extra`` which link gets a preview. One that was chosen by hand stays."""
    chosen = extra.get(KEY)
    if media or "no_webpage" in extra or not app.config.previews.enabled:
        extra.pop(KEY, None)
    elif not (chosen and chosen[2] & MANUAL):
        extra.pop(KEY, None)
        url, plain = first(text, marked)
        if url:
            extra[KEY] = [number(url), url, SAFE if plain else 0]


def chosen(url: str, *, large: bool, small: bool) -> dict[str, Any]:
    """The keys of ``extra`` for a link that the sender chose; empty for what is no web address."""
    url = normal(url)
    if not url:
        return {}
    return {KEY: [number(url), url, MANUAL | LARGE * large | SMALL * small]}
