"""What is looked at: a text with what is known of its author and of how it came."""

from __future__ import annotations

import unicodedata
from hashlib import blake2b
from typing import NamedTuple

import msgspec

TEXT_MAX = 20_000
"""Characters of a text that are looked at."""


class Submission(NamedTuple):
    """A text as it came through a door. Empty: not known."""

    text: str
    author: str = ""
    email: str = ""
    site: str = ""
    """The address an author gave as their own."""
    ip: str = ""
    agent: str = ""
    referrer: str = ""
    link: str = ""
    """Where the text would stand."""
    kind: str = "comment"
    """``comment_type`` of the Akismet protocol."""
    role: str = ""
    seconds: int = -1
    """From the form's being shown to its being sent; -1: not known."""
    trap: bool = False
    """A field that people do not see was filled."""
    forged: bool = False
    """The form was not one of ours: no token, or one that was altered."""
    test: bool = False
    """It trains nothing and is not kept."""
    article: str = ""
    """What the text would stand under: title and text, a line each, or a few key words."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode


def packed(what: Submission) -> bytes:
    """A submission as it is kept (before it is sealed)."""
    return _encode(what._asdict())


def unpacked(data: bytes) -> Submission:
    """What :func:`packed` made; fields of a later version are passed over."""
    kept = _decode(data)
    return Submission(**{name: kept[name] for name in Submission._fields if name in kept})


def plain(text: str) -> str:
    """``text`` without what only disguises it: compatibility forms, case, invisible characters."""
    folded = unicodedata.normalize("NFKC", text[:TEXT_MAX]).casefold()
    return "".join(char for char in folded if unicodedata.category(char) != "Cf")


def print_of(what: Submission) -> bytes:
    """16 bytes that stand for author and text: the same text said again has the same."""
    said = _encode([plain(what.author), plain(what.email), " ".join(plain(what.text).split())])
    return blake2b(said, digest_size=16).digest()
