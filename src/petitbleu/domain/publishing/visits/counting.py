"""Visits as they are counted: in memory, and written together every few seconds.

What is written says how often a page was read on a day and which site led there. Who reads is
known in memory alone, until the day is over, as a number under a key that is forgotten then: it is
needed to know how many there are (``sample.py``).
"""

from __future__ import annotations

import asyncio
import datetime
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from petitbleu import recipients
from petitbleu.app import App, Part
from petitbleu.domain.publishing.visits import queries as q
from petitbleu.domain.publishing.visits.sample import Sample
from petitbleu.domain.publishing.visits.sources import OTHER, SIGNS
from petitbleu.store.api import Tx

WRITTEN_EVERY = 5.0
"""Seconds between two writes: what is counted meanwhile is lost with a process that is killed."""
COUNTS_MAX = 5000
"""Counts that wait to be written; what is one too many is counted for its channel alone."""
NAMED_MAX, NAMED_ALL_MAX = 500, 20_000
"""Pairs of a page and a host that a channel, and all channels, have by name on one day."""
AT_ONCE = 500
"""Counts of a transaction."""
_DAY = 86_400

Key = tuple[int, int, int, str]
"""Channel, day, page, source."""


class Visits:
    """What one process has counted and not written yet."""

    __slots__ = (
        *("_app", "_counts", "_date", "_day", "_key", "_lock", "_named", "_named_all"),
        *("_over", "_sample", "_timer", "_zone"),
    )

    def __init__(self, app: App) -> None:
        self._app = app
        self._zone = ZoneInfo(app.config.timezone)
        self._counts: Counter[Key] = Counter()
        self._named: dict[int, set[tuple[int, str]]] = {}
        self._named_all = 0
        self._sample = Sample()
        self._key = b""
        self._day = self._date = 0
        self._over = (0.0, 0.0)
        self._lock = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None

    def count(self, channel: int, page: int, source: str) -> None:
        """One visit more."""
        day = self._today()
        if source not in SIGNS and not self._is_named(channel, page, source):
            source = OTHER
        key = (channel, day, page, source)
        if len(self._counts) >= COUNTS_MAX and key not in self._counts:
            key = (channel, day, 0, OTHER)
        self._counts[key] += 1
        self._plan()

    def read(self, ip: str, agent: str, country: Callable[[], str]) -> None:
        """Somebody reads, who may have been counted today."""
        self._today()
        seen = hashlib.blake2b(f"{ip} {agent}".encode(), key=self._key, digest_size=7).digest()
        if self._sample.add(int.from_bytes(seen, "big"), country):
            self._plan()

    def _today(self) -> int:
        """Days since 1970; with a new one, everything of the last one that is no count is
        forgotten."""
        now = self._app.clock.now()
        begins, ends = self._over
        if not begins <= now < ends:
            self._begin(now)
        return self._day

    def _begin(self, now: float) -> None:
        today = datetime.datetime.fromtimestamp(now, self._zone).date()
        begins, ends = [
            datetime.datetime.combine(day, datetime.time(), self._zone).timestamp()
            for day in (today, today + datetime.timedelta(1))
        ]
        self._over = (begins, ends)
        if self._date:
            self._save_readers()
        self._day = today.toordinal() - datetime.date(1970, 1, 1).toordinal()
        self._date = today.year * 10_000 + today.month * 100 + today.day
        self._key = self._app.random(32)
        self._sample = Sample()
        self._named, self._named_all = {}, 0

    def _save_readers(self) -> None:
        """Those of the day that ends."""
        grown, date = self._sample.growth(), self._date
        if grown:
            self._app.spawn(self._app.store.background(recipients.add_readers, date, grown))

    def _is_named(self, channel: int, page: int, host: str) -> bool:
        """Whether a host is counted by its name: the first ones of a day are."""
        named = self._named.setdefault(channel, set())
        if (page, host) in named:
            return True
        if len(named) >= NAMED_MAX or self._named_all >= NAMED_ALL_MAX:
            return False
        named.add((page, host))
        self._named_all += 1
        return True

    # ── writing ─────────────────────────────────────────────────────────────────────────────────

    def _plan(self) -> None:
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(WRITTEN_EVERY, self._due)

    def _due(self) -> None:
        self._timer = None
        self._app.spawn(self.write())

    async def write(self) -> None:
        """Write what was counted. What cannot be written is counted on."""
        async with self._lock:
            counts, self._counts = self._counts, Counter()
            waiting = list(counts.items())
            sample, date = self._sample, self._date
            grown = sample.growth()
            try:
                if grown:
                    await self._app.store.background(recipients.add_readers, date, grown)
                    grown = {}
                while waiting:
                    await self._app.store.background(_add, waiting[:AT_ONCE])
                    del waiting[:AT_ONCE]
            except BaseException:
                if grown:
                    sample.take_back(grown)
                self._counts.update(dict(waiting))
                self._plan()
                raise

    async def close(self) -> None:
        """Write what is left."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            await self.write()


async def _add(tx: Tx, counts: Sequence[tuple[Key, int]]) -> None:
    for (channel, day, page, source), n in counts:
        await tx.run(q.ADD, channel=channel, day=day, page=page, source=source, n=n)


VISITS: Part[Visits] = Part(Visits, Visits.close)
