"""TL methods of takeout, and the gate of ``invokeWithTakeout``."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.transfer.takeout import service
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc, takeout_gate
from petitbleu.tl import api

_WANTS = (
    "contacts",
    "message_users",
    "message_chats",
    "message_megagroups",
    "message_channels",
    "files",
)
LEFT_PAGE = 100
ALL_IDS = api.MessageRange(min_id=1, max_id=2**31 - 1)


@takeout_gate
async def check(ctx: Ctx, number: int) -> None:
    """TAKEOUT_INVALID unless the caller's device runs this export."""
    await service.check(ctx.app, ctx.me, number)


@rpc("account.initTakeoutSession", limit="write", once=True)
async def init_takeout_session(ctx: Ctx, q: api.account.InitTakeoutSession) -> Any:
    """account.takeout"""
    wants = [name for name in _WANTS if getattr(q, name)]
    return api.account.Takeout(id=await service.begin(ctx.app, ctx.me, wants))


@rpc("account.finishTakeoutSession", limit="write")
async def finish_takeout_session(ctx: Ctx, q: api.account.FinishTakeoutSession) -> bool:
    """True"""
    if not ctx.takeout:
        raise Fault("TAKEOUT_REQUIRED")
    await service.finish(ctx.app, ctx.me, ctx.takeout)
    return True


@rpc("channels.getLeftChannels")
async def get_left_channels(ctx: Ctx, q: api.channels.GetLeftChannels) -> Any:
    """messages.chats or its slice. Who leaves is forgotten, unless restrictions are remembered."""
    if not ctx.takeout:
        raise Fault("TAKEOUT_REQUIRED")
    channels = await members.left(ctx.app, ctx.me.id, q.offset, LEFT_PAGE)
    chats = await chat_views.chats(ctx.app, ctx.me.id, channels)
    if len(channels) < LEFT_PAGE and not q.offset:
        return api.messages.Chats(chats=chats)
    return api.messages.ChatsSlice(count=max(q.offset, 0) + len(channels), chats=chats)


@rpc("messages.getSplitRanges")
async def get_split_ranges(ctx: Ctx, q: api.messages.GetSplitRanges) -> list[Any]:
    """One range: a history costs the same at its beginning and at its end, whatever its size."""
    return [ALL_IDS]
