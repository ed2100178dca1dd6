"""Housekeeping of notices."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.client.push import service
from petitbleu.jobs import NoData, job


@job("push.prune", every=86_400)
async def prune(app: App, data: NoData) -> None:
    """Forget notices that nobody has read for long."""
    await app.store.background(service.prune, int(app.clock.now()))
