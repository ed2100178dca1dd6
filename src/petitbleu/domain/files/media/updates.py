"""Media of messages, wherever messages are shown. (It logs no events of its own.)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.files.media.views import photo_at, render
from petitbleu.domain.messaging.file_references.service import MESSAGE
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.messages.views import SHOWS, action, decorates
from petitbleu.tl import api


@decorates(lambda row: row.media is not None, order=SHOWS)
async def add_media(app: App, viewer: int, pairs: Sequence[tuple[MessageRow, Any]]) -> None:
    """``message.media``: the same for every viewer, so that a channel's post is made once."""
    for row, message in pairs:
        if row.media is None:
            continue
        if type(message) is api.Message:
            message.media = render(app, row.media, row.owner, row.id)
        elif type(message.action) is api.MessageActionChatEditPhoto:
            message.action.photo = photo_at(app, row.media, (MESSAGE, row.owner, row.id))


def _photo_to_come() -> Any:
    """The picture travels as the media of the service message (:func:`add_media`)."""
    return api.MessageActionChatEditPhoto(photo=api.PhotoEmpty(id=0))


action("chat_photo", _photo_to_come)
action("chat_photo_deleted", api.MessageActionChatDeletePhoto)
