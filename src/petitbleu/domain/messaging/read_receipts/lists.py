"""Who has read a message, who is online."""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats.service import BASIC, CHANNEL, HIDDEN_MEMBERS
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.read_receipts import queries as q
from petitbleu.domain.messaging.read_receipts.queries import Reading
from petitbleu.domain.messaging.read_receipts.service import KEPT, SMALL
from petitbleu.domain.people.accounts import presence
from petitbleu.domain.updates import delivery
from petitbleu.errors import Fault


async def load_readers(app: App, me: Actor, peer: int, message: int) -> list[Reading]:
    """Who has read a message of a small group, the first first.

    Raises PEER_ID_INVALID (no group), CHAT_TOO_BIG, MSG_ID_INVALID, MSG_TOO_OLD and what
    :func:`messages.place` raises.
    """
    at = await messages.place(app, me, peer)
    if at.chat is None or at.chat.kind == CHANNEL or _is_out(app, at):
        raise Fault("PEER_ID_INVALID")
    if at.chat.members > SMALL:
        raise Fault("CHAT_TOO_BIG")
    row = (await messages.in_place(app, at, [message])).get(message)
    if row is None:
        raise Fault("MSG_ID_INVALID")
    if app.clock.now() - row.date > KEPT:
        raise Fault("MSG_TOO_OLD")
    if at.shared:
        rows = await app.store.rows(q.OF_POST, peer=peer, id=row.id)
    else:
        rows = await app.store.rows(q.OF_COPIES, peer=peer, author=row.author, body=row.body)
    inside = set(await members.inside(app.store, peer)) - {row.sender}
    return [row for row in rows if row.account in inside]


def _is_out(app: App, at: messages.Place) -> bool:
    """Whether I was put out of a basic group, whose earlier messages still lie in my box."""
    return members.role(at.member, app.clock.now()) == members.OUT


async def online(app: App, me: Actor, peer: int) -> int:
    """How many members of a group or channel are online.

    Raises PEER_ID_INVALID (a person) and what :func:`messages.place` raises.
    """
    at = await messages.place(app, me, peer)
    if at.chat is None or _is_out(app, at):
        raise Fault("PEER_ID_INVALID")
    if at.chat.kind == CHANNEL or at.chat.flags & HIDDEN_MEMBERS:
        return 1
    if at.chat.kind == BASIC:
        people = await members.inside(app.store, peer)
    else:
        # Who is online has a session, and whoever has a session hears the group.
        people = list(delivery.listeners(app, peer))
    now = app.clock.now()
    return max(
        1, sum(presence.load_presence(app, person, 0).online_until > now for person in people)
    )
