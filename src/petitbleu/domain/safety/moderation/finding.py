"""Which measures there are about a chat: for whoever must say why something is gone."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from petitbleu.app import App
from petitbleu.domain.messaging.messages.service import moderation_access
from petitbleu.domain.safety.moderation import queries as q
from petitbleu.domain.safety.moderation.queries import MeasureRow

_REMOVE = "remove"
_NEWEST = 1 << 62
LOOKED_AT = 1000
"""Measures about one chat that are looked through, the newest first."""

_decode = msgspec.msgpack.Decoder(list[int]).decode


def messages_of(row: MeasureRow) -> list[int]:
    """The messages that a measure is about, by their ids; empty: it is about the whole."""
    return _decode(row.messages)


class Removal(NamedTuple):
    """A message was removed: under which number, when (Unix seconds), and what people are told."""

    number: int
    at: int
    shown: str
    top: int | None = None
    """The message on whose thread it hung; None: on none."""


async def removal(app: App, chat: int, message: int) -> Removal | None:
    """The measure in force that removed a message of a channel; None: nobody's decision did."""
    rows = await app.store.rows(q.MEASURES_ABOUT, subject=chat, before=_NEWEST, limit=LOOKED_AT)
    for row in rows:
        current = row.kind == _REMOVE and row.ended_at is None and row.owner == chat
        if current and message in _decode(row.messages):
            return Removal(row.number, row.at, row.shown, _top(row, message))
    return None


def _top(row: MeasureRow, message: int) -> int | None:
    taken = [moderation_access.Taken(*one) for one in msgspec.msgpack.decode(row.undo)["taken"]]
    return next((one.top for one in taken if (one.owner, one.id) == (row.owner, message)), None)


async def lately(app: App, chat: int, since: int) -> list[MeasureRow]:
    """The measures about a chat or its messages that began or ended at ``since`` or later."""
    rows = await app.store.rows(q.MEASURES_ABOUT, subject=chat, before=_NEWEST, limit=LOOKED_AT)
    return [row for row in rows if row.at >= since or (row.ended_at or 0) >= since]
