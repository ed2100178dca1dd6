"""Setting timers, and taking away what has lived its time."""

from __future__ import annotations

from typing import Any

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import changes as chat_changes
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import Right
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import timers
from petitbleu.domain.messaging.timers import queries as q
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.accounts.service import SERVICE
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

CHANGED = "history_ttl"
MAX_SECONDS = 366 * 86_400
SLICE = 200
_SET = Right(members.rights.CHANGE_INFO)


def period(seconds: int) -> int:
    """A timer as it is kept; TTL_PERIOD_INVALID."""
    if not 0 <= seconds <= MAX_SECONDS:
        raise Fault("TTL_PERIOD_INVALID")
    return seconds


async def set_timer(app: App, me: Actor, peer: int, seconds: int) -> list[Event]:
    """From now on what is said in the chat goes after ``seconds`` (0: stays); everybody is told.

    In groups and channels for admins. Raises TTL_PERIOD_INVALID, PEER_ID_INVALID (Saved Messages,
    the service chat), CHAT_NOT_MODIFIED and what :func:`members.require` raises.
    """
    wanted = period(seconds)
    now = int(app.clock.now())
    if peer < 0:
        standing = await members.require(app, me, peer, _SET)
        if standing.chat.ttl_seconds == wanted:
            raise Fault("CHAT_NOT_MODIFIED")
        with chats.changing(app, peer):
            return await app.store.write(_set_in_chat, me, peer, wanted, now)
    other = await accounts.get(app, peer)
    if peer == me.id or other is None or other.deleted_at is not None or other.kind == SERVICE:
        raise Fault("PEER_ID_INVALID")
    if await timers.load_timer(app, me.id, peer) == wanted:
        raise Fault("CHAT_NOT_MODIFIED")
    with timers.changing(app, me.id, peer):
        told = await app.store.write(_set_in_private, me, peer, wanted, now)
    return [*await messages.notice(app, me, peer, ["ttl", wanted]), *told]


async def _set_in_chat(tx: Tx, me: Actor, chat: int, wanted: int, at: int) -> list[Event]:
    row = await chats.lock(tx, chat)
    await chats.set_column(tx, chat_changes.SET_TTL, chat, seconds=wanted)
    await chats.note(tx, chat, me.id, "ttl", at=at, old=row.ttl_seconds, new=wanted)
    said = await messages.act(tx, me, row, ["ttl", wanted], at=at)
    data = {"peer": chat, "seconds": wanted}
    return said + await chat_changes.tell_all(tx, me, row, CHANGED, data, at=at)


async def _set_in_private(tx: Tx, me: Actor, peer: int, wanted: int, at: int) -> list[Event]:
    await messages.lock(tx, {me.id, peer})
    await timers.put(tx, me.id, peer, wanted)
    events = []
    for owner, other in sorted(((me.id, peer), (peer, me.id))):
        data = {"peer": other, "seconds": wanted}
        events.append(await log.state(tx, owner, CHANGED, str(other), data, at=at, by=me))
    return events


async def set_default(app: App, account: int, seconds: int) -> None:
    """The timer of chats the account begins. TTL_PERIOD_INVALID."""
    kept: dict[str, Any] = {timers.DEFAULT: period(seconds) or None}
    await accounts.change_settings(app, account, kept)


async def expire(app: App) -> int:
    """Take away what is due, a slice after the other; how many messages went."""
    gone = 0
    while True:
        now = int(app.clock.now())
        rows = await app.store.rows(q.DUE, now=now, limit=SLICE)
        if rows:
            await app.store.write(_expire, rows, now)
        gone += len(rows)
        if len(rows) < SLICE:
            return gone


async def _expire(tx: Tx, rows: list[q.Expiring], at: int) -> None:
    await messages.moderation_access.end(tx, [(row.author, row.body) for row in rows], at=at)
    await tx.many(q.DONE, [row._asdict() for row in rows])
