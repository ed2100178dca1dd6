"""Waiting messages as TL, and the door for the handlers that take a ``schedule_date``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.messages.service import Draft
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.messaging.scheduled import approving, service, stored
from petitbleu.domain.messaging.scheduled.queries import ScheduledRow
from petitbleu.domain.people.contacts.views import hash_of
from petitbleu.domain.updates import views as updates
from petitbleu.ids import is_channel
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api


async def accept(ctx: Ctx, chat: int, drafts: Sequence[Draft], at: int) -> Any | None:
    """Updates with an updateMessageID and an updateNewScheduledMessage for each draft; None: they
    are to be said now.
    """
    due = await service.due(ctx.app, ctx.me, chat, at)
    if not due:
        return None
    events = await service.schedule(ctx.app, ctx.me, chat, drafts, due)
    own = [event.data["id"] for event in events if event.owner == ctx.me.id]
    first = [
        api.UpdateMessageID(id=number, random_id=draft.random_id)
        for number, draft in zip(own, drafts, strict=True)
        if draft.random_id
    ]
    return await updates.answer(ctx, events, first=first, also=[chat])


async def change(ctx: Ctx, chat: int, message: int, draft: Draft | None, at: int) -> Any:
    """Updates with updateNewScheduledMessage."""
    events = await service.edit(ctx.app, ctx.me, chat, message, draft, at)
    return await updates.answer(ctx, events, also=[chat])


async def render_scheduled(
    app: App, viewer: int, rows: Sequence[ScheduledRow], named: set[int]
) -> list[Any]:
    """message for each; whoever is named goes into ``named``."""
    unsent = [approving.as_message(row, stored.decode(row.draft)) for row in rows]
    made = await message_views.render_collecting(app, viewer, unsent, named)
    for row, one in zip(rows, made, strict=True):
        one.from_scheduled = True
        one.out = row.peer != viewer
        one.post = row.owner < 0
        _answer_elsewhere(one, row, viewer)
        if one.post:
            one.from_id = None
    return made


def _answer_elsewhere(made: Any, row: ScheduledRow, viewer: int) -> None:
    """Which message of another chat it will answer is shown to its sender alone."""
    reply = stored.decode(row.draft).reply_to
    if reply is not None and reply.peer and row.sender == viewer:
        made.reply_to = api.MessageReplyHeader(
            reply_to_msg_id=reply.id, reply_to_peer_id=peer_of(reply.peer)
        )


async def page(ctx: Ctx, chat: int, rows: Sequence[ScheduledRow], asked: int = 0) -> Any:
    """messages.messages, channelMessages, or messagesNotModified."""
    marks = [number for row in rows for number in (row.id, row.edit_date or 0, row.due)]
    if asked and asked == hash_of(marks):
        return api.messages.MessagesNotModified(count=len(rows))
    named = {chat}
    made = await render_scheduled(ctx.app, ctx.me.id, rows, named)
    users, chats = await chat_views.named(ctx.app, ctx.me.id, named)
    if is_channel(chat):
        return api.messages.ChannelMessages(
            pts=1, count=len(made), messages=made, topics=[], chats=chats, users=users
        )
    return api.messages.Messages(messages=made, topics=[], chats=chats, users=users)
