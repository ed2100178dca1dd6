"""Editing one's messages (core.telegram.org/method/messages.editMessage)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.app import Actor, App
from petitbleu.domain.messages import boxes, contents, entities
from petitbleu.domain.messages import queries as q
from petitbleu.domain.messages.contents import TEXT
from petitbleu.domain.messages.entities import Entity
from petitbleu.domain.messages.queries import MessageRow
from petitbleu.domain.messages.send import private, twin_id
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

EDITED = "message.edit"
EDIT_SECONDS = 48 * 3600
"""How long a message may be edited (``edit_time_limit`` of help.getConfig); own notes: ever."""


async def editable(app: App, me: Actor, peer: int, message: int) -> MessageRow:
    """The message if I may edit it now.

    Raises PEER_ID_INVALID, MESSAGE_ID_INVALID, MESSAGE_AUTHOR_REQUIRED, MESSAGE_EDIT_TIME_EXPIRED.
    """
    private(peer)
    row = await app.store.row(q.ONE, owner=me.id, id=message)
    if row is None or row.peer != peer or row.kind != TEXT:
        raise Fault("MESSAGE_ID_INVALID")
    if row.author != me.id or (row.extra is not None and "forward" in contents.decode(row.extra)):
        raise Fault("MESSAGE_AUTHOR_REQUIRED")
    if peer != me.id and app.clock.now() - row.date > EDIT_SECONDS:
        raise Fault("MESSAGE_EDIT_TIME_EXPIRED")
    return row


async def edit(
    app: App,
    me: Actor,
    peer: int,
    message: int,
    text: str,
    marked: Sequence[Entity] = (),
    *,
    no_webpage: bool = False,
    invert_media: bool = False,
) -> list[Event]:
    """Replace the text of my message on both sides; the events of both, mine first.

    Raises what :func:`editable` and :func:`entities.normalize` raise, and MESSAGE_NOT_MODIFIED.
    """
    row = await editable(app, me, peer, message)
    text, found = entities.normalize(text, marked)
    extra = contents.decode(row.extra) if row.extra is not None else {}
    _set(extra, "no_webpage", no_webpage)
    _set(extra, "invert_media", invert_media)
    new = row._replace(
        text=text,
        entities=entities.encode(found),
        extra=contents.encode(extra),
        edit_date=int(app.clock.now()),
    )
    if new.text == row.text and new.entities == row.entities:
        raise Fault("MESSAGE_NOT_MODIFIED")
    return await app.store.write(_edit, me, new)


def _set(extra: dict[str, Any], name: str, value: bool) -> None:
    if value:
        extra[name] = True
    else:
        extra.pop(name, None)


async def _edit(tx: Tx, me: Actor, new: MessageRow) -> list[Event]:
    at = new.edit_date or 0
    twin = twin_id(new)
    places = {me.id: new.id}
    if twin:
        places[new.peer] = twin
    owners = await boxes.lock(tx, places)
    changed = await tx.run(
        q.EDIT,
        author=me.id,
        id=new.body,
        text=new.text,
        entities=new.entities,
        extra=new.extra,
        edit_date=at,
    )
    told: dict[int, Event] = {}
    for owner in sorted(owners):
        row = await tx.row(q.ONE, owner=owner, id=places[owner])
        if row is not None and row.author == me.id and row.body == new.body:
            event = await log.append(tx, owner, EDITED, {"id": row.id}, at=at, by=me)
            told[owner] = event._replace(data={"id": row.id, "row": row})
    if not changed or me.id not in told:
        raise Fault("MESSAGE_ID_INVALID")
    return [told[me.id], *(event for owner, event in told.items() if owner != me.id)]
