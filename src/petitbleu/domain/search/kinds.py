"""What a message carries, as filters ask for it. Numbers are stored: never reuse or change one."""

from __future__ import annotations

from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages

PHOTO = 1
VIDEO = 2
FILE = 3
LINK = 4
GIF = 5
VOICE = 6
MUSIC = 7
ROUND = 8
GEO = 9
CONTACT = 10
POLL = 11
CHAT_PHOTO = 12
CALL = 13

_OF_SORT = {
    "photo": PHOTO,
    "video": VIDEO,
    "file": FILE,
    "gif": GIF,
    "voice": VOICE,
    "audio": MUSIC,
    "round": ROUND,
    "geo": GEO,
    "geo_live": GEO,
    "venue": GEO,
    "contact": CONTACT,
    "poll": POLL,
}
ALL = tuple(range(PHOTO, CALL + 1))


def of_message(text_entities: bytes | None, stored: bytes | None) -> list[int]:
    """The kinds of an ordinary message."""
    kinds = []
    # What is there for a time only stands in no list of shared media.
    if stored is not None and not media.is_passing(stored):
        kind = _OF_SORT.get(media.sort_of(stored))
        if kind:
            kinds.append(kind)
    if text_entities is not None and messages.has_link(text_entities):
        kinds.append(LINK)
    return kinds


def of_action(extra: bytes | None) -> list[int]:
    """The kinds of a service message."""
    name = messages.action_of(extra)
    return [CHAT_PHOTO] if name == "chat_photo" else []
