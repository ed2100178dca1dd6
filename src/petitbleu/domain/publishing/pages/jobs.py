"""Deferred work of public pages."""

from __future__ import annotations

from petitbleu import leases
from petitbleu.app import App
from petitbleu.domain.publishing.pages import changed, owners, purging, service, verifying, versions
from petitbleu.jobs import NoData, job


@job(owners.TellOwner)
async def tell(app: App, data: owners.TellOwner) -> None:
    """Tell an owner what the operator answered."""
    await owners.tell(app, data.chat, agreed=data.agreed, reason=data.reason, at=data.at)


@job(owners.TellAuthor)
async def tell_author(app: App, data: owners.TellAuthor) -> None:
    """Tell somebody that a channel does not name them any more."""
    await owners.tell_author(app, data)


@job("pages.purge", every=60, at=leases.FOLLOW)
async def purge(app: App, data: NoData) -> None:
    """Tell a cache in front of the server what it has not been told."""
    await app.parts[purging.PURGER].run()


@job("pages.follow", every=300)
async def follow(app: App, data: NoData) -> None:
    """Note when posts last changed, before the events that say so are pruned."""
    await changed.follow(app, [page.chat.id for page in await service.listed(app)])


@job("pages.domains", every=3600)
async def ask_domains(app: App, data: NoData) -> None:
    """Ask for the proofs of domains again, each once a week."""
    await verifying.recheck(app)


@job("pages.sweep", every=86_400)
async def sweep(app: App, data: NoData) -> None:
    """Erase earlier versions that are not to be shown any more."""
    await versions.sweep(app)
