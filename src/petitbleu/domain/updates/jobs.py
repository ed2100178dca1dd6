"""Periodic work of the updates room: pruning the log, the sweep that repairs lost hints."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.updates import delivery, retention
from petitbleu.jobs import NoData, job
from petitbleu.store import once


@job("updates.prune", every=600)
async def prune(app: App, data: NoData) -> None:
    """Drop events that are older than the log is kept."""
    await retention.prune(app)
    if app.bus.me:
        await app.store.background(once.prune, int(app.clock.now()) - once.KEPT_SECONDS)


@job("updates.sweep", every=delivery.SWEEP_SECONDS)
async def sweep(app: App, data: NoData) -> None:
    """Compare the counters of everybody live here with the database. In a cluster the row of a job
    is taken by one worker, so that each sweeps by a timer of its own (``fanout_sweep.py``).
    """
    if app.bus.me:
        return
    await delivery.sweep(app)
