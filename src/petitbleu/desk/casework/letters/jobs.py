"""The job that sends a letter."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.casework.letters import service
from petitbleu.jobs import job


@job(service.SEND)
async def send(app: App, data: dict[str, Any]) -> int | None:
    """``{id}``: try until it has left."""
    return await service.send(app, int(data["id"]))
