"""Housekeeping of one-time codes."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.access.codes import service
from petitbleu.jobs import NoData, job


@job("codes.prune", every=3600)
async def prune(app: App, data: NoData) -> None:
    """Forget codes whose time is over."""
    await app.store.background(service.prune, now=int(app.clock.now()))
