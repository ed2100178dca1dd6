"""Periodic work of the timers room."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.messaging.timers import service
from petitbleu.jobs import job


@job("timers.expire", every=30)
async def expire(app: App, data: dict[str, Any]) -> None:
    """Take away messages that have lived their time."""
    await service.expire(app)
