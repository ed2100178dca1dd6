"""How a changed timer looks in TL."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.messaging.messages.views import action
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.messaging.timers import service
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api

action("ttl", lambda seconds: api.MessageActionSetMessagesTTL(period=seconds))


@renders(service.CHANGED)
async def changed(view: View, events: Sequence[Event]) -> None:
    """updatePeerHistoryTTL"""
    for event in events:
        peer = event.data["peer"]
        seconds = event.data["seconds"] or None
        view.add(event, api.UpdatePeerHistoryTTL(peer=peer_of(peer), ttl_period=seconds))
        view.users.add(peer)
