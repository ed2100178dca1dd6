"""Which feeds have changed: as with caches in front (decision 26), versions are compared.

Nothing is queued in the transactions of posts, edits, deletions and decisions. Each subscription
has the version of its channel that it has seen; after commits, at the start and every minute it
is compared with how the channel is. A crash between loses nothing.
"""

from __future__ import annotations

import asyncio

import msgspec

from petitbleu import leases
from petitbleu.app import App, Part
from petitbleu.domain.publishing.pages import service as pages
from petitbleu.domain.publishing.websub import queries as q
from petitbleu.domain.publishing.websub.service import work_at
from petitbleu.store.api import Tx
from petitbleu.store.fence import Fenced

DELAY = 0.5
"""Seconds after a commit, so that many changes make one delivery."""
_NOWHERE = b""
"""Version of a channel without a page."""

_encode = msgspec.msgpack.Encoder().encode


class Follower:
    """The one of a process."""

    __slots__ = ("_again", "_app", "_busy", "_timer")

    def __init__(self, app: App) -> None:
        self._app = app
        self._busy = self._again = False
        self._timer: asyncio.TimerHandle | None = None

    def wake(self) -> None:
        """Something may have changed. Cheap: called after every commit that told something."""
        if self._busy:
            self._again = True
            return
        if not self._app.leases.holds(leases.FOLLOW):
            return
        self._busy = True
        self._timer = asyncio.get_running_loop().call_later(DELAY, self._start)

    async def close(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _start(self) -> None:
        self._app.spawn(self._look())

    async def _look(self) -> None:
        """One look at a time: with thousands of channels it may take longer than the delay."""
        self._again = False
        try:
            with self._app.leases.under(leases.FOLLOW):
                await look(self._app)
        except Fenced:
            pass  # whoever has the lease looks
        finally:
            self._busy = False
            if self._again:
                self.wake()


FOLLOWER: Part[Follower] = Part(Follower, Follower.close)


async def look(app: App) -> None:
    """Note the subscriptions of channels that have changed."""
    seen: dict[int, set[bytes]] = {}
    for row in await app.store.rows(q.SEEN):
        seen.setdefault(row.chat, set()).add(row.version)
    now = {chat: await version(app, chat) for chat in seen}
    changed = {chat: new for chat, new in now.items() if seen[chat] != {new}}
    if changed:
        await app.store.write(_changed, changed, int(app.clock.now()))


async def _changed(tx: Tx, changed: dict[int, bytes], now: int) -> None:
    for chat in sorted(changed):
        due = now if changed[chat] != _NOWHERE else None
        await tx.run(q.CHANGED, chat=chat, version=changed[chat], due=due)
    await work_at(tx, now)


async def version(app: App, chat: int) -> bytes:
    """What changes with everything that changes a channel's feed."""
    page = await pages.load_page(app, chat)
    if page is None:
        return _NOWHERE
    at = await pages.where(app, page.chat, app.config.country)
    return _encode((*at.version, page.name, msgspec.to_builtins(page.switches)))
