"""Deferred work of the discussions room."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.messaging.discussions import copies
from petitbleu.jobs import job


@job("discussions.catch_up", every=300)
async def catch_up(app: App, data: dict[str, Any]) -> None:
    """Posts whose copy was missed."""
    await copies.catch_up(app)


@job(copies.EDIT)
async def edit(app: App, data: dict[str, Any]) -> None:
    """The copy of an edited post follows it."""
    await copies.follow(app, data["channel"], data["post"])
