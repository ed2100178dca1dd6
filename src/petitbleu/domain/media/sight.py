"""Who sees where a file came from: asked again whenever a file reference is used."""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.members import service as members
from petitbleu.domain.members.service import OUT
from petitbleu.domain.messages import service as messages
from petitbleu.domain.privacy import service as privacy
from petitbleu.domain.relations import service as relations
from petitbleu.errors import Fault


async def may_see(app: App, me: Actor, owner: int, message: int) -> bool:
    """Whether ``me`` may read ``message`` (0: the chat itself) in the box of ``owner``."""
    if owner >= 0:
        return owner == me.id
    try:
        at = await messages.place(app, me, owner)
    except Fault:
        return False
    if message:
        return message in await messages.in_place(app, at, [message])
    # The chat's own picture: a group that put somebody out keeps it to itself.
    return members.role(at.member, app.clock.now()) != OUT


async def may_see_photo(app: App, me: Actor, account: int, fallback: int = 0) -> bool:
    """Whether ``me`` may see the profile photos of ``account``, or the one shown instead."""
    if fallback:
        return account == me.id or not await relations.blocked(app, account, me.id)
    return await privacy.allows(app, "profile_photo", account, me.id)
