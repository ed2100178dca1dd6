"""Housekeeping of logins."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.access.devices import service
from petitbleu.jobs import NoData, job


@job("devices.expire", every=3600)
async def expire(app: App, data: NoData) -> None:
    """End logins nobody used for longer than their account allows."""
    await service.end_idle(app)


@job("devices.prune", every=21600)
async def prune(app: App, data: NoData) -> None:
    """Forget old lines of the sign-in log and keys that never signed in."""
    await app.store.background(
        service.prune, now=int(app.clock.now()), log_days=app.config.signin_log_days
    )
