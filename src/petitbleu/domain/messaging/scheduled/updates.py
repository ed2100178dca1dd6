"""How waiting messages, and their end, look in TL."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import Actor
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.messaging.scheduled import service, views
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.errors import Fault
from petitbleu.tl import api


@renders(service.NEW)
async def new(view: View, events: Sequence[Event]) -> None:
    """updateNewScheduledMessage: as it waits now"""
    me = Actor(view.viewer)
    for event in events:
        peer = event.data["peer"]
        try:
            rows = await service.waiting(view.app, me, peer, [event.data["id"]])
        except Fault:  # not theirs to see any more
            continue
        for message in await views.render_scheduled(view.app, view.viewer, rows, view.users):
            view.add(event, api.UpdateNewScheduledMessage(message=message))
        view.users.add(peer)


@renders(service.GONE)
async def gone(view: View, events: Sequence[Event]) -> None:
    """updateDeleteScheduledMessages"""
    for event in events:
        peer, sent = event.data["peer"], event.data.get("sent")
        view.add(
            event,
            api.UpdateDeleteScheduledMessages(
                peer=peer_of(peer),
                messages=[event.data["id"]],
                sent_messages=[sent] if sent else None,
            ),
        )
        view.users.add(peer)
