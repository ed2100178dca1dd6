"""When an instance is opened: feeds that changed while it was down are sent."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.publishing.websub import following
from petitbleu.domain.updates import delivery


async def begin(app: App) -> None:
    """Follow every commit from now on."""
    if app.config.web.websub:
        delivery.follow(app, app.parts[following.FOLLOWER].wake)
        app.parts[following.FOLLOWER].wake()
