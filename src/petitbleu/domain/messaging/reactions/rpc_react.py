"""TL handlers: reacting, who reacted, what a chat allows, one's own lists."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import POST, MessageRow
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.messaging.reactions import queries, service, views
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

MAX_IDS = 100
LIST_PAGE = 100
_END = 1 << 62


@rpc("messages.sendReaction", who=USER | BOT, limit="write")
async def send_reaction(ctx: Ctx, q: api.messages.SendReaction) -> Any:
    """Updates with updateMessageReactions."""
    chat = await peers.resolve(ctx, q.peer)
    given = [reaction for reaction in q.reaction or () if type(reaction) is not api.ReactionEmpty]
    events = await service.react(
        ctx.app,
        ctx.me,
        chat,
        q.msg_id,
        [views.emoji_of(reaction) for reaction in given],
        big=q.big,
        remember=q.add_to_recent,
    )
    return await updates.answer(ctx, events)


async def _row(ctx: Ctx, chat: int, message: int) -> MessageRow:
    at = await messages.place(ctx.app, ctx.me, chat)
    row = (await messages.in_place(ctx.app, at, [message])).get(message)
    if row is None:
        raise Fault("MSG_ID_INVALID")
    return row


@rpc("messages.getMessagesReactions")
async def get_messages_reactions(ctx: Ctx, q: api.messages.GetMessagesReactions) -> Any:
    """Updates with an updateMessageReactions for each message that is there."""
    chat = await peers.resolve(ctx, q.peer)
    at = await messages.place(ctx.app, ctx.me, chat)
    wanted = [number for number in dict.fromkeys(q.id) if number > 0][:MAX_IDS]
    if not wanted:
        raise Fault("MSG_ID_INVALID")
    rows = list((await messages.in_place(ctx.app, at, wanted)).values())
    rendered = await views.render_reactions(ctx.app, ctx.me.id, rows)
    named = {chat}
    for reactions in rendered:
        views.name_reactors(reactions, named)
    users, chats = await chat_views.named(ctx.app, ctx.me.id, named)
    return api.Updates(
        updates=[
            api.UpdateMessageReactions(peer=peer_of(chat), msg_id=row.id, reactions=reactions)
            for row, reactions in zip(rows, rendered, strict=True)
        ],
        users=users,
        chats=chats,
        date=int(ctx.now),
        seq=0,
    )


@rpc("messages.getMessageReactionsList")
async def get_message_reactions_list(ctx: Ctx, q: api.messages.GetMessageReactionsList) -> Any:
    """messages.messageReactionsList, the newest first; nobody is told who reacts in a channel."""
    chat = await peers.resolve(ctx, q.peer)
    row = await _row(ctx, chat, q.id)
    if row.flags & POST:
        raise Fault("BROADCAST_FORBIDDEN")
    limit = min(q.limit, LIST_PAGE) if q.limit > 0 else LIST_PAGE
    at, account = _offset(q.offset)
    where: dict[str, Any] = {"author": row.author, "body": row.body, "at": at, "account": account}
    counts = await ctx.app.store.rows(queries.COUNTS, author=row.author, body=row.body)
    if q.reaction is None or type(q.reaction) is api.ReactionEmpty:
        rows = await ctx.app.store.rows(queries.LIST, **where, limit=limit + 1)
        total = sum(count.n for count in counts)
    else:
        try:
            emoji = views.emoji_of(q.reaction)
        except Fault:
            emoji = ""  # a reaction nobody can have given
        rows = await ctx.app.store.rows(queries.LIST_OF, **where, emoji=emoji, limit=limit + 1)
        total = sum(count.n for count in counts if count.emoji == emoji)
    shown = rows[:limit]
    named = {chat, *(row.account for row in shown)}
    users, chats = await chat_views.named(ctx.app, ctx.me.id, named)
    last = shown[-1] if len(rows) > limit else None
    return api.messages.MessageReactionsList(
        count=total,
        reactions=[views.peer_reaction(reaction, ctx.me.id, row.sender) for reaction in shown],
        chats=chats,
        users=users,
        next_offset=None if last is None else f"{last.at}:{last.account}",
    )


def _offset(given: str | None) -> tuple[int, int]:
    """(at, account) below which the page begins."""
    at, _, account = (given or "").partition(":")
    if at.isdecimal() and account.isdecimal() and len(at) < 12 and len(account) < 12:
        return int(at), int(account)
    return _END, _END


@rpc("messages.setChatAvailableReactions", limit="write")
async def set_chat_available_reactions(ctx: Ctx, q: api.messages.SetChatAvailableReactions) -> Any:
    """Updates that name the chat."""
    if q.paid_enabled:  # nothing is paid for
        raise Fault("REACTION_INVALID")
    chat = await peers.resolve(ctx, q.peer)
    what = views.allowed_from(q.available_reactions, q.reactions_limit)
    events = await service.allow(ctx.app, ctx.me, chat, what)
    return await updates.answer(ctx, events, also=[chat])


# ── one's own ───────────────────────────────────────────────────────────────────────────────────


def _limit(asked: int) -> int:
    return min(asked, MAX_IDS) if asked > 0 else MAX_IDS


@rpc("messages.getTopReactions")
async def get_top(ctx: Ctx, q: api.messages.GetTopReactions) -> Any:
    """messages.reactions: the caller's favourites first, or reactionsNotModified."""
    return views.listed(await service.top(ctx.app, ctx.me.id, _limit(q.limit)), q.hash)


@rpc("messages.getRecentReactions")
async def get_recent(ctx: Ctx, q: api.messages.GetRecentReactions) -> Any:
    """messages.reactions, or reactionsNotModified."""
    return views.listed(await service.recent(ctx.app, ctx.me.id, _limit(q.limit)), q.hash)


@rpc("messages.clearRecentReactions", limit="write")
async def clear_recent(ctx: Ctx, q: api.messages.ClearRecentReactions) -> bool:
    """True"""
    await service.forget_recent(ctx.app, ctx.me.id)
    return True


@rpc("messages.setDefaultReaction", limit="write")
async def set_default(ctx: Ctx, q: api.messages.SetDefaultReaction) -> bool:
    """True"""
    if type(q.reaction) is not api.ReactionEmoji:
        raise Fault("REACTION_INVALID")
    await service.set_default(ctx.app, ctx.me.id, views.emoji_of(q.reaction))
    return True
