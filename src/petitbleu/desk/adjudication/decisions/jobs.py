"""Deferred work: statements that wait for their day, and cases that wait for their letters."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.adjudication.decisions import notifications, releasing, writing
from petitbleu.jobs import job


@job(writing.TellPerson)
async def tell(app: App, data: writing.TellPerson) -> int | None:
    """Tell one person of a decision."""
    return await notifications.tell(app, data.number, data.account, data.purpose)


@job(writing.FinishCase)
async def finish(app: App, data: writing.FinishCase) -> int | None:
    """End the case when all has been said."""
    return await notifications.finish(app, data.number)


@job(releasing.Neutralize)
async def neutralize(app: App, data: releasing.Neutralize) -> None:
    """Words of the desk go from the place of what was taken away."""
    await releasing.neutralize(app, data.case)
