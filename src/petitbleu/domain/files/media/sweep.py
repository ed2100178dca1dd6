"""Erasing what nothing uses: photos and documents, then contents, then unfinished uploads.

Everything new, and everything whose user went, has a time to be looked at (``check_at``). Then the
index says whether a message, a profile, a chat still shows it. Nothing counts references, so no
count can be wrong. A legal hold may keep something: whoever answers for holds registers a question
with :func:`ask_first`.

Another worker may keep a content while it is being erased here. No lock is held: what is going is
marked in one transaction, its bytes are removed, its row is dropped in another; who keeps it
meanwhile takes the next generation, which nobody removes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from petitbleu.app import App, Part
from petitbleu.domain.files.media import files, remembered, storage
from petitbleu.domain.files.media import queries as q
from petitbleu.domain.files.media.stored import key_of, media_id
from petitbleu.store.api import Tx

GRACE = 3600
"""Seconds between the last known use and the look: a forward may be under way."""
BATCH = 200
KEPT, GOING = 0, 1
"""States of a content; the third, 2, is one that nothing uses and that waits for some days."""

Holds = Callable[[App, int], Awaitable[int]]
"""``holds(app, media)`` -> Unix second until which it must stay; 0: not held."""


HOLDS: Part[Holds | None] = Part(lambda _: None)


def ask_first(app: App, holds: Holds) -> None:
    """Ask ``holds`` before a photo or document is erased."""
    app.parts[HOLDS] = holds


async def released(tx: Tx, stored: bytes, at: int, *, grace: int = GRACE) -> None:
    """A message that carried ``stored`` (``body.media``) was erased or changed: look soon."""
    await release_id(tx, media_id(stored), at, grace=grace)


async def release_id(tx: Tx, media: int, at: int, *, grace: int = GRACE) -> None:
    """One use of the photo or document ended; look ``grace`` seconds from now."""
    if media:
        await tx.run(q.CHECK, id=media, at=at + grace)


async def run(app: App) -> tuple[int, int, int]:
    """Do what is due; how many photos and documents, contents and uploads were erased."""
    erased = await _media(app)
    blobs = await _blobs(app)
    before = app.clock.now() - app.config.storage.upload_hours * 3600
    return erased, blobs, await app.parts[storage.STORAGE].parts.expire(before)


async def _media(app: App) -> int:
    holds = app.parts[HOLDS]
    erased = 0
    while True:
        now = int(app.clock.now())
        due = await app.store.rows(q.DUE, now=now, limit=BATCH)
        for row in due:
            until = await holds(app, row.id) if holds is not None else 0
            if until > now:
                await app.store.write(_postpone, row.id, until)
            else:
                erased += await app.store.write(_erase, row, now)
        if due:
            files.forget(app)
        if len(due) < BATCH:
            return erased


async def _postpone(tx: Tx, media: int, until: int) -> None:
    await tx.run(q.CHECK, id=media, at=until)


async def _erase(tx: Tx, one: q.Due, now: int) -> int:
    shown = await tx.row(q.SHOWN, key=key_of(one.id))
    if shown is not None or await tx.row(q.HELD, media=one.id) is not None:
        await tx.run(q.IN_USE, id=one.id)
        return 0
    at_once = await tx.row(q.AT_ONCE, media=one.id, owner=one.owner) is not None
    for file in await tx.rows(q.DROP_FILES, media=one.id):
        if at_once:
            await tx.run(q.CHECK_BLOB_AT_ONCE, sha=file.sha)
        else:
            await tx.run(q.CHECK_BLOB, sha=file.sha, at=now)
    await tx.row(q.ADD_USE, account=one.owner, bytes=-one.size)
    return await tx.run(q.DROP, id=one.id)


async def _blobs(app: App) -> int:
    erased = 0
    while True:
        now = int(app.clock.now())
        due = await app.store.rows(q.DUE_BLOBS, now=now, limit=BATCH)
        for row in due:
            erased += await _erase_blob(app, row, now)
        if len(due) < BATCH:
            return erased


async def _erase_blob(app: App, one: q.BlobRow, now: int) -> int:
    kept = app.parts[storage.STORAGE].blobs
    days = app.config.cluster.undelete_days if app.config.cluster.blobs else 0
    if not await app.store.write(_end_blob, one, now, days * 86_400):
        return 0
    if not one.check_at:
        await kept.note_erased(one.sha, now)
    await kept.remove(one.sha, one.gen)
    remembered.tell(app, [one.sha])
    return await app.store.write(_drop_blob, one)


async def _end_blob(tx: Tx, one: q.BlobRow, now: int, wait: int) -> int:
    """Whether the content is to go now: nobody uses it, and it has waited. From then on this
    generation of it is not used again.
    """
    if one.state == GOING:  # whoever began was stopped
        return 1
    if await tx.row(q.BLOB_USER, sha=one.sha) is not None:
        await tx.run(q.IN_USE_BLOB, sha=one.sha)
        return 0
    if wait and one.state == KEPT and one.check_at:
        await tx.run(q.LEAVE_BLOB, sha=one.sha, gen=one.gen, now=now, at=now + wait)
        return 0
    return await tx.run(q.END_BLOB, sha=one.sha, gen=one.gen, state=one.state, now=now)


async def _drop_blob(tx: Tx, one: q.BlobRow) -> int:
    if not await tx.run(q.DROP_BLOB, sha=one.sha, gen=one.gen):
        return 0
    await tx.row(q.ADD_USE, account=storage.SERVER, bytes=-one.size)
    return 1
