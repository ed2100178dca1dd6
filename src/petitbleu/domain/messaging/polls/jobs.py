"""Due and periodic work of the polls room."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.messaging.polls import service
from petitbleu.jobs import job


@job(service.CLOSE)
async def close(app: App, data: dict[str, Any]) -> None:
    """A poll closes by itself."""
    await service.close_due(app, data["poll"])


@job("polls.sweep", every=3600)
async def sweep(app: App, data: dict[str, Any]) -> None:
    """Drop polls that no message shows any more."""
    await service.sweep(app)
