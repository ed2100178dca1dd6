"""Copying what cases target; forgetting copies whose time is over, and who looked at how much:
budgets need a day, and nothing else needs it.
"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.evidence import queries as q
from petitbleu.desk.adjudication.evidence import sealing
from petitbleu.desk.adjudication.evidence.exposure import DAY
from petitbleu.jobs import NoData, job
from petitbleu.store.api import Tx


@job(sealing.SealCopies)
async def seal(app: App, data: sealing.SealCopies) -> None:
    """Copies of what a case targets."""
    await sealing.seal(app, data.case)


@job("evidence.copies", every=DAY)
async def copies(app: App, data: NoData) -> None:
    """Copies that no case needs any more are forgotten."""
    await sealing.prune(app)


@job("evidence.prune", every=DAY)
async def prune(app: App, data: NoData) -> None:
    """Openings of the day before yesterday."""
    await app.store.background(_prune, before=int(app.clock.now()) - 2 * DAY)


async def _prune(tx: Tx, before: int) -> None:
    await tx.run(q.PRUNE, before=before)
