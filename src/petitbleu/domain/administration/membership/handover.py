"""Giving a chat to somebody else, and titles of members."""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.access.devices import service as devices
from petitbleu.domain.access.password import service as password
from petitbleu.domain.access.password.service import Proof
from petitbleu.domain.administration.membership import changes, channels
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.rights import (
    ADMIN,
    ALL_OF_CHANNEL,
    ALL_OF_GROUP,
    ANONYMOUS,
    BASIC_ADMIN,
    CREATOR,
    MANAGE_RANKS,
    MEMBER,
    NO_RANK,
    OWNER,
    READ,
    Right,
    may,
    restrictions,
    role,
)
from petitbleu.domain.communities.members.service import MemberRow, Standing
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

PUBLIC_MAX = 10
"""Public chats one account may have (``channels_public_limit_default``)."""
PASSWORD_SECONDS = 7 * 86_400
SESSION_SECONDS = 86_400
"""How old the password and the login must be, so that a thief of either cannot take a chat."""
_RANKS = Right(MANAGE_RANKS)


async def proved(app: App, me: Actor, proof: Proof | None) -> None:
    """Whoever gives a chat away knows their password, and has had it for a while.

    Raises PASSWORD_MISSING, PASSWORD_TOO_FRESH_X, SESSION_TOO_FRESH_X (seconds to wait) and what
    :func:`password.check` raises.
    """
    changed_at = await password.changed_at(app.store, me.id)
    if changed_at is None:
        raise Fault("PASSWORD_MISSING")
    now = int(app.clock.now())
    login = await devices.of_auth(app.store, me.auth)
    if not app.config.dev:
        if (left := changed_at + PASSWORD_SECONDS - now) > 0:
            raise Fault("PASSWORD_TOO_FRESH_X", left)
        if login is not None and (left := login.created_at + SESSION_SECONDS - now) > 0:
            raise Fault("SESSION_TOO_FRESH_X", left)
    await password.check(app, me.id, proof)


async def give(app: App, me: Actor, chat: int, account: int, proof: Proof | None) -> list[Event]:
    """Make somebody who is in the chat its creator; I stay as an admin.

    Raises USER_ID_INVALID, INPUT_USER_DEACTIVATED, CHAT_NOT_MODIFIED,
    CHANNELS_ADMIN_PUBLIC_TOO_MUCH, and what :func:`proved` and :func:`members.require` raise.
    """
    standing = await members.require(app, me, chat, OWNER)
    await proved(app, me, proof)
    if account == me.id:
        raise Fault("CHAT_NOT_MODIFIED")
    person = await accounts.get(app, account)
    target = await members.load_member(app, chat, account)
    if person is None or person.kind != accounts.PERSON:
        raise Fault("USER_ID_INVALID")
    if person.deleted_at is not None:
        raise Fault("INPUT_USER_DEACTIVATED")
    if role(target, app.clock.now()) < MEMBER:
        raise Fault("USER_ID_INVALID")
    public = standing.chat.username is not None
    if public and len(await chats.public_of(app, account)) >= PUBLIC_MAX:
        raise Fault("CHANNELS_ADMIN_PUBLIC_TOO_MUCH")
    with chats.changing(app, chat), members.changing(app, chat, me.id, account):
        return await app.store.write(_give, me, chat, account, int(app.clock.now()))


async def _give(tx: Tx, me: Actor, chat: int, account: int, at: int) -> list[Event]:
    row = await chats.lock(tx, chat)
    mine = await members.of_in(tx, chat, me.id)
    theirs = await members.of_in(tx, chat, account)
    if mine is None or mine.role != CREATOR:
        raise Fault("CHAT_ADMIN_REQUIRED")
    if theirs is None or theirs.role < MEMBER:
        raise Fault("USER_ID_INVALID")
    await chats.set_creator(tx, chat, account)
    given = mine._replace(
        role=ADMIN, rights=_every(row) | mine.rights & ANONYMOUS, changed_by=account, changed_at=at
    )
    taken = theirs._replace(
        role=CREATOR, rights=theirs.rights & ANONYMOUS, banned=0, until=0, changed_by=me.id,
        changed_at=at,
    )  # fmt: skip
    return [
        *await _changed(tx, me, row, mine, given, at),
        *await _changed(tx, me, row, theirs, taken, at),
    ]


