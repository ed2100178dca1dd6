"""TL handlers: invite links of one's chats (core.telegram.org/api/invites)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from petitbleu.domain.administration.invites import links, views
from petitbleu.domain.administration.invites.links import Terms
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api


async def chat_of(ctx: Ctx, peer: Any) -> int:
    """The group or channel an InputPeer names; PEER_ID_INVALID."""
    chat = await peers.resolve(ctx, peer)
    if chat > 0:
        raise Fault("PEER_ID_INVALID")
    return chat


async def _admin(ctx: Ctx, given: Any) -> int:
    try:
        return await peers.input_user(ctx, given)
    except Fault:
        raise Fault("ADMIN_ID_INVALID") from None


async def _users(ctx: Ctx, people: Iterable[int]) -> list[Any]:
    return await accounts.users(ctx.app, ctx.me.id, sorted(set(people)))


@rpc("messages.exportChatInvite", who=USER | BOT, limit="write", once=True)
async def export_chat_invite(ctx: Ctx, q: api.messages.ExportChatInvite) -> Any:
    """chatInviteExported"""
    if q.subscription_pricing is not None:
        raise Fault("PRICING_CHAT_INVALID")
    terms = Terms(q.expire_date or 0, q.usage_limit or 0, q.request_needed, q.title or "")
    chat = await chat_of(ctx, q.peer)
    row = await links.export(ctx.app, ctx.me, chat, terms, permanent=q.legacy_revoke_permanent)
    return views.exported(ctx.app, row)


@rpc("messages.getExportedChatInvite")
async def get_exported_chat_invite(ctx: Ctx, q: api.messages.GetExportedChatInvite) -> Any:
    """messages.exportedChatInvite"""
    row = await links.load_link(ctx.app, ctx.me, await chat_of(ctx, q.peer), q.link)
    return api.messages.ExportedChatInvite(
        invite=views.exported(ctx.app, row), users=await _users(ctx, [row.admin])
    )


@rpc("messages.getExportedChatInvites")
async def get_exported_chat_invites(ctx: Ctx, q: api.messages.GetExportedChatInvites) -> Any:
    """messages.exportedChatInvites"""
    chat = await chat_of(ctx, q.peer)
    admin = await _admin(ctx, q.admin_id)
    rows, count = await links.page(
        ctx.app,
        ctx.me,
        chat,
        admin,
        revoked=q.revoked,
        offset_date=q.offset_date or 0,
        offset_link=q.offset_link or "",
        limit=q.limit,
    )
    return api.messages.ExportedChatInvites(
        count=count,
        invites=[views.exported(ctx.app, row) for row in rows],
        users=await _users(ctx, [admin]),
    )


@rpc("messages.editExportedChatInvite", who=USER | BOT, limit="write")
async def edit_exported_chat_invite(ctx: Ctx, q: api.messages.EditExportedChatInvite) -> Any:
    """messages.exportedChatInvite, or that a permanent one was replaced"""
    edited = await links.edit(
        ctx.app,
        ctx.me,
        await chat_of(ctx, q.peer),
        q.link,
        revoke=q.revoked,
        expires_at=q.expire_date,
        most=q.usage_limit,
        asks=q.request_needed,
        title=q.title,
    )
    users = await _users(ctx, [edited.after.admin])
    invite = views.exported(ctx.app, edited.after)
    if edited.instead is None:
        return api.messages.ExportedChatInvite(invite=invite, users=users)
    return api.messages.ExportedChatInviteReplaced(
        invite=invite, new_invite=views.exported(ctx.app, edited.instead), users=users
    )


@rpc("messages.deleteExportedChatInvite", limit="write")
async def delete_exported_chat_invite(ctx: Ctx, q: api.messages.DeleteExportedChatInvite) -> bool:
    """True"""
    await links.delete(ctx.app, ctx.me, await chat_of(ctx, q.peer), q.link)
    return True


@rpc("messages.deleteRevokedExportedChatInvites", limit="write")
async def delete_revoked(ctx: Ctx, q: api.messages.DeleteRevokedExportedChatInvites) -> bool:
    """True"""
    chat = await chat_of(ctx, q.peer)
    await links.delete_revoked(ctx.app, ctx.me, chat, await _admin(ctx, q.admin_id))
    return True


@rpc("messages.getAdminsWithInvites")
async def get_admins_with_invites(ctx: Ctx, q: api.messages.GetAdminsWithInvites) -> Any:
    """messages.chatAdminsWithInvites"""
    rows = await links.holders(ctx.app, ctx.me, await chat_of(ctx, q.peer))
    return api.messages.ChatAdminsWithInvites(
        admins=[
            api.ChatAdminWithInvites(
                admin_id=row.admin, invites_count=row.invites, revoked_invites_count=row.revoked
            )
            for row in rows
        ],
        users=await _users(ctx, (row.admin for row in rows)),
    )
