"""Deferred work of the service chat."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.servicechat import service
from petitbleu.jobs import job


@job(messages.HEARD)
async def hear(app: App, data: dict[str, Any]) -> None:
    """Deal with what somebody wrote; planned with the message itself."""
    await service.hear(app, data["account"], data["since"])
