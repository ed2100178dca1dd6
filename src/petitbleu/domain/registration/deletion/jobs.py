"""Deletions that happen later."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.domain.registration.deletion import service
from petitbleu.jobs import NoData, job


@job(service.DeletePlanned)
async def planned(app: App, data: service.DeletePlanned) -> int | None:
    """A deletion that was asked for without the password, a week ago."""
    await service.carry_out(app, data.account, data.auth, data.asked)
    return None


@job(service.EmptyAccount, at=leases.ANY)
async def empty(app: App, data: service.EmptyAccount) -> int | None:
    """The message copies of a deleted account."""
    await service.empty(app, data.account)
    return None


@job("deletion.idle", every=86_400)
async def idle(app: App, data: NoData) -> int | None:
    """Accounts whose people stayed away too long."""
    await service.delete_idle(app)
    return None
