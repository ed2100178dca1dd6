"""Drafts: what somebody was about to say, shared between their devices.

See core.telegram.org/api/drafts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.messaging.messages import entities
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import place
from petitbleu.domain.messaging.messages.contents import Reply
from petitbleu.domain.messaging.messages.entities import Entity
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

CHANGED = "draft"

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(dict[str, Any]).decode


class Saved(NamedTuple):
    """A draft as it is kept. ``date`` is Unix seconds."""

    text: str
    entities: Sequence[Entity]
    reply_to: Reply | None
    no_webpage: bool
    invert_media: bool
    date: int


def decode(stored: bytes, date: int) -> Saved:
    """``dialog.draft`` -> :class:`Saved`."""
    fields = _decode(stored)
    reply = fields.get("reply")
    return Saved(
        fields.get("text", ""),
        [Entity(*entity) for entity in fields.get("entities", ())],
        Reply(reply[0], reply[1], [Entity(*one) for one in reply[2]], *reply[3:])
        if reply
        else None,
        fields.get("no_webpage", False),
        fields.get("invert_media", False),
        date,
    )


async def save(
    app: App,
    me: Actor,
    peer: int,
    text: str,
    marked: Sequence[Entity] = (),
    *,
    reply_to: Reply | None = None,
    no_webpage: bool = False,
    invert_media: bool = False,
) -> list[Event]:
    """Keep a draft in the chat with ``peer``; an empty one without reply clears it.

    Raises ENTITY_BOUNDS_INVALID and what :func:`places.place` raises.
    """
    if peer in ids.SPEECHLESS:
        raise Fault("PEER_ID_INVALID")
    await place(app, me, peer)
    if not text.strip() and reply_to is None:
        return await clear(app, me, peer)
    kept: list[Entity] = []
    if text.strip():
        text, kept = entities.normalize(text, marked, find=False)
    stored: dict[str, Any] = {"text": text, "entities": kept}
    if reply_to is not None:
        stored["reply"] = list(reply_to)
    if no_webpage:
        stored["no_webpage"] = True
    if invert_media:
        stored["invert_media"] = True
    return [await app.store.write(_save, me, peer, _encode(stored), int(app.clock.now()))]


async def _save(tx: Tx, me: Actor, peer: int, stored: bytes, at: int) -> Event:
    await tx.run(q.SAVE_DRAFT, owner=me.id, peer=peer, draft=stored, at=at)
    return await _tell(tx, me, peer, at)


async def _tell(tx: Tx, me: Actor, peer: int, at: int) -> Event:
    return await log.state(tx, me.id, CHANGED, str(peer), {"peer": peer}, at=at, by=me)


async def clear(app: App, me: Actor, peer: int) -> list[Event]:
    """Drop the draft in the chat with ``peer``, if there is one (asked with every message sent)."""
    row = await app.store.row(q.DRAFT, owner=me.id, peer=peer)
    if row is None or not row.draft_at:
        return []
    return await app.store.write(_clear, me, [peer], int(app.clock.now()))


async def _clear(tx: Tx, me: Actor, peers: list[int], at: int) -> list[Event]:
    told = []
    for peer in sorted(peers):
        if await tx.run(q.CLEAR_DRAFT, owner=me.id, peer=peer):
            told.append(await _tell(tx, me, peer, at))
    return told


async def clear_all(app: App, me: Actor) -> list[Event]:
    """Drop every draft."""
    peers = [row.peer for row in await app.store.rows(q.DRAFTS, owner=me.id)]
    return await app.store.write(_clear, me, peers, int(app.clock.now())) if peers else []


async def every(app: App, owner: int) -> list[tuple[int, Saved]]:
    """(peer, draft) of all chats that have one, oldest first."""
    rows = await app.store.rows(q.DRAFTS, owner=owner)
    return [(row.peer, decode(row.draft, row.draft_at)) for row in rows if row.draft is not None]


async def load_draft(app: App, owner: int, peer: int) -> Saved | None:
    """The present draft in one chat."""
    row = await app.store.row(q.DRAFT, owner=owner, peer=peer)
    return None if row is None or row.draft is None else decode(row.draft, row.draft_at)
