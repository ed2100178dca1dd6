"""A basic group becomes a supergroup (core.telegram.org/method/messages.migrateChat)."""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.administration.membership import changes
from petitbleu.domain.communities.chats import changes as chat_changes
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC, SUPERGROUP
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import CREATOR, MEMBER, OWNER
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.dialogs import service as dialogs
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx


async def migrate(app: App, me: Actor, chat: int) -> tuple[int, list[Event]]:
    """Move everybody into a new supergroup; the old group stays as it was, to be read.

    Its creator alone may. The new peer number, and what is told in both. Raises CHAT_ID_INVALID,
    CHAT_ADMIN_REQUIRED.
    """
    standing = await members.require(app, me, chat, OWNER)
    if standing.chat.kind != BASIC:
        raise Fault("CHAT_ID_INVALID")
    with chats.changing(app, chat):
        return await app.store.write(_migrate, me, chat, int(app.clock.now()))


async def _migrate(tx: Tx, me: Actor, chat: int, at: int) -> tuple[int, list[Event]]:
    old = await chats.lock(tx, chat)
    if chats.dead(old):
        raise Fault("CHAT_ID_INVALID")
    new = await chats.insert(
        tx,
        SUPERGROUP,
        old.title,
        old.creator,
        at=at,
        about=old.about,
        flags=old.flags,
        banned=old.banned,
        ttl_seconds=old.ttl_seconds,
        migrated_from=chat,
    )
    if old.photo is not None:
        await media.hold(tx, old.photo, "chat", new)
        await chats.set_column(tx, chat_changes.SET_PHOTO, new, photo=old.photo)
    await chats.set_column(tx, chat_changes.SET_MIGRATED, chat, to=new)
    await chats.note(tx, chat, me.id, "migrate", at=at, new=new)
    moving = [row for row in await members.everybody(tx, chat) if row.role >= MEMBER]
    for row in moving:
        rank = members.rights.ALL_OF_GROUP if row.role == CREATOR else row.rights
        await members.put(tx, row._replace(chat=new, rights=rank, min_id=0))
        await changes.listen(tx, row.account, new)
        await dialogs.inherit(tx, row.account, old=chat, new=new)
    await chats.bump(tx, new, len(moving))
    await chats.bump(tx, chat)
    old = await chats.lock(tx, chat)
    channel = await chats.lock(tx, new)
    events = await messages.act(tx, me, channel, ["migrate_from", old.title, chat], at=at)
    events += await messages.act(tx, me, old, ["migrate_to", new], at=at)
    for member in moving:
        events.append(await changes.tell(tx, member.account, new, at=at, by=me))
    return new, events
