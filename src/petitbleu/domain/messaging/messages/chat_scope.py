"""Where the messages of a chat lie for somebody, and whether they may act there.

A private chat and a basic group lie in everybody's own box, a channel (or supergroup) in its own.
All reading and changing goes through a :class:`Place`, so that it is written once. Nobody makes one
by hand: for a person :func:`place` does, after it has asked what they may see; for the server's own
work, where there is no reader, :func:`unguarded` does. ``tests/test_architecture.py`` says who may.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import READ, MemberRow, Right
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.restrictions.service import Veil
from petitbleu.errors import Fault


class Place(NamedTuple):
    """Box rows ``(owner, peer)``."""

    owner: int
    peer: int
    hidden: int = 0
    """Messages up to this id are not shown."""
    chat: ChatRow | None = None
    """None in private chats."""
    member: MemberRow | None = None
    veil: Veil | None = None
    """What measures in force withhold from the reader; None: nothing."""

    @property
    def shared(self) -> bool:
        """A supergroup or channel: one box for all."""
        return self.owner < 0


PRIVATE = Place(0, 0)
"""The place of a private chat, of which nothing has to be known before it is written to."""


def unguarded(owner: int, peer: int, chat: ChatRow | None = None) -> Place:
    """The chat ``peer`` in the box of ``owner``, all of it, for the server's own work.

    Nobody's rights are asked for: what is read here must not reach a person who was not judged
    elsewhere.
    """
    return Place(owner, peer, 0, chat)


async def place(app: App, me: Actor, peer: int, right: Right = READ) -> Place:
    """The chat ``peer`` for me, if I may do what ``right`` is about.

    Raises what :func:`members.require` raises; PEER_ID_INVALID for no chat at all.
    """
    if peer > 0:
        return Place(me.id, peer, veil=await restrictions.veil(app, me.id, me.id, peer))
    if peer == 0:
        raise Fault("PEER_ID_INVALID")
    chat, member = await members.require(app, me, peer, right)
    hidden = member.min_id if member is not None else 0
    owner = peer if ids.is_channel(peer) else me.id
    veil = await restrictions.veil(app, me.id, owner, peer)
    return Place(owner, peer, hidden, chat, member, veil)
