"""TL handlers: views of posts."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.posts import service, views
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

MAX_IDS = 100


@rpc("messages.getMessagesViews")
async def get_messages_views(ctx: Ctx, q: api.messages.GetMessagesViews) -> Any:
    """messages.messageViews in the order of the ids; ``increment``: the caller has looked."""
    chat = await peers.resolve(ctx, q.peer)
    wanted = list(q.id[:MAX_IDS])
    if not wanted:
        raise Fault("MSG_ID_INVALID")
    at = await messages.place(ctx.app, ctx.me, chat)
    found = await messages.in_place(ctx.app, at, [one for one in wanted if one > 0])
    rows = list(found.values())
    if q.increment:
        posts = [post for row in rows if (post := views.post_of(row)) is not None]
        await service.see(ctx.app, ctx.me.id, posts)
    named: set[int] = {chat}
    rendered = {
        one.id: one
        for one in await message_views.render_collecting(ctx.app, ctx.me.id, rows, named)
    }
    users, chats = await chat_views.named(ctx.app, ctx.me.id, named)
    return api.messages.MessageViews(
        views=[_views(rendered.get(number)) for number in wanted], chats=chats, users=users
    )


def _views(made: Any) -> Any:
    if type(made) is not api.Message:
        return api.MessageViews()
    return api.MessageViews(views=made.views, forwards=made.forwards, replies=made.replies)
