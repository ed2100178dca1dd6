"""Deferred work of the public pages."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.desk.intake import service as intake
from petitbleu.desk.outside import canaries, service
from petitbleu.jobs import NoData, job

_DAY = 86_400


@job("outside.prune", every=3600)
async def prune(app: App, data: NoData) -> None:
    """Forget codes that nobody can use any more."""
    await app.store.background(service.forget_old_codes, app.clock.now())


@job("desk.canary", every=_DAY, at=leases.DESK)
async def send_canaries(app: App, data: NoData) -> int | None:
    """Send the day's canaries where addresses are published; forget receipts of days past."""
    await intake.forget_receipts(app, int(app.clock.now()) - 2 * _DAY)
    if app.config.desk.addresses:
        await canaries.run(app)
    return None
