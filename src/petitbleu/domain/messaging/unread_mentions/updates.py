"""How looking at messages is told to one's other devices."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.messaging.unread_mentions import reading, views
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.ids import bare
from petitbleu.tl import api

__all__ = ["views"]  # imported to be registered


@renders(reading.OPENED)
async def opened(view: View, events: Sequence[Event]) -> None:
    """updateReadMessagesContents"""
    for event in events:
        view.add(
            event,
            api.UpdateReadMessagesContents(
                messages=event.data["ids"], pts=event.pts, pts_count=event.count, date=event.at
            ),
        )


@renders(reading.OPENED_IN_CHANNEL)
async def opened_in_channel(view: View, events: Sequence[Event]) -> None:
    """updateChannelReadMessagesContents"""
    for event in events:
        peer = event.data["peer"]
        view.add(
            event,
            api.UpdateChannelReadMessagesContents(
                channel_id=bare(peer), messages=event.data["ids"]
            ),
        )
        view.users.add(peer)
