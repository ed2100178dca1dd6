"""What nobody announces (the eraser's work) leaves the index too."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.domain.search import service
from petitbleu.jobs import NoData, job


@job("search.index", every=60, at=leases.INDEX)
async def catch_up(app: App, data: NoData) -> int | None:
    """Deal with all changes there are."""
    await app.parts[service.INDEXER].catch_up()
    return None