def _every(row: ChatRow) -> int:
    if row.kind == BASIC:
        return BASIC_ADMIN
    return ALL_OF_CHANNEL if row.kind == chats.CHANNEL else ALL_OF_GROUP


async def _changed(
    tx: Tx, me: Actor, row: ChatRow, before: MemberRow, after: MemberRow, at: int
) -> list[Event]:
    if row.kind != BASIC:
        return await changes.change(tx, me, row, before, after, at=at)
    await chats.note(tx, row.id, me.id, "member", at=at, old=before, new=after)
    await members.put(tx, after)
    await chats.bump(tx, row.id)
    return await changes.tell_participants(tx, row.id, at=at, by=me)


async def heir(app: App, me: Actor, chat: int) -> int | None:
    """Who would be the first to have the chat if I, its creator, were gone: the admin who is one
    longest, else whoever is in it longest. None where nobody else is.
    """
    await members.require(app, me, chat, OWNER)
    admins = [row for row in await members.admins(app, chat) if row.role == ADMIN]
    admins.sort(key=lambda row: (row.changed_at, row.account))
    oldest = [] if admins else await members.oldest(app, chat)
    people = [row.account for row in [*admins, *oldest] if row.account != me.id]
    by_id = await accounts.get_many(app, people)
    for one in people:
        person = by_id.get(one)
        if person is not None and person.kind == accounts.PERSON and person.deleted_at is None:
            return one
    return None


# ── titles ──────────────────────────────────────────────────────────────────────────────────────


async def set_rank(app: App, me: Actor, chat: int, account: int, rank: str) -> list[Event]:
    """Give a member (or admin) of a group a title; ``""``: none.

    One's own where that is not restricted; others' with the right for it. Raises
    ADMIN_RANK_INVALID, USER_NOT_PARTICIPANT, CHAT_ADMIN_REQUIRED and what :func:`members.require`
    raises.
    """
    standing = await members.require(app, me, chat, READ)
    now = app.clock.now()
    clean = " ".join(rank.split())
    if len(clean) > channels.RANK_MAX:
        raise Fault("ADMIN_RANK_INVALID")
    target = await members.load_member(app, chat, account)
    if target is None or role(target, now) < MEMBER:
        raise Fault("USER_NOT_PARTICIPANT")
    if not _may_rank(standing, target, me, now):
        raise Fault("CHAT_ADMIN_REQUIRED")
    if clean == target.rank:
        raise Fault("CHAT_NOT_MODIFIED")
    with chats.changing(app, chat), members.changing(app, chat, account):
        return await app.store.write(_set_rank, me, chat, account, clean, int(now))


def _may_rank(standing: Standing, target: MemberRow, me: Actor, now: float) -> bool:
    chat, mine = standing
    if chat.kind == chats.CHANNEL or chats.dead(chat) or role(mine, now) < MEMBER:
        return False
    assert mine is not None
    if role(mine, now) == CREATOR:
        return True
    if target.account == me.id:
        barred = (chat.banned | restrictions(mine, now)) & NO_RANK
        return mine.role == ADMIN or not barred
    if not may(chat, mine, _RANKS, now):
        return False
    return target.role == MEMBER or channels.can_edit(standing, target, me, now)


async def _set_rank(tx: Tx, me: Actor, chat: int, account: int, rank: str, at: int) -> list[Event]:
    row = await chats.lock(tx, chat)
    before = await members.of_in(tx, chat, account)
    if before is None or before.role < MEMBER:
        raise Fault("USER_NOT_PARTICIPANT")
    return await _changed(tx, me, row, before, before._replace(rank=rank), at)
