"""Deferred work of the filter."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.safety.antispam import service
from petitbleu.jobs import NoData, job


@job(service.Feedback)
async def feedback(app: App, data: service.Feedback) -> None:
    """Tell the outside service what somebody said; comes again while it is down."""
    await service.report(app, data.check, spam=data.spam)


@job("antispam.tidy", every=3600)
async def tidy(app: App, data: NoData) -> None:
    """Forget what need not be kept any longer."""
    await service.tidy(app)
