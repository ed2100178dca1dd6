"""When an instance is opened: a cache in front of it is told what changed meanwhile."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.publishing.pages import purging
from petitbleu.domain.updates import delivery


async def begin(app: App) -> None:
    """Follow every commit from now on."""
    if app.config.web.purge_url:
        delivery.follow(app, app.parts[purging.PURGER].wake)
        app.parts[purging.PURGER].wake()
