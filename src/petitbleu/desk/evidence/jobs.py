"""Forgetting who looked at how much: budgets need a day, and nothing else needs it."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.evidence import queries as q
from petitbleu.desk.evidence.exposure import DAY
from petitbleu.jobs import job
from petitbleu.store.api import Tx


@job("evidence.prune", every=DAY)
async def prune(app: App, data: dict[str, Any]) -> None:
    """Openings of the day before yesterday."""
    await app.store.background(_prune, before=int(app.clock.now()) - 2 * DAY)


async def _prune(tx: Tx, before: int) -> None:
    await tx.run(q.PRUNE, before=before)
