"""What workers remember of contents, beside the place where these are kept, goes when they are
erased: whoever erases tells the others, and each compares with the database at its start and after
it may have missed something.
"""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.files.media import queries as q
from petitbleu.domain.files.media.storage import STORAGE
from petitbleu.errors import StoreUnavailable

KIND = "erased"
"""Frames: SHA-256 of contents that are gone."""


def listen(app: App) -> None:
    """Listen to the others; compare what the disk remembers from before."""

    def take(worker: int, item: Any) -> None:
        app.parts[STORAGE].blobs.forget([bytes(sha) for sha in item])

    app.bus.on(KIND, take)
    app.bus.lost.append(lambda: app.spawn(compare(app)))
    if app.config.cluster.blobs:
        app.spawn(compare(app))


def tell(app: App, shas: list[bytes]) -> None:
    """These were erased here."""
    app.parts[STORAGE].blobs.forget(shas)
    app.bus.all(KIND, shas)


async def compare(app: App) -> int:
    """Drop what is remembered of contents that are gone; of how many."""
    blobs = app.parts[STORAGE].blobs
    gone = []
    try:
        for sha in await blobs.remembered():
            if await app.store.row(q.KEPT_BLOB, sha=sha) is None:
                gone.append(sha)
    except StoreUnavailable as error:
        app.log.warning("media.not_compared", reason=str(error))
    blobs.forget(gone)
    return len(gone)
