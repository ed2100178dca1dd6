"""Where the messages of a chat lie for somebody, and whether they may act there.

A private chat and a basic group lie in everybody's own box, a channel (or supergroup) in its own.
All reading and changing goes through a :class:`Place`, so that it is written once.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.chats.service import ChatRow
from petitbleu.domain.marks import service as marks
from petitbleu.domain.marks.service import Veil
from petitbleu.domain.members import service as members
from petitbleu.domain.members.service import READ, MemberRow, Right
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


async def place(app: App, me: Actor, peer: int, right: Right = READ) -> Place:
    """The chat ``peer`` for me, if I may do what ``right`` is about.

    Raises what :func:`members.require` raises; PEER_ID_INVALID for no chat at all.
    """
    if peer > 0:
        return Place(me.id, peer, veil=await marks.veil(app, me.id, me.id, peer))
    if peer == 0:
        raise Fault("PEER_ID_INVALID")
    chat, member = await members.require(app, me, peer, right)
    hidden = member.min_id if member is not None else 0
    owner = peer if ids.is_channel(peer) else me.id
    veil = await marks.veil(app, me.id, owner, peer)
    return Place(owner, peer, hidden, chat, member, veil)
