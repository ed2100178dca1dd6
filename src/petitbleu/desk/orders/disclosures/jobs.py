"""The job that tells a person of a disclosure, and the one that ends portals."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.orders.disclosures import notices, service
from petitbleu.jobs import NoData, job


@job(notices.TellPerson)
async def tell(app: App, data: notices.TellPerson) -> int | None:
    """Tell the person, when it is allowed."""
    row = await service.get(app.store, data.disclosure)
    if row is None:
        return None
    account = service.plan_of(row).account
    return await notices.tell(app, data.case, account, row.id)


@job("desk.disclosures_expire", every=3600)
async def expire(app: App, data: NoData) -> None:
    """Portals that nobody used in time are closed; the case says so."""
    await service.expire(app)
