"""Periodic work of the timers room."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.messaging.timers import service
from petitbleu.jobs import NoData, job


@job("timers.expire", every=30)
async def expire(app: App, data: NoData) -> None:
    """Take away messages that have lived their time."""
    await service.expire(app)
