"""Deferred work of the hub."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.domain.publishing.websub import following, working
from petitbleu.domain.publishing.websub import queries as q
from petitbleu.domain.publishing.websub.service import ServeHub
from petitbleu.jobs import NoData, job
from petitbleu.store.api import Tx


@job(ServeHub, at=leases.FOLLOW)
async def work(app: App, data: ServeHub) -> int | None:
    """Ask callbacks back and send feeds, until nothing is due."""
    return await working.work(app) if app.config.web.websub else None


@job("websub.look", every=60, at=leases.FOLLOW)
async def look(app: App, data: NoData) -> None:
    """Forget subscriptions whose lease is over; see whether a feed has changed unnoticed."""
    subscriptions = await app.store.row(q.ALL, id="")
    if subscriptions is not None and subscriptions.n:
        await app.store.write(_forget, int(app.clock.now()))
    if app.config.web.websub:
        await following.look(app)


async def _forget(tx: Tx, now: int) -> None:
    await tx.run(q.DROP_OVER, now=now)
