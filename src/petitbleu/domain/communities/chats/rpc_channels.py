"""TL handlers: supergroups and channels as such (their members: the members room)."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.administration.chat_editing import appearance, creating
from petitbleu.domain.communities.chats import views, views_full
from petitbleu.domain.communities.chats.rpc_groups import MAX_CHATS, ttl
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api


@rpc("channels.createChannel", limit="write", once=True)
async def create_channel(ctx: Ctx, q: api.channels.CreateChannel) -> Any:
    """Updates with updateMessageID, updateChannel and the service message"""
    if q.geo_point is not None or q.address is not None:
        raise Fault("ADDRESS_INVALID")
    supergroup = q.megagroup or q.for_import
    if q.forum or q.broadcast == supergroup:
        # A forum without topics could be neither opened nor turned back into a group.
        raise Fault("CHAT_INVALID")
    channel = await creating.create_channel(
        ctx.app,
        ctx.me,
        q.title,
        q.about,
        broadcast=q.broadcast,
        ttl_seconds=ttl(q.ttl_period),
        ip=ctx.ip,
    )
    return await updates.answer(ctx, channel.events, also=[channel.chat], made=True)


@rpc("channels.getChannels", who=USER | BOT)
async def get_channels(ctx: Ctx, q: api.channels.GetChannels) -> Any:
    """messages.chats"""
    wanted = [await peers.input_channel(ctx, one) for one in q.id[:MAX_CHATS]]
    return api.messages.Chats(chats=await views.chats(ctx.app, ctx.me.id, wanted))


@rpc("channels.getFullChannel", who=USER | BOT, counts=True)
async def get_full_channel(ctx: Ctx, q: api.channels.GetFullChannel) -> Any:
    """messages.chatFull"""
    channel = await peers.input_channel(ctx, q.channel)
    standing = await members.require(ctx.app, ctx.me, channel)
    return await views_full.channel(ctx.app, ctx.me, standing)


@rpc("channels.editTitle", who=USER | BOT, limit="write")
async def edit_title(ctx: Ctx, q: api.channels.EditTitle) -> Any:
    """Updates with the service message"""
    channel = await peers.input_channel(ctx, q.channel)
    events = await appearance.set_title(ctx.app, ctx.me, channel, q.title)
    return await updates.answer(ctx, events, also=[channel])


@rpc("channels.deleteChannel", limit="write")
async def delete_channel(ctx: Ctx, q: api.channels.DeleteChannel) -> Any:
    """Updates with updateChannel"""
    channel = await peers.input_channel(ctx, q.channel)
    events = await creating.delete(ctx.app, ctx.me, channel)
    return await updates.answer(ctx, events, also=[channel])
