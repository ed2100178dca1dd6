"""Invite links: making, changing, revoking, listing."""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.administration.invites import queries as q
from petitbleu.domain.administration.invites.queries import Held, InviteRow
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import CREATOR, INVITE, MEMBER, Standing, role
from petitbleu.errors import Fault
from petitbleu.store.api import Reader, Tx
from petitbleu.store.forms import Form

MAX_USES = 99_999
"""The largest number of people a link may be limited to."""
TITLE_MAX = 32
PAGE = 100
NEWEST = 1 << 62
_HASH = re.compile(r"[A-Za-z0-9_-]{8,32}")


class Terms(NamedTuple):
    """What a link is made with."""

    expires_at: int = 0
    most: int = 0
    asks: bool = False
    title: str = ""


class Edited(NamedTuple):
    """A link before and after a change; ``instead``: the permanent one made in its place."""

    before: InviteRow
    after: InviteRow
    instead: InviteRow | None = None


def hash_of(link: str) -> str:
    """The hash in a link, or the hash itself; '' where it is none."""
    last = link.strip().rstrip("/").rpartition("/")[2].rpartition("=")[2].removeprefix("+")
    return last if _HASH.fullmatch(last) else ""


async def may_invite(app: App, me: Actor, chat: int) -> Standing:
    """The chat, if I am an admin of it who may invite (a link is always an admin's).

    Raises CHAT_ADMIN_REQUIRED and what :func:`members.require` raises.
    """
    standing = await members.require(app, me, chat, INVITE)
    if chats.dead(standing.chat):
        raise Fault("CHAT_ADMIN_REQUIRED")
    if role(standing.member, app.clock.now()) == MEMBER:
        raise Fault("CHAT_ADMIN_REQUIRED")
    return standing


async def export(
    app: App, me: Actor, chat: int, terms: Terms, *, permanent: bool = False
) -> InviteRow:
    """A new link of mine; ``permanent``: my one link without terms, in place of the one before.

    Raises EXPIRE_DATE_INVALID, USAGE_LIMIT_INVALID and what :func:`may_invite` raises.
    """
    await may_invite(app, me, chat)
    now = int(app.clock.now())
    _check(terms, now)
    return await app.store.write(_export, me, chat, terms, permanent, _new_hash(app), now)


def _new_hash(app: App) -> str:
    return urlsafe_b64encode(app.random(12)).decode("ascii")


def _check(terms: Terms, now: int) -> None:
    if terms.expires_at and terms.expires_at <= now:
        raise Fault("EXPIRE_DATE_INVALID")
    if not 0 <= terms.most <= MAX_USES or (terms.most and terms.asks):
        raise Fault("USAGE_LIMIT_INVALID")


_MADE: Form[InviteRow] = Form(InviteRow)


async def _export(
    tx: Tx, me: Actor, chat: int, terms: Terms, permanent: bool, hash_: str, now: int
) -> InviteRow:
    await tx.once(_MADE)
    await chats.lock(tx, chat)
    if permanent:
        last = await tx.row(q.PERMANENT, chat=chat, admin=me.id)
        if last is not None:
            await _change(tx, me, last, last._replace(revoked=1), now)
    return await _put(tx, me.id, chat, terms, permanent, hash_, now)


async def _put(
    tx: Tx, admin: int, chat: int, terms: Terms, permanent: bool, hash_: str, now: int
) -> InviteRow:
    number = await tx.row(q.NEXT, chat=chat)
    assert number is not None
    row = InviteRow(
        chat, number.n, hash_, admin, now, now if terms.expires_at else 0, terms.expires_at,
        terms.most, 0, int(terms.asks), 0, terms.title[:TITLE_MAX], int(permanent), 0,
    )  # fmt: skip
    given = row._asdict()
    for counted in ("used", "requested", "revoked"):
        del given[counted]
    await tx.run(q.INSERT, **given)
    return row


async def _change(tx: Tx, me: Actor, before: InviteRow, after: InviteRow, now: int) -> None:
    await tx.run(
        q.UPDATE,
        chat=after.chat,
        id=after.id,
        starts_at=after.starts_at,
        expires_at=after.expires_at,
        most=after.most,
        asks=after.asks,
        title=after.title,
        revoked=after.revoked,
    )
    if after.revoked and not before.revoked:
        await chats.note(tx, after.chat, me.id, "invite_revoke", at=now, new=after)
    elif after != before:
        await chats.note(tx, after.chat, me.id, "invite_edit", at=now, old=before, new=after)


async def load_link(app: App, me: Actor, chat: int, link: str) -> InviteRow:
    """One link of a chat: mine, or anybody's for the creator.

    Raises INVITE_HASH_EXPIRED and what :func:`may_invite` raises.
    """
    standing = await may_invite(app, me, chat)
    row = await app.store.row(q.BY_HASH, hash=hash_of(link))
    if row is None or row.chat != chat:
        raise Fault("INVITE_HASH_EXPIRED")
    _whose(app, standing, me, row.admin, "CHAT_ADMIN_REQUIRED")
    return row


def _whose(app: App, standing: Standing, me: Actor, admin: int, fault: str) -> None:
    if admin != me.id and role(standing.member, app.clock.now()) != CREATOR:
        raise Fault(fault)


