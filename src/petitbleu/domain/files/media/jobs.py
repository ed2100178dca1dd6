"""Periodic work of the media room."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.files.media import sweep
from petitbleu.jobs import NoData, job


@job("media.sweep", every=300)
async def sweep_unused(app: App, data: NoData) -> None:
    """Erase photos, documents and contents nothing uses, and uploads nobody finished."""
    await sweep.run(app)
