"""TL handlers: unread mentions and reactions, and looking at them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.domain.messaging.messages import views
from petitbleu.domain.messaging.messages.service import Affected
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.unread_mentions import reading
from petitbleu.domain.messaging.unread_mentions.service import END, MENTION, REACTION, Window
from petitbleu.domain.updates import service as updates
from petitbleu.errors import Fault
from petitbleu.ids import is_channel
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api

MAX_IDS = 100
PAGE = 100
DEFAULT_PAGE = 20


def _window(q: Any) -> Window:
    """A place in the list of what waits (core.telegram.org/api/offsets)."""
    return Window(
        start=q.offset_id if q.offset_id > 0 else END,
        below=q.max_id if q.max_id > 0 else END,
        above=max(q.min_id, 0),
        newer=max(0, -q.add_offset),
        limit=min(q.limit, PAGE) if q.limit > 0 else DEFAULT_PAGE,
        skip=max(0, q.add_offset),
    )


async def _page(ctx: Ctx, q: Any, kind: int) -> Any:
    if getattr(q, "saved_peer_id", None) is not None:
        raise Fault("PEER_ID_INVALID")
    chat = await peers.resolve(ctx, q.peer)
    rows, total = await reading.page(ctx.app, ctx.me, chat, kind, _window(q))
    if q.top_msg_id:
        rows = [row for row in rows if row.top == q.top_msg_id]
    channel = chat if is_channel(chat) else 0
    return await views.page(ctx.app, ctx.me.id, rows, total, channel=channel)


@rpc("messages.getUnreadMentions")
async def get_unread_mentions(ctx: Ctx, q: api.messages.GetUnreadMentions) -> Any:
    """A page of the messages that mention the caller and were not looked at yet."""
    return await _page(ctx, q, MENTION)


@rpc("messages.getUnreadReactions")
async def get_unread_reactions(ctx: Ctx, q: api.messages.GetUnreadReactions) -> Any:
    """A page of the caller's messages with reactions they have not seen."""
    return await _page(ctx, q, REACTION)


def _refuse_parts(q: Any) -> None:
    """PEER_ID_INVALID for one topic or one person's part of a chat: all of it would be read."""
    if q.top_msg_id or getattr(q, "saved_peer_id", None) is not None:
        raise Fault("PEER_ID_INVALID")


async def _affected(ctx: Ctx, chat: int, affected: Affected) -> Any:
    owner = chat if is_channel(chat) else ctx.me.id
    pts = affected.pts or (await updates.counters(ctx.app, [owner]))[owner]
    return api.messages.AffectedHistory(pts=pts, pts_count=affected.moved, offset=affected.left)


@rpc("messages.readMentions", limit="write")
async def read_mentions(ctx: Ctx, q: api.messages.ReadMentions) -> Any:
    """messages.affectedHistory; the client calls again while its offset is above 0."""
    _refuse_parts(q)
    chat = await peers.resolve(ctx, q.peer)
    return await _affected(ctx, chat, await reading.all_of(ctx.app, ctx.me, chat, MENTION))


@rpc("messages.readReactions", limit="write")
async def read_reactions(ctx: Ctx, q: api.messages.ReadReactions) -> Any:
    """messages.affectedHistory; the client calls again while its offset is above 0."""
    _refuse_parts(q)
    chat = await peers.resolve(ctx, q.peer)
    return await _affected(ctx, chat, await reading.all_of(ctx.app, ctx.me, chat, REACTION))


@rpc("messages.readMessageContents", limit="write")
async def read_message_contents(ctx: Ctx, q: api.messages.ReadMessageContents) -> Any:
    """messages.affectedMessages"""
    affected = await reading.opened(ctx.app, ctx.me, _ids(q.id))
    pts = affected.pts or (await updates.counters(ctx.app, [ctx.me.id]))[ctx.me.id]
    return api.messages.AffectedMessages(pts=pts, pts_count=affected.moved)


@rpc("channels.readMessageContents", limit="write")
async def read_channel_contents(ctx: Ctx, q: api.channels.ReadMessageContents) -> bool:
    """True"""
    channel = await peers.input_channel(ctx, q.channel)
    ids = _ids(q.id)
    if not ids:
        raise Fault("MSG_ID_INVALID")
    await reading.opened_in(ctx.app, ctx.me, channel, ids)
    return True


def _ids(given: Sequence[int]) -> list[int]:
    return [number for number in dict.fromkeys(given) if number > 0][:MAX_IDS]
