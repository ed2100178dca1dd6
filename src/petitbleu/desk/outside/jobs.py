"""Deferred work of the public pages."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.desk.outside import service
from petitbleu.jobs import job


@job("outside.prune", every=3600)
async def prune(app: App, data: dict[str, Any]) -> None:
    """Forget codes that nobody can use any more."""
    await app.store.background(service.forget_old_codes, app.clock.now())
