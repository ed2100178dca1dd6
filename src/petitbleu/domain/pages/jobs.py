"""Deferred work of public pages."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.pages import owners
from petitbleu.jobs import job


@job(owners.TELL)
async def tell(app: App, data: dict[str, Any]) -> None:
    """Tell an owner what the operator answered."""
    await owners.tell(
        app, data["chat"], agreed=data["agreed"], reason=data["reason"], at=data["at"]
    )
