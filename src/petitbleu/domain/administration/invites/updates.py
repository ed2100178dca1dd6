"""How news about requests to join look."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.administration.invites import service
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api


@renders(service.PENDING)
async def pending(view: View, events: Sequence[Event]) -> None:
    """updatePendingJoinRequests: who waits now"""
    for event in events:
        chat = event.data["chat"]
        recent, count = await service.waiting(view.app.store, chat)
        view.add(
            event,
            api.UpdatePendingJoinRequests(
                peer=peer_of(chat), requests_pending=count, recent_requesters=recent
            ),
        )
        view.users.update((chat, *recent))
