"""TL methods of block lists (core.telegram.org/api/block)."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.contacts import blocks, views
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.updates import views as update_views
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("contacts.block", limit="contacts")
async def block(ctx: Ctx, q: api.contacts.Block) -> bool:
    await blocks.block(ctx.app, ctx.me, await peers.resolve(ctx, q.id), int(q.my_stories_from))
    return True


@rpc("contacts.blockFromReplies", limit="contacts")
async def block_from_replies(ctx: Ctx, q: api.contacts.BlockFromReplies) -> Any:
    """Updates: whoever wrote the message is blocked; it goes, or all of theirs in that chat.

    With ``report_spam`` the message is reported before.
    """
    if q.report_spam:
        chat = await messages.replies.chat_of(ctx.app, ctx.me, q.msg_id)
        how = {"method": "contacts.blockFromReplies", "lang": ctx.lang, "ip": ctx.ip}
        await moderation.report_spam(ctx.app, ctx.me, chat, [q.msg_id], **how)
    events = await messages.replies.block_author(
        ctx.app, ctx.me, q.msg_id, delete=q.delete_message, delete_all=q.delete_history
    )
    return await update_views.answer(ctx, events)


@rpc("contacts.unblock", limit="contacts")
async def unblock(ctx: Ctx, q: api.contacts.Unblock) -> bool:
    await blocks.unblock(ctx.app, ctx.me, await peers.resolve(ctx, q.id), int(q.my_stories_from))
    return True


@rpc("contacts.getBlocked")
async def get_blocked(ctx: Ctx, q: api.contacts.GetBlocked) -> Any:
    which = int(q.my_stories_from)
    limit = max(0, min(q.limit, blocks.PAGE_MAX))
    entries = await blocks.page(ctx.app, ctx.me.id, which, q.offset, limit)
    count = await blocks.count(ctx.app, ctx.me.id, which)
    return await views.blocked(ctx.app, ctx.me.id, entries, count, q.offset)


@rpc("contacts.setBlocked", limit="contacts")
async def set_blocked(ctx: Ctx, q: api.contacts.SetBlocked) -> bool:
    """Replace the list; peers named with a wrong access hash are passed over (no error is
    documented).
    """
    targets: list[int] = []
    for one in q.id[: min(max(q.limit, 0), blocks.LIST_MAX)]:
        try:
            targets.append(await peers.resolve(ctx, one))
        except Fault:
            continue
    await blocks.replace(ctx.app, ctx.me, targets, int(q.my_stories_from))
    return True
