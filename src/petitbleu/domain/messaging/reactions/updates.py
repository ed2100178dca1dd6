"""How changed reactions look in TL: always as they are when they are told."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.messages.views import name_reactors
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.messaging.reactions import service, views
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.ids import is_channel
from petitbleu.tl import api

messages.when_erased(service.erased)


@renders(service.CHANGED)
async def changed(view: View, events: Sequence[Event]) -> None:
    """updateMessageReactions"""
    # Whoever said the message is told apart, with what is new to them.
    wanted = [
        event
        for event in events
        if event.owner > 0 or not event.data["sender"] or event.data["sender"] != view.viewer
    ]
    places: dict[int, list[int]] = {}
    for event in wanted:
        peer = event.data["peer"]
        places.setdefault(peer if is_channel(peer) else event.owner, []).append(event.data["id"])
    rows: dict[tuple[int, int], MessageRow] = {}
    for owner, ids in places.items():
        for row in await messages.moderation_access.rows(view.app.store, owner, ids):
            rows[(row.peer, row.id)] = row
    shown = []
    for event in wanted:
        there = rows.get((event.data["peer"], event.data["id"]))
        if there is not None:
            shown.append((event, there))
    rendered = await views.render_reactions(view.app, view.viewer, [row for _, row in shown])
    for (event, row), reactions in zip(shown, rendered, strict=True):
        view.add(
            event,
            api.UpdateMessageReactions(peer=peer_of(row.peer), msg_id=row.id, reactions=reactions),
        )
        view.users.add(row.peer)
        name_reactors(reactions, view.users)
