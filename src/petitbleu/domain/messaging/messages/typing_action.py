"""Typing and its like: told to whoever is looking, never stored."""

from __future__ import annotations

from typing import Any

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats.service import CHANNEL
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import ANONYMOUS, WRITE
from petitbleu.domain.messaging.messages.chat_scope import place
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Emit
from petitbleu.errors import Fault

SEEN = "typing"


async def act(
    app: App, me: Actor, peer: int, action: str, progress: int | None = None
) -> list[Emit]:
    """I am doing ``action`` (a name of ``views.TYPING``) in the chat with ``peer``.

    Gives the news to announce. Raises PEER_ID_INVALID, USER_IS_BLOCKED and what
    :func:`places.place` raises. Whom I have blocked learns nothing.
    """
    now = int(app.clock.now())
    data = {"from": me.id, "action": action, "progress": progress}
    if peer < 0:
        return await _in_chat(app, me, peer, data, now)
    if peer in (me.id, ids.SERVICE_USER):
        return []
    if peer in ids.SPEECHLESS:
        raise Fault("PEER_ID_INVALID")
    if await social_graph.blocked(app, peer, me.id):
        raise Fault("USER_IS_BLOCKED")
    if await social_graph.blocked(app, me.id, peer):
        return []
    return [log.passing(peer, SEEN, data, at=now, by=me, often=True)]


async def _in_chat(app: App, me: Actor, peer: int, data: dict[str, Any], now: int) -> list[Emit]:
    at = await place(app, me, peer, WRITE)
    assert at.chat is not None
    data["chat"] = peer
    if at.shared:
        # Nobody hears who is writing a post, nor what an anonymous admin does.
        if at.chat.kind == CHANNEL or (at.member is not None and at.member.rights & ANONYMOUS):
            return []
        emit = log.passing(peer, SEEN, data, at=now, by=me, often=True)
        return [emit._replace(apart=(me.id,))]
    others = await members.inside(app.store, peer)
    return [
        log.passing(other, SEEN, data, at=now, often=True) for other in others if other != me.id
    ]
