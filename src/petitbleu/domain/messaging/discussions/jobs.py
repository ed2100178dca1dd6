"""Deferred work of the discussions room."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.domain.messaging.discussions import copies
from petitbleu.jobs import NoData, job


@job("discussions.catch_up", every=300)
async def catch_up(app: App, data: NoData) -> None:
    """Posts whose copy was missed."""
    await copies.catch_up(app)


@job(copies.FollowEdit, at=leases.ANY)
async def edit(app: App, data: copies.FollowEdit) -> None:
    """The copy of an edited post follows it."""
    await copies.follow(app, data.channel, data.post)
