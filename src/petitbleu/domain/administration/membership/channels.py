"""Members of supergroups and channels: joining, inviting, leaving, admins, restrictions."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu import rates
from petitbleu.app import Actor, App
from petitbleu.domain.administration.membership import changes, invitations
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import CHANNEL, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.rights import (
    ADMIN,
    ALL_OF_CHANNEL,
    ALL_OF_GROUP,
    BAN,
    CREATOR,
    INVITE,
    LEFT,
    MEMBER,
    OTHER,
    OUT,
    PROMOTE,
    VIEW,
    may,
    role,
)
from petitbleu.domain.communities.members.service import MemberRow, Standing
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.rates import Charge
from petitbleu.store.api import Tx

ADMINS_MAX = 50
RANK_MAX = 16
"""Characters of an admin's title."""
SOON, LATE = 30, 366 * 86_400
"""An end nearer or farther than this (seconds) is none at all."""


# ── coming and going ────────────────────────────────────────────────────────────────────────────


async def join(app: App, me: Actor, chat: int, *, ip: str | None = None) -> list[Event]:
    """Join a public supergroup or channel by myself.

    ``ip``, here and below: the caller's address; None: not counted for daily limits. Raises
    FLOOD_WAIT_X, USER_ALREADY_PARTICIPANT, CHANNELS_TOO_MUCH and what :func:`members.require`
    raises. Where admins let people in, the invites room asks them first.
    """
    standing = await members.require(app, me, chat)
    if role(standing.member, app.clock.now()) >= MEMBER:
        raise Fault("USER_ALREADY_PARTICIPANT")
    await invitations.room_for_channels(app, me.id, "CHANNELS_TOO_MUCH")
    charge = invitations.charge_moving(app, me, ip)
    return await _enter(app, me, standing.chat, [me.id], charge)


async def invite(
    app: App, me: Actor, chat: int, wanted: Sequence[int], *, ip: str | None = None
) -> tuple[list[Event], list[int]]:
    """Bring people in: the events, and whom privacy or their number of channels keeps out.

    Raises FLOOD_WAIT_X, USER_ALREADY_PARTICIPANT where nobody is new, USERS_TOO_MUCH,
    CHAT_ADMIN_REQUIRED and what :func:`members.require`, :func:`guests` and :func:`returning`
    raise.
    """
    standing = await members.require(app, me, chat, INVITE)
    guests = await invitations.guests(app, me, wanted)
    if standing.chat.members + len(guests.welcome) > invitations.SUPERGROUP_MAX:
        raise Fault("USERS_TOO_MUCH")
    come = [
        account
        for account in guests.welcome
        if await invitations.returning(app, me, standing.chat, account)
    ]
    if not come:
        return [], guests.missing
    charge = invitations.charge_adding(app, me, len(come), ip)
    return await _enter(app, me, standing.chat, come, charge), guests.missing


async def _enter(
    app: App, me: Actor, chat: ChatRow, come: Sequence[int], charge: Charge
) -> list[Event]:
    at = int(app.clock.now())
    with chats.changing(app, chat.id), members.changing(app, chat.id, *come):
        return await app.store.write(_enter_in, me, chat.id, come, at, charge)


async def _enter_in(
    tx: Tx, me: Actor, chat: int, come: Sequence[int], at: int, charge: Charge
) -> list[Event]:
    await rates.take(tx, charge)
    return await changes.enter(tx, me, await chats.lock(tx, chat), come, at=at)


async def leave(app: App, me: Actor, chat: int, *, ip: str | None = None) -> list[Event]:
    """Leave. Raises FLOOD_WAIT_X, USER_CREATOR, USER_NOT_PARTICIPANT and what
    :func:`members.require` raises.
    """
    standing = await members.require(app, me, chat)
    mine = role(standing.member, app.clock.now())
    if mine == CREATOR:
        raise Fault("USER_CREATOR")
    if mine < MEMBER:
        raise Fault("USER_NOT_PARTICIPANT")
    charge = invitations.charge_moving(app, me, ip)
    with chats.changing(app, chat), members.changing(app, chat, me.id):
        return await app.store.write(_leave, me, chat, int(app.clock.now()), charge)


async def _leave(tx: Tx, me: Actor, chat: int, at: int, charge: Charge) -> list[Event]:
    await rates.take(tx, charge)
    row = await chats.lock(tx, chat)
    member = await members.of_in(tx, chat, me.id)
    if member is None or member.role < MEMBER:
        raise Fault("USER_NOT_PARTICIPANT")
    # Remembered: leaving does not lift a restriction, and nobody is pulled back in at once.
    after = member._replace(role=LEFT, rights=0, rank="", send_as=0, changed_at=at)
    await chats.note(tx, chat, me.id, "leave", at=at, old=member, new=after)
    return await changes.depart(tx, me, row, member, after, at=at)


# ── admins ──────────────────────────────────────────────────────────────────────────────────────


