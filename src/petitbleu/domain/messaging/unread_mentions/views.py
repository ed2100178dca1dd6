"""Who is mentioned, on the messages of a supergroup: one copy serves all its members."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.messaging.messages.service import MENTIONED, MessageRow
from petitbleu.domain.messaging.messages.views import decorates
from petitbleu.domain.messaging.unread_mentions import service
from petitbleu.domain.messaging.unread_mentions.service import MENTION


@decorates(lambda row: row.owner < 0 and bool(row.flags & MENTIONED))
async def put(app: App, viewer: int, pairs: list[tuple[MessageRow, Any]]) -> None:
    """``mentioned`` and ``media_unread`` of the viewer: the flag says that anybody is mentioned."""
    places: dict[int, list[int]] = {}
    for row, _ in pairs:
        places.setdefault(row.owner, []).append(row.id)
    marks: dict[tuple[int, int], bool] = {}
    if viewer:
        for channel, ids in places.items():
            marked = await service.marks(app.store, viewer, channel, MENTION, ids)
            marks.update(((channel, one), unread) for one, unread in marked.items())
    for row, message in pairs:
        unread = marks.get((row.owner, row.id))
        message.mentioned = unread is not None
        if unread:
            message.media_unread = True
