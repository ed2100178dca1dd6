"""ChatFull and ChannelFull: what a chat's own page shows to one viewer."""

from __future__ import annotations

from typing import Any

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.administration.invites import views as invite_views
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats import views
from petitbleu.domain.communities.chats.service import CHANNEL, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members import views as member_views
from petitbleu.domain.communities.members.service import (
    ADMIN,
    CREATOR,
    LEFT,
    MEMBER,
    MemberRow,
    Standing,
)
from petitbleu.domain.files.media import views as media
from petitbleu.domain.messaging.dialogs import service as dialogs
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.notifications import service as notifications
from petitbleu.domain.messaging.notifications import views as sounds
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.messaging.reactions import views as reactions
from petitbleu.domain.messaging.scheduled import service as scheduled
from petitbleu.tl import api


async def group(app: App, me: Actor, standing: Standing) -> Any:
    """messages.chatFull of a basic group."""
    row = standing.chat
    shown = await participants(app, me.id, row)
    mine_now = _mine(app, standing)
    (mine,) = await dialogs.of_peers(app, me, [row.id])
    full = api.ChatFull(
        can_set_username=mine_now == CREATOR,
        has_scheduled=await scheduled.any_waits(app.store, me.id, row.id),
        id=ids.bare(row.id),
        # Whoever is out keeps the messages of their own box, not what the chat says of itself now.
        about=row.about if mine_now >= MEMBER else "",
        participants=shown,
        chat_photo=_photo(app, row) if mine_now >= LEFT else api.PhotoEmpty(id=0),
        notify_settings=sounds.settings(notifications.unpack(mine.notify)),
        pinned_msg_id=await messages.newest_pin(app, me, row.id),
        folder_id=mine.folder or None,
        ttl_period=row.ttl_seconds or None,
        available_reactions=reactions.available(row.reactions),
    )
    named = {row.id, row.migrated_to or 0, *await invite_views.onto(app, me, standing, full)}
    if type(shown) is api.ChatParticipants:
        for participant in shown.participants:
            named.update((participant.user_id, getattr(participant, "inviter_id", 0)))
    return await _with_names(app, me.id, full, named)


async def participants(app: App, viewer: int, row: ChatRow) -> Any:
    """The members of a basic group; forbidden to whoever is not one."""
    rows = await members.everybody(app.store, row.id)
    now = app.clock.now()
    mine = next((row for row in rows if row.account == viewer), None)
    if members.role(mine, now) < MEMBER:
        return api.ChatParticipantsForbidden(chat_id=ids.bare(row.id))
    return api.ChatParticipants(
        chat_id=ids.bare(row.id),
        participants=[member_views.chat_participant(row) for row in rows if row.role >= MEMBER],
        version=row.version,
    )


async def channel(app: App, me: Actor, standing: Standing) -> Any:
    """messages.chatFull of a supergroup or channel."""
    row, member = standing
    mine = _mine(app, standing)
    (dialog,) = await dialogs.of_peers(app, me, [row.id])
    admin = mine >= ADMIN
    counts = await members.counts(app, row.id) if admin else None
    now = await messages.channel_now(app, me, row.id, dialog.read_in)
    full = api.ChannelFull(
        can_view_participants=admin
        or (row.kind != CHANNEL and not row.flags & chats.HIDDEN_MEMBERS),
        can_set_username=mine == CREATOR,
        can_delete_channel=mine == CREATOR,
        hidden_prehistory=bool(row.flags & chats.HIDDEN_PREHISTORY),
        participants_hidden=bool(row.flags & chats.HIDDEN_MEMBERS),
        antispam=bool(row.flags & chats.ANTISPAM),
        has_scheduled=await _has_scheduled(app, me, standing),
        id=ids.bare(row.id),
        about=row.about,
        participants_count=row.members,
        admins_count=counts.admins if counts else None,
        kicked_count=counts.out if counts else None,
        banned_count=counts.restricted if counts else None,
        read_inbox_max_id=dialog.read_in,
        read_outbox_max_id=dialog.read_out,
        unread_count=now.unread if mine >= MEMBER else 0,
        chat_photo=_photo(app, row),
        notify_settings=sounds.settings(notifications.unpack(dialog.notify)),
        bot_info=[],
        pinned_msg_id=await messages.newest_pin(app, me, row.id),
        folder_id=dialog.folder or None,
        available_min_id=(member.min_id or None) if member is not None else None,
        linked_chat_id=None if row.linked is None else ids.bare(row.linked),
        slowmode_seconds=row.slow_seconds or None,
        slowmode_next_send_date=_next_send(row, member),
        pts=now.pts,
        ttl_period=row.ttl_seconds or None,
        available_reactions=reactions.available(row.reactions),
        default_send_as=peer_of(member.send_as) if member is not None and member.send_as else None,
    )
    named = {row.id, *await invite_views.onto(app, me, standing, full)}
    if row.linked is not None:
        named.add(row.linked)
    if row.migrated_from is not None and mine >= MEMBER:
        await _earlier(app, me, row.migrated_from, full, named)
    return await _with_names(app, me.id, full, named)


async def _has_scheduled(app: App, me: Actor, standing: Standing) -> bool:
    """Whether messages wait there: in a channel those of all who may post, told to these alone."""
    row, member = standing
    if row.kind != CHANNEL:
        return await scheduled.any_waits(app.store, me.id, row.id)
    if not members.may(row, member, members.WRITE, app.clock.now()):
        return False
    return await scheduled.any_waits(app.store, row.id, row.id)


async def _earlier(app: App, me: Actor, group: int, full: Any, named: set[int]) -> None:
    """Where the history of the group goes on that this supergroup was."""
    if await members.load_member(app, group, me.id) is None:
        return
    (dialog,) = await dialogs.of_peers(app, me, [group])
    full.migrated_from_chat_id = ids.bare(group)
    full.migrated_from_max_id = dialog.top_id
    named.add(group)


def _photo(app: App, row: ChatRow) -> Any:
    if row.photo is None:
        return api.PhotoEmpty(id=0)
    return media.photo_at(app, row.photo, (media.CHAT, row.id, 0))


def _next_send(row: ChatRow, member: MemberRow | None) -> int | None:
    if not row.slow_seconds or member is None or member.role != MEMBER or not member.slow_at:
        return None
    return member.slow_at + row.slow_seconds


def _mine(app: App, standing: Standing) -> int:
    return members.role(standing.member, app.clock.now())


async def _with_names(app: App, viewer: int, full: Any, named: set[int]) -> Any:
    named.discard(0)
    users, named_peers = await views.named(app, viewer, named)
    return api.messages.ChatFull(full_chat=full, chats=named_peers, users=users)
