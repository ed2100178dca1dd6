"""Access hashes: a number that proves the server itself once showed this peer to this viewer.

Bound to the viewer (core.telegram.org/api/peers): an HMAC of both ids under the server's secret, so
nothing is stored, every node agrees, and one person's hash is worthless to another.
"""

from __future__ import annotations

import struct

from petitbleu.app import App
from petitbleu.domain.peers import queries as q

_pair = struct.Struct("<qq").pack
_number = struct.Struct("<q").unpack_from


def access_hash(app: App, viewer: int, peer: int) -> int:
    """The signed 64-bit access hash that ``viewer`` must show to name ``peer``."""
    number: int = _number(app.secrets.hmac("access-hash", _pair(viewer, peer)))[0]
    return number


async def seen_in_message(app: App, viewer: int, chat: int, message: int, user: int) -> bool:
    """Whether ``user`` wrote message ``message`` that stands in the viewer's ``chat``.

    What a client leans on when it knows somebody only from a message (core.telegram.org/api/min).
    """
    row = await app.store.row(q.MESSAGE, owner=viewer, id=message)
    return row is not None and row.peer == chat and user in (row.author, row.peer)
