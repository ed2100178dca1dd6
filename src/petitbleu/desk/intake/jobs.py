"""Deferred work: letters that were stored and not worked, canaries, old receipts."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.intake import canary, delivering
from petitbleu.desk.intake import queries as q
from petitbleu.jobs import job
from petitbleu.store.api import Tx

_DAY = 86_400
_FORGOTTEN = 500
"""Receipts that are forgotten in one write."""


@job(delivering.WORK)
async def work(app: App, data: dict[str, Any]) -> int | None:
    """Work a letter whose process ended before it did. The next ones do not wait for one that
    takes long."""
    later = int(app.clock.now()) + delivering.LATER
    if delivering.is_aside(app, data["id"]):
        return later
    found = await delivering.begin(app, data["id"])
    if not isinstance(found, delivering.Slow):
        return None
    app.spawn(delivering.finish(app, found))
    return later


@job("desk.canary", every=_DAY)
async def send_canaries(app: App, data: dict[str, Any]) -> int | None:
    """Send the day's canaries where addresses are published; forget receipts of days past."""
    before = int(app.clock.now()) - 2 * _DAY
    while await app.store.background(_forget, before) == _FORGOTTEN:
        pass
    if app.config.desk.addresses:
        await canary.run(app)
    return None


async def _forget(tx: Tx, before: int) -> int:
    return await tx.run(q.FORGET_RECEIPTS, before=before, limit=_FORGOTTEN)


@job(canary.CHECK)
async def check(app: App, data: dict[str, Any]) -> int | None:
    """Look whether a canary came back."""
    await canary.check(app, data["token"])
    return None
