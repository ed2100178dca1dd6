"""Deferred work: confirmations that were interrupted, ends of measures, old holds."""

from __future__ import annotations

from petitbleu import acts
from petitbleu.app import App
from petitbleu.domain.safety.case_numbers import service as case_numbers
from petitbleu.domain.safety.moderation import holds, measures, notices, outcomes, reports
from petitbleu.jobs import NoData, job
from petitbleu.store.api import Tx


@job(reports.ConfirmReport)
async def confirm(app: App, data: reports.ConfirmReport) -> None:
    """Tell a reporter the number, where the process ended before it was done."""
    await reports.confirm(app, data.number)


@job(reports.TellAdmins)
async def admins(app: App, data: reports.TellAdmins) -> None:
    """Tell admins of a report that they had to wait for."""
    await reports.tell_admins(app, data.number)


@job(outcomes.TellOutcome)
async def outcome(app: App, data: outcomes.TellOutcome) -> int | None:
    """Tell what became of a report to the admins of a group."""
    return await outcomes.look(app, data.number)


@job(measures.EndMeasure)
async def end(app: App, data: measures.EndMeasure) -> None:
    """A measure ends at its date."""
    subject = case_numbers.text(data.number)
    act = acts.Act("job.measure.end", acts.SYSTEM, subject=subject)
    await measures.end_by_date(acts.performing(app, act), data.number)


@job(notices.TellConcerned)
async def tell(app: App, data: notices.TellConcerned) -> None:
    """Tell of a measure, where the process ended before it was done."""
    await notices.send(app, data.what, data.number)


@job("moderation.prune", every=86_400)
async def prune(app: App, data: NoData) -> None:
    """Forget holds that are over."""
    await app.store.background(_prune, app)


async def _prune(tx: Tx, app: App) -> None:
    if count := await holds.prune(tx, int(app.clock.now())):
        await acts.log(tx, app, acts.Act("job.holds.prune", acts.SYSTEM, data={"count": count}))
