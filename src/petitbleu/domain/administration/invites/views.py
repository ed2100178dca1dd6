"""Invite links as TL."""

from __future__ import annotations

from typing import Any

from petitbleu.app import Actor, App
from petitbleu.domain.administration.invites import service
from petitbleu.domain.administration.invites.queries import InviteRow
from petitbleu.domain.client.config import service as config
from petitbleu.domain.communities.members.service import ADMIN, INVITE, Standing, may, role
from petitbleu.tl import api


def exported(app: App, row: InviteRow) -> Any:
    """chatInviteExported"""
    return api.ChatInviteExported(
        revoked=bool(row.revoked),
        permanent=bool(row.permanent),
        request_needed=bool(row.asks),
        link=f"{config.base_of_links(app)}+{row.hash}",
        admin_id=row.admin,
        date=row.at,
        start_date=row.starts_at or None,
        expire_date=row.expires_at or None,
        usage_limit=row.most or None,
        usage=row.used or None,
        requested=row.requested or None,
        title=row.title or None,
    )


def exported_from_map(app: App, row: dict[str, Any]) -> Any:
    """:func:`exported` of a row that was kept as a map."""
    return exported(app, InviteRow(**{name: row[name] for name in InviteRow._fields}))


async def onto(app: App, me: Actor, standing: Standing, full: Any) -> set[int]:
    """Add my permanent link and who waits to be let in to a ChatFull or ChannelFull, for an admin
    who may invite; the people it names.
    """
    now = app.clock.now()
    chat, member = standing
    if role(member, now) < ADMIN or not may(chat, member, INVITE, now):
        return set()
    mine = await service.permanent(app.store, chat.id, me.id)
    if mine is not None:
        full.exported_invite = exported(app, mine)
    recent, count = await service.waiting(app.store, chat.id)
    if count:
        full.requests_pending = count
        full.recent_requesters = recent
    return set(recent)
