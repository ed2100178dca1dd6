"""Periodic work of the media room."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.files.media import sweep
from petitbleu.jobs import job


@job("media.sweep", every=300)
async def sweep_unused(app: App, data: dict[str, Any]) -> None:
    """Erase photos, documents and contents nothing uses, and uploads nobody finished."""
    await sweep.run(app)
