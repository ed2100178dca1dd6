"""Periodic work of the messages room."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.domain.messaging.messages import erase, purge, timed_media
from petitbleu.jobs import NoData, job


@job("messages.erase", every=60, at=leases.ANY)
async def erase_bodies(app: App, data: NoData) -> None:
    """Erase the bodies of messages that everybody has deleted."""
    await erase.run(app)


@job(timed_media.ExpireMedia, at=leases.ANY)
async def expire_media(app: App, data: timed_media.ExpireMedia) -> None:
    """Take the file from a message that was opened long enough ago."""
    await timed_media.run(app, data.author, data.body)


@job(purge.Purge, at=leases.ANY)
async def purge_slices(app: App, data: purge.Purge) -> None:
    """Go on deleting a member's messages, or a channel's history."""
    await purge.go_on(app, data)
