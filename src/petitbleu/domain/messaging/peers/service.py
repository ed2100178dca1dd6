"""Access hashes: a number that proves the server itself once showed this peer to this viewer.

Bound to the viewer (core.telegram.org/api/peers): an HMAC of both ids under the server's secret, so
nothing is stored, every node agrees, and one person's hash is worthless to another.
"""

from __future__ import annotations

import struct

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.dialogs import service as dialogs
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.errors import Fault

_pair = struct.Struct("<qq").pack
_number = struct.Struct("<q").unpack_from


def access_hash(app: App, viewer: int, peer: int) -> int:
    """The signed 64-bit access hash that ``viewer`` must show to name ``peer``."""
    number: int = _number(app.secrets.hmac("access-hash", _pair(viewer, peer)))[0]
    return number


async def has_met(app: App, me: Actor, peer: int) -> bool:
    """Whether ``me``, a bot, may name a peer without its hash: itself, who wrote to it or shares a
    chat with it, a chat it is or was in, and what is public.
    """
    if peer == me.id:
        return True
    if peer < 0:
        chat = await chats.get(app, peer)
        known = await members.load_member(app, peer, me.id)
        return known is not None or (chat is not None and chat.username is not None)
    (dialog,) = await dialogs.of_peers(app, me, [peer])
    return dialog.top_id > 0 or bool(await members.common(app, me.id, peer))


async def seen_in_message(app: App, me: Actor, chat: int, message: int) -> set[int]:
    """The peers that message ``message`` of ``chat`` shows me: none where I may not read it.

    What a client leans on when it knows somebody only from a message (core.telegram.org/api/min).
    """
    try:
        where = await messages.place(app, me, chat)
    except Fault:
        return set()
    row = (await messages.in_place(app, where, [message])).get(message)
    if row is None:
        return set()
    return messages.named_peers(row.peer, row.sender, row.flags, row.extra, row.entities)
