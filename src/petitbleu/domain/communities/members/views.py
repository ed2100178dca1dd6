"""Rights and participants as TL."""

from __future__ import annotations

from typing import Any

from petitbleu.domain.communities.chats.service import CHANNEL, ChatRow
from petitbleu.domain.communities.members import rights
from petitbleu.domain.communities.members.queries import MemberRow
from petitbleu.domain.communities.members.rights import ADMIN, CREATOR, LEFT, MEMBER, OUT
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.tl import api

_ADMIN = {
    "change_info": 0, "post_messages": 1, "edit_messages": 2, "delete_messages": 3, "ban_users": 4,
    "invite_users": 5, "pin_messages": 7, "add_admins": 9, "anonymous": 10, "manage_call": 11,
    "other": 12, "manage_topics": 13, "post_stories": 14, "edit_stories": 15,
    "delete_stories": 16, "manage_direct_messages": 17, "manage_ranks": 18,
    "manage_linked_peers": 19, "manage_welcome_messages": 20,
}  # fmt: skip
_BANNED = {
    "view_messages": 0, "send_messages": 1, "send_media": 2, "send_stickers": 3, "send_gifs": 4,
    "send_games": 5, "send_inline": 6, "embed_links": 7, "send_polls": 8, "change_info": 10,
    "invite_users": 15, "pin_messages": 17, "manage_topics": 18, "send_photos": 19,
    "send_videos": 20, "send_roundvideos": 21, "send_audios": 22, "send_voices": 23,
    "send_docs": 24, "send_plain": 25, "edit_rank": 26, "send_reactions": 27,
    "manage_linked_peers": 28,
}  # fmt: skip
NEVER = 2**31 - 1
"""``until_date`` of what does not end."""


def admin_rights(chat: ChatRow, member: MemberRow) -> Any:
    """chatAdminRights of an admin; of the creator all there are.

    ``other`` is set for every admin, whoever appointed them: TDLib logs its absence as an error.
    """
    mask = member.rights | rights.OTHER
    if member.role == CREATOR:
        every = rights.ALL_OF_CHANNEL if chat.kind == CHANNEL else rights.ALL_OF_GROUP
        mask = every | (mask & rights.ANONYMOUS)
    return api.ChatAdminRights(**{name: bool(mask >> bit & 1) for name, bit in _ADMIN.items()})


def admin_mask(given: Any) -> int:
    """chatAdminRights -> mask."""
    return sum(1 << bit for name, bit in _ADMIN.items() if getattr(given, name))


def banned_rights(mask: int, until: int = 0) -> Any:
    """chatBannedRights of a mask; ``until`` 0: for ever."""
    flags: dict[str, Any] = {name: bool(mask >> bit & 1) for name, bit in _BANNED.items()}
    return api.ChatBannedRights(until_date=until or NEVER, **flags)


def banned_mask(given: Any) -> int:
    """chatBannedRights -> mask, with what follows from it."""
    mask = sum(1 << bit for name, bit in _BANNED.items() if getattr(given, name))
    return rights.complete(mask)


def chat_participant(member: MemberRow) -> Any:
    """ChatParticipant of a basic group."""
    rank = member.rank or None
    if member.role == CREATOR:
        return api.ChatParticipantCreator(user_id=member.account, rank=rank)
    form = api.ChatParticipantAdmin if member.role == ADMIN else api.ChatParticipant
    return form(user_id=member.account, inviter_id=member.inviter, date=member.joined_at, rank=rank)


def channel_participant(
    chat: ChatRow, member: MemberRow, viewer: int, *, can_edit: bool = False
) -> Any:
    """ChannelParticipant as ``viewer`` sees it; ``can_edit``: may change this admin's rights."""
    rank = member.rank or None
    if member.role == OUT or (member.banned and member.role in (LEFT, MEMBER)):
        mask = member.banned | (rights.VIEW if member.role == OUT else 0)
        return api.ChannelParticipantBanned(
            left=member.role != MEMBER,
            peer=peer_of(member.account),
            kicked_by=member.changed_by,
            date=member.changed_at,
            banned_rights=banned_rights(mask, member.until),
            rank=rank,
        )
    if member.role == LEFT:
        return api.ChannelParticipantLeft(peer=peer_of(member.account))
    me = member.account == viewer
    if member.role == CREATOR:
        return api.ChannelParticipantCreator(
            user_id=member.account, admin_rights=admin_rights(chat, member), rank=rank
        )
    if member.role == ADMIN:
        return api.ChannelParticipantAdmin(
            can_edit=can_edit,
            self=me,
            user_id=member.account,
            inviter_id=member.inviter or member.changed_by if me else None,
            promoted_by=member.changed_by,
            date=member.changed_at,
            admin_rights=admin_rights(chat, member),
            rank=rank,
        )
    if me:
        return api.ChannelParticipantSelf(
            user_id=member.account,
            inviter_id=member.inviter or member.account,
            date=member.joined_at,
            rank=rank,
        )
    return api.ChannelParticipant(user_id=member.account, date=member.joined_at, rank=rank)


def mentioned(member: MemberRow) -> set[int]:
    """Everybody the TL forms of a row name."""
    return {account for account in (member.account, member.inviter, member.changed_by) if account}
