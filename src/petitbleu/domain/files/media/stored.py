"""The stored form of what a message carries besides its text (``body.media``), and what it says.

Eight bytes hold the id of the photo or document (0: none; the index ``body_media`` finds who uses
it), then comes a msgpack list ``[kind, what, more]``:

* ``photo``: :class:`Photo` as a list; ``document``: :class:`Document` as a list
* ``contact``: [phone, first name, last name, vcard, user id or 0]
* ``geo``: [latitude, longitude, accuracy or None]
* ``venue``: [latitude, longitude, title, address, provider, id, type]
* ``geo_live``: [latitude, longitude, accuracy, heading, period, radius]
* ``dice``: [emoticon, value]

* ``expired``: [``photo`` or ``document``, ttl, what people call it]: the file is gone

``more`` is a map; ``spoiler``: true; ``ttl``: seconds after opening until the file is gone
(:data:`VIEW_ONCE`: none). Other rooms add kinds of their own (``views.shows``).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

PHOTO, DOCUMENT = 0, 1
"""``media.kind``"""

VIEW_ONCE = 0x7FFFFFFF
"""The ``ttl`` of what is gone as soon as it was opened."""
TTL_SORTS = ("photo", "video", "round", "voice")
"""What may be sent for a time, as :func:`sort_of` calls it."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Any]).decode


class Photo(NamedTuple):
    """A photo: its sizes, smallest first, as ``[label, width, height, bytes]``."""

    id: int
    access_hash: int
    date: int
    stripped: bytes
    """The preview inside the message; empty: none."""
    sizes: list[Any]


class Document(NamedTuple):
    """A file as it was uploaded. ``attributes``: ``[name, *values]`` each:

    ``size`` w h; ``animated``; ``sticker`` alt mask; ``filename`` name; ``audio`` voice duration
    title performer waveform; ``video`` round streaming soundless duration w h codec.
    """

    id: int
    access_hash: int
    date: int
    mime: str
    size: int
    attributes: list[Any]
    stripped: bytes
    sizes: list[Any]


class Stored(NamedTuple):
    """A decoded ``body.media``."""

    kind: str
    what: Any
    more: dict[str, Any]


def key_of(media: int) -> bytes:
    """The first eight bytes: by them the index finds a photo or document."""
    return media.to_bytes(8, "big")


def pack(kind: str, what: Any, more: dict[str, Any] | None = None) -> bytes:
    """The stored form."""
    media = what[0] if kind in ("photo", "document") else 0
    return key_of(media) + _encode([kind, what, more or {}])


def unpack(stored: bytes) -> Stored:
    """What :func:`pack` made."""
    kind, what, more = _decode(memoryview(stored)[8:])
    if kind == "photo":
        what = Photo(*what)
    elif kind == "document":
        what = Document(*what)
    return Stored(kind, what, more)


def media_id(stored: bytes) -> int:
    """The photo or document it shows; 0: none."""
    return int.from_bytes(stored[:8], "big")


def with_ttl(stored: bytes, seconds: int) -> bytes:
    """The same for a time only."""
    kind, what, more = unpack(stored)
    return pack(kind, what, more | {"ttl": seconds})


def ttl_of(stored: bytes | None) -> int:
    """Seconds that the file may be seen after opening; 0: for ever (or it is gone)."""
    if stored is None or b"\xa3ttl" not in stored:
        return 0
    return int(unpack(stored).more.get("ttl", 0))


def expired(stored: bytes) -> bytes:
    """What is left of a file that was there for a time."""
    kind, _, more = unpack(stored)
    return pack("expired", [kind, more["ttl"], sort_of(stored)])


def is_passing(stored: bytes | None) -> bool:
    """Whether the file is or was there for a time only: nobody may pass it on."""
    return stored is not None and (bool(ttl_of(stored)) or unpack(stored).kind == "expired")


def attribute(document: Document, name: str) -> list[Any] | None:
    """The attribute of this name."""
    return next((one for one in document.attributes if one[0] == name), None)


def sort_of(stored: bytes) -> str:
    """What people call it: ``photo``, ``video``, ``gif``, ``round``, ``voice``, ``audio``,
    ``sticker``, ``file``, else the kind. Search filters and the rights of members go by it.
    """
    kind, what, _ = unpack(stored)
    return document_sort(what) if kind == "document" else kind


def people(stored: bytes) -> list[int]:
    """Users that it names."""
    if media_id(stored):
        return []
    kind, what, _ = unpack(stored)
    return [what[4]] if kind == "contact" and what[4] else []


def document_sort(document: Document) -> str:
    """:func:`sort_of` of a document."""
    names = {one[0]: one for one in document.attributes}
    if "sticker" in names:
        return "sticker"
    if "animated" in names:
        return "gif"
    if "video" in names:
        return "round" if names["video"][1] else "video"
    if "audio" in names:
        return "voice" if names["audio"][1] else "audio"
    return "file"
