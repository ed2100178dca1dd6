"""How many files somebody has uploaded that nothing uses: each takes a place on the disk, however
small it is.

Counted are unfinished uploads, as they lie on the disk, and photos and documents made in the last
24 hours that no message, profile or chat shows. Nothing is kept for it: between two looks each new
upload counts as one more, so the real number is never higher than the one remembered.
"""

from __future__ import annotations

from petitbleu import rates
from petitbleu.app import App
from petitbleu.blobs.api import Upload
from petitbleu.domain.files.media import queries as q
from petitbleu.domain.files.media import storage
from petitbleu.domain.files.media.storage import Counted
from petitbleu.domain.files.media.stored import key_of
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

_LOOK_SECONDS = 5
"""Whoever is refused is looked at again after so long: what they sent meanwhile makes room."""
_REMEMBERED = 10_000


async def admit(app: App, account: int, upload: Upload, ip: str | None) -> None:
    """Whether an upload may begin; nothing happens for one that has begun.

    ``ip``: the caller's address; None: not counted. Raises STORAGE_QUOTA_EXCEEDED.
    """
    if upload.begun or ip is None or rates.lifted(app, ip):
        return
    most = rates.rules_of(app).daily["uploads_unused"]
    now = app.clock.now()
    known = app.parts[storage.STORAGE].unused
    counted = known.get(account)
    if counted is None or (counted.files >= most and now - counted.at >= _LOOK_SECONDS):
        counted = Counted(await count(app, account), now)
    if counted.files >= most:
        known[account] = counted
        raise Fault("STORAGE_QUOTA_EXCEEDED")
    if len(known) > _REMEMBERED:
        known.clear()
    known[account] = counted._replace(files=counted.files + 1)
    upload.begun = True


async def count(app: App, account: int) -> int:
    """The account's unused files now."""
    unfinished = await app.parts[storage.STORAGE].parts.files(account)
    since = int(app.clock.now()) - storage.CHECK_SECONDS
    rows = await app.store.rows(q.NEW, owner=account, since=since)
    used = [row.id for row in rows if await _is_used(app, row.id)]
    if used:
        await app.store.write(_mark_used, used)
    return unfinished + len(rows) - len(used)


async def _is_used(app: App, media: int) -> bool:
    if await app.store.row(q.SHOWN, key=key_of(media)) is not None:
        return True
    return await app.store.row(q.HELD, media=media) is not None


async def _mark_used(tx: Tx, used: list[int]) -> None:
    """They need no look by the sweep any more: whoever ends a use plans the next one."""
    await tx.many(q.STILL_IN_USE, [{"id": one, "key": key_of(one)} for one in used])
