"""TL handlers: who is in a supergroup or channel (core.telegram.org/api/channel)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu import folding
from petitbleu.account_status import SUSPENDED
from petitbleu.account_status import load_standing as standing_of
from petitbleu.domain.administration.invites import service as invites
from petitbleu.domain.administration.membership import channels
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.communities.members import service, views
from petitbleu.domain.communities.members.queries import MemberRow
from petitbleu.domain.communities.members.rights import ADMIN, ANY_ADMIN, LEFT, MEMBER, may, role
from petitbleu.domain.communities.members.service import Standing
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.contacts import service as contacts
from petitbleu.domain.people.contacts.views import hash_of
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.registration.bots import service as bots
from petitbleu.domain.updates import views as updates
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import BOT, USER, rpc
from petitbleu.tl import api

PAGE = 200
SEARCHED = 10_000
"""Members a search looks at together, and the most people kept out or restricted it looks at."""
MAX_INVITED = 200


@rpc("channels.joinChannel", limit="write")
async def join_channel(ctx: Ctx, q: api.channels.JoinChannel) -> Any:
    """messages.chatInviteJoinResultOk"""
    channel = await peers.input_channel(ctx, q.channel)
    if await invites.asked_instead(ctx.app, ctx.me, channel, ip=ctx.ip):
        raise Fault("INVITE_REQUEST_SENT")
    events = await channels.join(ctx.app, ctx.me, channel, ip=ctx.ip)
    return api.messages.ChatInviteJoinResultOk(
        updates=await updates.answer(ctx, events, also=[channel])
    )


@rpc("channels.leaveChannel", who=USER | BOT, limit="write")
async def leave_channel(ctx: Ctx, q: api.channels.LeaveChannel) -> Any:
    """Updates with updateChannel"""
    channel = await peers.input_channel(ctx, q.channel)
    events = await channels.leave(ctx.app, ctx.me, channel, ip=ctx.ip)
    return await updates.answer(ctx, events, also=[channel])


@rpc("channels.inviteToChannel", limit="write")
async def invite_to_channel(ctx: Ctx, q: api.channels.InviteToChannel) -> Any:
    """messages.invitedUsers"""
    channel = await peers.input_channel(ctx, q.channel)
    people = [await peers.input_user(ctx, user) for user in q.users[:MAX_INVITED]]
    events, missing = await channels.invite(ctx.app, ctx.me, channel, people, ip=ctx.ip)
    return await updates.invited(ctx, channel, events, missing)


@rpc("channels.editAdmin", who=USER | BOT, limit="write")
async def edit_admin(ctx: Ctx, q: api.channels.EditAdmin) -> Any:
    """Updates"""
    channel = await peers.input_channel(ctx, q.channel)
    account = await peers.input_user(ctx, q.user_id)
    mask = views.admin_mask(q.admin_rights)
    events = await channels.set_admin(
        ctx.app, ctx.me, channel, account, mask, q.rank or "", ip=ctx.ip
    )
    return await updates.answer(ctx, events, also=[channel, account])


@rpc("channels.editBanned", who=USER | BOT, limit="write")
async def edit_banned(ctx: Ctx, q: api.channels.EditBanned) -> Any:
    """Updates"""
    channel = await peers.input_channel(ctx, q.channel)
    account = await _participant(ctx, q.participant)
    mask = views.banned_mask(q.banned_rights)
    events = await channels.restrict(
        ctx.app, ctx.me, channel, account, mask, q.banned_rights.until_date
    )
    return await updates.answer(ctx, events, also=[channel, account])


async def _participant(ctx: Ctx, peer: Any) -> int:
    account = await peers.resolve(ctx, peer)
    if account <= 0:
        raise Fault("PARTICIPANT_ID_INVALID")
    return account


@rpc("channels.getParticipant", who=USER | BOT)
async def get_participant(ctx: Ctx, q: api.channels.GetParticipant) -> Any:
    """channels.channelParticipant"""
    channel = await peers.input_channel(ctx, q.channel)
    account = await _participant(ctx, q.participant)
    standing = await service.require(ctx.app, ctx.me, channel)
    member = await service.load_member(ctx.app, channel, account)
    now = ctx.now
    if member is None or (role(member, now) == LEFT and not service.restrictions(member, now)):
        raise Fault("USER_NOT_PARTICIPANT")
    if account != ctx.me.id and not _may_list(standing, now) and role(member, now) < ADMIN:
        raise Fault("CHAT_ADMIN_REQUIRED")
    users, entities = await chat_views.named(
        ctx.app, ctx.me.id, {channel, *views.mentioned(member)}
    )
    return api.channels.ChannelParticipant(
        participant=_form(ctx, standing, member), chats=entities, users=users
    )


def _form(ctx: Ctx, standing: Standing, member: MemberRow) -> Any:
    can_edit = member.role == ADMIN and channels.can_edit(standing, member, ctx.me, ctx.now)
    return views.channel_participant(standing.chat, member, ctx.me.id, can_edit=can_edit)


def _may_list(standing: Standing, now: float) -> bool:
    """Members of a group see one another unless that is hidden; of a channel only admins do."""
    if may(standing.chat, standing.member, ANY_ADMIN, now):
        return True
    hidden = standing.chat.flags & chats.HIDDEN_MEMBERS
    return standing.chat.kind != chats.CHANNEL and not hidden


@rpc("channels.getParticipants", who=USER | BOT)
async def get_participants(ctx: Ctx, q: api.channels.GetParticipants) -> Any:
    """channels.channelParticipants, or that they are what the client has"""
    channel = await peers.input_channel(ctx, q.channel)
    standing = await service.require(ctx.app, ctx.me, channel)
    limit = min(q.limit, PAGE) if q.limit > 0 else PAGE
    rows, count = await _filtered(ctx, standing, q.filter, max(q.offset, 0), limit)
    if q.hash and q.hash == hash_of(row.account for row in rows):
        return api.channels.ChannelParticipantsNotModified()
    named = {channel}.union(*(views.mentioned(row) for row in rows))
    users, entities = await chat_views.named(ctx.app, ctx.me.id, named)
    return api.channels.ChannelParticipants(
        count=count,
        participants=[_form(ctx, standing, row) for row in rows],
        chats=entities,
        users=users,
    )


async def _filtered(
    ctx: Ctx, standing: Standing, wanted: Any, skip: int, limit: int
) -> tuple[list[MemberRow], int]:
    """The page of members that a filter names, and how many it has in all."""
    app, chat = ctx.app, standing.chat.id
    form = type(wanted)
    if form is api.ChannelParticipantsAdmins:
        rows = await service.admins(app, chat)
        return rows[skip : skip + limit], len(rows)
    admin = may(standing.chat, standing.member, ANY_ADMIN, ctx.now)
    if form in (api.ChannelParticipantsKicked, api.ChannelParticipantsBanned):
        if not admin:
            raise Fault("CHAT_ADMIN_REQUIRED")
        listed = service.kept_out if form is api.ChannelParticipantsKicked else service.restricted
        rows = await _named_like(ctx, await listed(app, chat, 0, SEARCHED), wanted.q)
        return rows[skip : skip + limit], len(rows)
    if not _may_list(standing, ctx.now):
        raise Fault("CHAT_ADMIN_REQUIRED")
    if form is api.ChannelParticipantsRecent:
        return await service.recent(app, chat, skip, limit), standing.chat.members
    text = getattr(wanted, "q", None) or ""
    if form is api.ChannelParticipantsBots:
        there = [row.id for row in await bots.listed(app, bots.MAX_BOTS)]
        rows = await _inside(ctx, chat, there)
    elif form is api.ChannelParticipantsContacts:
        known = [line.target for line in await contacts.all_of(app, ctx.me.id)]
        rows = await _named_like(ctx, await _inside(ctx, chat, known), text)
    else:
        rows = await _searched(ctx, chat, text, skip + limit)
    return rows[skip : skip + limit], len(rows)


async def _inside(ctx: Ctx, chat: int, people: Sequence[int]) -> list[MemberRow]:
    """Those of ``people`` who are members, the newest first."""
    rows: list[MemberRow] = []
    for first in range(0, len(people), SEARCHED):
        members = await service.of_accounts(ctx.app, chat, people[first : first + SEARCHED])
        rows += [row for row in members.values() if role(row, ctx.now) >= MEMBER]
    return sorted(rows, key=lambda row: (-row.joined_at, row.account))


async def _searched(ctx: Ctx, chat: int, text: str, enough: int) -> list[MemberRow]:
    """Members called ``text``, the newest first: all of them, or more than ``enough``."""
    rows: list[MemberRow] = []
    skip = 0
    while len(rows) <= enough:
        members = await service.recent(ctx.app, chat, skip, SEARCHED)
        rows += await _named_like(ctx, members, text)
        skip += len(members)
        if len(members) < SEARCHED:
            break
    return rows


async def _named_like(ctx: Ctx, rows: Sequence[MemberRow], text: str) -> list[MemberRow]:
    """Those whose name has a word that begins with each of ``text``, case- and accent-blind."""
    words = folding.fold(text.strip().removeprefix("@")).split()
    if not words or not rows:
        return list(rows)
    app, people = ctx.app, [row.account for row in rows]
    given = {
        line.target: (line.first_name, line.last_name)
        for line in await contacts.all_of(app, ctx.me.id)
    }
    names = {
        account: given.get(account, (row.first_name, row.last_name))
        for account, row in (await accounts.get_many(app, people)).items()
    }
    public = await usernames.load_usernames(app.store, people)

    def called(account: int) -> bool:
        state = standing_of(app, account, ctx.now)
        if state is not None and state.kind == SUSPENDED:
            return False  # looks like a deleted account
        parts = [*names.get(account, ()), public.get(account, "")]
        known = folding.fold(" ".join(parts)).split()
        return all(any(name.startswith(word) for name in known) for word in words)

    return [row for row in rows if called(row.account)]
