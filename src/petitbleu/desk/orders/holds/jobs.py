"""The job that ends a hold at its date."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.orders.holds import service
from petitbleu.jobs import job


@job(service.END)
async def end(app: App, data: dict[str, Any]) -> int | None:
    """``{id}``."""
    return await service.end_by_date(app, int(data["id"]))
