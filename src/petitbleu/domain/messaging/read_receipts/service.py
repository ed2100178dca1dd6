"""Noting how far members of small groups have read, and forgetting it after a week."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.messaging.read_receipts import queries as q
from petitbleu.store.api import Tx

SMALL = 100
"""Members of a group that notes it (``chat_read_mark_size_threshold`` of help.getAppConfig)."""
KEPT = 7 * 86_400
"""Seconds (``chat_read_mark_expire_period``)."""


async def note(tx: Tx, peer: int, account: int, upto: int, members: int, *, at: int) -> None:
    """The account has read a group of so many ``members`` up to ``upto`` (in its own numbers)."""
    if members <= SMALL:
        await tx.run(q.PUT, peer=peer, account=account, upto=upto, at=at)


async def sweep(app: App) -> None:
    """Forget what is older than a week."""
    await app.store.write(_sweep, int(app.clock.now()) - KEPT)


async def _sweep(tx: Tx, before: int) -> None:
    await tx.run(q.SWEEP, before=before)
