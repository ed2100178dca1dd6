"""TL handlers: giving a chat away, titles of members."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.access.password.service import Proof
from petitbleu.domain.administration.membership import handover
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc import limits
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api


async def _chat(ctx: Ctx, peer: Any) -> int:
    chat = await peers.resolve(ctx, peer)
    if chat > 0:
        raise Fault("PEER_ID_INVALID")
    return chat


async def _give(ctx: Ctx, chat: int, user: Any, given: Any) -> Any:
    account = await peers.input_user(ctx, user)
    proof = None
    if isinstance(given, api.InputCheckPasswordSRP):
        await limits.durable(ctx.app, "password_try", str(ctx.me.id), ip=ctx.ip)
        proof = Proof(given.srp_id, given.A, given.M1)
    events = await handover.give(ctx.app, ctx.me, chat, account, proof)
    return await updates.answer(ctx, events, also=[chat, account])


@rpc("messages.editChatCreator", limit="password")
async def edit_chat_creator(ctx: Ctx, q: api.messages.EditChatCreator) -> Any:
    """Updates with updateChannel or updateChatParticipants"""
    return await _give(ctx, await _chat(ctx, q.peer), q.user_id, q.password)


@rpc("channels.editCreator", limit="password")
async def edit_creator(ctx: Ctx, q: api.channels.EditCreator) -> Any:
    """The older name of messages.editChatCreator"""
    return await _give(ctx, await peers.input_channel(ctx, q.channel), q.user_id, q.password)


async def _heir(ctx: Ctx, chat: int) -> Any:
    account = await handover.heir(ctx.app, ctx.me, chat)
    if account is None:
        return api.UserEmpty(id=0)
    return await accounts.user(ctx.app, ctx.me.id, account)


@rpc("messages.getFutureChatCreatorAfterLeave")
async def get_future_creator(ctx: Ctx, q: api.messages.GetFutureChatCreatorAfterLeave) -> Any:
    """The User who would have the chat; userEmpty where there is nobody else"""
    return await _heir(ctx, await _chat(ctx, q.peer))


@rpc("channels.getFutureCreatorAfterLeave")
async def get_future_channel_creator(ctx: Ctx, q: api.channels.GetFutureCreatorAfterLeave) -> Any:
    """The older name of messages.getFutureChatCreatorAfterLeave"""
    return await _heir(ctx, await peers.input_channel(ctx, q.channel))


@rpc("messages.editChatParticipantRank", who=USER | BOT, limit="write")
async def edit_rank(ctx: Ctx, q: api.messages.EditChatParticipantRank) -> Any:
    """Updates with updateChannel or updateChatParticipants"""
    chat = await _chat(ctx, q.peer)
    account = await peers.resolve(ctx, q.participant)
    if account <= 0:
        raise Fault("PARTICIPANT_ID_INVALID")
    events = await handover.set_rank(ctx.app, ctx.me, chat, account, q.rank)
    return await updates.answer(ctx, events, also=[chat, account])
