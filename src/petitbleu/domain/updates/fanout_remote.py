"""The other workers of the cluster: what this one tells them, and what it hears from them.

After the local fan-out an event goes to every other worker that hosts its owner
(:mod:`petitbleu.domain.updates.hosts`), with the message's row in the frame, so that a push there
reads nothing. Where the hosts were not read under the lock that gave the pts, one read after the
commit asks for them: later is safe, whoever became a host since has read the counter.

News of a worker with another version carry rows whose fields have other names: they are read from
the database instead.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from petitbleu.app import App
from petitbleu.domain.people.accounts import presence
from petitbleu.domain.updates import fanout_frames, service
from petitbleu.domain.updates.fanout_sweep import Sweeper
from petitbleu.domain.updates.hosts import HOSTS
from petitbleu.domain.updates.log import UNTOLD, Emit, Watch
from petitbleu.login import LOGINS
from petitbleu.metrics import counter, histogram
from petitbleu.rpc.links import encoded, waiting
from petitbleu.tl import api

if TYPE_CHECKING:
    from petitbleu.domain.updates.fanout import Fanout

CAUGHT_UP = 200
"""Events of a channel that whoever joins at another worker is told at most."""
PASSING = 1000
"""Passing news that are handed to the bus in one turn of the loop at most."""

HOP = histogram("hop_seconds", "From a commit at one worker to the push at another")
DROPPED = counter("passing_dropped_total", "Passing news that other workers were not told")


class Remote:
    """The fan-out's other half. One per worker."""

    __slots__ = (
        "_app",
        "_fanout",
        "_groups",
        "_hops",
        "_passing",
        "_unknown",
        "_untold",
        "_watches",
        "hosts",
        "sweeper",
    )

    def __init__(self, app: App, fanout: Fanout) -> None:
        self._app = app
        self._fanout = fanout
        self.hosts = app.parts[HOSTS]
        self.sweeper = Sweeper(app, fanout, self.hosts)
        self._unknown: list[Emit] = []
        """Events whose hosts are to be read."""
        self._watches: list[Watch] = []
        self._untold: dict[int, list[int]] = {}
        """Channel -> those of them of which the commit has told nothing yet."""
        self._groups: dict[tuple[int, int], list[Emit]] = {}
        """(worker, message) -> the copies of a basic group's message that it hosts."""
        self._hops: dict[int, float] = {}
        self._passing = 0
        bus = app.bus
        bus.on("ev", self._event_came)
        bus.on("pass", self._passing_came)
        bus.on("group", self._group_came)
        bus.on("watch", self._watch_came)
        bus.on("end", self._end_came)
        bus.on("auth", self._sign_in_came)
        bus.on("seen", partial(presence.heard, app))
        app.store.on_reconnected(lambda: app.spawn(self.renew()))

    async def close(self) -> None:
        """Sweep no more."""
        await self.sweeper.close()

    # ── sessions here ───────────────────────────────────────────────────────────────────────────

    async def subscribe(self, account: int) -> None:
        """Before the first answer of a session that subscribes: be told of its person and their
        channels, and know how far they are.
        """
        watchers = self._fanout.watchers
        await self._begin([account])
        # Whoever joins from here on is told here; whoever joined before is read.
        await watchers.load(account)
        await self._begin(watchers.channels_of(account))

    async def _begin(self, owners: Iterable[int]) -> None:
        """Host ``owners``, and give each a stream that knows how far it is."""
        fanout = self._fanout
        unseeded = [owner for owner in owners if fanout.expect(owner)]
        missing = [owner for owner in owners if owner not in self.hosts.here]
        if not unseeded and not missing:
            return
        try:
            seeds = await self.hosts.host(missing)
            older = [owner for owner in unseeded if owner not in seeds]
            if older:
                seeds = {**seeds, **await service.counters(self._app, older)}
        except BaseException:
            for owner in unseeded:
                fanout.drop_unknown(owner)
            raise
        for owner in unseeded:
            fanout.seed(owner, seeds.get(owner, 0))

    async def host_missing(self) -> None:
        """Host what sessions here want and could not be asked for while the database was away."""
        watchers, sessions = self._fanout.watchers, self._app.sessions
        for account in watchers.people():
            if sessions is not None and sessions.of_user(account):
                await self._begin([account, *watchers.channels_of(account)])

    async def renew(self) -> None:
        """After a failover: be told of all that is wanted here again, and look for what was missed
        meanwhile.
        """
        try:
            await self.hosts.renew()
        finally:  # what could not be hosted now is hosted by the sweeper's next turn
            self.sweeper.want()

    async def _joined(self, watch: Watch, told: int) -> None:
        """Somebody with a session here is in a channel from now on: be told of it, and tell them
        what they were too late for. ``told``: how far the channel's news had been handed on when
        they began to hear them; 0: nobody here heard them.
        """
        is_new = watch.channel not in self.hosts.here
        await self._begin([watch.channel])
        if not told or is_new:
            told = self._fanout.handed_on(watch.channel)
        if watch.pts != UNTOLD:
            await self._catch_up(watch, told)
        elif is_new:
            self._fanout.channel_too_long(watch.channel, told, [watch.account])

    async def _catch_up(self, watch: Watch, upto: int) -> None:
        """Tell who joined what the commit told of it (``account joined``, the channel's first
        messages), as its own worker does: apps are told of a channel by its news, and leave alone
        what names one that they do not know.
        """
        fanout, channel = self._fanout, watch.channel
        if upto - watch.pts > CAUGHT_UP:
            fanout.channel_too_long(channel, upto, [watch.account])
            return
        events = await service.logged(self._app, channel, watch.pts, upto, CAUGHT_UP)
        emits = [Emit(one) for one in service.filled(channel, events, watch.pts, upto)]
        await fanout.deliver_to(watch.account, fanout.links_of(watch.account), emits)

    # ── telling ─────────────────────────────────────────────────────────────────────────────────

    def tell(self, emit: Emit) -> None:
        """Tell the other hosts of the owner; sent by :meth:`hand_over`."""
        event = emit.event
        if self._untold and event.pts:
            for number in self._untold.pop(event.owner, ()):
                watch = self._watches[number]
                self._watches[number] = watch._replace(pts=event.pts - event.count)
        if emit.hosts is None:
            self._unknown.append(emit)
        elif emit.hosts:
            self._send(emit, emit.hosts)

    def watched(self, watch: Watch) -> None:
        """Somebody joined or left: here, and wherever else they have sessions."""
        if watch.on:
            self._untold.setdefault(watch.channel, []).append(len(self._watches))
        self._watches.append(watch)
        if watch.on and self._fanout.watchers.knows(watch.account):
            self._app.spawn(self._hosted(watch))

    async def _hosted(self, watch: Watch) -> None:
        """They joined at this worker, which has told them of it: be told of the channel, and look
        for what others told of it meanwhile.
        """
        if watch.channel not in self.hosts.here:
            await self._begin([watch.channel])
            await self._fanout.sweep([watch.channel])

    def hand_over(self) -> None:
        """Send what :meth:`tell` gathered of one commit; ask for hosts that are not known."""
        if self._groups:
            groups, self._groups = self._groups, {}
            for (worker, _), emits in groups.items():
                self._app.bus.send(worker, "group", fanout_frames.group_item(emits, time.time()))
        if self._unknown or self._watches:
            unknown, self._unknown = self._unknown, []
            watches, self._watches = self._watches, []
            self._untold.clear()
            self._app.spawn(self._ask(unknown, watches))

    async def _ask(self, unknown: list[Emit], watches: list[Watch]) -> None:
        told_once = {emit.event.owner for emit in unknown if not emit.often}
        told_once.update(watch.account for watch in watches)
        often = {emit.event.owner for emit in unknown} - told_once
        hosts = await self.hosts.of(told_once) if told_once else {}
        if often:
            hosts.update(await self.hosts.of(often, often=True))
        for emit in unknown:
            named = hosts.get(emit.event.owner)
            if named:
                self._send(emit, named)
        for watch in watches:
            for worker in self.hosts.others(hosts.get(watch.account, "")):
                self._app.bus.send(worker, "watch", watch)
        self.hand_over()

    def _send(self, emit: Emit, hosts: str) -> None:
        workers = self.hosts.others(hosts)
        if not workers:
            return
        if emit.passing:
            self._send_passing(emit, workers)
        elif emit.alike is not None and "copy" in emit.event.data:
            for worker in workers:
                self._groups.setdefault((worker, id(emit.alike)), []).append(emit)
        else:
            item = fanout_frames.item(emit, time.time())
            for worker in workers:
                self._app.bus.send(worker, "ev", item)

    def _send_passing(self, emit: Emit, workers: tuple[int, ...]) -> None:
        if self._passing >= PASSING:
            DROPPED.add()
            return
        if not self._passing:
            asyncio.get_running_loop().call_soon(self._turn_over)
        self._passing += 1
        item = fanout_frames.item(emit, time.time())
        for worker in workers:
            self._app.bus.send(worker, "pass", item)

    def _turn_over(self) -> None:
        self._passing = 0

    async def look(self, owners: Iterable[int]) -> None:
        """Compare ``owners`` with the database, wherever they are hosted."""
        looking: dict[int, list[int]] = {}
        for owner, hosts in (await self.hosts.of(owners)).items():
            for worker in self.hosts.others(hosts):
                looking.setdefault(worker, []).append(owner)
        for worker, theirs in looking.items():
            self._app.bus.send(worker, "look", theirs)
        await self.sweeper.sweep(owners)

    # ── hearing ─────────────────────────────────────────────────────────────────────────────────

    def _event_came(self, sender: int, item: Any) -> None:
        emit, sent_at = fanout_frames.emit(item)
        self._hear([emit], sent_at)

    def _passing_came(self, sender: int, item: Any) -> None:
        emit, _ = fanout_frames.emit(item)
        self._fanout.hear([emit._replace(passing=True)])

    def _group_came(self, sender: int, item: Any) -> None:
        self._hear(*fanout_frames.group_emits(item))

    def _hear(self, emits: list[Emit], sent_at: float) -> None:
        if len(self._hops) > PASSING:  # of owners whose sessions have gone
            self._hops.clear()
        for emit in emits:
            self._hops.setdefault(emit.event.owner, sent_at)
        self._fanout.hear(emits)

    def delivered(self, owner: int) -> None:
        """What was heard of ``owner`` has been pushed."""
        sent_at = self._hops.pop(owner, None)
        if sent_at is not None:
            HOP.observe(max(0.0, time.time() - sent_at))

    def _watch_came(self, sender: int, item: Any) -> None:
        watch = Watch(*item)
        told = self._fanout.handed_on(watch.channel)
        self._fanout.watchers.note(watch)
        if watch.on and self._fanout.watchers.knows(watch.account):
            self._app.spawn(self._joined(watch, told))

    def _end_came(self, sender: int, item: Any) -> None:
        """A login has ended: its sessions here too. (Keys that are destroyed: the gateway's.)"""
        if isinstance(item, int):
            self._app.parts[LOGINS].pop(item, None)
            if self._app.sessions is not None:
                self._app.sessions.close_auth(item)

    def _sign_in_came(self, sender: int, item: Any) -> None:
        """Another device has let the session in that shows a code here."""
        auth, session = item
        if self._app.sessions is None:
            return
        date = int(self._app.clock.now())
        update = api.UpdateShort(update=api.UpdateLoginToken(), date=date)
        for link in waiting(self._app.sessions.of_auth(auth), session):
            link.push(encoded(update, link, {}))
