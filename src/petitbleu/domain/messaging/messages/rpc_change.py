"""TL handlers: deleting, pinning, reading, typing, drafts."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.messages import (
    delete,
    drafts,
    pins,
    read,
    rpc_input,
    typing_action,
    views,
)
from petitbleu.domain.messaging.messages.delete import Affected
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.updates import service as updates
from petitbleu.domain.updates import views as update_views
from petitbleu.domain.updates.delivery import announce
from petitbleu.errors import Fault
from petitbleu.ids import is_channel
from petitbleu.rpc import coverage
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api


async def _pts(ctx: Ctx, affected: Affected, chat: int = 0) -> int:
    """The pts of the caller (of the channel ``chat``) after the call, also if nothing changed."""
    owner = chat if is_channel(chat) else ctx.me.id
    return affected.pts or (await updates.counters(ctx.app, [owner]))[owner]


async def _messages(ctx: Ctx, affected: Affected, chat: int = 0) -> Any:
    return api.messages.AffectedMessages(
        pts=await _pts(ctx, affected, chat), pts_count=affected.moved
    )


async def _history(ctx: Ctx, affected: Affected, chat: int = 0) -> Any:
    return api.messages.AffectedHistory(
        pts=await _pts(ctx, affected, chat), pts_count=affected.moved, offset=affected.left
    )


# ── deleting ────────────────────────────────────────────────────────────────────────────────────


@rpc("messages.deleteMessages", who=USER | BOT, limit="write")
async def delete_messages(ctx: Ctx, q: api.messages.DeleteMessages) -> Any:
    """messages.affectedMessages"""
    ids = rpc_input.ids(q.id)
    try:
        affected = await delete.delete(ctx.app, ctx.me, ids, revoke=q.revoke)
    except Fault as fault:  # of a group that one is out of
        raise coverage.fitting(ctx.method, fault, "MESSAGE_DELETE_FORBIDDEN") from None
    return await _messages(ctx, affected)


@rpc("channels.deleteMessages", who=USER | BOT, limit="write")
async def delete_channel_messages(ctx: Ctx, q: api.channels.DeleteMessages) -> Any:
    """messages.affectedMessages, in the counting of the channel"""
    channel = await peers.input_channel(ctx, q.channel)
    ids = rpc_input.ids(q.id)
    affected = await delete.delete_posts(ctx.app, ctx.me, channel, ids)
    return await _messages(ctx, affected, channel)


@rpc("messages.deleteHistory", who=USER | BOT, limit="write")
async def delete_history(ctx: Ctx, q: api.messages.DeleteHistory) -> Any:
    """messages.affectedHistory; the client calls again while its offset is above 0."""
    affected = await delete.delete_history(
        ctx.app,
        ctx.me,
        await peers.resolve(ctx, q.peer),
        max_id=q.max_id,
        revoke=q.revoke,
        just_clear=q.just_clear,
        min_date=q.min_date,
        max_date=q.max_date,
    )
    return await _history(ctx, affected)


# ── pinning ─────────────────────────────────────────────────────────────────────────────────────


@rpc("messages.updatePinnedMessage", who=USER | BOT, limit="write")
async def update_pinned_message(ctx: Ctx, q: api.messages.UpdatePinnedMessage) -> Any:
    """Updates with updatePinnedMessages and, for both sides, the service message."""
    if q.pm_oneside and ctx.me.bot:
        raise Fault("BOT_ONESIDE_NOT_AVAIL")
    events = await pins.pin(
        ctx.app,
        ctx.me,
        await peers.resolve(ctx, q.peer),
        q.id,
        pinned=not q.unpin,
        one_side=q.pm_oneside,
        silent=q.silent,
    )
    return await update_views.answer(ctx, events)


@rpc("messages.unpinAllMessages", who=USER | BOT, limit="write")
async def unpin_all_messages(ctx: Ctx, q: api.messages.UnpinAllMessages) -> Any:
    """messages.affectedHistory. PEER_ID_INVALID for one topic or one person's part of a chat: pins
    of all of it would go.
    """
    if q.top_msg_id or q.saved_peer_id is not None:
        raise Fault("PEER_ID_INVALID")
    chat = await peers.resolve(ctx, q.peer)
    return await _history(ctx, await pins.unpin_all(ctx.app, ctx.me, chat), chat)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


@rpc("messages.readHistory", limit="write")
async def read_history(ctx: Ctx, q: api.messages.ReadHistory) -> Any:
    """messages.affectedMessages"""
    chat = await peers.resolve(ctx, q.peer)
    return await _messages(ctx, await read.read_history(ctx.app, ctx.me, chat, q.max_id))


@rpc("channels.readHistory", limit="write")
async def read_channel_history(ctx: Ctx, q: api.channels.ReadHistory) -> bool:
    """True"""
    channel = await peers.input_channel(ctx, q.channel)
    await read.read_channel(ctx.app, ctx.me, channel, q.max_id)
    return True


@rpc("messages.getOutboxReadDate")
async def get_outbox_read_date(ctx: Ctx, q: api.messages.GetOutboxReadDate) -> Any:
    """outboxReadDate"""
    chat = await peers.resolve(ctx, q.peer)
    return api.OutboxReadDate(date=await read.read_date(ctx.app, ctx.me, chat, q.msg_id))


@rpc("messages.receivedMessages", stub=True)
async def received_messages(ctx: Ctx, q: api.messages.ReceivedMessages) -> list[Any]:
    """What clients have received needs no notification; nothing is kept about it."""
    return []


# ── typing ──────────────────────────────────────────────────────────────────────────────────────


@rpc("messages.setTyping", who=USER | BOT, limit="typing")
async def set_typing(ctx: Ctx, q: api.messages.SetTyping) -> bool:
    """True. Actions that belong to calls or imports are accepted and told to nobody."""
    chat = await peers.resolve(ctx, q.peer)
    name = views.TYPING_NAMES.get(type(q.action))
    if name is not None:
        progress = getattr(q.action, "progress", None)
        announce(ctx.app, await typing_action.act(ctx.app, ctx.me, chat, name, progress))
    return True


# ── drafts ──────────────────────────────────────────────────────────────────────────────────────


@rpc("messages.saveDraft", limit="write")
async def save_draft(ctx: Ctx, q: api.messages.SaveDraft) -> bool:
    """True"""
    if q.rich_message is not None:
        raise Fault("ENTITY_BOUNDS_INVALID")
    chat = await peers.resolve(ctx, q.peer)
    try:
        reply = await rpc_input.reply(ctx, q.reply_to, chat)
    except Fault:
        raise Fault("MSG_ID_INVALID") from None
    await drafts.save(
        ctx.app,
        ctx.me,
        chat,
        q.message,
        await rpc_input.entities(ctx, q.entities),
        reply_to=reply,
        no_webpage=q.no_webpage,
        invert_media=q.invert_media,
    )
    return True


@rpc("messages.getAllDrafts")
async def get_all_drafts(ctx: Ctx, q: api.messages.GetAllDrafts) -> Any:
    """Updates of updateDraftMessage."""
    rows = await drafts.every(ctx.app, ctx.me.id)
    users, chats = await chat_views.named(ctx.app, ctx.me.id, [peer for peer, _ in rows])
    return api.Updates(
        updates=[
            api.UpdateDraftMessage(peer=peer_of(peer), draft=views.draft(ctx.app, ctx.me.id, saved))
            for peer, saved in rows
        ],
        users=users,
        chats=chats,
        date=int(ctx.now),
        seq=0,
    )


@rpc("messages.clearAllDrafts", limit="write")
async def clear_all_drafts(ctx: Ctx, q: api.messages.ClearAllDrafts) -> bool:
    """True"""
    await drafts.clear_all(ctx.app, ctx.me)
    return True
