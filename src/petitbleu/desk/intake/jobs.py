"""Deferred work: letters that were stored and not worked, canaries that do not come back."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.desk.intake import canary, delivering
from petitbleu.desk.intake.pending import WorkLetter
from petitbleu.jobs import job


@job(WorkLetter)
async def work(app: App, data: WorkLetter) -> int | None:
    """Work a letter whose process ended before it did. The next ones do not wait for one that
    takes long."""
    later = int(app.clock.now()) + delivering.LATER
    if delivering.is_aside(app, data.id):
        return later
    begun = await delivering.begin(app, data.id)
    if not isinstance(begun, delivering.Slow):
        return None
    app.spawn(delivering.finish(app, begun))
    return later


@job(canary.CheckCanary, at=leases.DESK)
async def check(app: App, data: canary.CheckCanary) -> int | None:
    """Look whether a canary came back."""
    await canary.check(app, data.token)
    return None
