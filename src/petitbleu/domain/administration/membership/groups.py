"""Members of basic groups: adding, removing, leaving, making admins."""

from __future__ import annotations

from petitbleu import jobs, rates
from petitbleu.app import Actor, App
from petitbleu.domain.administration.membership import changes, invitations
from petitbleu.domain.administration.membership.invitations import GROUP_MAX
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.rights import (
    ADMIN,
    BAN,
    BASIC_ADMIN,
    CREATOR,
    INVITE,
    MEMBER,
    READ,
    Right,
    may,
    role,
)
from petitbleu.domain.communities.members.service import MemberRow, Standing
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.jobs import Job
from petitbleu.rates import Charge
from petitbleu.store.api import Tx


class ForgetChat(Job, tag="members.forget_chat", frozen=True):
    """Somebody who went keeps nothing of a basic group."""

    chat: int
    account: int


async def add(
    app: App, me: Actor, chat: int, account: int, *, past: int = 0, ip: str | None = None
) -> tuple[list[Event], list[int]]:
    """Bring somebody into a basic group: the events, and whom privacy keeps out.

    They get the ``past`` newest of my messages there, 100 at most. ``ip``: the caller's address;
    None: not counted for daily limits.

    Raises FLOOD_WAIT_X, USER_ALREADY_PARTICIPANT, USERS_TOO_MUCH, CHAT_ADMIN_REQUIRED and what
    :func:`members.require`, :func:`guests` and :func:`returning` raise.
    """
    standing = await _basic(app, me, chat, INVITE)
    guests = await invitations.guests(app, me, [account])
    if account == me.id or not await invitations.returning(app, me, standing.chat, account):
        raise Fault("USER_ALREADY_PARTICIPANT")
    if not guests.welcome:
        return [], guests.missing
    at, charge = int(app.clock.now()), invitations.charge_adding(app, me, 1, ip)
    with chats.changing(app, chat), members.changing(app, chat, account):
        events = await app.store.write(_add, me, chat, account, past, at, charge)
    return events, []


async def _add(
    tx: Tx, me: Actor, chat: int, account: int, past: int, at: int, charge: Charge
) -> list[Event]:
    await rates.take(tx, charge)
    row = await chats.lock(tx, chat)
    if chats.dead(row):
        raise Fault("CHAT_ID_INVALID")
    if row.members >= GROUP_MAX:
        raise Fault("USERS_TOO_MUCH")
    before = await members.of_in(tx, chat, account)
    if before is not None and before.role >= MEMBER:
        raise Fault("USER_ALREADY_PARTICIPANT")
    return await changes.add(tx, me, row, account, at=at, past=past)


async def remove(
    app: App,
    me: Actor,
    chat: int,
    account: int,
    *,
    forget: bool = False,
    ip: str | None = None,
) -> list[Event]:
    """Leave a basic group (``account`` is me), or put somebody out of it; ``forget``: whoever goes
    keeps nothing of what was said there (a job, begun at the next :func:`forget_chat`).

    Admins put out members, the creator anybody, everybody those they brought in. ``ip``: the
    caller's address; None: leaving is not counted for daily limits. Raises FLOOD_WAIT_X,
    USER_NOT_PARTICIPANT, CHAT_ADMIN_REQUIRED and what :func:`members.require` raises.
    """
    standing = await _basic(app, me, chat, READ)
    now = app.clock.now()
    target = await members.load_member(app, chat, account)
    if target is None or role(target, now) < MEMBER:
        raise Fault("USER_NOT_PARTICIPANT")
    if account != me.id and not _may_remove(standing, target, me, now):
        raise Fault("CHAT_ADMIN_REQUIRED")
    charge = invitations.charge_moving(app, me, ip) if account == me.id else rates.NOTHING
    with chats.changing(app, chat), members.changing(app, chat, account):
        return await app.store.write(_remove, me, chat, account, int(now), forget, charge)


async def forget_chat(app: App, chat: int, account: int) -> None:
    """Somebody who went keeps nothing of a basic group, unless they are in it again."""
    member = await members.load_member(app, chat, account)
    if member is None or role(member, app.clock.now()) < MEMBER:
        await messages.forget_chat(app, account, chat)


def _may_remove(standing: Standing, target: MemberRow, me: Actor, now: float) -> bool:
    mine = role(standing.member, now)
    if mine == CREATOR:
        return True
    if target.role >= ADMIN or mine < MEMBER:
        return False
    return target.inviter == me.id or may(standing.chat, standing.member, BAN, now)


async def _remove(
    tx: Tx, me: Actor, chat: int, account: int, at: int, forget: bool, charge: Charge
) -> list[Event]:
    await rates.take(tx, charge)
    row = await chats.lock(tx, chat)
    member = await members.of_in(tx, chat, account)
    if member is None or member.role < MEMBER:
        raise Fault("USER_NOT_PARTICIPANT")
    if forget:
        work = ForgetChat(chat=chat, account=account)
        await jobs.schedule(tx, work, due=at, key=f"{chat}:{account}")
    return await changes.remove(tx, me, row, member, at=at)


async def set_admin(app: App, me: Actor, chat: int, account: int, *, admin: bool) -> list[Event]:
    """Make somebody an admin of a basic group, or no longer. The creator alone may.

    Raises USER_NOT_PARTICIPANT, CHAT_ID_INVALID.
    """
    standing = await _basic(app, me, chat, READ)
    now = app.clock.now()
    if role(standing.member, now) != CREATOR:
        raise Fault("CHAT_ID_INVALID")  # nothing nearer stands among this method's errors
    target = await members.load_member(app, chat, account)
    if target is None or role(target, now) < MEMBER:
        raise Fault("USER_NOT_PARTICIPANT")
    if account == me.id or (target.role == ADMIN) == admin:
        return []
    with chats.changing(app, chat), members.changing(app, chat, account):
        return await app.store.write(_set_admin, me, chat, account, admin, int(now))


async def _set_admin(
    tx: Tx, me: Actor, chat: int, account: int, admin: bool, at: int
) -> list[Event]:
    await chats.lock(tx, chat)
    before = await members.of_in(tx, chat, account)
    if before is None or before.role < MEMBER:
        raise Fault("USER_NOT_PARTICIPANT")
    after = before._replace(
        role=ADMIN if admin else MEMBER,
        rights=BASIC_ADMIN if admin else 0,
        changed_by=me.id,
        changed_at=at,
    )
    await members.put(tx, after)
    await chats.bump(tx, chat)
    await chats.note(tx, chat, me.id, "member", at=at, old=before, new=after)
    return await changes.tell_participants(tx, chat, at=at, by=me)


async def _basic(app: App, me: Actor, chat: int, right: Right) -> Standing:
    standing = await members.require(app, me, chat, right)
    if standing.chat.kind != BASIC or chats.dead(standing.chat):
        raise Fault("CHAT_ID_INVALID")
    return standing
