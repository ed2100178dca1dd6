"""Deferred work of public pages."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.publishing.pages import changed, owners, purging, service
from petitbleu.jobs import job


@job(owners.TELL)
async def tell(app: App, data: dict[str, Any]) -> None:
    """Tell an owner what the operator answered."""
    await owners.tell(
        app, data["chat"], agreed=data["agreed"], reason=data["reason"], at=data["at"]
    )


@job("pages.purge", every=60)
async def purge(app: App, data: dict[str, Any]) -> None:
    """Tell a cache in front of the server what it has not been told."""
    await app.parts[purging.PURGER].run()


@job("pages.follow", every=300)
async def follow(app: App, data: dict[str, Any]) -> None:
    """Note when posts last changed, before the events that say so are pruned."""
    await changed.follow(app, [page.chat.id for page in await service.listed(app)])
