"""TL handlers: what a link is, coming in by it, asking and being let in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.domain.administration.invites import entering
from petitbleu.domain.administration.invites.queries import Use
from petitbleu.domain.administration.invites.rpc_links import chat_of
from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.communities.chats.service import BASIC, CHANNEL, SUPERGROUP, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import MEMBER
from petitbleu.domain.files.media import views as media
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import views as accounts
from petitbleu.domain.people.contacts import service as contacts
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

SHOWN = 5
"""Members shown to whoever has a link: those they know."""
PEEK_SECONDS = 300
SEARCHED = 1000
"""Requests that a search by name looks at."""


@rpc("messages.checkChatInvite", who=USER | BOT, limit="resolve")
async def check_chat_invite(ctx: Ctx, q: api.messages.CheckChatInvite) -> Any:
    """chatInviteAlready for members, chatInvitePeek where one may look inside at once, else
    chatInvite."""
    invite, row, inside = await entering.look(ctx.app, ctx.me, q.hash)
    chat = await chat_views.chat(ctx.app, ctx.me.id, row.id)
    if inside:
        return api.ChatInviteAlready(chat=chat)
    asks = entering.asks(invite, row)
    if not asks and row.kind != BASIC:
        member = await members.load_member(ctx.app, row.id, ctx.me.id)
        if await members.visible(ctx.app, ctx.me, row, member):
            return api.ChatInvitePeek(chat=chat, expires=int(ctx.now) + PEEK_SECONDS)
    return api.ChatInvite(
        channel=row.kind != BASIC,
        broadcast=row.kind == CHANNEL,
        megagroup=row.kind == SUPERGROUP,
        public=row.username is not None,
        request_needed=asks,
        title=row.title,
        about=row.about or None,
        photo=api.PhotoEmpty(id=0)
        if row.photo is None
        else media.photo_at(ctx.app, row.photo, (media.CHAT, row.id, 0)),
        participants_count=row.members,
        participants=await _known(ctx, row) or None,
        color=0,
    )


async def _known(ctx: Ctx, row: ChatRow) -> list[Any]:
    """Members of a group that I know."""
    if row.kind == CHANNEL:
        return []
    known = [line.target for line in await contacts.all_of(ctx.app, ctx.me.id)]
    there = await members.of_accounts(ctx.app, row.id, known)
    inside = [account for account, member in there.items() if member.role >= MEMBER]
    return await accounts.users(ctx.app, ctx.me.id, inside[:SHOWN])


@rpc("messages.importChatInvite", limit="join")
async def import_chat_invite(ctx: Ctx, q: api.messages.ImportChatInvite) -> Any:
    """messages.chatInviteJoinResultOk (Updates in older layers)"""
    chat, events = await entering.join(ctx.app, ctx.me, q.hash, ip=ctx.ip)
    return api.messages.ChatInviteJoinResultOk(
        updates=await updates.answer(ctx, events, also=[chat])
    )


@rpc("messages.hideChatJoinRequest", who=USER | BOT, limit="write")
async def hide_chat_join_request(ctx: Ctx, q: api.messages.HideChatJoinRequest) -> Any:
    """Updates with updatePendingJoinRequests"""
    chat = await chat_of(ctx, q.peer)
    account = await peers.input_user(ctx, q.user_id)
    events = await entering.answer(ctx.app, ctx.me, chat, account, approved=q.approved)
    return await updates.answer(ctx, events, also=[chat, account])


@rpc("messages.hideAllChatJoinRequests", limit="write")
async def hide_all_chat_join_requests(ctx: Ctx, q: api.messages.HideAllChatJoinRequests) -> Any:
    """Updates with updatePendingJoinRequests"""
    chat = await chat_of(ctx, q.peer)
    events = await entering.answer_all(ctx.app, ctx.me, chat, q.link, approved=q.approved)
    return await updates.answer(ctx, events, also=[chat])


@rpc("messages.getChatInviteImporters")
async def get_chat_invite_importers(ctx: Ctx, q: api.messages.GetChatInviteImporters) -> Any:
    """messages.chatInviteImporters: who came by a link, or who waits"""
    if q.q and q.link:
        raise Fault("SEARCH_WITH_LINK_NOT_SUPPORTED")
    chat = await chat_of(ctx, q.peer)
    if q.subscription_expired:  # nobody pays for being a member
        return api.messages.ChatInviteImporters(count=0, importers=[], users=[])
    below = 0
    if type(q.offset_user) is not api.InputUserEmpty:
        below = await _offset(ctx, q.offset_user)
    rows, count = await entering.importers(
        ctx.app,
        ctx.me,
        chat,
        q.link,
        requested=q.requested,
        before=q.offset_date,
        below=below,
        limit=SEARCHED if q.q else q.limit,
    )
    users = await accounts.users(ctx.app, ctx.me.id, _people(rows))
    if q.q:
        rows = _named_like(rows, users, q.q)
        count = len(rows)
        users = await accounts.users(ctx.app, ctx.me.id, _people(rows))
    return api.messages.ChatInviteImporters(
        count=count,
        importers=[
            api.ChatInviteImporter(
                requested=q.requested,
                user_id=row.account,
                date=row.at,
                about=row.about or None,
                approved_by=row.approved_by or None,
            )
            for row in rows
        ],
        users=users,
    )


async def _offset(ctx: Ctx, user: Any) -> int:
    try:
        return await peers.input_user(ctx, user)
    except Fault:
        raise Fault("PEER_ID_INVALID") from None


def _people(rows: Sequence[Use]) -> list[int]:
    people = {row.account for row in rows} | {row.approved_by for row in rows}
    return sorted(people - {0})


def _named_like(rows: Sequence[Use], users: Sequence[Any], text: str) -> list[Use]:
    """Those with a name that has a word beginning with ``text``."""
    start = text.casefold().strip()
    names = {
        user.id: f"{user.first_name or ''} {user.last_name or ''} {user.username or ''}".casefold()
        for user in users
    }
    return [
        row for row in rows if any(word.startswith(start) for word in names[row.account].split())
    ]
