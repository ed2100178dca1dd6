"""Writing to people who do not know one: counted, so that nobody writes to everybody.

The first message to somebody with whom there is no chat yet, and who does not have the sender in
the address book, counts against ``[daily.stranger]`` of ``schema/limits.toml``.
"""

from __future__ import annotations

from petitbleu import ids, rates
from petitbleu.app import Actor, App, Part
from petitbleu.cache import Cache
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.errors import Fault

_CACHE_LIMIT = 100_000
_SERVED = ids.SPEECHLESS | {ids.SERVICE_USER}


ACQUAINTED: Part[Cache[tuple[int, int], bool]] = Part(lambda _: Cache(_CACHE_LIMIT))


async def admit(app: App, me: Actor, peer: int, ip: str) -> None:
    """Count a first message to a stranger; FLOOD_WAIT_X where it is one too many today.

    Asked before every message a person sends: whom one has a chat with is remembered. What is
    written to the service chat is counted on its own (``[durable.service_chat]``). PEER_ID_INVALID
    for accounts that nobody can write to.
    """
    if peer in _SERVED:
        await _server(app, me, peer, ip)
        return
    known = app.parts[ACQUAINTED]
    if peer <= 0 or peer == me.id or known.get((me.id, peer)):
        return
    generation = known.generation
    counters = await app.store.row(q.COUNTERS, owner=me.id, peer=peer)
    if counters is None or not counters.total:
        ties = await social_graph.ties(app.store, me.id, (peer,))
        if peer not in ties.theirs:
            await rates.durable(app, "stranger", str(me.id), ip=ip)
            return
    known.keep((me.id, peer), True, generation)


async def _server(app: App, me: Actor, peer: int, ip: str) -> None:
    """Count what is written to the service chat; refuse to write to accounts of the server."""
    if peer in ids.SPEECHLESS or (me.bot and peer == ids.SERVICE_USER):
        raise Fault("PEER_ID_INVALID")
    if peer == ids.SERVICE_USER:
        await rates.durable(app, "service_chat", str(me.id), ip=ip)
