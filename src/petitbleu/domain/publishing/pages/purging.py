"""A cache in front of the server is told which pages have changed (``[web] purge_url``).

Nothing is queued, so nothing can be lost: what the cache was told last stands in ``page_purge`` as
the *version* of what a channel's pages show, and is compared with how they are, after each commit
that told something, at the start, and every minute. A post, an edit, a deletion and a decision
change the version; several of them make one call.
"""

from __future__ import annotations

import asyncio
import json
from typing import NamedTuple

import msgspec

from petitbleu import leases, webhooks
from petitbleu.app import App, Part
from petitbleu.domain.access.joining import service as joining
from petitbleu.domain.publishing.pages import purged, service
from petitbleu.domain.publishing.pages import queries as q
from petitbleu.domain.publishing.pages.purged import Purged
from petitbleu.domain.publishing.pages.queries import PurgeRow
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.store.api import Tx
from petitbleu.store.fence import Fenced

DELAY = 0.4
"""Seconds after a commit until the cache is told, so that many changes make few calls."""
PAUSES = (2, 5, 15, 60)
"""Seconds until a call that failed is made again, by the number of failures so far."""
_NOWHERE = b""
"""Version of a channel without a page."""

_encode = msgspec.msgpack.Encoder().encode


class _Now(NamedTuple):
    """A channel's pages as they are."""

    chat: int
    version: bytes
    name: str
    linked: int = 0
    """Its discussion, whose messages stand on the pages as comments; 0: none."""
    home: str = ""
    """The origin of its own domain; empty: it has none."""


class Purger:
    """The one of a process."""

    __slots__ = ("_again", "_app", "_failures", "_running", "_timer")

    def __init__(self, app: App) -> None:
        self._app = app
        self._timer: asyncio.TimerHandle | None = None
        self._running = False
        self._again = False
        self._failures = 0

    def wake(self) -> None:
        """Something may have changed. Cheap: called after every commit that told something."""
        if not self._app.config.web.purge_url or self._timer is not None:
            return
        if self._app.leases.holds(leases.FOLLOW):
            self._plan(DELAY)

    def _plan(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(seconds, self._start)

    async def close(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _start(self) -> None:
        self._timer = None
        self._app.spawn(self.run())

    async def run(self) -> None:
        """Tell the cache what it has not been told. One at a time; what changes meanwhile is told
        after it."""
        if not self._app.config.web.purge_url:
            return
        if self._running:
            self._again = True
            return
        self._running = True
        try:
            with self._app.leases.under(leases.FOLLOW):
                told = await self._tell()
        except Fenced:
            return  # whoever has the lease tells
        finally:
            self._running = False
        again, self._again = self._again, False
        if not told:
            pause = PAUSES[min(self._failures, len(PAUSES) - 1)]
            self._failures += 1
            self._plan(pause)
            return
        self._failures = 0
        if again:
            self._plan(DELAY)

    async def _tell(self) -> bool:
        """Whether the cache knows all now."""
        app = self._app
        known = {row.chat: row for row in await app.store.rows(q.PURGES)}
        now = int(app.clock.now())
        changed = [
            one
            for one in await _now(app, known)
            if one.chat not in known or known[one.chat].version != one.version
        ]
        if not changed:
            return True
        names = {page.name for page in changed}
        names |= {known[one.chat].name for one in changed if one.chat in known}
        failed = await self._call(changed, sorted(names - {""}))
        for one in changed:
            await _note(app, one, known.get(one.chat), now, failed)
        return not failed

    async def _call(self, changed: list[_Now], names: list[str]) -> str:
        """Tell the cache; why that failed, or nothing."""
        app = self._app
        base = joining.base_url(app)
        paths = [f"/{start}{name}" for name in names for start in ("", "s/")]
        files = [f"{joining.media_url(app)}/m/{name}" for name in names]
        body = {
            "tags": [purged.tag(one.chat) for one in changed],
            "prefixes": [f"{one.home}/" for one in changed if one.home]
            + [*(base + path for path in [*paths, "/tag/", "/news-sitemap.xml"]), *files],
        }
        web = app.config.web
        try:
            await webhooks.post(web.purge_url, web.purge_secret, json.dumps(body).encode())
        except webhooks.NotTaken as why:
            app.log.warning("pages.not_purged", why=str(why))
            return str(why)
        return ""


PURGER: Part[Purger] = Part(Purger, Purger.close)


async def _now(app: App, known: dict[int, PurgeRow]) -> list[_Now]:
    """The channels with pages, and those that had some, as they are."""
    pages = {page.chat.id: page for page in await service.listed(app)}
    states = [_Now(chat, _NOWHERE, row.name) for chat, row in known.items() if chat not in pages]
    for chat, page in pages.items():
        at = await service.where(app, page.chat, app.config.country)
        # Of comments only what is decided about them: a busy discussion must not empty the cache.
        linked = page.chat.linked or 0
        decided = await moderation.lately(app, linked, 0) if linked else []
        said = (
            *(at.version, page.name, page.domain),
            *(msgspec.to_builtins(part) for part in (page.switches, page.identity)),
            [(one.number, one.ended_at) for one in decided],
        )
        home = service.domain_origin(app, page.domain) if page.domain else ""
        states.append(_Now(chat, _encode(said), page.name, linked, home))
    return states


async def _note(app: App, one: _Now, before: PurgeRow | None, now: int, failed: str) -> None:
    """Remember what the cache knows; tell of measures that it learned of, or did not."""
    since = before.at if before is not None else now
    measures = await moderation.lately(app, one.chat, since)
    if one.linked:
        measures = [*measures, *await moderation.lately(app, one.linked, since)]
    if measures and not (failed and before is not None and before.failed):
        await purged.tell(app, Purged(one.name, measures, failed))
    if failed:
        await app.store.write(_failed, one.chat)
    else:
        await app.store.write(_told, one, now)


async def _told(tx: Tx, one: _Now, now: int) -> None:
    await tx.run(q.PURGED, chat=one.chat, version=one.version, name=one.name, at=now)


async def _failed(tx: Tx, chat: int) -> None:
    await tx.run(q.NOT_PURGED, chat=chat)
