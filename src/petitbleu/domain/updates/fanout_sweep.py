"""What a worker that may have missed something looks for by itself.

Counters of all its streams are compared with the database, and unnumbered news since the last look
are read. At once where frames were lost (at most once a second), every 45 seconds otherwise; while
the bus is down, or a worker is not heard, every second for people who called within a minute, every
five for the rest.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from petitbleu.app import App
from petitbleu.domain.updates import service
from petitbleu.domain.updates.delivery import SWEEP_SECONDS
from petitbleu.domain.updates.hosts import Hosts
from petitbleu.domain.updates.log import Emit, Event
from petitbleu.eager import within
from petitbleu.errors import StoreUnavailable
from petitbleu.metrics import counter
from petitbleu.ticks import until_next

if TYPE_CHECKING:
    from petitbleu.domain.updates.fanout import Fanout

TICK = 1.0
OTHERS_SECONDS = 5
"""How often people who are quiet are looked after while the bus is down."""
QUIET_SECONDS = 60
LEAVE_EVERY = 30
MARGIN_SECONDS = 5
"""Clocks of workers differ, and a commit is later than the time written in it."""
_TOLD = 50_000

FOUND = counter("sweep_found_total", "News that a sweep found: nobody had told this worker")

_encode = msgspec.msgpack.Encoder().encode


class Sweeper:
    """Looks for what was missed. One per worker."""

    __slots__ = ("_app", "_fanout", "_hosts", "_last", "_left", "_others", "_since", "_task",
                 "_told", "_wanted", "_woken")  # fmt: skip

    def __init__(self, app: App, fanout: Fanout, hosts: Hosts) -> None:
        self._app = app
        self._fanout = fanout
        self._hosts = hosts
        self._told: OrderedDict[tuple[int, str, int, bytes], None] = OrderedDict()
        """Unnumbered news told a while ago."""
        self._since = int(app.clock.now())
        self._wanted = False
        self._woken = asyncio.Event()
        self._last = self._others = self._left = 0.0
        self._task: asyncio.Task[None] | None = None
        bus = app.bus
        bus.lost.append(self.want)
        bus.unsure.append(self._woken.set)
        bus.on("look", self._look_came)
        bus.on("gone", lambda sender, item: self.want())

    def start(self) -> None:
        """Look by a timer from now on."""
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def want(self) -> None:
        """Something may have been missed."""
        self._wanted = True
        self._woken.set()

    def gone(self, workers: Iterable[int]) -> None:
        """Workers are no more: what they committed last may be told to nobody."""
        for worker in workers:
            self._app.bus.all("gone", worker)
        self.want()

    def note(self, event: Event) -> None:
        """Unnumbered news are being told here."""
        told = self._told
        told[_key(event)] = None
        if len(told) > _TOLD:
            told.popitem(last=False)

    def _look_came(self, sender: int, item: Any) -> None:
        if item is None:
            self.want()
        else:
            owners = [int(owner) for owner in item]
            self._app.spawn(self.sweep(owners))

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            if self._app.bus.hears_all():  # else TICK is over: it is kept below
                with suppress(TimeoutError):
                    async with within(until_next(loop.time(), TICK)):
                        await self._woken.wait()
            self._woken.clear()
            began = loop.time()
            try:
                await self.look(began)
            except StoreUnavailable as error:
                self._app.log.warning("updates.sweep_failed", reason=str(error))
                self._wanted = True
            except Exception as error:
                self._app.log.error("updates.sweep_failed", exc_info=error)
            # What is lost in the same second is looked for together.
            if self._last >= began or not self._app.bus.hears_all():
                await asyncio.sleep(max(0.0, began + TICK - loop.time()))

    async def look(self, now: float) -> None:
        """Do what is due; ``now``: seconds of any clock that only goes on."""
        self._hosts.look_around()
        lost, self._wanted = self._wanted, False
        if lost or now - self._last >= SWEEP_SECONDS:
            self._last = self._others = now
            await self.sweep(lost=lost)
        elif not self._app.bus.hears_all():
            self._last = now
            lost = not self._app.bus.up()
            if now - self._others >= OTHERS_SECONDS:
                self._others = now
                await self.sweep(lost=lost)
            else:
                await self.sweep(self._busy(), lost=lost)
        if now - self._left >= LEAVE_EVERY:
            self._left = now
            await self._hosts.leave(self._is_wanted)
            if self._fanout.remote is not None:
                await self._fanout.remote.host_missing()
            for owner in self._fanout.streams():
                if owner not in self._hosts.here:
                    self._fanout.drop(owner)

    def _is_wanted(self, owner: int) -> bool:
        sessions = self._app.sessions
        if owner > 0:
            return sessions is not None and bool(sessions.of_user(owner))
        return any(self._is_wanted(account) for account in self._fanout.watchers.of(owner))

    def _busy(self) -> set[int]:
        """People who called within a minute, and their channels."""
        sessions, now = self._app.sessions, self._app.clock.now()
        watchers = self._fanout.watchers
        busy: set[int] = set()
        if sessions is None:
            return busy
        for account in watchers.people():
            links = sessions.of_user(account)
            if any(now - link.heard_at < QUIET_SECONDS for link in links):
                busy.add(account)
                busy |= watchers.channels_of(account)
        return busy

    async def sweep(self, owners: Iterable[int] | None = None, *, lost: bool = True) -> int:
        """Look for what was missed of all that is told here, or of ``owners``; how much it was.

        ``lost``: something is missing for sure, so that unnumbered news are told again: two of one
        second may look alike, and the second of them be the one that was lost.
        """
        wanted = list(self._fanout.streams() if owners is None else owners)
        since, now = self._since - MARGIN_SECONDS, int(self._app.clock.now())
        found = await self._fanout.sweep(wanted)
        news = await service.states_since(self._app, wanted, since)
        missed = [event for event in news if _key(event) not in self._told]
        if owners is None:
            self._since = now
        # In the order in which they came: the newest of a kind last.
        self._fanout.hear(Emit(event, hosts="") for event in (news if lost else missed))
        found += len(missed)
        if found:
            FOUND.add(count=found)
        return found


def _key(event: Event) -> tuple[int, str, int, bytes]:
    return event.owner, event.kind, event.at, _encode(event.data)
