"""TL handlers of the updates room."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.updates import rpc_channel, rpc_unanswered, service, views
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

__all__ = ["rpc_channel"]


@rpc("updates.getState", who=USER | BOT, counts=True)
async def get_state(ctx: Ctx, q: api.updates.GetState) -> api.updates.State:
    """The counters now."""
    return views.state(await service.state(ctx.app, ctx.me))


@rpc("updates.getDifference", who=USER | BOT)
async def get_difference(ctx: Ctx, q: api.updates.GetDifference) -> Any:
    """What happened since (pts, date)."""
    difference = await service.difference(
        ctx.app, ctx.me, q.pts, q.date, limit=q.pts_limit, total=q.pts_total_limit
    )
    answer = await views.difference(ctx.app, ctx.me.id, difference)
    if difference.events and not difference.too_long:
        first = await rpc_unanswered.announced(ctx, ctx.me.id, answer.new_messages)
        answer.other_updates = [*first, *answer.other_updates]
    return answer
