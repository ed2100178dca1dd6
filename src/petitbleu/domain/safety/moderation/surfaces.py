"""How public a chat is in law: its ``surface_class`` (see README.md).

The rule follows the facts of the moment; the operator may decide otherwise, and why is kept.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu import ids
from petitbleu.app import App
from petitbleu.domain.administration.invites import service as invites
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.safety.moderation import queries as q
from petitbleu.domain.safety.moderation.queries import SurfaceRow
from petitbleu.store.api import Tx

PRIVATE, SEMI_PUBLIC, PUBLIC = 0, 1, 2
NAMES = ("private", "semi-public", "public")
BY_RULE = -1
"""``surface.level``: the operator gives the decision back to the rule."""


class Surface(NamedTuple):
    """How public a chat is, who says so, and why. ``at`` is 0 where the rule says it."""

    level: int
    actor: str
    reason: str
    at: int


async def public(app: App, chat: ChatRow) -> bool:
    """Whether the chat is a public surface."""
    return (await classify_surface(app, chat)).level == PUBLIC


async def classify_surface(app: App, chat: ChatRow) -> Surface:
    """The class of a chat: as the operator decided, else by the rule."""
    row = await app.store.row(q.SURFACE, chat=chat.id)
    if row is not None and row.level != BY_RULE:
        return Surface(row.level, row.actor, row.reason, row.at)
    level, why = await _by_rule(app, chat)
    return Surface(level, "rule", why, 0)


async def _by_rule(app: App, chat: ChatRow) -> tuple[int, str]:
    if chat.username is not None:
        return PUBLIC, "it has a public name"
    if ids.is_channel(chat.id) and chat.linked is not None and chat.kind == chats.SUPERGROUP:
        channel = await chats.get(app, chat.linked)
        if channel is not None and channel.username is not None:
            return PUBLIC, "it holds the comments of a public channel"
    threshold = app.config.moderation.semi_public_members
    if chat.members < threshold:
        return PRIVATE, f"it has no public name and fewer than {threshold} members"
    if not await invites.open_link(app, chat.id):
        return PRIVATE, "it has no public name and no link that anybody can join by"
    return SEMI_PUBLIC, f"{threshold} members or more, and a link that anybody can join by"


async def decide(app: App, chat: int, level: int, *, actor: str, reason: str) -> None:
    """The operator says how public a chat is (:data:`BY_RULE`: no longer)."""
    await app.store.write(_decide, chat, level, actor, reason, int(app.clock.now()))


async def _decide(tx: Tx, chat: int, level: int, actor: str, reason: str, now: int) -> None:
    last = await tx.row(q.SURFACE, chat=chat)
    n = last.n + 1 if last is not None and last.at == now else 0
    at = max(now, last.at) if last is not None else now
    await tx.run(q.SET_SURFACE, chat=chat, at=at, n=n, level=level, actor=actor, reason=reason)


async def history(app: App, chat: int, limit: int = 20) -> list[SurfaceRow]:
    """What the operator decided about a chat, newest first."""
    return await app.store.rows(q.SURFACES, chat=chat, limit=limit)
