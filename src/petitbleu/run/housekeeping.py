"""Periodic work that belongs to no room: auth keys that nobody will use again, old counts, the keys
on disk.
"""

from __future__ import annotations

from petitbleu import keyring, rates
from petitbleu.app import App
from petitbleu.gateway.keys import prune
from petitbleu.jobs import NoData, job

UNUSED_DAYS = 30
"""After how long a key on which nobody is signed in is forgotten; its client makes a new one."""


@job("keys.prune", every=6 * 3600)
async def prune_keys(app: App, data: NoData) -> None:
    """Delete expired temporary keys, and keys on which nobody has signed in for long."""
    now = int(app.clock.now())
    await app.store.background(prune, now=now, unused_before=now - UNUSED_DAYS * 86400)


@job("rates.prune", every=3600)
async def prune_rates(app: App, data: NoData) -> None:
    """Forget counts of limits whose time is over."""
    await app.store.background(rates.prune, app.clock.now())


@job("keys.check", every=3600)
async def check_keys(app: App, data: NoData) -> None:
    """Note keys made since, and say so where one has gone: the next start would refuse."""
    for phrase in await keyring.record(app):
        app.log.error("keys.not_whole", reason=phrase)
