"""Keeps the index up to date: a little after each commit, and again wherever it was left.

What changed stands in the feed of the messages room (``messages/changes.py``), written with the
change itself; a stretch of it is dealt with in one transaction, which deletes it from the feed. So
nothing is indexed twice and nothing is lost by a crash; a search may lag by a moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from petitbleu import leases
from petitbleu.app import App, Part
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.search import kinds, words
from petitbleu.domain.search import queries as q
from petitbleu.domain.search.queries import Source
from petitbleu.errors import StoreUnavailable
from petitbleu.ids import is_channel
from petitbleu.store import settings
from petitbleu.store.api import Tx
from petitbleu.store.fence import Fenced
from petitbleu.store.hot.index import APPLY, RENEW, Carried, Doc, Stretch

STRETCH = 256
"""Changes dealt with in one transaction."""
DELAY_SECONDS = 0.25
"""Between a commit and the look at what changed: under load many changes are taken together."""
HURRY_SECONDS = 2.0
"""How long a search waits for the worker that keeps the index."""
_HURRY_EVERY = 0.02
_HURRY = "index"
"""Frame of the bus: somebody searches, and changes wait."""
_SLICE = 16
"""Documents taken apart before the event loop gets its turn."""
_AGAIN_SECONDS = 5.0
SLACK_SECONDS = 60
"""By how much documents may be older than the one before and still be said to follow dates."""
_END = 1 << 62
_VERSION, _UNORDERED = "search.version", "search.unordered"
"""Settings: the form of the index; whether a document was indexed after one that is younger (an
imported history)."""


class Indexer:
    """One per process."""

    __slots__ = ("_app", "_newest", "_running", "_timer", "ordered")

    def __init__(self, app: App) -> None:
        self._app = app
        self._timer: asyncio.TimerHandle | None = None
        self._running = asyncio.Lock()
        self._newest = 0
        self.ordered = True
        """Whether documents follow dates (but for seconds); not after an import."""
        app.bus.on(_HURRY, lambda sender, item: self._hurry())

    async def begin(self) -> None:
        """Learn how the index stands."""
        newest = await self._app.store.row(q.DOC_AT_OR_UNDER, doc=_END)
        self._newest = newest.date if newest is not None else 0
        self.ordered = await self._app.store.row(settings.LOAD, name=_UNORDERED) is None

    async def _see(self, dates: Iterable[int]) -> None:
        """Documents with these dates come next."""
        for date in dates:
            if date < self._newest - SLACK_SECONDS and self.ordered:
                await self._app.store.write(_set_unordered)
                self.ordered = False
            self._newest = max(self._newest, date)

    def wake(self) -> None:
        """Something may have changed. Cheap: called after every commit."""
        if self._timer is None and self._app.leases.holds(leases.INDEX):
            self._timer = asyncio.get_running_loop().call_later(DELAY_SECONDS, self._start)

    async def close(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _start(self) -> None:
        self._timer = None
        self._app.spawn(self._follow())

    async def _follow(self) -> None:
        try:
            await self.catch_up()
        except StoreUnavailable:
            # A full disk, or the end of the process: the feed stays.
            if self._timer is None:
                loop = asyncio.get_running_loop()
                self._timer = loop.call_later(_AGAIN_SECONDS, self._start)

    def _hurry(self) -> None:
        if self._app.leases.holds(leases.INDEX):
            if self._timer is not None:
                self._timer.cancel()
            self._start()

    async def before_search(self, most: int) -> None:
        """Deal with what changed lately, ``most`` stretches of it, so that a search finds it; where
        another worker keeps the index, have that one do it.
        """
        if not self._app.worker:
            await self.catch_up(most)
        elif self._app.leases.holds(leases.INDEX):
            # In a task of its own: the fence is a variable of the context, and a handler's first
            # step runs in another one than the rest.
            with suppress(Fenced):
                await asyncio.create_task(self.catch_up(most))
        else:
            await self._wait_for_leader()

    async def _wait_for_leader(self) -> None:
        loop = asyncio.get_running_loop()
        waiting = await messages.changes.pending(self._app.store, STRETCH)
        if not waiting or len(waiting) == STRETCH:
            return  # nothing, or more than a search waits for
        last, until = waiting[-1].seq, loop.time() + HURRY_SECONDS
        self._app.bus.all(_HURRY, None)
        while waiting and waiting[0].seq <= last and loop.time() < until:
            await asyncio.sleep(_HURRY_EVERY)
            waiting = await messages.changes.pending(self._app.store, 1)

    async def catch_up(self, most: int = 1 << 40) -> None:
        """Deal with all changes there are, or with ``most`` stretches of them."""
        async with self._running:
            with self._app.leases.under(leases.INDEX):
                await self._take_stretches(most)

    async def _take_stretches(self, most: int) -> None:
        for _ in range(most):
            changed = await messages.changes.pending(self._app.store, STRETCH)
            if changed:
                stretch = await self._stretch(changed)
                await self._see(doc.date for doc in sorted(stretch.docs))
                await self._app.store.batch(APPLY, stretch)
            if len(changed) < STRETCH:
                return

    async def _stretch(self, changed: list[messages.changes.Change]) -> Stretch:
        """What the changes come to."""
        app = self._app
        first: dict[tuple[int, int], int] = {}
        for one in changed:
            first.setdefault((one.author, one.body), one.seq)
        seqs = [change.seq for change in changed]
        sources = {
            (row.author, row.body): row for row in await app.store.scan(q.SOURCES, seqs=seqs)
        }
        blocks = app.store.dialect == "postgres"
        docs: list[Doc] = []
        carried: list[Carried] = []
        dropped = [(change.owner, change.peer, change.id) for change in changed if change.owner]
        for count, (key, source) in enumerate(sources.items(), 1):
            if source.kind == messages.TEXT:
                bits = kinds.of_message(source.entities, source.media)
                marks = marks_of(source, bits)
                if blocks:
                    marks += words.of_blocks(first[key])
                chat = source.peer if source.peer < 0 else 0
                stored = words.joined(marks, source.text)
                docs.append(Doc(first[key], *key, chat, source.date, stored))
            else:
                bits = kinds.of_action(source.extra)
            if bits or source.edit_date is not None:
                copies = await self._copies(source)
                if source.edit_date is not None:
                    dropped += [(owner, _chat(source, owner), id_) for owner, id_ in copies.items()]
                carried += [
                    Carried(owner, id_, *key, kind, source.date)
                    for owner, id_ in copies.items()
                    for kind in bits
                ]
            if count % _SLICE == 0:
                await asyncio.sleep(0)
        gone = [key for key in first if key not in sources]
        return Stretch(seqs, docs, gone, dropped, carried, kinds.ALL)

    async def _copies(self, source: Source) -> dict[int, int]:
        row = messages.MessageRow(
            source.author, source.body, source.peer, source.author, source.body, None, 0, None,
            source.twin, source.date, None, source.kind, "", None, None, source.sender, None,
        )  # fmt: skip
        return await messages.copies(self._app.store, row)


def _chat(source: Source, owner: int) -> int:
    """The chat as this owner sees it."""
    return source.peer if source.peer < 0 or owner == source.author else source.author


def marks_of(source: Source, found: Iterable[int]) -> list[str]:
    """The marks of an ordinary message."""
    author, peer = source.author, source.peer
    marks = [words.of_place(author, peer), words.of_speaker(_speaker(source))]
    if peer > 0:
        marks += [words.of_owner(author), words.of_owner(peer)]
    if source.top is not None and (is_channel(peer) or peer == author):
        marks.append(words.of_thread(source.top))
    marks += [words.of_kind(kind) for kind in found]
    return marks


def _speaker(source: Source) -> int:
    return messages.speaker(source.sender, source.flags or 0, source.peer, source.extra)


INDEXER: Part[Indexer] = Part(Indexer, Indexer.close)
"""The process's indexer."""


async def begin(app: App) -> None:
    """Make the index anew where it has another form than this program's; follow what changes. One
    of several workers does so whenever the lease comes to it.
    """
    if not app.worker:
        await _begin(app)
        return
    await app.parts[INDEXER].begin()
    app.leases.follow(leases.INDEX, lambda: app.spawn(_take_over(app)), lambda: None)


async def _take_over(app: App) -> None:
    try:
        with app.leases.under(leases.INDEX):
            await _begin(app)
    except StoreUnavailable as error:
        app.log.warning("search.not_taken_over", reason=str(error))  # the next job does it


async def _begin(app: App) -> None:
    version = str(words.VERSION).encode()
    row = await app.store.row(settings.LOAD, name=_VERSION)
    if row is None or row.value != version:
        if row is not None:
            await app.store.batch(RENEW, None)
        await app.store.write(_set_version, version)
    await app.parts[INDEXER].begin()
    app.parts[INDEXER].wake()


async def _set_unordered(tx: Tx) -> None:
    await tx.run(settings.ADD, name=_UNORDERED, value=b"1")


async def _set_version(tx: Tx, value: bytes) -> None:
    await tx.run(settings.SET, name=_VERSION, value=value)
