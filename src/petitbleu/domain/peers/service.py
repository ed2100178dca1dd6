"""Access hashes: a number that proves the server itself once showed this peer to this viewer.

Bound to the viewer (core.telegram.org/api/peers): an HMAC of both ids under the server's secret, so
nothing is stored, every node agrees, and one person's hash is worthless to another.
"""

from __future__ import annotations

import struct
from typing import Any

import msgspec

from petitbleu.app import App
from petitbleu.domain.peers import queries as q

_pair = struct.Struct("<qq").pack
_number = struct.Struct("<q").unpack_from
_map = msgspec.msgpack.Decoder(dict[str, Any]).decode
_list = msgspec.msgpack.Decoder(list[list[Any]]).decode
_POST = 16
"""``box.flags`` of a post that a channel says, not a person (messages room)."""


def access_hash(app: App, viewer: int, peer: int) -> int:
    """The signed 64-bit access hash that ``viewer`` must show to name ``peer``."""
    number: int = _number(app.secrets.hmac("access-hash", _pair(viewer, peer)))[0]
    return number


async def seen_in_message(app: App, owner: int, chat: int, message: int, user: int) -> bool:
    """Whether message ``message`` in ``chat`` (in the box of ``owner``) shows ``user``.

    What a client leans on when it knows somebody only from a message (core.telegram.org/api/min).
    """
    return user in await _shown(app, owner, chat, message)


async def channel_in_message(app: App, owner: int, chat: int, message: int, channel: int) -> bool:
    """:func:`seen_in_message` for a channel (peer number)."""
    return channel in await _shown(app, owner, chat, message)


async def _shown(app: App, owner: int, chat: int, message: int) -> set[int]:
    """Peers a message names: the chat, who speaks, where it was said first, the mentioned."""
    row = await app.store.row(q.MESSAGE, owner=owner, id=message)
    if row is None or row.peer != chat:
        return set()
    extra = _map(row.extra) if row.extra is not None else {}
    shown = {row.peer, extra.get("as", 0 if row.flags & _POST else row.sender)}
    if "forward" in extra:
        shown.update(extra["forward"][:1])
    for argument in extra.get("action", ())[1:]:
        shown.update(argument if isinstance(argument, list) else [argument])
    if row.entities is not None:
        shown.update(one[3] for one in _list(row.entities) if len(one) > 3)
    return {one for one in shown if isinstance(one, int)}
