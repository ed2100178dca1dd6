"""Who sees where a file came from: asked again whenever a file reference is used."""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import NOFORWARDS
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import OUT
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.errors import Fault


async def message(app: App, me: Actor, owner: int, number: int) -> MessageRow | None:
    """The message ``number`` in the box of ``owner``, if ``me`` may read it: it is there, not
    hidden from who came later, and no measure withholds it."""
    if owner == me.id:
        return (await messages.by_ids(app, me, [number])).get(number)
    if owner > 0:
        return None
    try:
        at = await messages.place(app, me, owner)
    except Fault:
        return None
    return (await messages.in_place(app, at, [number])).get(number)


async def may_see_chat(app: App, me: Actor, chat: int) -> bool:
    """Whether ``me`` may see the picture of a group or channel."""
    try:
        at = await messages.place(app, me, chat)
    except Fault:
        return False
    # A group that put somebody out keeps its picture to itself.
    return members.role(at.member, app.clock.now()) != OUT


async def is_protected(app: App, row: MessageRow) -> bool:
    """Whether what a message shows is not to be sent on (noforwards of the chat, or its own)."""
    if row.peer < 0:
        chat = await chats.get(app, row.peer)
        if chat is not None and chat.flags & NOFORWARDS:
            return True
    return row.extra is not None and "noforwards" in messages.decode_extra(row.extra)


async def may_see_photo(app: App, me: Actor, account: int, fallback: int = 0) -> bool:
    """Whether ``me`` may see the profile photos of ``account``, or the one shown instead."""
    if fallback:  # shown to whom the other is not: to the blocked as to the excluded
        return True
    return await privacy.allows(app, "profile_photo", account, me.id)
