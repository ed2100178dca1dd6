"""Public names of supergroups and channels (core.telegram.org/api/usernames)."""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import changes
from petitbleu.domain.communities.chats import queries as q
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import OWNER
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

PUBLIC_MAX = 10
"""Public chats one account may have created (``channels_public_limit_default``)."""


async def room(app: App, account: int) -> None:
    """CHANNELS_ADMIN_PUBLIC_TOO_MUCH where one more public chat would be too many."""
    if len(await chats.public_of(app, account)) >= PUBLIC_MAX:
        raise Fault("CHANNELS_ADMIN_PUBLIC_TOO_MUCH")


async def free(app: App, me: Actor, chat: int, name: str) -> bool:
    """Whether the chat (0: a chat yet to be made) could take ``name``.

    Raises USERNAME_INVALID, USERNAME_OCCUPIED, CHANNELS_ADMIN_PUBLIC_TOO_MUCH and what
    :func:`members.require` raises.
    """
    row = (await members.require(app, me, chat, OWNER)).chat if chat else None
    if row is None or row.username is None:
        await room(app, me.id)
    return await usernames.free_for(app, chat, name)


async def set_name(app: App, me: Actor, chat: int, name: str) -> list[Event]:
    """Make a chat public under ``name``, or private (``""``). Only the creator may.

    Raises USERNAME_INVALID, USERNAME_OCCUPIED, USERNAME_NOT_MODIFIED,
    CHANNELS_ADMIN_PUBLIC_TOO_MUCH and what :func:`members.require` raises.
    """
    row = (await members.require(app, me, chat, OWNER)).chat
    lower = usernames.canonical(name) if name else ""
    if (row.username or "") == name.removeprefix("@"):
        raise Fault("USERNAME_NOT_MODIFIED")
    if lower and row.username is None:
        await room(app, me.id)
    with chats.changing(app, chat):
        return await app.store.write(
            _set_name, me, chat, lower, name.removeprefix("@"), int(app.clock.now())
        )


async def _set_name(tx: Tx, me: Actor, chat: int, lower: str, display: str, at: int) -> list[Event]:
    row = await chats.lock(tx, chat)
    if lower:
        await usernames.take(tx, chat, display, at)
    await usernames.release(tx, chat, at, keep=lower)
    if lower and row.flags & chats.HIDDEN_PREHISTORY:  # anybody may read it now
        await chats.set_column(tx, q.SET_FLAGS, chat, flags=row.flags & ~chats.HIDDEN_PREHISTORY)
    asks = row.flags & (chats.JOIN_REQUEST | chats.JOIN_REQUEST_LINKS)
    if not lower and asks == chats.JOIN_REQUEST and row.linked is None:
        await chats.set_column(tx, q.SET_FLAGS, chat, flags=row.flags & ~chats.JOIN_REQUEST)
    await chats.bump(tx, chat)
    await chats.note(tx, chat, me.id, "username", at=at, old=row.username or "", new=display)
    return await changes.tell_all(tx, me, row, changes.CHANGED, {"chat": chat}, at=at)
