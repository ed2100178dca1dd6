"""Slow mode: how long a member of a supergroup waits between two messages."""

from __future__ import annotations

from petitbleu.app import Actor, App
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import ADMIN, role
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import Place
from petitbleu.errors import Fault

ALBUM_SECONDS = 2
"""Messages of one album follow one another within this time."""


def holds(app: App, at: Place) -> bool:
    """Whether I have to wait at all: admins need not."""
    if at.chat is None or not at.chat.slow_seconds:
        return False
    return role(at.member, app.clock.now()) < ADMIN


async def admit(app: App, me: Actor, at: Place, random_id: int | None, *, album: bool) -> None:
    """Take my turn; SLOWMODE_WAIT_X while it is not there. A repeated call takes none."""
    if at.chat is None or not holds(app, at):
        return
    chat, now = at.chat, int(app.clock.now())
    with members.changing(app, chat.id, me.id):
        left = await app.store.write(
            members.take_turn, chat.id, me.id, now=now, seconds=chat.slow_seconds
        )
    if not left or (album and chat.slow_seconds - left <= ALBUM_SECONDS):
        return
    if random_id is not None:
        before = await app.store.row(q.SAID_BEFORE, author=chat.id, random_id=random_id)
        if before is not None:
            return
    raise Fault("SLOWMODE_WAIT_X", left)
