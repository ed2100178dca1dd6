"""TL handlers of discussions (core.telegram.org/api/discussion, /api/threads)."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.discussions import linking, reading
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.messages.service import Offsets
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import USER, rpc
from petitbleu.tl import api


@rpc("channels.getGroupsForDiscussion")
async def get_groups_for_discussion(ctx: Ctx, q: api.channels.GetGroupsForDiscussion) -> Any:
    """messages.chats"""
    groups = await linking.candidates(ctx.app, ctx.me)
    return api.messages.Chats(chats=await chat_views.chats(ctx.app, ctx.me.id, groups))


@rpc("channels.setDiscussionGroup", limit="write")
async def set_discussion_group(ctx: Ctx, q: api.channels.SetDiscussionGroup) -> bool:
    """True; inputChannelEmpty in the place of one ends the other's link"""
    channel = await _channel(ctx, q.broadcast)
    group = await _channel(ctx, q.group)
    await linking.link(ctx.app, ctx.me, channel, group)
    return True


async def _channel(ctx: Ctx, given: Any) -> int:
    if type(given) is api.InputChannelEmpty:
        return 0
    return await peers.input_channel(ctx, given)


@rpc("messages.getDiscussionMessage", who=USER, counts=True)
async def get_discussion_message(ctx: Ctx, q: api.messages.GetDiscussionMessage) -> Any:
    """messages.discussionMessage"""
    peer = await peers.resolve(ctx, q.peer)
    discussion = await reading.discussion(ctx.app, ctx.me, peer, q.msg_id)
    named = {peer, discussion.thread.where.peer}
    messages = await message_views.render_collecting(ctx.app, ctx.me.id, discussion.album, named)
    users, chats = await chat_views.named(ctx.app, ctx.me.id, named)
    return api.messages.DiscussionMessage(
        messages=messages,
        max_id=discussion.last_id or None,
        read_inbox_max_id=discussion.reading.read_in or None,
        read_outbox_max_id=discussion.reading.read_out or None,
        unread_count=discussion.reading.unread,
        chats=chats,
        users=users,
    )


@rpc("messages.getReplies")
async def get_replies(ctx: Ctx, q: api.messages.GetReplies) -> Any:
    """messages.channelMessages of the group"""
    peer = await peers.resolve(ctx, q.peer)
    at = Offsets(q.offset_id, q.offset_date, q.add_offset, q.limit, q.max_id, q.min_id)
    group, page = await reading.page(ctx.app, ctx.me, peer, q.msg_id, at)
    return await message_views.page(
        ctx.app, ctx.me.id, page.rows, page.total, q.hash, channel=group
    )


@rpc("messages.readDiscussion", limit="write")
async def read_discussion(ctx: Ctx, q: api.messages.ReadDiscussion) -> bool:
    """True"""
    peer = await peers.resolve(ctx, q.peer)
    await reading.read(ctx.app, ctx.me, peer, q.msg_id, q.read_max_id)
    return True
