"""TL handler of recent actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.domain.communities.adminlog import service, views
from petitbleu.domain.communities.adminlog.kinds import SORTS
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

_FILTERS = sorted(set(SORTS.values()))


@rpc("channels.getAdminLog", limit="search")
async def get_admin_log(ctx: Ctx, q: api.channels.GetAdminLog) -> Any:
    """channels.adminLogResults, newest first; an empty list of admins stands for anybody."""
    channel = await peers.input_channel(ctx, q.channel)
    chosen = q.events_filter
    sorts = (
        None if chosen is None else [filter_ for filter_ in _FILTERS if getattr(chosen, filter_)]
    )
    chat, rows = await service.page(
        ctx.app,
        ctx.me,
        channel,
        text=q.q,
        sorts=sorts or None,
        actors=await _admins(ctx, q.admins) if q.admins else None,
        max_id=q.max_id,
        min_id=q.min_id,
        limit=q.limit,
    )
    return await views.results(ctx.app, ctx.me.id, chat, rows)


async def _admins(ctx: Ctx, given: Sequence[Any]) -> set[int]:
    """Those among ``given`` that can be named; no error is documented for the others."""
    admins = set()
    for item in given[: service.PAGE]:
        try:
            admins.add(await peers.input_user(ctx, item))
        except Fault:
            continue
    return admins
