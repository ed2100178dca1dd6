"""How the pins of Saved Messages look to the person's other devices."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.messaging.messages import saved
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api


async def _pins(view: View) -> list[int]:
    every = await saved.chats(view.app.store, view.viewer)
    return [saved_chat.peer for saved_chat in every if saved_chat.pinned]


@renders(saved.PINNED)
async def saved_pinned(view: View, events: Sequence[Event]) -> None:
    """updateSavedDialogPinned"""
    pins = await _pins(view)
    for event in events:
        peer = event.data["peer"]
        view.users.add(peer)
        dialog = api.DialogPeer(peer=peer_of(peer))
        view.add(event, api.UpdateSavedDialogPinned(pinned=peer in pins, peer=dialog))


@renders(saved.PINS)
async def saved_pins(view: View, events: Sequence[Event]) -> None:
    """updatePinnedSavedDialogs"""
    pins = await _pins(view)
    for event in events:
        view.users.update(pins)
        order = [api.DialogPeer(peer=peer_of(peer)) for peer in pins]
        view.add(event, api.UpdatePinnedSavedDialogs(order=order))
