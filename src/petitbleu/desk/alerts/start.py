"""Before the doors open: the key of Web Push, and what a crash left unsent."""

from __future__ import annotations

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.desk.alerts import digest, service
from petitbleu.desk.alerts import queries as q


async def begin(app: App) -> None:
    """Make the key at the first start; send at once what waits."""
    service.vapid(app)
    now = int(app.clock.now())
    await app.store.write(digest.begin, digest.BEGUN, now)
    if await app.store.rows(q.WAITING, now=now, limit=1):
        await app.store.write(jobs.schedule, service.NOTICES, due=now, key="start")
