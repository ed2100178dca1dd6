"""TL handlers: basic groups, and what is changed alike in groups and channels."""

from __future__ import annotations

from typing import Any

from petitbleu import ids
from petitbleu.domain.administration.chat_editing import appearance, creating, migrating
from petitbleu.domain.administration.membership import groups
from petitbleu.domain.communities.chats import changes, views, views_full
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members import views as member_views
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

MAX_CHATS = 100
TTL_MAX = 366 * 86_400


def ttl(seconds: int | None) -> int:
    """A ``ttl_period`` as it is kept; TTL_PERIOD_INVALID."""
    if seconds is not None and not 0 <= seconds <= TTL_MAX:
        raise Fault("TTL_PERIOD_INVALID")
    return seconds or 0


@rpc("messages.createChat", limit="write", once=True)
async def create_chat(ctx: Ctx, q: api.messages.CreateChat) -> Any:
    """messages.invitedUsers"""
    people = [await peers.input_user(ctx, user) for user in q.users[: MAX_CHATS * 2]]
    try:
        chat = await creating.create_group(
            ctx.app, ctx.me, q.title, people, ttl_seconds=ttl(q.ttl_period), ip=ctx.ip
        )
    except Fault as fault:
        if fault.name == "USER_ID_INVALID":  # not among this method's errors
            raise Fault("INPUT_USER_DEACTIVATED") from None
        raise
    return await updates.invited(ctx, chat.chat, chat.events, chat.missing, made=True)


@rpc("messages.addChatUser", limit="write")
async def add_chat_user(ctx: Ctx, q: api.messages.AddChatUser) -> Any:
    """messages.invitedUsers"""
    chat = await peers.chat(ctx, q.chat_id)
    account = await peers.input_user(ctx, q.user_id)
    events, missing = await groups.add(ctx.app, ctx.me, chat, account, past=q.fwd_limit, ip=ctx.ip)
    return await updates.invited(ctx, chat, events, missing)


@rpc("messages.deleteChatUser", who=USER | BOT, limit="write")
async def delete_chat_user(ctx: Ctx, q: api.messages.DeleteChatUser) -> Any:
    """Updates with the service message"""
    chat = await peers.chat(ctx, q.chat_id)
    account = await peers.input_user(ctx, q.user_id)
    events = await groups.remove(ctx.app, ctx.me, chat, account, forget=q.revoke_history, ip=ctx.ip)
    answer = await updates.answer(ctx, events, also=[chat])
    if q.revoke_history:
        ctx.app.spawn(groups.forget_chat(ctx.app, chat, account))
    return answer


@rpc("messages.editChatTitle", who=USER | BOT, limit="write")
async def edit_chat_title(ctx: Ctx, q: api.messages.EditChatTitle) -> Any:
    """Updates with the service message"""
    chat = await peers.chat(ctx, q.chat_id)
    events = await appearance.set_title(ctx.app, ctx.me, chat, q.title)
    return await updates.answer(ctx, events, also=[chat])


@rpc("messages.editChatAbout", who=USER | BOT, limit="write")
async def edit_chat_about(ctx: Ctx, q: api.messages.EditChatAbout) -> bool:
    """True"""
    await changes.set_about(ctx.app, ctx.me, await _group_or_channel(ctx, q.peer), q.about)
    return True


@rpc("messages.editChatDefaultBannedRights", who=USER | BOT, limit="write")
async def edit_default_banned(ctx: Ctx, q: api.messages.EditChatDefaultBannedRights) -> Any:
    """Updates with updateChatDefaultBannedRights"""
    chat = await _group_or_channel(ctx, q.peer)
    banned = member_views.banned_mask(q.banned_rights)
    events = await changes.set_banned(ctx.app, ctx.me, chat, banned)
    return await updates.answer(ctx, events, also=[chat])


@rpc("messages.editChatAdmin", limit="write")
async def edit_chat_admin(ctx: Ctx, q: api.messages.EditChatAdmin) -> bool:
    """True"""
    chat = await peers.chat(ctx, q.chat_id)
    account = await peers.input_user(ctx, q.user_id)
    await groups.set_admin(ctx.app, ctx.me, chat, account, admin=q.is_admin)
    return True


@rpc("messages.deleteChat", limit="write")
async def delete_chat(ctx: Ctx, q: api.messages.DeleteChat) -> bool:
    """True"""
    await creating.delete(ctx.app, ctx.me, await peers.chat(ctx, q.chat_id))
    return True


@rpc("messages.migrateChat", limit="write")
async def migrate_chat(ctx: Ctx, q: api.messages.MigrateChat) -> Any:
    """Updates with both service messages, the old group and the supergroup named"""
    chat = await peers.chat(ctx, q.chat_id)
    new, events = await migrating.migrate(ctx.app, ctx.me, chat)
    return await updates.answer(ctx, events, also=[chat, new])


@rpc("messages.getFullChat", who=USER | BOT, counts=True)
async def get_full_chat(ctx: Ctx, q: api.messages.GetFullChat) -> Any:
    """messages.chatFull"""
    chat = await peers.chat(ctx, q.chat_id)
    return await views_full.group(ctx.app, ctx.me, await members.require(ctx.app, ctx.me, chat))


@rpc("messages.getChats", who=USER | BOT)
async def get_chats(ctx: Ctx, q: api.messages.GetChats) -> Any:
    """messages.chats"""
    wanted = [await peers.chat(ctx, one) for one in q.id[:MAX_CHATS]]
    return api.messages.Chats(chats=await views.chats(ctx.app, ctx.me.id, wanted))


@rpc("messages.getCommonChats")
async def get_common_chats(ctx: Ctx, q: api.messages.GetCommonChats) -> Any:
    """messages.chats, its slice where there are more"""
    user = await peers.input_user(ctx, q.user_id)
    if user == ctx.me.id:
        raise Fault("USER_ID_INVALID")
    chats = await members.common(ctx.app, ctx.me.id, user)
    rest = [chat for chat in chats if not q.max_id or ids.bare(chat) < q.max_id]
    limit = min(q.limit, MAX_CHATS) if q.limit > 0 else MAX_CHATS
    shown = await views.chats(ctx.app, ctx.me.id, rest[:limit])
    if len(rest) > limit:
        return api.messages.ChatsSlice(count=len(chats), chats=shown)
    return api.messages.Chats(chats=shown)


async def _group_or_channel(ctx: Ctx, peer: Any) -> int:
    chat = await peers.resolve(ctx, peer)
    if chat > 0:
        raise Fault("PEER_ID_INVALID")
    return chat
