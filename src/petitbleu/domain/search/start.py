"""When an instance is opened: the index catches up, then follows every commit."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.search import service
from petitbleu.domain.updates import delivery


async def begin(app: App) -> None:
    """See :func:`service.begin`."""
    delivery.follow(app, app.parts[service.INDEXER].wake)
    await service.begin(app)
