"""TL handlers: reading messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.messages import (
    bot_privacy_mode,
    chat_scope,
    history,
    rpc_input,
    views,
)
from petitbleu.domain.messaging.messages.history import Offsets
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.updates import service as updates
from petitbleu.errors import Fault
from petitbleu.ids import is_channel
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api


def _offsets(q: Any) -> Offsets:
    return Offsets(
        q.offset_id, getattr(q, "offset_date", 0), q.add_offset, q.limit, q.max_id, q.min_id
    )


@rpc("messages.getHistory")
async def get_history(ctx: Ctx, q: api.messages.GetHistory) -> Any:
    """A page of a chat."""
    chat = await peers.resolve(ctx, q.peer)
    page = await history.history(ctx.app, ctx.me, chat, _offsets(q))
    return await _page(ctx, chat, page, q.hash)


async def _page(ctx: Ctx, chat: int, page: history.Page, asked: int = 0) -> Any:
    channel = chat if is_channel(chat) else 0
    return await views.page(ctx.app, ctx.me.id, page.rows, page.total, asked, channel=channel)


@rpc("messages.getMessages", who=USER | BOT)
async def get_messages(ctx: Ctx, q: api.messages.GetMessages) -> Any:
    """Single messages, in the order asked for; ``messageEmpty`` where there is none."""

    async def find(ids: list[int]) -> dict[int, MessageRow]:
        return await history.by_ids(ctx.app, ctx.me, ids)

    messages, users, chats = await _singly(ctx, q.id, find)
    return api.messages.Messages(messages=messages, topics=[], chats=chats, users=users)


@rpc("channels.getMessages", who=USER | BOT)
async def get_channel_messages(ctx: Ctx, q: api.channels.GetMessages) -> Any:
    """messages.channelMessages"""
    channel = await peers.input_channel(ctx, q.channel)
    if not q.id:
        raise Fault("MESSAGE_IDS_EMPTY")
    where = await chat_scope.place(ctx.app, ctx.me, channel)

    async def find(ids: list[int]) -> dict[int, MessageRow]:
        return await history.in_place(ctx.app, where, ids)

    messages, users, chats = await _singly(ctx, q.id, find, channel)
    pts = (await updates.counters(ctx.app, [channel]))[channel]
    return api.messages.ChannelMessages(
        pts=pts, count=len(messages), messages=messages, topics=[], chats=chats, users=users
    )


async def _singly(
    ctx: Ctx,
    given: Sequence[Any],
    find: Callable[[list[int]], Awaitable[dict[int, MessageRow]]],
    channel: int = 0,
) -> tuple[list[Any], list[Any], list[Any]]:
    """(messages, users, chats) of a list of InputMessage."""
    wanted = given[: rpc_input.MAX_IDS]
    there = await find(rpc_input.ids([getattr(message, "id", 0) for message in wanted]))
    heard = await bot_privacy_mode.heard(ctx.app, ctx.me.id, list(there.values()))
    rows = {row.id: row for row in heard}
    answered = {
        one.id: rows[one.id].reply_to or 0
        for one in wanted
        if type(one) is api.InputMessageReplyTo and one.id in rows
    }
    rows |= await find(rpc_input.ids(list(answered.values())))
    numbers = [number for one in wanted if (number := _wanted(one, answered)) is not None]
    present = [rows[number] for number in dict.fromkeys(numbers) if number in rows]
    named: set[int] = {channel} if channel else set()
    shown = await views.render_collecting(ctx.app, ctx.me.id, present, named)
    by_id = {row.id: message for row, message in zip(present, shown, strict=True)}
    users, chats = await chat_views.named(ctx.app, ctx.me.id, named)
    messages = [by_id.get(number) or api.MessageEmpty(id=number) for number in numbers]
    return messages, users, chats


def _wanted(one: Any, answered: dict[int, int]) -> int | None:
    """The message id an InputMessage asks for; None for forms that ask for nothing here."""
    if type(one) is api.InputMessageID:
        return int(one.id)
    if type(one) is api.InputMessageReplyTo:
        return answered.get(one.id, 0)
    return None


@rpc("messages.deletePhoneCallHistory", limit="write")
async def delete_phone_call_history(ctx: Ctx, q: api.messages.DeletePhoneCallHistory) -> Any:
    """messages.affectedFoundMessages: there are no calls here, so nothing goes."""
    pts = (await updates.counters(ctx.app, [ctx.me.id])).get(ctx.me.id, 1)
    return api.messages.AffectedFoundMessages(pts=pts, pts_count=0, offset=0, messages=[])
