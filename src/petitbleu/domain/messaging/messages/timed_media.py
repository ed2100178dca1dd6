"""Photos, videos and voice messages of private chats that are gone after they were opened: at once
(view once), or so many seconds later (``ttl_seconds`` of messageMediaPhoto and
messageMediaDocument).

The other side opens them with messages.readMessageContents. What expires is taken from the one body
that both sides show: no answer, difference or file reference leads to the file any more.
"""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import boxes, changes
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.edit import EDITED
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.updates import log
from petitbleu.jobs import Job
from petitbleu.store.api import Tx


class ExpireMedia(Job, tag="messages.media_expires", frozen=True):
    """The file goes from a message that was opened long enough ago."""

    author: int
    body: int


async def opened(tx: Tx, rows: Iterable[MessageRow], *, at: int) -> bool:
    """The other side opened these messages for the first time; whether anything expired at once."""
    gone = False
    for row in rows:
        seconds = media.ttl_of(row.media)
        if seconds == media.VIEW_ONCE:
            gone |= await expire(tx, row.author, row.body, at=at)
        elif seconds:
            work = ExpireMedia(author=row.author, body=row.body)
            key = f"{row.author}:{row.body}"
            await jobs.schedule(tx, work, due=at + seconds, key=key)
    return gone


async def expire(tx: Tx, author: int, body: int, *, at: int) -> bool:
    """Take the file from a message for both sides, who are told; False where there is none."""
    place = await tx.row(q.BODY_PLACE, author=author, id=body)
    if place is None or place.media is None or not media.ttl_of(place.media):
        return False
    where = {author: body, place.peer: place.twin}
    owners = await boxes.lock(tx, where)
    await media.released(tx, place.media, at, grace=0)
    await tx.run(q.SET_MEDIA, author=author, id=body, media=media.expired(place.media))
    await changes.note(tx, author, body)
    for owner in sorted(owners):
        row = await tx.row(q.ONE, owner=owner, id=where[owner])
        if row is not None and (row.author, row.body) == (author, body):
            await log.append(tx, owner, EDITED, {"id": row.id}, at=at)
    return True


async def run(app: App, author: int, body: int) -> None:
    """The time of a message's file is over."""
    if await app.store.write(_expire, author, body, int(app.clock.now())):
        media.forget_references(app)


async def _expire(tx: Tx, author: int, body: int, at: int) -> bool:
    return await expire(tx, author, body, at=at)
