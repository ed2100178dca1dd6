"""Deferred work: statements that wait for their day, and cases that wait for their letters."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import notifications, releasing, writing
from petitbleu.jobs import job


@job(writing.TELL)
async def tell(app: App, data: dict[str, Any]) -> int | None:
    """Tell one person of a decision."""
    return await notifications.tell(app, data["number"], data["account"], data["purpose"])


@job(writing.FINISH)
async def finish(app: App, data: dict[str, Any]) -> int | None:
    """End the case when all has been said."""
    return await notifications.finish(app, data["number"])


@job(releasing.NEUTRAL)
async def neutralize(app: App, data: dict[str, Any]) -> None:
    """Words of the desk go from the place of what was taken away."""
    await releasing.neutralize(app, data["case"])
