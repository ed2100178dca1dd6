"""updates.getChannelDifference: what a device asks for about one supergroup or channel."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import LEFT, role
from petitbleu.domain.messaging.dialogs import service as dialogs
from petitbleu.domain.messaging.dialogs import views as dialog_views
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.updates import rpc_unanswered, service, views
from petitbleu.domain.updates.render import render
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

GUEST_SECONDS = 30
"""How soon somebody who only looks in asks again: nothing is pushed to them."""
MEMBER_SECONDS = 300
RECENT = 20
"""Newest messages given with a difference that is too long."""


@rpc("updates.getChannelDifference", who=USER | BOT)
async def get_channel_difference(ctx: Ctx, q: api.updates.GetChannelDifference) -> Any:
    """updates.channelDifference, its empty form, or the one that starts anew"""
    channel = await peers.input_channel(ctx, q.channel)
    standing = await members.require(ctx.app, ctx.me, channel)
    hidden = standing.member.min_id if standing.member is not None else 0
    difference = await service.channel_difference(ctx.app, channel, q.pts, q.limit, hidden=hidden)
    guest = role(standing.member, ctx.now) == LEFT
    timeout = GUEST_SECONDS if guest else MEMBER_SECONDS
    pts = difference.state.pts
    if difference.too_long:
        return await _restart_from_newest(ctx, channel, timeout)
    if not difference.events:
        return api.updates.ChannelDifferenceEmpty(
            final=difference.final, pts=pts, timeout=timeout if difference.final else None
        )
    view = await render(ctx.app, ctx.me.id, difference.events)
    view.users.add(channel)
    users, chats = await views.named(ctx.app, view)
    new = {id(event) for event, _ in view.messages}
    view.messages.sort(key=lambda pair: pair[0].pts)
    view.updates.sort(key=lambda pair: pair[0].pts)
    shown = [message for _, message in view.messages]
    first = await rpc_unanswered.announced(ctx, channel, shown)
    return api.updates.ChannelDifference(
        final=difference.final,
        pts=pts,
        # Whoever has not everything asks again at once.
        timeout=timeout if difference.final else None,
        new_messages=shown,
        other_updates=[*first, *(update for event, update in view.updates if id(event) not in new)],
        chats=chats,
        users=users,
    )


async def _restart_from_newest(ctx: Ctx, channel: int, seconds: int) -> Any:
    """Too far behind: the channel as it is now, with its newest messages."""
    (row,) = await dialogs.of_peers(ctx.app, ctx.me, [channel])
    listed = await dialog_views.listed(ctx.app, ctx.me, [row])
    rows = await messages.newest(ctx.app, ctx.me, channel, RECENT)
    # A post that came since is told by the next difference, and counted then.
    rows = [row for row in rows if row.id <= listed.dialogs[0].top_message]
    named = {channel}
    made = await message_views.render_collecting(ctx.app, ctx.me.id, rows, named)
    users, chats = await chat_views.named(ctx.app, ctx.me.id, named)
    return api.updates.ChannelDifferenceTooLong(
        final=True,
        timeout=seconds,
        dialog=listed.dialogs[0],
        messages=made,
        chats=chats,
        users=users,
    )
