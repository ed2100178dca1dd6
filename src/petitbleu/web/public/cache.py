"""Pages that were made, kept as long as nothing they show has changed.

Nothing is purged: each is kept with the *version* of what it shows (the channel's event counter,
its row, the measures on it, its switches), which is read anew after every commit. A post, an edit,
a deletion and a decision of the desk therefore show at once. What has no version (views,
reactions, votes) may be :data:`FRESH` seconds old.

Between commits nothing is read. A page whose version was compared is *checked* at the
:class:`Moment` before the first of those reads, if none has ended since; it is sent without
another look until the moment is over (``ready.py``).
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, NamedTuple

from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.web.public import coding
from petitbleu.web.public.audience import Looked

FRESH = 30
"""Seconds; also what browsers and proxies are told."""
_BYTES = 32 << 20
_ENTRY = 4096
"""What an entry takes besides its body: key, version, headers, and these as they are sent."""
WRITTEN_AT_ONCE = 2
"""Pages being written: a second one while the first waits for the database."""
WAITING_MAX = 200
"""Pages that wait to be written, about a second's work."""


class Crowded(Exception):
    """Too many pages wait to be written."""


class Moment(NamedTuple):
    """A time in which a page that was right stays right. ``second``: measures end at whole ones."""

    changes: int
    second: int


MOMENT = "petitbleu.moment"
"""Where a request's scope holds the moment at which it came."""


def moment(app: App) -> Moment:
    """This one: it is over with the next commit, the next change to anything remembered, or the
    next second."""
    return Moment(app.store.changes + Cache.changes, int(app.clock.now()))


class Kept(NamedTuple):
    """A finished answer."""

    version: Hashable
    made_at: float
    status: int
    headers: dict[str, str]
    body: bytes
    forms: dict[str, bytes] | None = None
    """Coding -> body in it, as far as it was asked for; None: it is sent plain alone."""


class Sent(NamedTuple):
    """An answer as it leaves."""

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class Checked(NamedTuple):
    """A page that was right at a moment."""

    at: Moment
    page: Kept
    looked: Looked | None
    sent: dict[str, Sent]
    """Coding -> answer in it, as far as it was asked for."""


class PageCache:
    """The newest pages of one process, at most 32 MiB of them with all that they take."""

    __slots__ = ("_checked", "_gate", "_kept", "_making", "_size")

    def __init__(self) -> None:
        self._checked: dict[Hashable, Checked] = {}
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._making: dict[Hashable, asyncio.Future[Kept]] = {}
        self._gate = asyncio.Semaphore(WRITTEN_AT_ONCE)
        self._size = 0

    async def made(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, Kept]]) -> Kept:
        """What ``make`` gives. Who asks for the same meanwhile waits for it: a post that everybody
        opens at once is written once. Raises Crowded."""
        making = self._making.get(key)
        if making is None:
            if len(self._making) >= WAITING_MAX:
                raise Crowded
            making = self._making[key] = asyncio.ensure_future(self._in_turn(make))
            making.add_done_callback(lambda _: self._making.pop(key))
        return await asyncio.shield(making)

    async def _in_turn(self, make: Callable[[], Coroutine[Any, Any, Kept]]) -> Kept:
        async with self._gate:
            return await make()

    def get(self, key: Hashable, version: Hashable, now: float) -> Kept | None:
        """The page, if it is still what would be made."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        if kept.version != version or not 0 <= now - kept.made_at < FRESH:
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return kept

    def check(self, key: Hashable, page: Kept, at: Moment, looked: Looked | None) -> None:
        """The page is right at this moment, for whoever asks for it by ``key``."""
        if self._kept.get(key) is page:
            before = self._checked.get(key)
            self._checked[key] = Checked(at, page, looked, before.sent if before else {})

    def checked(self, key: Hashable, at: Moment, now: float) -> Checked | None:
        """The page, if it is known to be right without a look."""
        found = self._checked.get(key)
        if found is None or found.at != at or not 0 <= now - found.page.made_at < FRESH:
            return None
        self._kept.move_to_end(key)
        return found

    def form(self, page: Kept, asked: str) -> tuple[bytes, dict[str, str]]:
        """Body and headers for a reader who sends the Accept-Encoding ``asked``."""
        name = coding.wanted(asked) if page.forms is not None else ""
        if page.forms is None or not name:
            return page.body, page.headers
        body = page.forms.get(name)
        if body is None:
            body = page.forms[name] = coding.coded(page.body, name)
        return body, coding.headers(page.headers, name)

    def __len__(self) -> int:
        return len(self._kept)

    def keep(self, key: Hashable, page: Kept) -> None:
        """Remember a page."""
        self._drop(key)
        self._kept[key] = page
        self._size += _bytes(page)
        while self._size > _BYTES:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: Hashable) -> None:
        self._checked.pop(key, None)
        gone = self._kept.pop(key, None)
        if gone is not None:
            self._size -= _bytes(gone)


def _bytes(page: Kept) -> int:
    """What a page takes: its coded forms are a third of it at most, and counted before they are
    made."""
    coded = 2 * len(page.body) // 3 if page.forms is not None else 0
    return len(page.body) + coded + _ENTRY


PAGE_CACHE: Part[PageCache] = Part(lambda _: PageCache())


def etag(body: bytes) -> str:
    """A strong validator of exactly these bytes (RFC 9110 §8.8.3)."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def matches(asked: str, tag: str) -> bool:
    """Whether If-None-Match names the tag (weak comparison, RFC 9110 §13.1.2)."""
    given = [part.strip().removeprefix("W/") for part in asked.split(",")]
    return tag in given or "*" in given
