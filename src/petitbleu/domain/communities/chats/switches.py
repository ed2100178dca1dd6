"""The switches of a group or channel: who may turn which, and when.

Each change stands in the log of recent actions and has every member's device look at the chat anew.
"""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import changes
from petitbleu.domain.communities.chats import queries as q
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC, CHANNEL, SUPERGROUP, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import (
    ANY_ADMIN,
    BAN,
    DELETE,
    INFO,
    OWNER,
    Right,
    may,
)
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

SLOW_SECONDS = frozenset({0, 5, 10, 30, 60, 300, 900, 3600})
"""What slow mode can be set to (core.telegram.org/method/channels.toggleSlowMode)."""
HIDDEN_MEMBERS_MIN = 100
"""Members from which they can be hidden (``hidden_members_group_size_min``)."""


async def _supergroup(app: App, me: Actor, chat: int, right: Right) -> ChatRow:
    """The row of a supergroup in which I have ``right``; CHAT_ID_INVALID for a channel."""
    standing = await members.require(app, me, chat)
    if standing.chat.kind != SUPERGROUP:
        raise Fault("CHAT_ID_INVALID")
    if not may(standing.chat, standing.member, ANY_ADMIN, app.clock.now()):
        raise Fault("CHAT_ADMIN_REQUIRED")  # what members may change by default is not this
    return (await members.require(app, me, chat, right)).chat


async def _turn(app: App, me: Actor, chat: int, wanted: dict[int, bool]) -> list[Event]:
    """Set bits of ``chat.flags`` (bit -> on); CHAT_NOT_MODIFIED where all stand so already."""
    with chats.changing(app, chat):
        return await app.store.write(_turn_in, me, chat, wanted, int(app.clock.now()))


async def _turn_in(tx: Tx, me: Actor, chat: int, wanted: dict[int, bool], at: int) -> list[Event]:
    row = await chats.lock(tx, chat)
    flags = row.flags
    for bit, on in wanted.items():
        flags = flags | bit if on else flags & ~bit
    if flags == row.flags:
        raise Fault("CHAT_NOT_MODIFIED")
    await chats.set_column(tx, q.SET_FLAGS, chat, flags=flags)
    await chats.note(tx, chat, me.id, "flags", at=at, old=row.flags, new=flags)
    return await changes.tell_all(tx, me, row, changes.CHANGED, {"chat": chat}, at=at)


async def signatures(app: App, me: Actor, chat: int, *, names: bool, profiles: bool) -> list[Event]:
    """Whether posts carry the name of their author, and lead to their profile."""
    standing = await members.require(app, me, chat, INFO)
    if standing.chat.kind != CHANNEL:
        raise Fault("CHAT_ID_INVALID")
    wanted = {chats.SIGNATURES: names, chats.SIGNATURE_PROFILES: names and profiles}
    return await _turn(app, me, chat, wanted)


async def hide_prehistory(app: App, me: Actor, chat: int, *, on: bool) -> list[Event]:
    """Whether newcomers see what was said before. Not where anybody may read, or comments go:
    CHAT_LINK_EXISTS.
    """
    row = await _supergroup(app, me, chat, INFO)
    if on and (row.linked is not None or row.username is not None):
        raise Fault("CHAT_LINK_EXISTS")
    if on and row.flags & chats.FORUM:
        raise Fault("FORUM_ENABLED")
    return await _turn(app, me, chat, {chats.HIDDEN_PREHISTORY: on})


async def join_to_send(app: App, me: Actor, chat: int, *, on: bool) -> list[Event]:
    """Whether only members write in a discussion group."""
    await _supergroup(app, me, chat, BAN)
    return await _turn(app, me, chat, {chats.JOIN_TO_SEND: on})


async def join_request(
    app: App, me: Actor, chat: int, *, on: bool, links: bool = False
) -> list[Event]:
    """Whether who comes by the public name is let in by an admin; ``links``: who comes by a link
    too, whatever the link says. CHAT_PUBLIC_REQUIRED where there is nothing to ask at.
    """
    row = await _supergroup(app, me, chat, BAN)
    if on and not links and row.username is None and row.linked is None:
        raise Fault("CHAT_PUBLIC_REQUIRED")
    wanted = {chats.JOIN_REQUEST: on, chats.JOIN_REQUEST_LINKS: on and links}
    return await _turn(app, me, chat, wanted)


async def hide_members(app: App, me: Actor, chat: int, *, on: bool) -> list[Event]:
    """Whether only admins see who is there. PARTICIPANTS_TOO_FEW in a small group."""
    row = await _supergroup(app, me, chat, BAN)
    if on and row.members < HIDDEN_MEMBERS_MIN:
        raise Fault("PARTICIPANTS_TOO_FEW")
    return await _turn(app, me, chat, {chats.HIDDEN_MEMBERS: on})


async def antispam(app: App, me: Actor, chat: int, *, on: bool) -> list[Event]:
    """Whether a filter looks at what is said. CHANNEL_INVALID for whoever may not decide that."""
    await antispam_admin(app, me, chat)
    return await _turn(app, me, chat, {chats.ANTISPAM: on})


async def antispam_admin(app: App, me: Actor, chat: int) -> ChatRow:
    """The supergroup, if I am an admin of it who may delete messages; CHANNEL_INVALID."""
    try:
        return await _supergroup(app, me, chat, DELETE)
    except Fault:
        raise Fault("CHANNEL_INVALID") from None


async def protect(app: App, me: Actor, chat: int, *, on: bool) -> list[Event]:
    """Whether what is said can be forwarded and saved. Only the creator decides."""
    standing = await members.require(app, me, chat, OWNER)
    if standing.chat.kind == BASIC and chats.dead(standing.chat):
        raise Fault("CHAT_ADMIN_REQUIRED")
    return await _turn(app, me, chat, {chats.NOFORWARDS: on})


async def slow(app: App, me: Actor, chat: int, seconds: int) -> list[Event]:
    """How many seconds members wait between messages. SECONDS_INVALID, CHAT_NOT_MODIFIED."""
    row = await _supergroup(app, me, chat, BAN)
    if seconds not in SLOW_SECONDS:
        raise Fault("SECONDS_INVALID")
    if seconds == row.slow_seconds:
        raise Fault("CHAT_NOT_MODIFIED")
    with chats.changing(app, chat):
        return await app.store.write(_slow, me, chat, seconds, int(app.clock.now()))


async def _slow(tx: Tx, me: Actor, chat: int, seconds: int, at: int) -> list[Event]:
    row = await chats.lock(tx, chat)
    await chats.set_column(tx, q.SET_SLOW, chat, seconds=seconds)
    await chats.note(tx, chat, me.id, "slow", at=at, old=row.slow_seconds, new=seconds)
    return await changes.tell_all(tx, me, row, changes.CHANGED, {"chat": chat}, at=at)
