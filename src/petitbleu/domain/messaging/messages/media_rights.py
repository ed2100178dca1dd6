"""What sending each sort of media needs in groups and channels (core.telegram.org/api/rights)."""

from __future__ import annotations

from petitbleu.domain.communities.chats.service import CHANNEL, ChatRow
from petitbleu.domain.communities.members.service import Right, rights
from petitbleu.domain.files.media import service as media
from petitbleu.errors import Fault

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
"""Sorts that say whether they were opened; so does all that is there for a time only."""


def right_of(stored: bytes | None) -> Right:
    """The right to send ``stored`` (``body.media``); places, contacts and the like are text."""
    if stored is None:
        return rights.WRITE
    return _NEEDED.get(media.sort_of(stored), rights.WRITE)


def fits(chat: ChatRow, stored: bytes | None) -> None:
    """Nobody is told who votes in a channel: BROADCAST_PUBLIC_VOTERS_FORBIDDEN."""
    if chat.kind == CHANNEL and stored is not None:
        kind, _, more = media.unpack(stored)
        if kind == "poll" and "public" in more:
            raise Fault("BROADCAST_PUBLIC_VOTERS_FORBIDDEN")


def unopened(stored: bytes | None) -> bool:
    """Whether a copy begins as not yet listened to."""
    return stored is not None and (media.sort_of(stored) in LISTENED or bool(media.ttl_of(stored)))
