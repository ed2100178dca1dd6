"""How the events of the room look in TL."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.messaging.webpages import service, views
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.ids import bare
from petitbleu.tl import api


@renders(service.TOLD)
async def known(view: View, events: Sequence[Event]) -> None:
    """updateWebPage, updateChannelWebPage"""
    rows = await service.known(view.app, {event.data["id"] for event in events})
    for event in events:
        number = event.data["id"]
        row = rows.get(number)
        fields = {
            "webpage": views.page(view.app, row, number, row.url if row is not None else ""),
            "pts": event.pts,
            "pts_count": event.count,
        }
        if event.owner > 0:
            view.add(event, api.UpdateWebPage(**fields))
        else:
            channel = bare(event.owner)
            view.add(event, api.UpdateChannelWebPage(channel_id=channel, **fields))
            view.users.add(event.owner)
