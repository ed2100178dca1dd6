"""Copies of one's own data that are made, and deleted."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.transfer.exports import own
from petitbleu.jobs import NoData, job


@job(own.Make)
async def make(app: App, data: own.Make) -> int | None:
    """A step of one; others that wait get theirs in between."""
    more = await own.make(app, data.account, data.id)
    return int(app.clock.now()) if more else None


@job(own.Drop)
async def drop(app: App, data: own.Drop) -> int | None:
    """Two days are over, or another took its place."""
    await own.delete(app, data.account, data.id)
    return None


@job("exports.sweep", every=21_600)
async def sweep(app: App, data: NoData) -> int | None:
    """Files that belong to nobody any more."""
    await own.sweep(app)
    return None
