"""Deferred work of danger."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.intake.danger import alarms, helping
from petitbleu.jobs import job


@job(alarms.TICK)
async def tick(app: App, data: dict[str, Any]) -> int | None:
    """What may be danger and nobody looked at; what was silent with a case that was opened."""
    return await alarms.tick(app, data["number"])


@job(helping.TELL)
async def tell(app: App, data: dict[str, Any]) -> None:
    """Tell somebody whom to call."""
    await helping.tell(app, data["account"], data["day"])


@job("desk.danger.prune", every=86_400)
async def prune(app: App, data: dict[str, Any]) -> None:
    """Forget what alarms were joined by."""
    await app.store.background(alarms.prune, app)
