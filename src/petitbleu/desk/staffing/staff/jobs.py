"""Forgetting sessions, links and sign-ins that are over. What was signed stays."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.staffing.staff import queries as sql
from petitbleu.jobs import NoData, job
from petitbleu.store.api import Tx

_KEPT = 30 * 86_400
"""Seconds for which ended sessions and used links can still be looked into."""


@job("staff.prune", every=86_400)
async def prune(app: App, data: NoData) -> None:
    """Challenges live minutes, so an answer that is forgotten cannot come again."""
    await app.store.background(_prune, before=int(app.clock.now()) - _KEPT)


async def _prune(tx: Tx, before: int) -> None:
    for query in (sql.PRUNE_SESSIONS, sql.PRUNE_INVITES, sql.PRUNE_TOUCHES):
        await tx.run(query, before=before)
