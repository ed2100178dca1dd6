"""The job that sends a letter."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.desk.casework.letters import service
from petitbleu.jobs import job


@job(service.SendLetter)
async def send(app: App, data: service.SendLetter) -> int | None:
    """Try until it has left."""
    return await service.send(app, data.id)
