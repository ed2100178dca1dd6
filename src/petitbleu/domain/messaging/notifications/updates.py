"""How changed notification settings look to the person's other devices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.domain.messaging.notifications import views
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api

_SCOPES: dict[str, Any] = {
    "users": api.NotifyUsers,
    "chats": api.NotifyChats,
    "broadcasts": api.NotifyBroadcasts,
}


@renders("notify")
async def notify(view: View, events: Sequence[Event]) -> None:
    """updateNotifySettings of a chat or of a scope."""
    for event in events:
        kept = event.data["settings"]
        if "peer" in event.data:
            peer = event.data["peer"]
            view.users.add(peer)
            update = api.UpdateNotifySettings(
                peer=api.NotifyPeer(peer=peer_of(peer)), notify_settings=views.settings(kept)
            )
        else:
            update = api.UpdateNotifySettings(
                peer=_SCOPES[event.data["scope"]](), notify_settings=views.scope(kept)
            )
        view.add(event, update)
