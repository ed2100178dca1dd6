"""Heads of the log go to the witnesses, at once and again until all have signed."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.desk.records.audit.heads import Cosign
from petitbleu.desk.records.witnesses import service
from petitbleu.jobs import job


@job(Cosign, every=600, at=leases.DESK)
async def cosign(app: App, data: Cosign) -> None:
    """Ask each witness that has not signed the newest head."""
    if app.config.desk.witnesses:
        await service.submit(app)