async def set_admin(
    app: App,
    me: Actor,
    chat: int,
    account: int,
    rights: int,
    rank: str,
    *,
    ip: str | None = None,
) -> list[Event]:
    """Give somebody the admin rights of a mask (0: none any more), and a title.

    One gives what one has, and changes only admins one made; the creator may all. Somebody who is
    not in it is brought in. Raises USER_CREATOR, RIGHT_FORBIDDEN, ADMINS_TOO_MUCH,
    ADMIN_RANK_INVALID, USER_PRIVACY_RESTRICTED, CHAT_ADMIN_REQUIRED and what
    :func:`members.require`, :func:`guests` and :func:`returning` raise.
    """
    standing = await members.require(app, me, chat, PROMOTE)
    row = standing.chat
    target = await members.load_member(app, chat, account)
    now = app.clock.now()
    theirs = role(target, now)
    if theirs == CREATOR and account != me.id:
        raise Fault("USER_CREATOR")
    if len(rank) > RANK_MAX:
        raise Fault("ADMIN_RANK_INVALID")
    if not can_edit(standing, target, me, now):
        raise Fault("CHAT_ADMIN_REQUIRED")
    every = ALL_OF_CHANNEL if row.kind == CHANNEL else ALL_OF_GROUP | members.ANONYMOUS
    rights &= every
    if role(standing.member, now) != CREATOR:
        assert standing.member is not None
        # OTHER is shown of every admin (views.admin_rights), so every admin may give it.
        if rights & ~(standing.member.rights | OTHER):
            raise Fault("RIGHT_FORBIDDEN")
    if theirs < MEMBER and rights:
        await _bring_in(app, me, row, account, ip)
    elif theirs < MEMBER:
        return []
    if theirs < ADMIN and rights and (await members.counts(app, chat)).admins >= ADMINS_MAX:
        raise Fault("ADMINS_TOO_MUCH")
    with chats.changing(app, chat), members.changing(app, chat, account):
        return await app.store.write(_set_admin, me, chat, account, rights, rank, int(now))


async def _bring_in(app: App, me: Actor, chat: ChatRow, account: int, ip: str | None) -> None:
    guests = await invitations.guests(app, me, [account])
    if not guests.welcome:
        raise Fault("USER_PRIVACY_RESTRICTED")
    await members.require(app, me, chat.id, INVITE)
    if await invitations.returning(app, me, chat, account):
        await _enter(app, me, chat, [account], invitations.charge_adding(app, me, 1, ip))


async def _set_admin(
    tx: Tx, me: Actor, chat: int, account: int, rights: int, rank: str, at: int
) -> list[Event]:
    row = await chats.lock(tx, chat)
    before = await members.of_in(tx, chat, account)
    if before is None or before.role < MEMBER:
        raise Fault("USER_ID_INVALID")
    after = before._replace(rank=rank, changed_by=me.id, changed_at=at)
    if before.role == CREATOR:
        after = before._replace(rank=rank, rights=rights)
    elif rights:
        after = after._replace(role=ADMIN, rights=rights, banned=0, until=0)
    else:
        after = after._replace(role=MEMBER, rights=0, rank="")
    return await changes.change(tx, me, row, before, after, at=at)


def can_edit(standing: Standing, target: MemberRow | None, me: Actor, now: float) -> bool:
    """Whether I may change somebody's admin rights (or put an admin out)."""
    mine = role(standing.member, now)
    if mine == CREATOR:
        return True
    if not may(standing.chat, standing.member, PROMOTE, now):
        return False
    return target is None or role(target, now) < ADMIN or target.changed_by == me.id


# ── restrictions ────────────────────────────────────────────────────────────────────────────────


async def restrict(
    app: App, me: Actor, chat: int, account: int, banned: int, until: int
) -> list[Event]:
    """Restrict somebody (a mask with what follows from it), keep them out (:data:`VIEW`), or lift
    both (0). ``until`` is Unix seconds; it ends by itself then.

    Raises USER_ADMIN_INVALID, PARTICIPANT_ID_INVALID, USER_ID_INVALID, CHAT_ADMIN_REQUIRED and what
    :func:`members.require` raises.
    """
    standing = await members.require(app, me, chat, BAN)
    now = int(app.clock.now())
    target = await members.load_member(app, chat, account)
    theirs = role(target, now)
    if account == me.id or theirs == CREATOR:
        raise Fault("USER_ADMIN_INVALID")
    if theirs == ADMIN and not can_edit(standing, target, me, now):
        raise Fault("USER_ADMIN_INVALID")
    if target is None and await accounts.get(app, account) is None:
        raise Fault("PARTICIPANT_ID_INVALID")
    if not SOON <= until - now <= LATE:
        until = 0
    if standing.chat.kind == CHANNEL and banned:
        banned = VIEW  # nobody writes there but admins
    with chats.changing(app, chat), members.changing(app, chat, account):
        return await app.store.write(_restrict, me, chat, account, banned, until, now)


async def _restrict(
    tx: Tx, me: Actor, chat: int, account: int, banned: int, until: int, at: int
) -> list[Event]:
    row = await chats.lock(tx, chat)
    before = await members.of_in(tx, chat, account)
    start = before or members.new(chat, account, at=0, role=LEFT)
    after = start._replace(rights=0, rank="", changed_by=me.id, changed_at=at, until=until)
    inside = start.role >= MEMBER
    if banned & VIEW:
        after = after._replace(role=OUT, banned=banned)
    elif banned:
        after = after._replace(role=MEMBER if inside else LEFT, banned=banned)
    else:
        after = after._replace(role=MEMBER if inside else LEFT, banned=0, until=0)
    if before is None and not banned:
        return []
    return await changes.change(tx, me, row, before, after, at=at)
