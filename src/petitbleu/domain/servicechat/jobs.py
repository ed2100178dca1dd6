"""Deferred work of the service chat."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.servicechat import service
from petitbleu.jobs import job


@job(messages.Hear)
async def hear(app: App, data: messages.Hear) -> None:
    """Deal with what somebody wrote; planned with the message itself."""
    await service.hear(app, data.account, data.since)
