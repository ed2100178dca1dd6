"""TL handlers: lists of one's chats by how one stands to them."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.chats import views as chat_views
from petitbleu.domain.dialogs import service as dialogs
from petitbleu.domain.members import service
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

INACTIVE_SECONDS = 30 * 86_400
PAGE = 100


@rpc("channels.getInactiveChannels")
async def get_inactive_channels(ctx: Ctx, q: api.channels.GetInactiveChannels) -> Any:
    """messages.inactiveChats: supergroups and channels without news for a month, oldest first"""
    mine = await service.channels_of(ctx.app.store, ctx.me.id)
    rows = await dialogs.of_peers(ctx.app, ctx.me, mine)
    quiet = [row for row in rows if row.top_date < ctx.now - INACTIVE_SECONDS]
    quiet = sorted(quiet, key=lambda row: (row.top_date, row.peer))[:PAGE]
    users, chats = await chat_views.named(ctx.app, ctx.me.id, [row.peer for row in quiet])
    return api.messages.InactiveChats(
        dates=[row.top_date for row in quiet], chats=chats, users=users
    )


@rpc("channels.getLeftChannels")
async def get_left_channels(ctx: Ctx, q: api.channels.GetLeftChannels) -> Any:
    """messages.chats, a slice from ``offset`` on; only within an export of one's data"""
    if not ctx.takeout:
        raise Fault("TAKEOUT_REQUIRED")
    left = await service.left_channels(ctx.app.store, ctx.me.id)
    skip = max(q.offset, 0)
    shown = await chat_views.chats(ctx.app, ctx.me.id, left[skip : skip + PAGE])
    if len(left) > skip + PAGE or skip:
        return api.messages.ChatsSlice(count=len(left), chats=shown)
    return api.messages.Chats(chats=shown)
