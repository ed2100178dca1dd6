"""Due and periodic work of the polls room."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.messaging.polls import service
from petitbleu.jobs import NoData, job


@job(service.ClosePoll)
async def close(app: App, data: service.ClosePoll) -> None:
    """A poll closes by itself."""
    await service.close_due(app, data.poll)


@job("polls.sweep", every=3600)
async def sweep(app: App, data: NoData) -> None:
    """Drop polls that no message shows any more."""
    await service.sweep(app)
