"""Events as items of the bus, and back.

``ev`` and ``pass``: ``[owner, pts, count, kind, at, data, row, skip, only_auth, apart, sent_at]``,
where ``row`` is the message as a list behind a number made of its field names, or nil.

``group``: ``[number, outgoing, sent, [[owner, pts, at, id, skip], ...], kind, sent_at]``: a message
of a basic group with the copies of the owners that one worker hosts.

Where the number is another one, the sender has another version: the row is read from the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from zlib import crc32

from petitbleu.domain.messaging.messages.service import GroupMessage, MessageRow
from petitbleu.domain.updates.log import Emit, Event, row_of
from petitbleu.store.hot.send import Copy, Outgoing, Sent


def _number(*types: Any) -> int:
    return crc32(";".join(",".join(kind._fields) for kind in types).encode())


_ROW = _number(MessageRow)
_GROUP = _number(Outgoing, Copy, Sent)
_IN_MEMORY = ("row", "copy")
"""What of an event's data travels beside it."""

Item = Sequence[Any]


def item(emit: Emit, sent_at: float) -> Item:
    """An event as the item that tells it."""
    event = emit.event
    data: dict[str, Any] = event.data
    row = row_of(event)
    if row is not None:
        data = {name: value for name, value in data.items() if name not in _IN_MEMORY}
    return (
        *event[:5],
        data,
        None if row is None else (_ROW, *row),
        emit.skip,
        emit.only_auth,
        emit.apart,
        sent_at,
    )


def emit(item: Item) -> tuple[Emit, float]:
    """The event of an item, and when it was sent. Raises ValueError, TypeError."""
    owner, pts, count, kind, at, data, row, skip, only_auth, apart, sent_at = item
    if row is not None and row[0] == _ROW:
        data["row"] = MessageRow(*row[1:])
    event = Event(owner, pts, count, kind, at, data)
    return Emit(event, _skip(skip), only_auth, tuple(apart), hosts=""), sent_at


def _skip(skip: Any) -> tuple[int, int] | None:
    return None if skip is None else (skip[0], skip[1])


def group_item(emits: Sequence[Emit], sent_at: float) -> Item:
    """One message of a basic group: the copies of ``emits``."""
    group, _ = emits[0].event.data["copy"]
    chosen = [emit.event.data["copy"][1] for emit in emits]
    outgoing = group.item._replace(
        copies=tuple(group.item.copies[n] for n in chosen), random_id=None, fingerprint=None
    )
    sent = group.sent._replace(places=tuple(group.sent.places[n] for n in chosen), hosts=None)
    copies = [
        (emit.event.owner, emit.event.pts, emit.event.at, emit.event.data["id"], emit.skip)
        for emit in emits
    ]
    return (_GROUP, outgoing, sent, copies, emits[0].event.kind, sent_at)


def group_emits(item: Item) -> tuple[list[Emit], float]:
    """The events of such an item, which share what they tell. Raises ValueError, TypeError."""
    number, outgoing, sent, copies, kind, sent_at = item
    shared: GroupMessage | None = None
    if number == _GROUP:
        said = Outgoing(*outgoing)
        said = said._replace(
            copies=tuple(Copy(*copy) for copy in said.copies), mentioned=tuple(said.mentioned)
        )
        shared = GroupMessage(said, Sent(*sent))
    emits = []
    for n, (owner, pts, at, id_, skip) in enumerate(copies):
        data: dict[str, Any] = {"id": id_}
        if shared is not None:
            data["copy"] = (shared, n)
        event = Event(owner, pts, 1, kind, at, data)
        emits.append(Emit(event, _skip(skip), 0, (), shared, hosts=""))
    return emits, sent_at
