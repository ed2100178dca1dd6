"""How changes of contacts and blocks look to a device."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.people.contacts import views
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api


@renders("contacts_reset")
async def contacts_reset(view: View, events: Sequence[Event]) -> None:
    """The contact list is to be fetched anew."""
    for event in events:
        view.add(event, api.UpdateContactsReset())


@renders("peer_settings")
async def peer_settings(view: View, events: Sequence[Event]) -> None:
    """The user (contact marks, names) and the bar of the chat, as they are now."""
    peers = [event.data["peer"] for event in events]
    view.users.update(peers)
    settings = await views.peers_settings(view.app, view.viewer, peers)
    for event, peer in zip(events, peers, strict=True):
        view.add(event, api.UpdatePeerSettings(peer=peer_of(peer), settings=settings[peer]))


@renders("peer_blocked")
async def peer_blocked(view: View, events: Sequence[Event]) -> None:
    """Somebody was put on a block list or taken off it."""
    for event in events:
        peer, blocked = event.data["peer"], event.data["blocked"]
        stories = event.data["list"] == 1
        view.users.add(peer)
        view.add(
            event,
            api.UpdatePeerBlocked(
                blocked=blocked and not stories,
                blocked_my_stories_from=blocked and stories,
                peer_id=peer_of(peer),
            ),
        )
