"""Deferred work of second readers."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.messaging.second_reader import gate
from petitbleu.domain.publishing.review import previews, telling
from petitbleu.jobs import NoData, job


@job(gate.Tell)
async def tell(app: App, data: gate.Tell) -> None:
    """Tell the people of a channel."""
    await telling.carry_out(app, data)


@job("review.tidy", every=86_400)
async def tidy(app: App, data: NoData) -> None:
    """Forget previews whose week is over."""
    await previews.tidy(app)
