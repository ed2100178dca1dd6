"""Deferred work of newsletters."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.publishing.newsletter import filling, keeping, sending, subscribing
from petitbleu.jobs import NoData, job


@job(subscribing.AskToConfirm)
async def ask(app: App, data: subscribing.AskToConfirm) -> None:
    """Mail the link of a subscription; comes again while no mail leaves."""
    await subscribing.mail_link(app, data.id)


@job("newsletter.look", every=60)
async def look(app: App, data: NoData) -> None:
    """Find new posts, and digests that are due."""
    await filling.look(app)
    await filling.digests(app)


@job(filling.Fill)
async def fill(app: App, data: filling.Fill) -> int | None:
    """Queue the subscribers of new posts, a part at a time."""
    return await filling.fill(app, data.channel)


@job(filling.Send)
async def send(app: App, data: filling.Send) -> int | None:
    """Send what is due."""
    return await sending.work(app)


@job("newsletter.tidy", every=3600)
async def tidy(app: App, data: NoData) -> None:
    """Forget what need not be kept any longer."""
    await keeping.tidy(app)
