"""TL handlers: lists of one's chats by how one stands to them."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.communities.members import service
from petitbleu.domain.messaging.dialogs import service as dialogs
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