async def edit(
    app: App,
    me: Actor,
    chat: int,
    link: str,
    *,
    revoke: bool = False,
    expires_at: int | None = None,
    most: int | None = None,
    asks: bool | None = None,
    title: str | None = None,
) -> Edited:
    """Change or revoke a link. A revoked permanent one is followed by a new one at once.

    Raises CHAT_INVITE_PERMANENT, USAGE_LIMIT_INVALID, EDIT_BOT_INVITE_FORBIDDEN and what
    :func:`load_link` raises.
    """
    row = await load_link(app, me, chat, link)
    if row.revoked:
        raise Fault("INVITE_HASH_EXPIRED")
    given = (expires_at, most, asks, title)
    if row.permanent and not revoke and given != (None, None, None, None):
        raise Fault("CHAT_INVITE_PERMANENT")
    now = int(app.clock.now())
    after = row
    if expires_at is not None:
        after = after._replace(expires_at=max(expires_at, 0), starts_at=now)
    if most is not None:
        after = after._replace(most=most)
    if asks is not None:
        after = after._replace(asks=int(asks))
    if title is not None:
        after = after._replace(title=title[:TITLE_MAX])
    if not 0 <= after.most <= MAX_USES or (after.most and after.asks):
        raise Fault("USAGE_LIMIT_INVALID")
    after = after._replace(revoked=int(revoke))
    return await app.store.write(_edit, me, row, after, _new_hash(app), now)


async def _edit(
    tx: Tx, me: Actor, before: InviteRow, after: InviteRow, hash_: str, now: int
) -> Edited:
    await chats.lock(tx, after.chat)
    fresh = await tx.row(q.BY_ID, chat=before.chat, id=before.id)
    if fresh is None or fresh.revoked:
        raise Fault("INVITE_HASH_EXPIRED")
    after = after._replace(used=fresh.used, requested=fresh.requested)
    await _change(tx, me, fresh, after, now)
    if not (after.permanent and after.revoked):
        return Edited(fresh, after)
    instead = await _put(tx, after.admin, after.chat, Terms(), True, hash_, now)
    return Edited(fresh, after, instead)


# ── deleting ────────────────────────────────────────────────────────────────────────────────────


async def delete(app: App, me: Actor, chat: int, link: str) -> None:
    """Forget a revoked link. Raises INVITE_REVOKED_MISSING and what :func:`load_link` raises."""
    row = await load_link(app, me, chat, link)
    if not row.revoked:
        raise Fault("INVITE_REVOKED_MISSING")
    await app.store.write(_delete, me, [row], int(app.clock.now()))


async def _delete(tx: Tx, me: Actor, rows: list[InviteRow], now: int) -> None:
    for row in rows:
        if await tx.run(q.DELETE, chat=row.chat, id=row.id):
            await tx.run(q.FORGET_USES, chat=row.chat, invite=row.id)
            await tx.run(q.FORGET_REQUESTS, chat=row.chat, invite=row.id)
            await chats.note(tx, row.chat, me.id, "invite_delete", at=now, new=row)


async def delete_revoked(app: App, me: Actor, chat: int, admin: int) -> None:
    """Forget all revoked links of an admin: mine, or anybody's for the creator.

    Raises ADMIN_ID_INVALID, PEER_ID_INVALID.
    """
    try:
        standing = await may_invite(app, me, chat)
    except Fault:
        raise Fault("PEER_ID_INVALID") from None
    _whose(app, standing, me, admin, "ADMIN_ID_INVALID")
    while True:
        rows = await _page(app.store, chat, admin, revoked=True, limit=PAGE)
        if not rows:
            return
        await app.store.write(_delete, me, rows, int(app.clock.now()))


# ── listing ─────────────────────────────────────────────────────────────────────────────────────


async def page(
    app: App,
    me: Actor,
    chat: int,
    admin: int,
    *,
    revoked: bool,
    offset_date: int = 0,
    offset_link: str = "",
    limit: int = PAGE,
) -> tuple[list[InviteRow], int]:
    """Links of an admin after a place in the list (newest first), and how many there are.

    The creator sees everybody's. Raises ADMIN_ID_INVALID and what :func:`may_invite` raises.
    """
    standing = await may_invite(app, me, chat)
    _whose(app, standing, me, admin, "ADMIN_ID_INVALID")
    before, below = offset_date or NEWEST, 0
    last = await app.store.row(q.BY_HASH, hash=hash_of(offset_link))
    if last is not None and last.chat == chat:
        before, below = last.at, last.id
    size = max(1, min(limit, PAGE)) if limit > 0 else PAGE
    rows = await _page(
        app.store, chat, admin, revoked=revoked, before=before, below=below, limit=size
    )
    total = await app.store.row(q.TOTAL, chat=chat, admin=admin, revoked=int(revoked))
    return rows, total.n if total else 0


async def _page(
    reader: Reader,
    chat: int,
    admin: int,
    *,
    revoked: bool,
    before: int = NEWEST,
    below: int = 0,
    limit: int,
) -> list[InviteRow]:
    return await reader.rows(
        q.PAGE, chat=chat, admin=admin, revoked=int(revoked), before=before, below=below,
        limit=limit,
    )  # fmt: skip


async def holders(app: App, me: Actor, chat: int) -> list[Held]:
    """How many links each admin has; for the creator. Raises CHAT_ADMIN_REQUIRED."""
    standing = await may_invite(app, me, chat)
    _whose(app, standing, me, 0, "CHAT_ADMIN_REQUIRED")
    return await app.store.rows(q.HOLDERS, chat=chat)


async def permanent(reader: Reader, chat: int, admin: int) -> InviteRow | None:
    """The one permanent link of an admin, if there is one."""
    return await reader.row(q.PERMANENT, chat=chat, admin=admin)


async def open_link(app: App, chat: int) -> bool:
    """Whether the chat has a link that lets anybody in."""
    row = await app.store.row(q.OPEN, chat=chat, now=int(app.clock.now()))
    return row is not None and row.n > 0
