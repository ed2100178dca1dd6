"""TL handlers: who has read, who is online."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.read_receipts import lists
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("messages.getMessageReadParticipants")
async def get_message_read_participants(
    ctx: Ctx, q: api.messages.GetMessageReadParticipants
) -> list[Any]:
    """Vector of readParticipantDate"""
    chat = await peers.resolve(ctx, q.peer)
    readers = await lists.load_readers(ctx.app, ctx.me, chat, q.msg_id)
    return [api.ReadParticipantDate(user_id=reader.account, date=reader.at) for reader in readers]


@rpc("messages.getOnlines")
async def get_onlines(ctx: Ctx, q: api.messages.GetOnlines) -> Any:
    """chatOnlines"""
    chat = await peers.resolve(ctx, q.peer)
    return api.ChatOnlines(onlines=await lists.online(ctx.app, ctx.me, chat))
