"""Deferred work of newsletters."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.publishing.newsletter import keeping, subscribing
from petitbleu.jobs import NoData, job


@job(subscribing.AskToConfirm)
async def ask(app: App, data: subscribing.AskToConfirm) -> None:
    """Mail the link of a subscription; comes again while no mail leaves."""
    await subscribing.mail_link(app, data.id)


@job("newsletter.tidy", every=3600)
async def tidy(app: App, data: NoData) -> None:
    """Forget what need not be kept any longer."""
    await keeping.tidy(app)
