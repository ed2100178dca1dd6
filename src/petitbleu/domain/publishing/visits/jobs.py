"""Deferred work on visits."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.publishing.visits import keeping
from petitbleu.jobs import NoData, job


@job("visits.tidy", every=3600)
async def tidy(app: App, data: NoData) -> None:
    """Forget what need not be kept any longer."""
    await keeping.tidy(app)
