"""TL handlers: under whose name one speaks."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.communities.members.service import ANY_ADMIN
from petitbleu.domain.messaging.messages import chat_scope, history, rpc_input, speakers
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.errors import Fault
from petitbleu.ids import is_channel
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("channels.getSendAs")
async def get_send_as(ctx: Ctx, q: api.channels.GetSendAs) -> Any:
    """channels.sendAsPeers"""
    chat = await peers.resolve(ctx, q.peer)
    if not is_channel(chat):
        raise Fault("PEER_ID_INVALID")
    if q.for_paid_reactions or q.for_live_stories:  # neither exists
        return api.channels.SendAsPeers(peers=[], chats=[], users=[])
    choices = await speakers.choices(ctx.app, ctx.me, chat)
    users, groups = await chat_views.named(ctx.app, ctx.me.id, choices)
    return api.channels.SendAsPeers(
        peers=[api.SendAsPeer(peer=peers.peer_of(choice)) for choice in choices],
        chats=groups,
        users=users,
    )


@rpc("messages.saveDefaultSendAs", limit="write")
async def save_default_send_as(ctx: Ctx, q: api.messages.SaveDefaultSendAs) -> bool:
    """True"""
    chat = await peers.resolve(ctx, q.peer)
    if not is_channel(chat):
        raise Fault("PEER_ID_INVALID")
    await speakers.prefer(ctx.app, ctx.me, chat, await rpc_input.speaker(ctx, q.send_as))
    return True


@rpc("channels.getMessageAuthor")
async def get_message_author(ctx: Ctx, q: api.channels.GetMessageAuthor) -> Any:
    """The User who wrote a post or spoke in the group's name; admins may ask. CHANNEL_INVALID."""
    channel = await peers.input_channel(ctx, q.channel)
    try:
        where = await chat_scope.place(ctx.app, ctx.me, channel, ANY_ADMIN)
    except Fault:
        raise Fault("CHANNEL_INVALID") from None
    row = (await history.in_place(ctx.app, where, [q.id])).get(q.id)
    if row is None:
        raise Fault("CHANNEL_INVALID")
    return await accounts.user(ctx.app, ctx.me.id, row.sender)
