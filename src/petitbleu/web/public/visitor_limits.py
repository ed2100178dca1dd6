"""Readers as numbers: who asks too much, and how many have seen a post. Nothing of it is stored.

A network is a /24 or /48. A reader counts once a day per post, under a keyed hash whose key is
forgotten each day: nobody can tell afterwards who read what.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter, OrderedDict

from petitbleu.app import App, Part
from petitbleu.domain.publishing.pages import service
from petitbleu.networks import network

RULES = {
    "search": (30, 60),
    "file": (1200, 60),
    "paint": (60, 60),
    "hub": (60, 60),
    "near": (60, 60),
}
"""Name -> so many, in so many seconds, from one network."""
COUNTED_EVERY = 0.5
"""Seconds between two writes of views while readers keep coming."""
_DAY = 86_400
_NETWORKS = 20_000


class Crowd:
    """What one process knows of its readers."""

    __slots__ = ("_counting", "_day", "_key", "_seen", "_tats")

    def __init__(self) -> None:
        self._tats: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._day = -1
        self._key = b""
        self._seen: Counter[tuple[int, int]] = Counter()
        self._counting = False

    def wait(self, rule: str, ip: str, now: float) -> int:
        """Count one request; 0, or after how many seconds to come again (GCRA)."""
        count, seconds = RULES[rule]
        step = seconds / count
        key = (rule, network(ip))
        tat = max(self._tats.get(key, 0.0), now)
        over = tat - (seconds - step) - now
        if over > 0:
            return int(over) + 1
        self._tats[key] = tat + step
        self._tats.move_to_end(key)
        if len(self._tats) > _NETWORKS:
            self._tats.popitem(last=False)
        return 0

    def somebody(self, app: App, ip: str, agent: str) -> int:
        """A number for a reader, other ones tomorrow; never that of an account."""
        day = int(app.clock.now()) // _DAY
        if day != self._day:
            self._day, self._key = day, app.random(32)
        seen = hashlib.blake2b(f"{ip} {agent}".encode(), key=self._key, digest_size=7)
        return -1 - int.from_bytes(seen.digest(), "big")

    def count(self, app: App, post: tuple[int, int]) -> None:
        """One look more at (channel, post). A post that everybody opens is not written once for
        each of them: what comes while a write is under way is the next one."""
        self._seen[post] += 1
        if not self._counting:
            self._counting = True
            app.spawn(self._count(app))

    async def _count(self, app: App) -> None:
        try:
            while self._seen:
                seen, self._seen = self._seen, Counter()
                await service.see(app, seen)
                if self._seen:
                    await asyncio.sleep(COUNTED_EVERY)
        finally:
            self._counting = False


CROWD: Part[Crowd] = Part(lambda _: Crowd())


def note(app: App, chat: int, post: int, ip: str, agent: str) -> None:
    """Somebody, who is no program, reads a post: one view more, unless they did today."""
    reader = app.parts[CROWD].somebody(app, ip, agent)
    if service.looks(app, reader, chat, post):
        app.parts[CROWD].count(app, (chat, post))
