"""Housekeeping of the numbers that were asked about."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.people.contacts import asking
from petitbleu.jobs import NoData, job


@job("contacts.prune", every=3600)
async def prune(app: App, data: NoData) -> None:
    """Forget numbers that were asked about long ago."""
    await app.store.background(asking.prune, int(app.clock.now()))
