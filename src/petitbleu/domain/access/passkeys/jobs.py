"""Housekeeping of passkeys."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.access.passkeys import service
from petitbleu.jobs import NoData, job


@job("passkeys.prune", every=3600)
async def prune(app: App, data: NoData) -> None:
    """Forget challenges that nobody answered."""
    await app.store.background(service.prune, int(app.clock.now()))
