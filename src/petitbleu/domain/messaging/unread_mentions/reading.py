"""Looking at what waits: mentions, reactions to one's messages, voice messages.

In one's own box it moves pts (updateReadMessagesContents); in a supergroup one's other devices are
told alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import Actor, App
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import (
    MEDIA_UNREAD,
    MENTIONED,
    Affected,
    MessageRow,
)
from petitbleu.domain.messaging.reactions import service as reactions
from petitbleu.domain.messaging.unread_mentions import service as unread_mentions
from petitbleu.domain.messaging.unread_mentions.service import MENTION, REACTION, Window
from petitbleu.domain.updates import log
from petitbleu.store.api import Tx

OPENED = "contents.read"
OPENED_IN_CHANNEL = "contents.read_channel"
SLICE = 500
"""Most messages one call of readMentions or readReactions marks; the client calls again."""
_NOTHING = Affected(0, 0, 0)


async def page(
    app: App, me: Actor, peer: int, kind: int, window: Window
) -> tuple[list[MessageRow], int]:
    """Messages that wait for me in a chat, newest first, and how many do in all."""
    at = await messages.place(app, me, peer)
    ids = await unread_mentions.page(app, me.id, peer, kind, window)
    found = await messages.in_place(app, at, ids)
    rows = [found[id] for id in ids if id in found]
    return rows, await unread_mentions.count(app.store, me.id, peer, kind)


async def opened(app: App, me: Actor, ids: Sequence[int]) -> Affected:
    """I have looked at messages of my box, or listened to them."""
    mine, gone = await app.store.write(_opened, me, list(ids), int(app.clock.now()))
    if gone:
        media.forget_references(app)
    return mine


async def _opened(tx: Tx, me: Actor, ids: list[int], at: int) -> tuple[Affected, bool]:
    """What it means for me, and whether a file is gone by that."""
    rows = await messages.moderation_access.rows(tx, me.id, ids)
    listened = [
        row
        for row in rows
        if row.flags & MEDIA_UNREAD and not row.flags & MENTIONED and row.author != me.id
    ]
    fresh = [row for row in rows if row.flags & MEDIA_UNREAD and row.author != me.id]
    await messages.lock(tx, {me.id, *(row.author for row in listened)})
    done: dict[int, set[int]] = {me.id: set()}
    for row in rows:
        if row.flags & MEDIA_UNREAD and row.author != me.id:
            await messages.open_in(tx, me.id, row.id)
            done[me.id].add(row.id)
    for row in listened:
        # Who said it sees that somebody has listened.
        if row.author > 0 and await messages.open_in(tx, row.author, row.body):
            done.setdefault(row.author, set()).add(row.body)
    for peer in sorted({row.peer for row in rows}):
        there = [row for row in rows if row.peer == peer]
        done[me.id].update(await _look(tx, me, peer, there, (MENTION, REACTION)))
    mine = _NOTHING
    for owner in sorted(done):
        found = sorted(done[owner])
        if found:
            event = await log.append(
                tx, owner, OPENED, {"ids": found}, at=at, count=len(found), by=me
            )
            if owner == me.id:
                mine = Affected(event.pts, event.count, 0)
    return mine, await messages.timed_media.opened(tx, fresh, at=at)


async def _look(
    tx: Tx, me: Actor, peer: int, rows: Sequence[MessageRow], kinds: Sequence[int]
) -> set[int]:
    """Take the marks of these messages away; the ids of those that had any."""
    found: set[int] = set()
    ids = [row.id for row in rows]
    for kind in kinds:
        done = await unread_mentions.read(tx, me.id, peer, kind, ids)
        if kind == REACTION and done:
            await reactions.seen(tx, [row for row in rows if row.id in done])
        found.update(done)
    return found


async def opened_in(app: App, me: Actor, channel: int, ids: Sequence[int]) -> None:
    """I have looked at messages of a supergroup."""
    at = await messages.place(app, me, channel)
    rows = list((await messages.in_place(app, at, ids)).values())
    await app.store.write(_opened_in, me, channel, rows, (MENTION, REACTION), int(app.clock.now()))


async def _opened_in(
    tx: Tx, me: Actor, channel: int, rows: list[MessageRow], kinds: Sequence[int], at: int
) -> None:
    done = sorted(await _look(tx, me, channel, rows, kinds))
    if done:
        data = {"peer": channel, "ids": done}
        await log.state(tx, me.id, OPENED_IN_CHANNEL, f"{channel}:{done[0]}", data, at=at, by=me)


async def all_of(app: App, me: Actor, peer: int, kind: int) -> Affected:
    """I have looked at all mentions (or reactions) of a chat: a slice of them, newest first.

    ``Affected`` is my own: nothing moves in a supergroup.
    """
    window = Window(unread_mentions.END, unread_mentions.END, 0, 0, SLICE + 1, 0)
    rows, _ = await page(app, me, peer, kind, window)
    left = int(len(rows) > SLICE)
    rows = rows[:SLICE]
    if not rows:
        return _NOTHING
    now = int(app.clock.now())
    if rows[0].owner < 0:
        await app.store.write(_opened_in, me, peer, rows, (kind,), now)
        return Affected(0, 0, left)
    affected = await app.store.write(_all_of, me, peer, kind, rows, now)
    return affected._replace(left=left)


async def _all_of(
    tx: Tx, me: Actor, peer: int, kind: int, rows: list[MessageRow], at: int
) -> Affected:
    await messages.lock(tx, [me.id])
    done = sorted(await _look(tx, me, peer, rows, (kind,)))
    if not done:
        return _NOTHING
    if kind == MENTION:
        for act in done:
            await messages.open_in(tx, me.id, act)
    event = await log.append(tx, me.id, OPENED, {"ids": done}, at=at, count=len(done), by=me)
    return Affected(event.pts, event.count, 0)
