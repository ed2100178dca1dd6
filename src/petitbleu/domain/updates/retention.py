"""Pruning the event log: kept ``event_log_days`` or ``event_log_events`` per account, whichever
is shorter.
"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.updates import queries
from petitbleu.store.api import Tx

BATCH = 200
"""Long logs shortened in one go."""
EVENTS = 10_000
"""Old events looked at in one go, so that no transaction is long."""


async def prune(app: App) -> int:
    """Drop events nobody may ask for any more; the number of accounts touched."""
    now = int(app.clock.now())
    before = now - app.config.event_log_days * 86400
    old = await app.store.scan(queries.OWNERS_TO_PRUNE, before=before, events=EVENTS)
    for row in old:
        await app.store.write(_prune_owner, owner=row.owner, upto=row.pts)
    keep = app.config.event_log_events
    long = await app.store.scan(queries.LONG_LOGS, events=keep * 5 // 4, limit=BATCH)
    for row in long:
        await app.store.write(_prune_owner, owner=row.owner, upto=row.pts - keep)
    await app.store.write(_prune_state, before=before)
    return len(old) + len(long)


async def _prune_owner(tx: Tx, *, owner: int, upto: int) -> None:
    await tx.run(queries.MARK_PRUNED, owner=owner, upto=upto)
    await tx.run(queries.PRUNE, owner=owner, upto=upto)


async def _prune_state(tx: Tx, *, before: int) -> None:
    await tx.run(queries.PRUNE_STATE, before=before)
