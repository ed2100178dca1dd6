"""Every night: log and tables are compared; whoever must know is told of differences."""

from __future__ import annotations

import datetime
import zoneinfo

from petitbleu import leases
from petitbleu.app import App
from petitbleu.desk.reconciliation import head_mails, service
from petitbleu.jobs import NoData, job

__all__ = ["head_mails"]  # imported to be registered

HOUR = 3
"""At the operator's place."""


def next_night(app: App) -> int:
    """The next time it is :data:`HOUR`."""
    zone = zoneinfo.ZoneInfo(app.config.timezone)
    now = datetime.datetime.fromtimestamp(app.clock.now(), zone)
    wanted = now.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if wanted <= now:
        wanted += datetime.timedelta(days=1)
    return int(wanted.timestamp())


@job("audit.compare", every=86_400, at=leases.DESK)
async def compare(app: App, data: NoData) -> int:
    """Compare, keep what was found, take older rows over, tell whom it concerns."""
    while True:
        comparison = await service.compare(app, adopt=True)
        await service.keep(app, comparison)
        if not await service.take_over(app, comparison):
            break
    if not service.sound(comparison):
        await service.tell(app, comparison)
    return next_night(app)
