"""Periodic work of the readers room."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.messaging.read_receipts import service
from petitbleu.jobs import NoData, job


@job("readers.sweep", every=3600)
async def sweep(app: App, data: NoData) -> None:
    """Forget who read what more than a week ago."""
    await service.sweep(app)
