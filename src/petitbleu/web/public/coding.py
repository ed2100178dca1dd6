"""Kept pages in fewer bytes: Brotli and gzip (RFC 9110 §8.4, §12.5.3; RFC 7932, RFC 1952).

Each form is made when a reader first wants it and kept beside the plain one, with a validator of
its own. Only pages that every reader gets alike are coded: beside a token, what a reader writes
into a page could be told by its length (BREACH).
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping

CODINGS = ("br", "gzip")
"""The better one first."""
LEAST_BYTES = 600
"""Below, the headers are what counts."""
_TYPES = ("text/", "application/xml", "application/atom+xml", "application/rss+xml",
          "application/feed+json", "application/json")  # fmt: skip
_BROTLI_QUALITY, _GZIP_LEVEL = 5, 6


def is_coded(content_type: str, size: int) -> bool:
    """Whether a body is worth it."""
    return size >= LEAST_BYTES and content_type.startswith(_TYPES)


def wanted(asked: str) -> str:
    """What a reader takes that sends this Accept-Encoding; empty: the plain form."""
    weights: dict[str, float] = {}
    for part in asked.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        key, _, value = parameters.strip().partition("=")
        try:
            weights[name.strip()] = float(value) if key.strip() == "q" else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    otherwise = weights.get("*", 0.0)
    known = {name: weights.get(name, otherwise) for name in CODINGS}
    best = max(CODINGS, key=lambda name: known[name])
    # Not better than the plain form, and not said to be: some fetchers cannot read what they name.
    return best if known[best] > 0 and known[best] >= weights.get("identity", 0.0) else ""


def coded(body: bytes, coding: str) -> bytes:
    """A body in a coding."""
    if coding == "br":
        import brotli  # at the first page, not at the start

        packed: bytes = brotli.compress(body, quality=_BROTLI_QUALITY)
        return packed
    return gzip.compress(body, _GZIP_LEVEL, mtime=0)


def headers(plain: Mapping[str, str], coding: str) -> dict[str, str]:
    """Those of a coded form: with its own validator."""
    tag = plain["etag"].removesuffix('"')
    return {**plain, "etag": f'{tag}-{coding}"', "content-encoding": coding}
