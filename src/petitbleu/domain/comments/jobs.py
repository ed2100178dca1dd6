"""Deferred work of comments."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.comments import publishing, service
from petitbleu.jobs import job


@job(publishing.PUBLISH)
async def publish(app: App, data: dict[str, Any]) -> None:
    """Say an approved comment that the process did not get to say."""
    await publishing.publish(app, data["id"])


@job("comments.tidy", every=3600)
async def tidy(app: App, data: dict[str, Any]) -> None:
    """Forget what need not be kept any longer."""
    await service.tidy(app)
