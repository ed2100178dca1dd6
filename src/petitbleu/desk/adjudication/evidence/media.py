"""Media of a sealed copy: what they are in words, and one small still picture of each.

Of pictures never more than a still leaves: of a photo its 320-pixel size, of files and videos the
preview that came with them. Video and sound can be played, by pieces, in kinds that browsers play
and that can carry nothing else.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.domain.files.media import service as media
from petitbleu.domain.files.media.service import Document, Photo
from petitbleu.errors import Fault

SIDE = 320
"""Longest side of a still, in pixels."""
_MAX_BYTES = 1 << 20
_TYPES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n", "image/png"), (b"RIFF", "image/webp"))
_PROFILE = "b"
"""The 320-pixel size of a profile photo."""


PIECE = 1 << 20
"""Bytes of a recording that are handed out at once."""
_PLAYED = frozenset(
    {"video/mp4", "video/webm", "audio/mpeg", "audio/ogg", "audio/mp4", "audio/aac", "audio/webm"}
)


class Gone(Exception):
    """There is no still, or its contents were erased."""


class Medium(NamedTuple):
    """One of the media of a copy. ``still``: the name of a size, None where there is none."""

    place: int
    """From 1, in the order of the copy."""
    message: int
    """The message's position in the copy; -1: a profile photo."""
    sort: str
    id: int
    still: str | None
    bytes: int = 0
    seconds: int = 0
    width: int = 0
    height: int = 0
    mime: str = ""
    name: str = ""

    @property
    def plays(self) -> str:
        """``video`` or ``audio`` where it can be played, else empty."""
        kind = self.mime.partition("/")[0]
        return kind if self.mime in _PLAYED and self.sort in _RECORDED else ""


_RECORDED = frozenset({"video", "gif", "round", "voice", "audio"})


class Piece(NamedTuple):
    """A part of a recording: its bytes, and how many the whole has."""

    data: bytes
    size: int


class Still(NamedTuple):
    """A picture and its media type."""

    data: bytes
    type: str


def of_copy(copy: dict[str, Any]) -> list[Medium]:
    """The media of a copy, those of its messages first."""
    found: list[Medium] = []
    for position, message in enumerate(copy["messages"]):
        if message["media"] is not None:
            found.append(_of_message(len(found) + 1, position, message["media"]))
    if copy.get("photo"):
        found.append(Medium(len(found) + 1, -1, "photo", copy["photo"], _PROFILE))
    return found


def in_words(stored: bytes) -> Medium:
    """A medium that lies in no sealed copy: nothing of it can be opened or played."""
    return _of_message(1, 0, stored)._replace(still=None, id=0, mime="")


def _of_message(place: int, position: int, stored: bytes) -> Medium:
    what = media.unpack(stored).what
    plain = Medium(place, position, media.sort_of(stored), media.media_id(stored), None)
    if isinstance(what, Photo):
        _, width, height, size = max(what.sizes, key=lambda one: one[1] * one[2])
        plain = plain._replace(width=width, height=height, bytes=size)
    elif isinstance(what, Document):
        plain = _of_document(plain, what)
    else:
        return plain
    small = [one for one in what.sizes if max(one[1], one[2]) <= SIDE]
    still = max(small, key=lambda one: one[1] * one[2])[0] if small else None
    return plain._replace(still=still)


def _of_document(plain: Medium, what: Document) -> Medium:
    names = {attribute[0]: attribute[1:] for attribute in what.attributes}
    plain = plain._replace(bytes=what.size, mime=what.mime, name=names.get("filename", [""])[0])
    if "video" in names:
        _, _, _, seconds, width, height, *_ = names["video"]
        return plain._replace(seconds=round(seconds), width=width, height=height)
    if "audio" in names:
        return plain._replace(seconds=round(names["audio"][1]))
    if "size" in names:
        return plain._replace(width=names["size"][0], height=names["size"][1])
    return plain


async def piece(app: App, medium: Medium, start: int, count: int = PIECE) -> Piece:
    """Bytes of a recording from ``start``, at most :data:`PIECE`; none beyond its end.

    Raises Gone.
    """
    if not medium.plays:
        raise Gone
    try:
        row = await media.files.locate(app, medium.id, "", None)
        wanted = max(0, min(count, PIECE))
        return Piece(await media.files.read(app, row, start, wanted), row.size)
    except Fault:
        raise Gone from None


async def still(app: App, medium: Medium) -> Still:
    """The picture. Raises Gone."""
    if medium.still is None:
        raise Gone
    try:
        row = await media.files.locate(app, medium.id, medium.still, None)
        data = await media.files.read(app, row, 0, _MAX_BYTES)
    except Fault:
        raise Gone from None
    for head, kind in _TYPES:
        if data.startswith(head):
            return Still(data, kind)
    raise Gone
