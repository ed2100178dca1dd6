"""Which workers of a cluster are to hear of which owners: ``account_state.hosts``.

The row that gives an owner's pts also names the workers with sessions that want its news: worker
ids, ``'17,23,'``. This worker is written there before the first answer of a session that subscribes
leaves, for the person and for their channels, and taken out :data:`LEAVE_SECONDS` after the last
session has gone. Ids of workers that are no more are passed over, and dropped at the next writing.
A process that is alone writes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.bus.api import ALONE
from petitbleu.metrics import Gauge
from petitbleu.store.hot.host import HOST, Hosting
from petitbleu.store.query import query

LEAVE_SECONDS = 300
KNOWN_SECONDS = 5.0
"""What is told often (typing) may use hosts read so long ago."""
_KNOWN = 50_000
_PARSED = 10_000

LIVE: Part[Callable[[], Iterable[int]]] = Part(lambda _: tuple)
"""``live()``: the ids of the workers that are there, as the database knows; empty: not known."""


class _Hosts(NamedTuple):
    owner: int
    hosts: str


_READ = query("select owner, hosts from account_state where owner in (:owners)", _Hosts)


class Hosts:
    """What this worker hosts, and who hosts what it tells. One per process."""

    __slots__ = ("_app", "_coming", "_gone", "_idle", "_known", "_parsed", "_seen", "here", "me")

    def __init__(self, app: App) -> None:
        self._app = app
        self.me = app.bus.me
        self.here: set[int] = set()
        """Owners whose row names this worker."""
        self._coming: dict[int, asyncio.Future[int]] = {}
        self._idle: dict[int, float] = {}
        self._seen: set[int] = set()
        self._gone: set[int] = set()
        self._known: dict[int, tuple[str, float]] = {}
        self._parsed: dict[str, tuple[int, ...]] = {}

    @property
    def active(self) -> bool:
        """Whether this process is a worker of a cluster."""
        return self.me != ALONE

    # ── this worker ─────────────────────────────────────────────────────────────────────────────

    async def host(self, owners: Iterable[int]) -> dict[int, int]:
        """Be told of ``owners`` from now on; owner -> pts at that moment, of those that are new
        here.
        """
        waits = {}
        for owner in owners:
            self._idle.pop(owner, None)
            if owner in self.here:
                continue
            coming = self._coming.get(owner)
            if coming is None:
                coming = self._coming[owner] = asyncio.ensure_future(self._come(owner))
            waits[owner] = coming
        if not waits:
            return {}
        await asyncio.wait(waits.values())
        return {owner: coming.result() for owner, coming in waits.items()}

    async def _come(self, owner: int) -> int:
        try:
            pts = await self._app.store.batch(HOST, self._item(owner, True))
            self.here.add(owner)
            return pts
        finally:
            self._coming.pop(owner, None)

    def _item(self, owner: int, here: bool) -> Hosting:
        return Hosting(owner, self.me, here, tuple(sorted(self._gone)[-100:]))

    async def leave(self, wanted: Callable[[int], bool]) -> None:
        """Give up owners that nobody here has ``wanted`` for LEAVE_SECONDS."""
        now = self._app.clock.now()
        leaving = []
        for owner in list(self.here):
            if wanted(owner):
                self._idle.pop(owner, None)
            elif now - self._idle.setdefault(owner, now) >= LEAVE_SECONDS:
                leaving.append(owner)
        for owner in leaving:
            # First forgotten: whoever comes meanwhile stands behind this in the same queue.
            self.here.discard(owner)
            self._idle.pop(owner, None)
        batch = self._app.store.batch
        await asyncio.gather(*(batch(HOST, self._item(owner, False)) for owner in leaving))

    async def renew(self) -> None:
        """Write all that is hosted here again: after a failover it may be missing."""
        owners, self.here = self.here, set()
        await self.host(owners)

    # ── others ──────────────────────────────────────────────────────────────────────────────────

    def others(self, hosts: str) -> tuple[int, ...]:
        """The other workers that ``hosts`` names, but for those known to be no more."""
        named = self._parsed.get(hosts)
        if named is None:
            if len(self._parsed) >= _PARSED:
                self._parsed.clear()
            named = tuple(int(part) for part in hosts.split(",") if part and int(part) != self.me)
            self._parsed[hosts] = named
        if self._gone and not self._gone.isdisjoint(named):
            return tuple(worker for worker in named if worker not in self._gone)
        return named

    def look_around(self) -> None:
        """Note who is there, and who is no more: ids are never given twice."""
        live = set(self._app.parts[LIVE]())
        if live:
            self._gone = {worker for worker in self._seen | self._gone if worker not in live}
            self._seen = live

    async def of(self, owners: Iterable[int], *, often: bool = False) -> dict[int, str]:
        """Owner -> hosts, as the database has them now; ``often``: or had a moment ago."""
        now = self._app.clock.now()
        known = self._known
        found: dict[int, str] = {}
        asked: list[int] = []
        for owner in owners:
            before = known.get(owner) if often else None
            if before is not None and 0 <= now - before[1] < KNOWN_SECONDS:
                found[owner] = before[0]
            else:
                asked.append(owner)
        if asked:
            rows = await self._app.store.rows(_READ, owners=asked)
            if len(known) > _KNOWN:
                known.clear()
            for row in rows:
                found[row.owner] = row.hosts
                known[row.owner] = (row.hosts, now)
        return found


HOSTS: Part[Hosts] = Part(Hosts)


def gauges(app: App) -> Iterator[Gauge]:
    """What a worker of a cluster is told; of a process that is alone nothing."""
    hosts = app.parts[HOSTS]
    if hosts.active:
        yield Gauge("hosted_owners", "People and channels this worker is told of", len(hosts.here))
        up = float(app.bus.up())
        yield Gauge("bus_up", "Whether what is sent to other workers arrives", up)
