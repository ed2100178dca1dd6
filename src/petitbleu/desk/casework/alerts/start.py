"""Before the doors open: the key of Web Push, what a crash left unsent; alarms of other rooms."""

from __future__ import annotations

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.desk.casework.alerts import digest, service
from petitbleu.desk.casework.alerts import queries as q
from petitbleu.domain.access.codes import service as codes
from petitbleu.store.api import Tx

_AGAIN = 6 * 3600
"""Seconds after which guessing of codes that goes on rings again."""


async def begin(app: App) -> None:
    """Make the key at the first start; send at once what waits."""
    service.vapid(app)
    now = int(app.clock.now())
    await app.store.write(digest.begin, digest.BEGUN, now)
    if await app.store.rows(q.WAITING, now=now, limit=1):
        await app.store.write(jobs.schedule, service.SendNotices(), due=now, key="start")


@codes.on_many_wrong
async def many_wrong_codes(tx: Tx, app: App, where: str) -> None:
    """Somebody guesses login codes."""
    name = f"wrong_codes_{where}"
    await service.trouble(tx, app, name, name, again=_AGAIN)
