"""What a poll asks, as it is kept (``poll.data``), and how a message names it (``body.media``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu.domain.files.media.service import key_of, media_id, pack
from petitbleu.domain.messaging.messages.service import Entity

PUBLIC, MULTIPLE, QUIZ, FINAL, SHUFFLE, HIDDEN = 1, 2, 4, 8, 16, 32
"""Everybody sees who voted what; several answers; one right answer; votes stay; answers in any
order; no results before the end."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Any]).decode
_MARK = b"\x93\xa4poll"
"""How the media of a poll begins, after its id."""


class Text(NamedTuple):
    """A text and what is marked in it."""

    text: str
    entities: Sequence[Entity] = ()


class Answer(NamedTuple):
    """What can be chosen; ``option`` names it in requests."""

    text: Text
    option: bytes


class Question(NamedTuple):
    """A poll without its votes."""

    flags: int
    question: Text
    answers: Sequence[Answer]
    correct: Sequence[int] = ()
    """Positions of the right answers of a quiz."""
    solution: Text | None = None
    """Shown to those who have answered."""
    close_period: int = 0
    """Seconds it is open, as it was asked for; 0: until a date, or for ever."""


def encode(what: Question) -> bytes:
    """The form for ``poll.data``."""
    return _encode(what)


def decode(stored: bytes) -> Question:
    """What :func:`encode` made."""
    flags, question, answers, correct, solution, close_period = _decode(stored)
    return Question(
        flags,
        _text(question),
        [Answer(_text(text), option) for text, option in answers],
        correct,
        None if solution is None else _text(solution),
        close_period,
    )


def _text(stored: list[Any]) -> Text:
    text, marked = stored
    return Text(text, [Entity(*one) for one in marked])


def media_of(poll: int, *, public: bool) -> bytes:
    """The media of a message that shows a poll. The index ``body_media`` finds those that do."""
    return key_of(poll) + pack("poll", [poll], {"public": True} if public else None)[8:]


def poll_of(media: bytes | None) -> int:
    """The poll a message shows; 0: none."""
    if media is None or media[8 : 8 + len(_MARK)] != _MARK:
        return 0
    return media_id(media)
