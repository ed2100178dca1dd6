"""TL handlers: auto-delete timers."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.messages.service import first_contact, timers
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.timers import service
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

_DOCUMENTED = ("CHAT_NOT_MODIFIED", "PEER_ID_INVALID", "TTL_PERIOD_INVALID")


@rpc("messages.setHistoryTTL", limit="write")
async def set_history_ttl(ctx: Ctx, q: api.messages.SetHistoryTTL) -> Any:
    """Updates with the service message and updatePeerHistoryTTL."""
    chat = await peers.resolve(ctx, q.peer)
    # The other side is told, as by a message.
    await first_contact.admit(ctx.app, ctx.me, chat, ctx.ip)
    try:
        events = await service.set_timer(ctx.app, ctx.me, chat, q.period)
    except Fault as fault:
        if fault.name in _DOCUMENTED:
            raise
        # Not a chat one may set it in.
        raise Fault("PEER_ID_INVALID") from fault
    return await updates.answer(ctx, events, also=[chat])


@rpc("messages.setDefaultHistoryTTL", limit="write")
async def set_default_history_ttl(ctx: Ctx, q: api.messages.SetDefaultHistoryTTL) -> bool:
    """True"""
    await service.set_default(ctx.app, ctx.me.id, q.period)
    return True


@rpc("messages.getDefaultHistoryTTL")
async def get_default_history_ttl(
    ctx: Ctx, q: api.messages.GetDefaultHistoryTTL
) -> api.DefaultHistoryTTL:
    """defaultHistoryTTL"""
    return api.DefaultHistoryTTL(period=await timers.default(ctx.app, ctx.me.id))
