"""Periodic work of the webpages room."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.messaging.webpages import service
from petitbleu.jobs import NoData, job


@job("webpages.forget", every=86_400)
async def forget(app: App, data: NoData) -> int | None:
    """Previews that were fetched long ago."""
    await service.forget_old(app)
    return None
