"""Coming in by a link, asking to be let in, letting in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu import rates
from petitbleu.app import Actor, App
from petitbleu.domain.administration.invites import links
from petitbleu.domain.administration.invites import queries as q
from petitbleu.domain.administration.invites.queries import InviteRow, Use
from petitbleu.domain.administration.membership import changes, invitations
from petitbleu.domain.administration.membership.invitations import GROUP_MAX, SUPERGROUP_MAX
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import INVITE, MEMBER, OUT, may, role
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.rates import Charge
from petitbleu.store.api import Reader, Tx

PENDING = "invite.pending"
BY_NAME = 0
"""``entry_request.invite`` of those who asked by the public name."""
LET_IN = -1
"""``member.via`` of those who were let in after they asked by the public name."""
ANY_LINK = -1
SLICE = 50
"""Requests let in by one transaction."""
PAGE = 100


class Link(NamedTuple):
    """What somebody with a link sees: the link, where it leads, whether they are in already."""

    invite: InviteRow
    chat: ChatRow
    inside: bool


async def look(app: App, me: Actor, given: str) -> Link:
    """Where a link leads.

    Raises INVITE_HASH_EMPTY, INVITE_HASH_INVALID, INVITE_HASH_EXPIRED (also for whoever is kept
    out: the link is none for them).
    """
    if not given:
        raise Fault("INVITE_HASH_EMPTY")
    hash_ = links.hash_of(given)
    if not hash_:
        raise Fault("INVITE_HASH_INVALID")
    invite = await app.store.row(q.BY_HASH, hash=hash_)
    chat = None if invite is None else await _leads_to(app, invite.chat)
    if invite is None or chat is None or chats.dead(chat):
        raise Fault("INVITE_HASH_EXPIRED")
    now = app.clock.now()
    standing = role(await members.load_member(app, chat.id, me.id), now)
    if standing < MEMBER and (_kept_out(chat, standing) or not _valid(invite, now)):
        raise Fault("INVITE_HASH_EXPIRED")
    return Link(invite, chat, standing >= MEMBER)


def asks(invite: InviteRow, chat: ChatRow) -> bool:
    """Whether an admin lets in who comes by the link: the link says so, or the chat, of all."""
    return bool(invite.asks) or bool(chat.flags & chats.JOIN_REQUEST_LINKS)


async def _leads_to(app: App, chat: int) -> ChatRow | None:
    """The chat, or the supergroup that it has become."""
    row = await chats.get(app, chat)
    if row is None or row.migrated_to is None:
        return row
    return await chats.get(app, row.migrated_to)


def _kept_out(chat: ChatRow, standing: int) -> bool:
    """Whether links are none for somebody. A basic group keeps nobody out: who was removed from it
    may come back by a link, as with Telegram (core.telegram.org/bots/api#banchatmember).
    """
    return standing == OUT and chat.kind != BASIC


def _valid(invite: InviteRow, now: float) -> bool:
    return not (
        invite.revoked
        or 0 < invite.expires_at <= now
        or (invite.most and invite.used >= invite.most)
    )


async def join(
    app: App, me: Actor, given: str, *, ip: str | None = None
) -> tuple[int, list[Event]]:
    """Come in by a link: the chat, and what happened.

    ``ip``, here and below: the caller's address; None: not counted for daily limits. Raises
    FLOOD_WAIT_X, USER_ALREADY_PARTICIPANT, USERS_TOO_MUCH, CHANNELS_TOO_MUCH, INVITE_REQUEST_SENT
    (an admin was asked) and what :func:`look` raises.
    """
    invite, chat, inside = await look(app, me, given)
    if inside:
        raise Fault("USER_ALREADY_PARTICIPANT")
    await _room(app, chat, me.id, "CHANNELS_TOO_MUCH")
    now, charge = int(app.clock.now()), invitations.charge_moving(app, me, ip)
    if asks(invite, chat):
        await app.store.write(_ask, me, chat.id, invite, "", now, charge)
        raise Fault("INVITE_REQUEST_SENT")
    with chats.changing(app, chat.id), members.changing(app, chat.id, me.id):
        return chat.id, await app.store.write(_join, me, chat.id, invite, now, charge)


async def _room(app: App, chat: ChatRow, account: int, fault: str) -> None:
    if chat.members >= (GROUP_MAX if chat.kind == BASIC else SUPERGROUP_MAX):
        raise Fault("USERS_TOO_MUCH")
    if chat.kind != BASIC:
        await invitations.room_for_channels(app, account, fault)


async def _join(
    tx: Tx, me: Actor, chat: int, invite: InviteRow, at: int, charge: Charge
) -> list[Event]:
    await rates.take(tx, charge)
    row = await chats.lock(tx, chat)
    fresh = await tx.row(q.BY_ID, chat=invite.chat, id=invite.id)
    if fresh is None or not _valid(fresh, at):
        raise Fault("INVITE_HASH_EXPIRED")
    events = await _enter(tx, me, row, invite.id, ["chat_joined_link", invite.admin], at)
    await _came(tx, fresh, me.id, 0, at)
    await chats.note(tx, chat, me.id, "join_by_invite", at=at, new=fresh)
    return events


async def _enter(
    tx: Tx, who: Actor, chat: ChatRow, via: int, action: Sequence[object], at: int
) -> list[Event]:
    before = await members.of_in(tx, chat.id, who.id)
    if role(before, at) >= MEMBER:
        raise Fault("USER_ALREADY_PARTICIPANT")
    if chat.kind == BASIC:
        return await changes.add(tx, who, chat, who.id, at=at, action=action, via=via)
    return await changes.enter(tx, who, chat, [who.id], at=at, action=action, via=via)


async def _came(tx: Tx, invite: InviteRow, account: int, approved_by: int, at: int) -> None:
    await tx.run(q.COUNT, chat=invite.chat, id=invite.id, used=1, requested=0)
    await tx.run(
        q.USED, chat=invite.chat, invite=invite.id, account=account, at=at, approved_by=approved_by
    )


# ── asking ──────────────────────────────────────────────────────────────────────────────────────


async def asked_instead(app: App, me: Actor, chat: int, *, ip: str | None = None) -> bool:
    """Where admins let people in, ask them (they are told) instead of joining by the public name.

    Raises FLOOD_WAIT_X, CHANNELS_TOO_MUCH, USERS_TOO_MUCH and what :func:`members.require` raises.
    """
    row, member = await members.require(app, me, chat)
    if not row.flags & chats.JOIN_REQUEST or role(member, app.clock.now()) >= MEMBER:
        return False
    await _room(app, row, me.id, "CHANNELS_TOO_MUCH")
    charge = invitations.charge_moving(app, me, ip)
    await app.store.write(_ask, me, chat, None, "", int(app.clock.now()), charge)
    return True


async def _ask(
    tx: Tx,
    me: Actor,
    chat: int,
    invite: InviteRow | None,
    about: str,
    at: int,
    charge: Charge,
) -> None:
    await rates.take(tx, charge)
    await chats.lock(tx, chat)
    number = BY_NAME if invite is None else invite.id
    if await tx.run(q.ASK, chat=chat, account=me.id, invite=number, at=at, about=about):
        if invite is not None:
            await tx.run(q.COUNT, chat=invite.chat, id=invite.id, used=0, requested=1)
        await tell_admins(tx, chat, at)


async def tell_admins(tx: Tx, chat: int, at: int, by: Actor | None = None) -> list[Event]:
    """Admins who may let people in: how many wait has changed."""
    row = await chats.get_in(tx, chat)
    assert row is not None
    return [
        await log.state(tx, admin.account, PENDING, str(chat), {"chat": chat}, at=at, by=by)
        for admin in await members.admins_in(tx, chat)
        if may(row, admin, INVITE, at)
    ]


async def no_longer_waits(tx: Tx, chat: int, account: int, at: int) -> Use | None:
    """Somebody came in, by whatever way: their request, if there was one, is done with."""
    asked = await tx.row(q.UNASK, chat=chat, account=account)
    if asked is not None:
        if asked.invite:
            await tx.run(q.COUNT, chat=chat, id=asked.invite, used=0, requested=-1)
        await tell_admins(tx, chat, at)
    return asked


async def move(tx: Tx, old: int, new: int) -> None:
    """The links of a basic group, and who waits there, are those of its supergroup now."""
    for change in (q.MOVE, q.MOVE_USES, q.MOVE_REQUESTS):
        await tx.run(change, old=old, new=new)


# ── answering ───────────────────────────────────────────────────────────────────────────────────


async def answer(app: App, me: Actor, chat: int, account: int, *, approved: bool) -> list[Event]:
    """Let somebody in who asked, or not.

    Raises HIDE_REQUESTER_MISSING, USER_ALREADY_PARTICIPANT, USER_CHANNELS_TOO_MUCH, USERS_TOO_MUCH
    and what :func:`links.may_invite` raises.
    """
    standing = await links.may_invite(app, me, chat)
    if await app.store.row(q.ASKED, chat=chat, account=account) is None:
        raise Fault("HIDE_REQUESTER_MISSING")
    if approved:
        await _room(app, standing.chat, account, "USER_CHANNELS_TOO_MUCH")
    with chats.changing(app, chat), members.changing(app, chat, account):
        return await app.store.write(_answer, me, chat, [account], approved, int(app.clock.now()))


async def _answer(
    tx: Tx, me: Actor, chat: int, accounts: Sequence[int], approved: bool, at: int
) -> list[Event]:
    for account in accounts:
        row = await chats.lock(tx, chat)
        asked = await tx.row(q.UNASK, chat=chat, account=account)
        if asked is None:
            if len(accounts) == 1:
                raise Fault("HIDE_REQUESTER_MISSING")
            continue
        if asked.invite:
            await tx.run(q.COUNT, chat=chat, id=asked.invite, used=0, requested=-1)
        if approved:
            await _let_in(tx, me, row, asked, at)
    return await tell_admins(tx, chat, at, me)


async def _let_in(tx: Tx, me: Actor, chat: ChatRow, asked: Use, at: int) -> None:
    """They enter as if by themselves; their devices and the others' hear of it."""
    member = await members.of_in(tx, chat.id, asked.account)
    if role(member, at) >= MEMBER:
        return
    via = asked.invite or LET_IN
    await _enter(tx, Actor(asked.account), chat, via, ["chat_joined_request"], at)
    invite = await tx.row(q.BY_ID, chat=chat.id, id=asked.invite)
    if invite is not None:
        await _came(tx, invite, asked.account, me.id, at)
    await chats.note(
        tx, chat.id, asked.account, "join_by_request", at=at, new=invite, approved_by=me.id
    )


async def answer_all(
    app: App, me: Actor, chat: int, link: str | None, *, approved: bool
) -> list[Event]:
    """:func:`answer` everybody who asked (by one link), a slice at a time.

    Raises HIDE_REQUESTER_MISSING, INVITE_HASH_EXPIRED and what :func:`links.may_invite` raises.
    """
    await links.may_invite(app, me, chat)
    invite = ANY_LINK if link is None else (await links.load_link(app, me, chat, link)).id
    events: list[Event] = []
    done = False
    while True:
        rows = await app.store.rows(
            q.REQUESTS, chat=chat, invite=invite, before=links.NEWEST, below=0, limit=SLICE
        )
        waiting = [row.account for row in rows]
        if not waiting:
            break
        row = await chats.get(app, chat)
        assert row is not None
        if approved:
            limit = GROUP_MAX if row.kind == BASIC else SUPERGROUP_MAX
            waiting = waiting[: limit - row.members]
            if not waiting:
                break
        with chats.changing(app, chat), members.changing(app, chat, *waiting):
            events = await app.store.write(
                _answer, me, chat, waiting, approved, int(app.clock.now())
            )
        done = True
    if not done:
        raise Fault("HIDE_REQUESTER_MISSING")
    return events


# ── who came, who waits ─────────────────────────────────────────────────────────────────────────


async def importers(
    app: App, me: Actor, chat: int, link: str | None, *, requested: bool,
    before: int = 0, below: int = 0, limit: int = PAGE,
) -> tuple[list[Use], int]:  # fmt: skip
    """Who came by a link, or who waits (by a link, or at all): newest first, and how many.

    Raises what :func:`links.load_link` and :func:`links.may_invite` raise.
    """
    if link is None:
        await links.may_invite(app, me, chat)
        invite = ANY_LINK
    else:
        invite = (await links.load_link(app, me, chat, link)).id
    size = max(1, min(limit, PAGE)) if limit > 0 else PAGE
    page = {"before": before or links.NEWEST, "below": below, "limit": size}
    if requested:
        rows = await app.store.rows(q.REQUESTS, chat=chat, invite=invite, **page)
        total = await app.store.row(q.REQUESTS_TOTAL, chat=chat, invite=invite)
    else:
        rows = await app.store.rows(q.USES, chat=chat, invite=invite, **page)
        total = await app.store.row(q.USES_TOTAL, chat=chat, invite=invite)
    return rows, total.n if total else 0


async def waiting(reader: Reader, chat: int, limit: int = 3) -> tuple[list[int], int]:
    """Who asked last, and how many wait."""
    rows = await reader.rows(
        q.REQUESTS, chat=chat, invite=ANY_LINK, before=links.NEWEST, below=0, limit=limit
    )
    if len(rows) < limit:
        return [row.account for row in rows], len(rows)
    total = await reader.row(q.REQUESTS_TOTAL, chat=chat, invite=ANY_LINK)
    return [row.account for row in rows], total.n if total else 0
