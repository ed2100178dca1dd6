"""TL handlers: saying, forwarding and editing messages."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messages import entities as stored
from petitbleu.domain.messages import rpc_input, send, views
from petitbleu.domain.messages.contents import Draft
from petitbleu.domain.peers import views as peers
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api


@rpc("messages.sendMessage", who=USER | BOT, limit="send")
async def send_message(ctx: Ctx, q: api.messages.SendMessage) -> Any:
    """updateShortSentMessage for a plain message, else Updates beginning with updateMessageID."""
    chat = await peers.resolve(ctx, q.peer)
    _refuse_later(q)
    draft = Draft(
        text=q.message,
        entities=await rpc_input.entities(ctx, q.entities) if q.entities else (),
        reply_to=await rpc_input.reply(ctx, q.reply_to, chat) if q.reply_to else None,
        random_id=q.random_id or None,
        silent=q.silent,
        noforwards=q.noforwards,
        no_webpage=q.no_webpage,
        invert_media=q.invert_media,
        clear_draft=q.clear_draft,
        effect=q.effect or 0,
    )
    item = await send.compose(ctx.app, ctx.me, chat, draft)
    sent = await send.say(ctx.app, item)
    if item.reply_to is None and chat != ctx.me.id:
        # What Telegram answers; clients add what they sent themselves. Not for replies: some old
        # clients then show the request's InputReplyTo as the message's reply header.
        return api.UpdateShortSentMessage(
            out=True,
            id=sent.id,
            pts=sent.pts,
            pts_count=1,
            date=sent.date,
            entities=views.entity_list(stored.decode(item.entities)) if item.entities else None,
        )
    first = [api.UpdateMessageID(id=sent.id, random_id=q.random_id)]
    return await updates.answer(ctx, send.events(item, sent), first=first)


def _refuse_later(q: Any) -> None:
    """Kinds of sending that this server does not have yet."""
    if q.schedule_date is not None:
        raise Fault("SCHEDULE_TOO_MUCH")
    if q.send_as is not None:
        raise Fault("SEND_AS_PEER_INVALID")
    if q.quick_reply_shortcut is not None:
        raise Fault("QUICK_REPLIES_TOO_MUCH")
