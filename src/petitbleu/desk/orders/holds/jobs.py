"""The job that ends a hold at its date."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.orders.holds import service
from petitbleu.jobs import job


@job(service.EndHold)
async def end(app: App, data: service.EndHold) -> int | None:
    """End it, unless it was renewed."""
    return await service.end_by_date(app, data.id)
