"""Which thread a post of a channel, or a message of a supergroup, has; reading it."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats.service import SUPERGROUP
from petitbleu.domain.messaging.discussions import copies
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import (
    MessageRow,
    Offsets,
    Page,
    Place,
    Reading,
    threads,
)
from petitbleu.errors import Fault


class Thread(NamedTuple):
    """A thread: where its messages lie, and the message it hangs on."""

    where: Place
    root: MessageRow


class Discussion(NamedTuple):
    """A thread as somebody finds it."""

    thread: Thread
    album: list[MessageRow]
    """What the thread hangs on, newest first: its root, with the album that begins with it."""
    last_id: int
    reading: Reading


async def load_thread(app: App, me: Actor, peer: int, message: int) -> Thread:
    """The thread of a post (in the group its comments go to) or of a supergroup's message.

    Raises MSG_ID_INVALID, PEER_ID_INVALID and what :func:`messages.place` raises.
    """
    if not ids.is_channel(peer):
        raise Fault("PEER_ID_INVALID")
    where = await messages.place(app, me, peer)
    chat = where.chat
    assert chat is not None
    row = (await messages.in_place(app, where, [message])).get(message)
    if row is None:
        raise Fault("MSG_ID_INVALID")
    if chat.kind == SUPERGROUP:
        top = await messages.albums.top(app, row)
    else:
        album = await messages.albums.whole(app, where, row)
        made = [await copies.copy(app, chat, one.id) for one in album]
        copied = made[0]
        if copied is None or chat.linked is None:
            raise Fault("MSG_ID_INVALID")
        top = copied
        where = await messages.place(app, me, chat.linked)
    root = (await messages.in_place(app, where, [top])).get(top)
    if root is None:
        raise Fault("MSG_ID_INVALID")
    return Thread(where, root)


async def discussion(app: App, me: Actor, peer: int, message: int) -> Discussion:
    """A thread, what it hangs on, its newest message, and how far it is read."""
    thread = await load_thread(app, me, peer, message)
    owner, top = thread.where.owner, thread.root.id
    row = (await threads.load_threads(app.store, owner, [top])).get(top)
    album = [thread.root]
    if messages.albums.copied(thread.root):
        album = await messages.albums.whole(app, thread.where, thread.root)
    reading = await threads.reading(app, me, owner, top)
    return Discussion(thread, album[::-1], row.last_id if row else 0, reading)


async def page(app: App, me: Actor, peer: int, message: int, at: Offsets) -> tuple[int, Page]:
    """The group, and a page of the answers to a post or message."""
    where, root = await load_thread(app, me, peer, message)
    return where.peer, await threads.page(app, where, root.id, at)


async def read(app: App, me: Actor, peer: int, message: int, upto: int) -> None:
    """I have read the answers to a post or message up to ``upto``."""
    where, root = await load_thread(app, me, peer, message)
    await threads.read(app, me, where.owner, root.id, upto)
