"""What erasers leave alone for a while: evidence, and what may have to be given back."""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu.app import App
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.safety.moderation import queries as q
from petitbleu.store.api import Tx

MEDIA = 0
"""``hold.author`` where ``hold.body`` is the id of a photo or document."""
EVERYTHING = -1
"""``hold.body`` where all that ``hold.author`` said or published is kept."""


def install(app: App) -> None:
    """Let the erasers of messages and of media ask before they erase."""
    messages.ask_first(app, held_until)
    media.ask_first(app, media_held_until)


async def held_until(app: App, author: int, body: int) -> int:
    """Until when a body must stay (Unix seconds); 0: it need not."""
    bodies = [body, EVERYTHING] if author != MEDIA else [body]
    row = await app.store.row(q.HELD, author=author, bodies=bodies)
    return 0 if row is None else row.until


async def media_held_until(app: App, number: int) -> int:
    """Until when a photo or document must stay; 0: it need not."""
    return await held_until(app, MEDIA, number)


async def holders(app: App, number: int) -> list[int]:
    """The reports, measures and releases for which a photo or document is kept."""
    rows = await app.store.rows(q.HOLDERS, author=MEDIA, body=number)
    return [row.number for row in rows]


async def hold(
    tx: Tx, number: int, rows: Iterable[MessageRow], until: int, *, photo: int = 0
) -> None:
    """Keep the bodies of ``rows`` and what they carry, and a ``photo``, until then."""
    kept = {(row.author, row.body) for row in rows}
    kept |= {(MEDIA, media.media_id(row.media)) for row in rows if row.media is not None}
    kept |= {(MEDIA, photo)} if photo else set()
    await tx.many(
        q.HOLD,
        [
            {"author": author, "body": body, "number": number, "until": until}
            for author, body in sorted(kept)
            if body
        ],
    )


async def hold_all(tx: Tx, number: int, owner: int, until: int) -> None:
    """Keep all bodies of a person, or of a channel (its peer number), until then."""
    await tx.run(q.HOLD, author=owner, body=EVERYTHING, number=number, until=until)


async def also(tx: Tx, number: int, other: int, until: int) -> None:
    """Keep what is kept under ``number`` under ``other`` as well, until then."""
    await tx.run(q.ALSO_HOLD, number=number, also=other, until=until)


async def extend(tx: Tx, number: int, until: int) -> None:
    """Keep what is kept under ``number`` for longer."""
    await tx.run(q.EXTEND, number=number, until=until)


async def release(tx: Tx, number: int) -> None:
    """What was kept under ``number`` need not be any more."""
    await tx.run(q.RELEASE, number=number)


async def prune(tx: Tx, now: int) -> int:
    """Forget holds that are over; how many."""
    return await tx.run(q.PRUNE_HOLDS, now=now)
