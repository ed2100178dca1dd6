"""Who is in a group or channel, and who may do what there: facts and rules.

:func:`require` is the one gate: every service that touches a chat asks it. Joining, leaving,
promoting and banning, with what they tell the members, stand in ``changes.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import NamedTuple

from petitbleu import account_status as accounts_standing
from petitbleu import ids
from petitbleu.app import Actor, App, Part
from petitbleu.cache import Cache
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC, CHANNEL, SUPERGROUP, ChatRow
from petitbleu.domain.communities.members import queries as q
from petitbleu.domain.communities.members import rights
from petitbleu.domain.communities.members.queries import MemberRow
from petitbleu.domain.communities.members.rights import (
    ADMIN,
    ANONYMOUS,
    ANY_ADMIN,
    BAN,
    CREATOR,
    DELETE,
    EDIT,
    INFO,
    INVITE,
    LEFT,
    MEMBER,
    OUT,
    OWNER,
    PIN,
    PROMOTE,
    READ,
    WRITE,
    Right,
    may,
    restrictions,
    role,
)
from petitbleu.errors import Fault
from petitbleu.stamps import cache_of, room
from petitbleu.store.api import Reader, Tx

__all__ = [
    "ADMIN",
    "ANONYMOUS",
    "ANY_ADMIN",
    "BAN",
    "CREATOR",
    "DELETE",
    "EDIT",
    "INFO",
    "INVITE",
    "LEFT",
    "MEMBER",
    "OUT",
    "OWNER",
    "PIN",
    "PROMOTE",
    "READ",
    "WRITE",
    "MemberRow",
    "Right",
    "may",
    "restrictions",
    "rights",
    "role",
]

CHANNEL_CHANGED = "channel"
PARTICIPANTS = "chat.participants"
"""Kinds of events: how somebody stands to a channel has changed; who is in a basic group has."""
_CACHE_LIMIT = 100_000
_NOBODY = MemberRow(0, 0, 0, 0, 0, 0, "", 0, 0, 0, 0, 0, 0, 0, 0)


class Standing(NamedTuple):
    """A chat and how somebody stands to it."""

    chat: ChatRow
    member: MemberRow | None


# ── facts ───────────────────────────────────────────────────────────────────────────────────────


ROOM = room("members", member=())
MEMBERS: Part[Cache[tuple[int, int], MemberRow]] = Part(
    lambda app: cache_of(app, ROOM, _CACHE_LIMIT)
)


async def load_member(app: App, chat: int, account: int) -> MemberRow | None:
    """How ``account`` stands to ``chat``; None where it has nothing to do with it."""
    cache = app.parts[MEMBERS]
    key = (chat, account)
    known = cache.get(key)
    if known is None:
        generation = cache.generation
        known = await app.store.row(q.ONE, chat=chat, account=account) or _NOBODY
        cache.keep(key, known, generation)
    return known if known.chat else None


async def of_in(reader: Reader, chat: int, account: int) -> MemberRow | None:
    """:func:`load_member` for a caller inside a transaction."""
    return await reader.row(q.ONE, chat=chat, account=account)


async def of_chats(app: App, account: int, wanted: Iterable[int]) -> dict[int, MemberRow]:
    """How ``account`` stands to each of ``wanted`` (absent: has nothing to do with it)."""
    cache = app.parts[MEMBERS]
    by_chat: dict[int, MemberRow] = {}
    missing = []
    for chat in wanted:
        known = cache.get((chat, account))
        if known is None:
            missing.append(chat)
        elif known.chat:
            by_chat[chat] = known
    if missing:
        generation = cache.generation
        rows = {
            row.chat: row
            for row in await app.store.rows(q.OF_CHATS, account=account, chats=missing)
        }
        for chat in missing:
            cache.keep((chat, account), rows.get(chat, _NOBODY), generation)
        by_chat.update(rows)
    return by_chat


async def newcomers(app: App, chat: int, accounts: Iterable[int]) -> list[int]:
    """Those from whom the beginning of a chat is hidden; nobody where it hides nothing."""
    row = await chats.get(app, chat)
    if row is None or not row.flags & chats.HIDDEN_PREHISTORY:
        return []
    people = []
    for account in accounts:
        member = await load_member(app, chat, account)
        if member is not None and member.min_id:
            people.append(account)
    return people


async def of_accounts(app: App, chat: int, accounts: Iterable[int]) -> dict[int, MemberRow]:
    """How each of ``accounts`` stands to ``chat``."""
    wanted = list(accounts)
    if not wanted:
        return {}
    rows = await app.store.rows(q.OF_ACCOUNTS, chat=chat, accounts=wanted)
    return {row.account: row for row in rows}


async def inside(reader: Reader, chat: int) -> list[int]:
    """Accounts of everybody in a chat, ascending. For basic groups; a channel may have many."""
    return [row.account for row in await reader.rows(q.INSIDE, chat=chat)]


async def admins(app: App, chat: int) -> list[MemberRow]:
    """The creator and admins of a chat."""
    return await app.store.rows(q.ADMINS, chat=chat)


async def admins_in(reader: Reader, chat: int) -> list[MemberRow]:
    """:func:`admins` for a caller inside a transaction."""
    return await reader.rows(q.ADMINS, chat=chat)


async def everybody(reader: Reader, chat: int) -> list[MemberRow]:
    """All rows of a basic group, also of those who left."""
    return await reader.rows(q.ALL, chat=chat)


async def chats_of(reader: Reader, account: int) -> list[int]:
    """Every group and channel the account is in."""
    return [row.chat for row in await reader.rows(q.CHATS_OF, account=account)]


async def channels_of(reader: Reader, account: int) -> list[int]:
    """Every supergroup and channel the account is in: those whose events it is to hear."""
    return [chat for chat in await chats_of(reader, account) if ids.is_channel(chat)]


async def oldest(app: App, chat: int, limit: int = 50) -> list[MemberRow]:
    """Those who are in a chat longest."""
    return await app.store.rows(q.OLDEST, chat=chat, limit=limit)


async def left(app: App, account: int, skip: int, limit: int) -> list[int]:
    """Supergroups and channels the account has left and that still know it."""
    rows = await app.store.rows(
        q.LEFT, account=account, below=-ids.CHANNEL_BASE, limit=limit, skip=max(skip, 0)
    )
    return [row.chat for row in rows]


async def common(app: App, account: int, other: int) -> list[int]:
    """Chats both are in."""
    rows = await app.store.rows(q.COMMON, account=account, other=other)
    return [row.chat for row in rows]


async def counts(app: App, chat: int) -> q.Counts:
    """How many admins, kept out and restricted people a chat has."""
    row = await app.store.row(q.COUNTS, chat=chat)
    assert row is not None
    return row


def changing(app: App, chat: int, *accounts: int) -> AbstractContextManager[None]:
    """Around every transaction that changes how ``accounts`` stand to ``chat``."""
    return app.parts[MEMBERS].changing([(chat, account) for account in accounts])


async def put(tx: Tx, row: MemberRow) -> None:
    """Write a row as it is to be (the caller has locked the chat)."""
    await tx.run(q.PUT, **row._asdict())


async def take_turn(tx: Tx, chat: int, account: int, *, now: int, seconds: int) -> int:
    """Note that somebody says something now in a chat with slow mode: 0, or the seconds left."""
    if await tx.run(q.TAKE_TURN, chat=chat, account=account, now=now, before=now - seconds):
        return 0
    row = await of_in(tx, chat, account)
    if row is None:  # a guest in a discussion group
        await put(tx, new(chat, account, at=0, role=LEFT)._replace(slow_at=now))
        return 0
    return row.slow_at + seconds - now


async def hide_upto(tx: Tx, chat: int, account: int, upto: int) -> bool:
    """Hide what was said up to a message from a member; whether that is news."""
    return bool(await tx.run(q.HIDE_UPTO, chat=chat, account=account, upto=upto))


async def drop(tx: Tx, chat: int, account: int) -> None:
    """Somebody has nothing to do with the chat any more."""
    await tx.run(q.DROP, chat=chat, account=account)


def new(chat: int, account: int, *, at: int, inviter: int = 0, role: int = 1) -> MemberRow:
    """The row of somebody who just came in."""
    return _NOBODY._replace(
        chat=chat, account=account, role=role, inviter=inviter, joined_at=at, changed_at=at
    )


# ── the gate ────────────────────────────────────────────────────────────────────────────────────


async def standing(app: App, me: Actor, chat: int) -> Standing:
    """The chat and my row. CHAT_ID_INVALID or CHANNEL_INVALID where there is no such chat."""
    row = await chats.get(app, chat)
    if row is None:
        raise Fault("CHANNEL_INVALID" if ids.is_channel(chat) else "CHAT_ID_INVALID")
    return Standing(row, await load_member(app, chat, me.id))


async def require(app: App, me: Actor, chat: int, right: Right = READ) -> Standing:
    """The chat and my row, if I may do what ``right`` is about.

    Raises CHAT_ID_INVALID, CHANNEL_INVALID (no such chat), CHANNEL_PRIVATE (not mine to see),
    FROZEN_PARTICIPANT_MISSING, CHAT_WRITE_FORBIDDEN, USER_BANNED_IN_CHANNEL and ``right.fault``.
    """
    place = await standing(app, me, chat)
    row, member = place
    now = app.clock.now()
    if row.kind == BASIC:
        if member is None:
            raise Fault("CHAT_ID_INVALID")
        if right is READ:
            return place
        if chats.dead(row) or role(member, now) < rights.MEMBER:
            raise Fault("CHAT_WRITE_FORBIDDEN" if right.sends else "CHAT_ID_INVALID")
    else:
        if not await visible(app, me, row, member):
            raise Fault("CHANNEL_PRIVATE")
        if role(member, now) < rights.MEMBER and _frozen(app, me, now):
            raise Fault("FROZEN_PARTICIPANT_MISSING")
        if right is READ:
            return place
    if not may(row, member, right, now) and not await _guest(app, row, member, right):
        raise Fault(_refusal(row, member, right, now))
    return place


def _frozen(app: App, me: Actor, now: float) -> bool:
    """Frozen accounts look only where they are (core.telegram.org/api/auth#frozen-accounts)."""
    frozen = accounts_standing.load_standing(app, me.id, now)
    return frozen is not None and frozen.kind == accounts_standing.FROZEN


async def visible(app: App, me: Actor, row: ChatRow, member: MemberRow | None) -> bool:
    """Whether I may look into a supergroup or channel: a member, or it is public.

    A discussion group is as open as its channel.
    """
    if row.deleted_at is not None:
        return False
    now = app.clock.now()
    mine = role(member, now)
    if mine == rights.OUT:
        return False
    if mine >= rights.MEMBER or row.username is not None:
        return True
    if row.kind != SUPERGROUP or row.linked is None:
        return False
    channel = await chats.get(app, row.linked)
    if channel is None or channel.deleted_at is not None:
        return False
    its = role(await load_member(app, channel.id, me.id), now)
    return its >= rights.MEMBER or (its != rights.OUT and channel.username is not None)


async def _guest(app: App, row: ChatRow, member: MemberRow | None, right: Right) -> bool:
    """Whether somebody who is not in a discussion group may comment all the same."""
    now = app.clock.now()
    return (
        right.sends
        and row.kind == SUPERGROUP
        and row.linked is not None
        and not row.flags & chats.JOIN_TO_SEND
        and role(member, now) == rights.LEFT
        and not row.banned & right.banned
        and not (member is not None and restrictions(member, now) & right.banned)
    )


def _refusal(row: ChatRow, member: MemberRow | None, right: Right, now: float) -> str:
    if not right.sends or row.kind == CHANNEL:
        return right.fault if not right.sends else "CHAT_ADMIN_REQUIRED"
    if member is None or role(member, now) < rights.MEMBER:
        return "CHAT_GUEST_SEND_FORBIDDEN" if row.linked is not None else "CHAT_WRITE_FORBIDDEN"
    if restrictions(member, now) & rights.SEND:
        return "USER_BANNED_IN_CHANNEL"
    if row.banned & rights.SEND:
        return "CHAT_WRITE_FORBIDDEN"
    return right.fault


# ── who is there ────────────────────────────────────────────────────────────────────────────────


async def recent(app: App, chat: int, skip: int, limit: int) -> list[MemberRow]:
    """Members, the newest first."""
    return await app.store.rows(q.RECENT, chat=chat, limit=limit, skip=skip)


async def kept_out(app: App, chat: int, skip: int, limit: int) -> list[MemberRow]:
    """People kept out; without those whose time is over."""
    rows = await app.store.rows(q.KEPT_OUT, chat=chat, limit=limit, skip=skip)
    now = app.clock.now()
    return [row for row in rows if role(row, now) == OUT]


async def restricted(app: App, chat: int, skip: int, limit: int) -> list[MemberRow]:
    """Restricted people; without those whose time is over."""
    rows = await app.store.rows(q.RESTRICTED, chat=chat, limit=limit, skip=skip)
    now = app.clock.now()
    return [row for row in rows if restrictions(row, now)]


async def ended(reader: Reader, now: int, limit: int) -> list[MemberRow]:
    """Members whose restriction or ban is over, and whose row still says otherwise."""
    return await reader.rows(q.OVER, now=now, limit=limit)
