"""Typing and its like: told to whoever is looking, never stored."""

from __future__ import annotations

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.messages.send import private
from petitbleu.domain.relations import service as relations
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Emit
from petitbleu.errors import Fault

SEEN = "typing"


async def act(
    app: App, me: Actor, peer: int, action: str, progress: int | None = None
) -> list[Emit]:
    """I am doing ``action`` (a name of ``views.TYPING``) in the chat with ``peer``.

    Gives the news to announce. Raises PEER_ID_INVALID, USER_IS_BLOCKED. Whom I have blocked learns
    nothing.
    """
    private(peer)
    if peer in (me.id, ids.SERVICE_USER):
        return []
    if await relations.blocked(app, peer, me.id):
        raise Fault("USER_IS_BLOCKED")
    if await relations.blocked(app, me.id, peer):
        return []
    data = {"from": me.id, "action": action, "progress": progress}
    return [log.passing(peer, SEEN, data, at=int(app.clock.now()), by=me)]
