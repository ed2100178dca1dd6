"""TL handlers: saying, forwarding and editing messages."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.files.media import views as media
from petitbleu.domain.messaging.messages import (
    edit,
    first_contact,
    forward,
    links,
    rpc_input,
    send,
    views,
)
from petitbleu.domain.messaging.messages import entities as stored
from petitbleu.domain.messaging.messages.contents import Draft
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.polls import service as polls
from petitbleu.domain.messaging.scheduled import views as scheduled
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api


@rpc("messages.sendMessage", who=USER | BOT, limit="send")
async def send_message(ctx: Ctx, q: api.messages.SendMessage) -> Any:
    """updateShortSentMessage for a plain message, else Updates beginning with updateMessageID."""
    chat = await peers.resolve(ctx, q.peer)
    rpc_input.refuse_later(q)
    await first_contact.admit(ctx.app, ctx.me, chat, ctx.ip)
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
        send_as=await rpc_input.speaker(ctx, q.send_as),
    )
    if q.schedule_date is not None:
        kept = await scheduled.accept(ctx, chat, [draft], q.schedule_date)
        if kept is not None:
            return kept
    item, sent = await send.say(ctx.app, await send.compose(ctx.app, ctx.me, chat, draft))
    plain = draft.reply_to is None and not (item.extra and links.MARK in item.extra)
    if chat > 0 and plain and chat != ctx.me.id:
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
    return await updates.answer(ctx, send.own_events(item, sent), first=first)


@rpc("messages.forwardMessages", who=USER | BOT, limit="send")
async def forward_messages(ctx: Ctx, q: api.messages.ForwardMessages) -> Any:
    """Updates: an updateMessageID for each message, then the messages."""
    source = await peers.resolve(ctx, q.from_peer)
    chat = await peers.resolve(ctx, q.to_peer)
    rpc_input.refuse_later(q)
    if q.from_ephemeral:
        raise Fault("MESSAGE_ID_INVALID")
    if q.top_msg_id:
        raise Fault("TOPIC_DELETED")
    await first_contact.admit(ctx.app, ctx.me, chat, ctx.ip)
    with rpc_input.reply_faults_as_documented(ctx):
        drafts = await forward.drafts(
            ctx.app,
            ctx.me,
            source,
            q.id[: rpc_input.MAX_IDS],
            q.random_id[: rpc_input.MAX_IDS],
            chat,
            drop_author=q.drop_author,
            drop_captions=q.drop_media_captions,
            silent=q.silent,
            noforwards=q.noforwards,
            reply_to=await rpc_input.reply(ctx, q.reply_to, chat),
            send_as=await rpc_input.speaker(ctx, q.send_as),
        )
        drafts = [draft._replace(effect=q.effect or 0) for draft in drafts]
        if q.schedule_date is not None:
            kept = await scheduled.accept(ctx, chat, drafts, q.schedule_date)
            if kept is not None:
                return kept
        done = await forward.say(ctx.app, ctx.me, chat, drafts)
    first = [api.UpdateMessageID(id=act.id, random_id=act.random_id) for act in done]
    events = [event for act in done for event in act.events]
    return await updates.answer(ctx, events, first=first)


@rpc("messages.editMessage", who=USER | BOT, limit="write")
async def edit_message(ctx: Ctx, q: api.messages.EditMessage) -> Any:
    """Updates with updateEditMessage."""
    chat = await peers.resolve(ctx, q.peer)
    _refuse_edit(q)
    if q.schedule_date is not None:
        return await _change_scheduled(ctx, q, chat)
    if q.message is None and q.media is None:
        raise Fault("MESSAGE_NOT_MODIFIED")
    if type(q.media) is api.InputMediaPoll:
        if not q.media.poll.closed:
            raise Fault("MEDIA_PREV_INVALID")
        return await updates.answer(ctx, await polls.close(ctx.app, ctx.me, chat, q.id))
    taken = None
    if q.media is not None:
        taken = await media.take(ctx, q.media, ttl_fault="MEDIA_TTL_INVALID")
    events = await edit.edit(
        ctx.app,
        ctx.me,
        chat,
        q.id,
        q.message,
        await rpc_input.entities(ctx, q.entities),
        media=None if taken is None else taken.stored,
        no_webpage=q.no_webpage,
        invert_media=q.invert_media,
    )
    return await updates.answer(ctx, events)


def _refuse_edit(q: api.messages.EditMessage) -> None:
    """What a message cannot become: repeating, a quick reply, rich, one with buttons."""
    if q.schedule_repeat_period:
        raise Fault("SCHEDULE_DATE_INVALID")
    if q.quick_reply_shortcut_id is not None:
        raise Fault("MESSAGE_ID_INVALID")
    if q.rich_message is not None:
        raise Fault("MESSAGE_EMPTY")
    rpc_input.refuse_keyboard(q.reply_markup)


async def _change_scheduled(ctx: Ctx, q: api.messages.EditMessage, chat: int) -> Any:
    """Updates with updateNewScheduledMessage: a message that waits is another, or for longer."""
    if q.media is not None:
        raise Fault("MEDIA_NEW_INVALID")
    draft = None
    if q.message is not None:
        draft = Draft(
            text=q.message,
            entities=await rpc_input.entities(ctx, q.entities),
            no_webpage=q.no_webpage,
            invert_media=q.invert_media,
        )
    assert q.schedule_date is not None
    return await scheduled.change(ctx, chat, q.id, draft, q.schedule_date)


@rpc("messages.getMessageEditData")
async def get_message_edit_data(ctx: Ctx, q: api.messages.GetMessageEditData) -> Any:
    """messages.messageEditData if the message may be edited now."""
    chat = await peers.resolve(ctx, q.peer)
    try:
        await edit.editable(ctx.app, ctx.me, chat, q.id)
    except Fault as fault:
        if fault.name == "MESSAGE_EDIT_TIME_EXPIRED":  # not among this method's errors
            raise Fault("MESSAGE_ID_INVALID") from None
        raise
    return api.messages.MessageEditData()
