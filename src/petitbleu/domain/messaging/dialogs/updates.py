"""How changes of the chat list look in TL: always as they are when they are told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.app import Actor
from petitbleu.domain.messaging.dialogs import service
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api


def _dialog_peer(peer: int) -> Any:
    return api.DialogPeer(peer=peer_of(peer))


@renders("dialog.pinned")
async def dialog_pinned(view: View, events: Sequence[Event]) -> None:
    """updateDialogPinned"""
    peers = [event.data["peer"] for event in events]
    rows = await service.of_peers(view.app, Actor(view.viewer), peers)
    for event, row in zip(events, rows, strict=True):
        view.add(
            event,
            api.UpdateDialogPinned(
                pinned=row.pin_order > 0,
                folder_id=row.folder or None,
                peer=_dialog_peer(row.peer),
            ),
        )
        view.users.add(row.peer)


@renders("dialog.pins")
async def dialog_pins(view: View, events: Sequence[Event]) -> None:
    """updatePinnedDialogs"""
    for event in events:
        folder = event.data["folder"]
        rows = await service.pinned(view.app, Actor(view.viewer), folder)
        view.add(
            event,
            api.UpdatePinnedDialogs(
                folder_id=folder or None, order=[_dialog_peer(row.peer) for row in rows]
            ),
        )
        view.users.update(row.peer for row in rows)


@renders("dialog.marked")
async def dialog_marked(view: View, events: Sequence[Event]) -> None:
    """updateDialogUnreadMark"""
    peers = [event.data["peer"] for event in events]
    rows = await service.of_peers(view.app, Actor(view.viewer), peers)
    for event, row in zip(events, rows, strict=True):
        view.add(
            event,
            api.UpdateDialogUnreadMark(unread=bool(row.marked), peer=_dialog_peer(row.peer)),
        )
        view.users.add(row.peer)


@renders("dialog.folders")
async def dialog_folders(view: View, events: Sequence[Event]) -> None:
    """updateFolderPeers"""
    for event in events:
        moves = event.data["moves"]
        view.add(
            event,
            api.UpdateFolderPeers(
                folder_peers=[
                    api.FolderPeer(peer=peer_of(peer), folder_id=folder) for peer, folder in moves
                ],
                pts=event.pts,
                pts_count=event.count,
            ),
        )
        view.users.update(peer for peer, _ in moves)
