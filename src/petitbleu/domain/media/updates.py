"""Media of messages, wherever messages are shown. (It logs no events of its own.)"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.media.views import render
from petitbleu.domain.messages.service import MessageRow
from petitbleu.domain.messages.views import decorates
from petitbleu.tl import api


@decorates(lambda row: row.media is not None)
async def add_media(app: App, viewer: int, pairs: Sequence[tuple[MessageRow, Any]]) -> None:
    """``message.media``: the same for every viewer, so that a channel's post is made once."""
    for row, made in pairs:
        if type(made) is api.Message and row.media is not None:
            made.media = render(app, row.media, row.owner, row.id)
