"""Housekeeping of logins."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.access.devices import service
from petitbleu.jobs import job


@job("devices.expire", every=3600)
async def expire(app: App, data: dict[str, Any]) -> None:
    """End logins nobody used for longer than their account allows."""
    await service.end_idle(app)


@job("devices.prune", every=21600)
async def prune(app: App, data: dict[str, Any]) -> None:
    """Forget old lines of the sign-in log and keys that never signed in."""
    await app.store.background(
        service.prune, now=int(app.clock.now()), log_days=app.config.signin_log_days
    )
