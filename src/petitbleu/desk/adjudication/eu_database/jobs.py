"""Deferred work: statements are sent to the EU database."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.desk.adjudication.eu_database import service as eu_database
from petitbleu.jobs import NoData, job


@job("desk.eu_database", every=60, at=leases.DESK)
async def send(app: App, data: NoData) -> None:
    """Send what is due; ring where it is not taken."""
    await eu_database.send_ready(app)
    await eu_database.watch(app)
