"""Deferred work of danger."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.intake.danger import alarms, helping
from petitbleu.jobs import NoData, job


@job(alarms.Tick)
async def tick(app: App, data: alarms.Tick) -> int | None:
    """What may be danger and nobody looked at; what was silent with a case that was opened."""
    return await alarms.tick(app, data.number)


@job(helping.TellHelp)
async def tell(app: App, data: helping.TellHelp) -> None:
    """Tell somebody whom to call."""
    await helping.tell(app, data.account, data.day)


@job("desk.danger.prune", every=86_400)
async def prune(app: App, data: NoData) -> None:
    """Forget what alarms were joined by."""
    await app.store.background(alarms.prune, app)
