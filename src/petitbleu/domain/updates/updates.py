"""How the news of this room itself look in TL."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.domain.updates.service import CHANNEL_CHANGED
from petitbleu.ids import bare
from petitbleu.tl import api


@renders(CHANNEL_CHANGED)
async def channel_changed(view: View, events: Sequence[Event]) -> None:
    """updateChannelTooLong: while the device was away, something happened in the channel"""
    for event in events:
        channel = event.data["channel"]
        view.add(event, api.UpdateChannelTooLong(channel_id=bare(channel), pts=event.data["pts"]))
        view.users.add(channel)
