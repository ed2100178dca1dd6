"""Blocking the author of a message at hand (core.telegram.org/api/discussion#replies).

There is no "Replies" chat here that gathers comments; any message of somebody else in one's own box
will do.
"""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.messaging.messages.delete import delete as delete_messages
from petitbleu.domain.messaging.messages.delete import delete_history
from petitbleu.domain.messaging.messages.history import by_ids
from petitbleu.domain.messaging.messages.notices import first_author
from petitbleu.domain.people.contacts import blocks
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault


async def chat_of(app: App, me: Actor, message: int) -> int:
    """The chat in which somebody else said ``message``; MSG_ID_INVALID for any other."""
    row = (await by_ids(app, me, [message])).get(message)
    if row is None or first_author(row) in (0, me.id):
        raise Fault("MSG_ID_INVALID")
    return row.peer


async def block_author(
    app: App, me: Actor, message: int, *, delete: bool, delete_all: bool
) -> list[Event]:
    """Block whoever said ``message``, or said it first; take it away, or all of the chat.

    Raises MSG_ID_INVALID where there is no such message, or none that somebody else said. The
    deletions are told to all devices, the calling one too.
    """
    row = (await by_ids(app, me, [message])).get(message)
    author = 0 if row is None else first_author(row)
    if row is None or author <= 0 or author == me.id:
        raise Fault("MSG_ID_INVALID")
    try:
        events = await blocks.block(app, me, author)
    except Fault:
        raise Fault("MSG_ID_INVALID") from None
    elsewhere = Actor(me.id, auth=me.auth)
    if delete_all and row.peer == author:
        while (await delete_history(app, elsewhere, row.peer)).left:
            pass
    elif delete or delete_all:
        await delete_messages(app, elsewhere, [message], revoke=False)
    return events
