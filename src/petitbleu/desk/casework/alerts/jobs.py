"""When alarms ring, and what comes by the clock: digests, proof of reading, watching the desk."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.desk.casework.alerts import digest, sending, service, watch
from petitbleu.jobs import NoData, job


@job(service.Ring)
async def alarm(app: App, data: service.Ring) -> int | None:
    """One case at its instant."""
    return await service.ring(app, data.number)


@job(service.SendNotices)
async def notices(app: App, data: service.SendNotices) -> int | None:
    """What waits to be sent."""
    return await sending.dispatch(app)


@job("desk.watch", every=60, at=leases.DESK)
async def look(app: App, data: NoData) -> None:
    """Notices that a crash left behind, figures, troubles of the desk itself."""
    await sending.dispatch(app)
    await service.climb_troubles(app)
    await watch.look(app)


@job("desk.digest", every=900, at=leases.DESK)
async def digests(app: App, data: NoData) -> None:
    """The two digests of a day and the weekly proof, each once."""
    await digest.send_due(app)


@job("desk.alerts.prune", every=86_400)
async def prune(app: App, data: NoData) -> None:
    """Forget notices that are older than a year."""
    await app.store.background(service.prune, app)
