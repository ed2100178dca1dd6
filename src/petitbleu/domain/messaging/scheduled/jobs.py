"""The time of a waiting message has come."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.domain.messaging.scheduled import approving, service
from petitbleu.domain.people.accounts import presence
from petitbleu.jobs import job


@job(approving.SendScheduled, at=leases.ANY)
async def send(app: App, data: approving.SendScheduled) -> int | None:
    """Say it, once: a repeated run finds what the first one said."""
    return await service.send_due(app, data.owner, data.id)


presence.when_online(service.came_online)
