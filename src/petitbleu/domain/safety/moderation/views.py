"""What this room adds to messages: the warning that clients blur them by."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.messages.views import WITHHOLDS, decorates
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.restrictions import views as mark_views
from petitbleu.tl import api


@decorates(lambda row: True, bare=True, order=WITHHOLDS)
async def sensitive(app: App, viewer: int, pairs: list[tuple[MessageRow, Any]]) -> None:
    """``restriction_reason`` of messages labelled as sensitive."""
    labelled = await restrictions.sensitive(app, [row for row, _ in pairs])
    if not labelled:
        return
    for row, message in pairs:
        text = labelled.get((row.owner, row.id))
        if text is not None and type(message) is api.Message:
            message.restriction_reason = mark_views.sensitive(text)
