"""Rights in groups and channels: bits, and what each action needs.

Two masks, with the bit numbers of TL: ``rights`` of an admin (chatAdminRights) and ``banned`` of a
member or of the whole chat (chatBannedRights: what is *not* allowed). See
core.telegram.org/api/rights.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.domain.communities.chats.service import CHANNEL, ChatRow
from petitbleu.domain.communities.members.queries import MemberRow

OUT, LEFT, MEMBER, ADMIN, CREATOR = -1, 0, 1, 2, 3
"""``member.role``: kept out, not in it, in it, ..."""

# chatAdminRights
CHANGE_INFO = 1 << 0
POST_MESSAGES = 1 << 1
EDIT_MESSAGES = 1 << 2
DELETE_MESSAGES = 1 << 3
BAN_USERS = 1 << 4
INVITE_USERS = 1 << 5
PIN_MESSAGES = 1 << 7
ADD_ADMINS = 1 << 9
ANONYMOUS = 1 << 10
MANAGE_CALL = 1 << 11
OTHER = 1 << 12
MANAGE_TOPICS = 1 << 13
POST_STORIES = 1 << 14
EDIT_STORIES = 1 << 15
DELETE_STORIES = 1 << 16
MANAGE_RANKS = 1 << 18

BASIC_ADMIN = (
    CHANGE_INFO | DELETE_MESSAGES | BAN_USERS | INVITE_USERS | PIN_MESSAGES | MANAGE_CALL | OTHER
)
"""What an admin of a basic group may do: one and the same for all."""
ALL_OF_GROUP = BASIC_ADMIN | ADD_ADMINS | MANAGE_TOPICS | MANAGE_RANKS
ALL_OF_CHANNEL = (
    BASIC_ADMIN | ADD_ADMINS | POST_MESSAGES | EDIT_MESSAGES
    | POST_STORIES | EDIT_STORIES | DELETE_STORIES
)  # fmt: skip

# chatBannedRights
VIEW = 1 << 0
SEND = 1 << 1
SEND_MEDIA = 1 << 2
SEND_STICKERS = 1 << 3
SEND_GIFS = 1 << 4
SEND_GAMES = 1 << 5
SEND_INLINE = 1 << 6
EMBED_LINKS = 1 << 7
SEND_POLLS = 1 << 8
NO_CHANGE_INFO = 1 << 10
NO_INVITE = 1 << 15
NO_PIN = 1 << 17
NO_TOPICS = 1 << 18
SEND_PHOTOS = 1 << 19
SEND_VIDEOS = 1 << 20
SEND_ROUND = 1 << 21
SEND_AUDIOS = 1 << 22
SEND_VOICES = 1 << 23
SEND_DOCS = 1 << 24
SEND_PLAIN = 1 << 25
NO_RANK = 1 << 26
SEND_REACTIONS = 1 << 27

_EVERY_MEDIA = (
    SEND_PHOTOS | SEND_VIDEOS | SEND_ROUND | SEND_AUDIOS | SEND_VOICES | SEND_DOCS
    | SEND_STICKERS | SEND_GIFS | SEND_GAMES | SEND_INLINE | SEND_POLLS | EMBED_LINKS
)  # fmt: skip


class Right(NamedTuple):
    """What an action needs."""

    admin: int
    """Bit of an admin that allows it; 0: no such bit, admins of groups always may."""
    banned: int = 0
    """Bits that forbid it to members of groups; 0: members never may."""
    fault: str = "CHAT_ADMIN_REQUIRED"
    sends: bool = False
    """Admins of groups always may (in channels they need ``admin``)."""


READ = Right(0)
WRITE = Right(POST_MESSAGES, SEND | SEND_PLAIN, "CHAT_SEND_PLAIN_FORBIDDEN", True)
PHOTOS = Right(POST_MESSAGES, SEND | SEND_PHOTOS, "CHAT_SEND_PHOTOS_FORBIDDEN", True)
VIDEOS = Right(POST_MESSAGES, SEND | SEND_VIDEOS, "CHAT_SEND_VIDEOS_FORBIDDEN", True)
ROUND = Right(POST_MESSAGES, SEND | SEND_ROUND, "CHAT_SEND_ROUNDVIDEOS_FORBIDDEN", True)
AUDIOS = Right(POST_MESSAGES, SEND | SEND_AUDIOS, "CHAT_SEND_AUDIOS_FORBIDDEN", True)
VOICES = Right(POST_MESSAGES, SEND | SEND_VOICES, "CHAT_SEND_VOICES_FORBIDDEN", True)
DOCS = Right(POST_MESSAGES, SEND | SEND_DOCS, "CHAT_SEND_DOCS_FORBIDDEN", True)
STICKERS = Right(POST_MESSAGES, SEND | SEND_STICKERS, "CHAT_SEND_STICKERS_FORBIDDEN", True)
GIFS = Right(POST_MESSAGES, SEND | SEND_GIFS, "CHAT_SEND_GIFS_FORBIDDEN", True)
POLLS = Right(POST_MESSAGES, SEND | SEND_POLLS, "CHAT_SEND_POLL_FORBIDDEN", True)
LINKS = Right(POST_MESSAGES, SEND | EMBED_LINKS, "CHAT_SEND_WEBPAGE_FORBIDDEN", True)
"""To have a preview under a link; the link itself is text."""
INFO = Right(CHANGE_INFO, NO_CHANGE_INFO)
INVITE = Right(INVITE_USERS, NO_INVITE)
PIN = Right(PIN_MESSAGES, NO_PIN)
EDIT = Right(EDIT_MESSAGES)
DELETE = Right(DELETE_MESSAGES)
BAN = Right(BAN_USERS)
PROMOTE = Right(ADD_ADMINS)
ANY_ADMIN = Right(-1)
"""Held by every admin."""
OWNER = Right(0)
"""Held by the creator alone."""


def complete(banned: int) -> int:
    """A banned mask with what follows from it: no sending is no media of any kind either."""
    if banned & SEND:
        banned |= SEND_PLAIN | SEND_MEDIA
    if banned & SEND_MEDIA:
        banned |= _EVERY_MEDIA
    return banned


def restrictions(member: MemberRow, now: float) -> int:
    """The member's own restrictions that hold now."""
    return member.banned if not member.until or member.until > now else 0


def role(member: MemberRow | None, now: float) -> int:
    """How somebody stands to a chat now: a ban that is over leaves :data:`LEFT`."""
    if member is None:
        return LEFT
    if member.role == OUT and member.until and member.until <= now:
        return LEFT
    return member.role


def may(chat: ChatRow, member: MemberRow | None, right: Right, now: float) -> bool:
    """Whether somebody in the chat may do what ``right`` is about."""
    standing = role(member, now)
    if member is None or standing < MEMBER:
        return False
    if standing == CREATOR or right is READ:
        return True
    if right is OWNER:
        return False
    broadcast = chat.kind == CHANNEL
    if standing == ADMIN:
        if member.rights & right.admin or (right.sends and not broadcast):
            return True
        return not broadcast and bool(right.banned) and not chat.banned & right.banned
    if broadcast or not right.banned:
        return False
    return not (chat.banned | restrictions(member, now)) & right.banned
