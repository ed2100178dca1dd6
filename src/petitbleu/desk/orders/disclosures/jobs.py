"""The job that tells a person of a disclosure, and the one that ends portals."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.orders.disclosures import notices, service
from petitbleu.jobs import job


@job(notices.TELL)
async def tell(app: App, data: dict[str, Any]) -> int | None:
    """``{case, disclosure}``."""
    row = await service.get(app.store, int(data["disclosure"]))
    if row is None:
        return None
    account = service.plan_of(row).account
    return await notices.tell(app, int(data["case"]), account, row.id)


@job("desk.disclosures_expire", every=3600)
async def expire(app: App, data: dict[str, Any]) -> None:
    """Portals that nobody used in time are closed; the case says so."""
    await service.expire(app)
