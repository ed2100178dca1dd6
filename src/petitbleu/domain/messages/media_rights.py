"""What sending each sort of media needs in groups and channels (core.telegram.org/api/rights)."""

from __future__ import annotations

from petitbleu.domain.media import service as media
from petitbleu.domain.members.service import Right, rights

_NEEDED: dict[str, Right] = {
    "photo": rights.PHOTOS,
    "video": rights.VIDEOS,
    "round": rights.ROUND,
    "audio": rights.AUDIOS,
    "voice": rights.VOICES,
    "file": rights.DOCS,
    "sticker": rights.STICKERS,
    "gif": rights.GIFS,
    "poll": rights.POLLS,
}
LISTENED = ("voice", "round")
"""Sorts that say whether they were opened."""


def right_of(stored: bytes | None) -> Right:
    """The right to send ``stored`` (``body.media``); places, contacts and the like are text."""
    if stored is None:
        return rights.WRITE
    return _NEEDED.get(media.sort_of(stored), rights.WRITE)


def unopened(stored: bytes | None) -> bool:
    """Whether a copy begins as not yet listened to."""
    return stored is not None and media.sort_of(stored) in LISTENED
