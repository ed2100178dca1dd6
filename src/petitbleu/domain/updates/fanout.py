"""After commit: from emits to the live sessions of this process.

One :class:`Stream` per owner with a live session keeps the numbered events in pts order. All that
an owner learns in one turn of the loop leaves in one ``updates`` container per session, rendered
once and encoded once per layer (and once for all sessions that speak JSON). A number that is
missing (two database connections committed in the other order) is waited for :data:`GAP_SECONDS`,
then read from the log. A session whose queue is full is told ``updatesTooLong`` when it drains: the
database is the truth, a push only a hint.

A channel is an owner too: its events go to the sessions of members that are here (``watchers.py``).
Up to :data:`FULL_SESSIONS` sessions each person gets their own rendering; above that only those an
event names as standing apart (its sender, the mentioned); others share one, with ``min`` forms.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from petitbleu import eager
from petitbleu.app import App, Part, Sessions
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.updates import delivery, fanout_together, service, views
from petitbleu.domain.updates.fanout_remote import Remote
from petitbleu.domain.updates.fanout_stream import (
    UNKNOWN,
    Missed,
    Stream,
    is_answered,
    nothing,
    select,
)
from petitbleu.domain.updates.log import TAPS, Emit, Watch
from petitbleu.domain.updates.pending import Pending
from petitbleu.domain.updates.render import View, render
from petitbleu.domain.updates.watchers import Watchers
from petitbleu.ids import bare
from petitbleu.jobs import Planned
from petitbleu.rpc.links import SUBSCRIBED, UNDELIVERED, RpcSession, encoded
from petitbleu.tl import api

GAP_SECONDS = 0.03
FULL_SESSIONS = 50
REPAIR_EVENTS = 200  # holes larger than this are told as updatesTooLong instead of being pushed


class Fanout:
    """Routes emits to sessions. One per process."""

    __slots__ = (
        *("_app", "_dirty", "_missed", "_scheduled", "_streams"),
        *("pending", "planned", "remote", "wakes", "watchers"),
    )

    def __init__(self, app: App) -> None:
        self._app = app
        self.watchers = Watchers(app)
        self.pending = Pending(self.watchers.of)
        self.wakes: list[Callable[[], None]] = []
        """Called after commits that were announced: whoever follows what changes in the store."""
        self.planned: list[Callable[[int], None]] = []
        """Called with the Unix second at which a job that was just scheduled is due."""
        self.remote = Remote(app, self) if app.bus.me else None
        """The other workers of the cluster; None: alone."""
        self._streams: dict[int, Stream] = {}
        self._dirty: set[int] = set()
        self._missed = Missed(app)
        self._scheduled = False

    @property
    def busy(self) -> bool:
        """Whether something announced is still on its way out."""
        return self._scheduled or any(
            stream.busy or stream.ready for stream in self._streams.values()
        )

    def announce(self, emits: Iterable[object]) -> None:
        """Take what a commit (or a passing event) emitted. Called on the event loop, in commit
        order.
        """
        for wake in self.wakes:
            wake()
        sessions = self._app.sessions
        if sessions is None:
            return
        remote = self.remote
        for emit in emits:
            if isinstance(emit, Emit):
                event = emit.event
                tap = TAPS.get(event.kind)
                if tap is not None:
                    tap(self._app, event)
                self._route(emit, sessions)
                if remote is not None:
                    remote.tell(emit)
            elif isinstance(emit, Watch):
                self.watchers.note(emit)
                if remote is not None:
                    remote.watched(emit)
            elif isinstance(emit, Planned):
                for planned in self.planned:
                    planned(emit.due)
        if remote is not None:
            remote.hand_over()
        self._schedule()

    def hear(self, emits: Iterable[Emit]) -> None:
        """Take what a commit of another worker emitted: what else it does is done there."""
        sessions = self._app.sessions
        if sessions is not None:
            for emit in emits:
                self._route(emit, sessions)
            self._schedule()

    def _route(self, emit: Emit, sessions: Sessions) -> None:
        owner = emit.event.owner
        links = sessions.of_user(owner) if owner > 0 else []
        if links or self.watchers.of(owner):
            self._take(owner, emit, links)
        elif self._streams.pop(owner, None) is not None:
            self.pending.ended(owner, False)

    def _schedule(self) -> None:
        if self._dirty and not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._flush)

    # ── streams that begin before their first event ─────────────────────────────────────────────

    def expect(self, owner: int) -> bool:
        """Begin the stream of ``owner``, whose counter is still to be read (:meth:`seed`); False
        where there is one already.
        """
        stream = self._streams.get(owner)
        if stream is None:
            stream = self._streams[owner] = Stream(UNKNOWN)
        return stream.pts == UNKNOWN

    def seed(self, owner: int, pts: int) -> None:
        """The counter of ``owner`` stood at ``pts`` when this process began to be told."""
        stream = self._streams.get(owner)
        if stream is not None and stream.pts == UNKNOWN:
            stream.seed(pts)
            if stream.held:
                self._await_gap(owner, stream)
            if stream.ready:
                self._dirty.add(owner)
                self.pending.begun(owner)
                self._schedule()

    def drop(self, owner: int) -> None:
        """Nobody here wants the news of ``owner``."""
        stream = self._streams.pop(owner, None)
        if stream is not None:
            if stream.timer is not None:
                stream.timer.cancel()
            self.pending.ended(owner, False)

    def drop_unknown(self, owner: int) -> None:
        """The counter of ``owner`` could not be read: begin again with the next who asks."""
        stream = self._streams.get(owner)
        if stream is not None and stream.pts == UNKNOWN:
            self.drop(owner)

    def handed_on(self, owner: int) -> int:
        """The newest pts of ``owner`` whose delivery has begun; 0: none is known."""
        stream = self._streams.get(owner)
        return 0 if stream is None else stream.begun

    def streams(self) -> dict[int, int]:
        """Owner -> the newest pts handed on, of all that is told here."""
        return {owner: stream.pts for owner, stream in self._streams.items() if stream.pts > 0}

    def _take(self, owner: int, emit: Emit, links: list[RpcSession]) -> None:
        """Put an event into its stream. ``links``: the person's sessions, where that is known."""
        event = emit.event
        if self.remote is not None and not event.pts and not emit.passing:
            self.remote.sweeper.note(event)
        stream = self._streams.get(owner)
        if stream is None:
            stream = self._streams[owner] = Stream(event.pts - event.count)
        if event.pts:
            start = event.pts - event.count
            if stream.pts == 0:
                stream.pts = start
            if stream.pts == UNKNOWN:
                stream.hold(emit)
                return
            if start > stream.pts:
                self._hold(owner, stream, emit)
                return
            if event.pts <= stream.pts:
                return
            stream.pts = event.pts
        if not (stream.busy or stream.ready or stream.held) and is_answered(links, emit):
            return
        stream.ready.append(emit)
        stream.advance()
        self._dirty.add(owner)
        self.pending.begun(owner)

    def _hold(self, owner: int, stream: Stream, emit: Emit) -> None:
        stream.hold(emit)
        self._await_gap(owner, stream)

    def _await_gap(self, owner: int, stream: Stream) -> None:
        if stream.timer is None:
            stream.timer = asyncio.get_running_loop().call_later(GAP_SECONDS, self._gap_due, owner)

    def _gap_due(self, owner: int) -> None:
        stream = self._streams.get(owner)
        if stream is None:
            return
        stream.timer = None
        if stream.held:
            self._app.spawn(self.repair(owner))

    async def close(self) -> None:
        """Wait for no gap any more."""
        if self.remote is not None:
            await self.remote.close()
        for stream in self._streams.values():
            if stream.timer is not None:
                stream.timer.cancel()

    async def repair(self, owner: int) -> None:
        """Hand on what the log holds after the stream's pts (lost or late hints)."""
        stream = self._streams.get(owner)
        if stream is None or stream.pts == UNKNOWN:
            return
        upto = (await service.counters(self._app, [owner])).get(owner, 0)
        if upto - stream.pts > REPAIR_EVENTS:
            stream.pts = upto
            stream.held = None
            self._lost(owner, upto)
            return
        after = stream.pts
        events = await service.logged(self._app, owner, after, upto, REPAIR_EVENTS)
        held, stream.held = stream.held or {}, None
        for event in service.filled(owner, events, after, upto):
            self._take(owner, held.get(event.pts - event.count, Emit(event)), [])
        self.announce(())

    def _flush(self) -> None:
        self._scheduled = False
        dirty, self._dirty = self._dirty, set()
        alike: dict[tuple[int, ...], list[int]] = {}
        for owner in dirty:
            stream = self._streams.get(owner)
            if stream is None or stream.busy or not stream.ready:
                continue
            shared = fanout_together.key(stream.ready) if owner > 0 else ()
            if shared:
                alike.setdefault(shared, []).append(owner)
            else:
                self._start(owner)
        for owners in alike.values():
            if len(owners) >= fanout_together.ENOUGH:
                self._start_together(owners)
            else:
                for owner in owners:
                    self._start(owner)

    def _start_together(self, owners: list[int]) -> None:
        """Deliver to people who are told the same (``fanout_together.py``)."""
        streams = {owner: self._streams[owner] for owner in owners}
        told: dict[int, list[Emit]] = {}
        for owner, stream in streams.items():
            told[owner], stream.ready = stream.ready, []
            stream.busy = True

        def done(_: None, error: BaseException | None) -> None:
            if isinstance(error, Exception):
                self._app.log.error("updates.delivery_failed", exc_info=error)
            for owner, stream in streams.items():
                self._end(owner, stream, error)

        eager.start(self._deliver_together(told), done)

    async def _deliver_together(self, told: dict[int, list[Emit]]) -> None:
        # Whoever comes online from here on has asked for a state that holds these events.
        wanted = {
            owner: chosen
            for owner, emits in told.items()
            if (chosen := select(self.links_of(owner), emits))
        }
        alone = dict(wanted)
        sharing = {owner: told[owner] for owner in wanted}
        for rendering in await fanout_together.renderings(self._app, sharing):
            for owner in rendering.owners:
                handing = self._hand_over(rendering, owner, alone.pop(owner), told[owner])
                await self._apart(owner, told[owner], handing)
        for owner, chosen in alone.items():
            await self._apart(owner, told[owner], self._render_for(owner, chosen, told[owner]))

    async def _apart(self, owner: int, emits: list[Emit], delivery: Awaitable[None]) -> None:
        """One delivery among many: its failure is that of its owner alone."""
        try:
            await delivery
        except Exception as error:
            self._app.log.error("updates.delivery_failed", exc_info=error)
            self._lost(owner, emits[-1].event.pts)

    async def _hand_over(
        self,
        rendering: fanout_together.Rendering,
        owner: int,
        wanted: dict[tuple[int, ...], list[RpcSession]],
        emits: list[Emit],
    ) -> None:
        for link, body in await rendering.bodies(owner, emits, wanted):
            if not link.push(body):
                self._missed.note(link)

    def _start(self, owner: int) -> None:
        stream = self._streams.get(owner)
        if stream is None or stream.busy or not stream.ready:
            return
        emits, stream.ready = stream.ready, []
        stream.busy = True

        def done(_: None, error: BaseException | None) -> None:
            if isinstance(error, Exception):
                self._app.log.error("updates.delivery_failed", exc_info=error)
            self._end(owner, stream, error)

        eager.start(self._deliver(owner, emits), done)

    def _end(self, owner: int, stream: Stream, error: BaseException | None) -> None:
        """A delivery is over: go on with what has come meanwhile."""
        stream.busy = False
        if self.remote is not None:
            self.remote.delivered(owner)
        if isinstance(error, Exception):
            self._lost(owner, stream.pts)
        # Of a stream that was given up meanwhile nothing more is told.
        more = bool(stream.ready) and self._streams.get(owner) is stream
        self.pending.ended(owner, more)
        if more:
            self._start(owner)

    def links_of(self, owner: int) -> list[RpcSession]:
        """Their sessions here that are told of news."""
        sessions = self._app.sessions
        here = [] if sessions is None else sessions.of_user(owner)
        return [link for link in here if link.wants_updates]

    async def _deliver(self, owner: int, emits: list[Emit]) -> None:
        """Render once, encode once per layer and selection, push to each session."""
        if owner < 0:
            await self._deliver_posts(owner, emits)
            return
        await self.deliver_to(owner, self.links_of(owner), emits)

    async def deliver_to(self, viewer: int, links: list[RpcSession], emits: list[Emit]) -> None:
        """Tell these sessions of one person."""
        wanted = select(links, emits)
        if wanted:
            await self._render_for(viewer, wanted, emits)

    async def _render_for(
        self, viewer: int, wanted: dict[tuple[int, ...], list[RpcSession]], emits: list[Emit]
    ) -> None:
        view = await render(self._app, viewer, [emit.event for emit in emits])
        users, chats = await views.named(self._app, view)
        self._push(wanted, emits, view, users, chats)

    async def _deliver_posts(self, channel: int, emits: list[Emit]) -> None:
        """Events of a channel, to the members that are here."""
        people: dict[int, list[RpcSession]] = {}
        sessions = self._app.sessions
        for account in list(self.watchers.of(channel)):
            links = self.links_of(account)
            if links:
                people[account] = links
            elif sessions is None or not sessions.of_user(account):
                self.watchers.forget(account)
        apart = set().union(*(emit.apart for emit in emits))
        if sum(map(len, people.values())) <= FULL_SESSIONS:
            apart.update(people)
        elif any(emit.event.kind != "message.new" for emit in emits):
            # An old message that is edited may be hidden from those who came after it.
            apart.update(await members.newcomers(self._app, channel, people))
        apart |= accounts.bots_in_privacy_mode(self._app)
        for account in apart & people.keys():
            await self.deliver_to(account, people.pop(account), emits)
        for country, links in (await self._alike(channel, people, emits)).items():
            wanted = select(links, emits)
            if wanted:
                view = await render(self._app, 0, [emit.event for emit in emits], country)
                users, chats = await views.least(self._app, view)
                self._push(wanted, emits, view, users, chats)

    async def _alike(
        self, channel: int, people: dict[int, list[RpcSession]], emits: list[Emit]
    ) -> dict[str | None, list[RpcSession]]:
        """Sessions by what their people may see of the channel: a measure may hide posts in some
        countries, and an event may tell of such a measure."""
        apart = {country for emit in emits for country in emit.event.data.get("countries", ())}
        classes = await restrictions.country_classes(self._app, channel, people, apart)
        alike: dict[str | None, list[RpcSession]] = {}
        for account, links in people.items():
            alike.setdefault(None if classes is None else classes[account], []).extend(links)
        return alike

    def _push(
        self,
        wanted: dict[tuple[int, ...], list[RpcSession]],
        emits: list[Emit],
        view: View,
        users: list[Any],
        chats: list[Any],
    ) -> None:
        by_event: dict[int, list[Any]] = {}
        for event, update in view.updates:
            by_event.setdefault(id(event), []).append(update)
        date = int(self._app.clock.now())
        for chosen, links in wanted.items():
            updates = []
            for i in chosen:
                event = emits[i].event
                updates += by_event.get(id(event)) or ([nothing(event)] if event.pts else [])
            if not updates:
                continue
            container = api.Updates(updates=updates, users=users, chats=chats, date=date, seq=0)
            made: dict[int, bytes] = {}
            for link in links:
                body = made.get(link.form) or encoded(container, link, made)
                if not link.push(body):
                    self._missed.note(link)

    def _lost(self, owner: int, pts: int) -> None:
        """Events that were not handed on: whoever they are for is to ask."""
        if owner > 0:
            self._missed.too_long(self.links_of(owner))
        else:
            self.channel_too_long(owner, pts, list(self.watchers.of(owner)))

    def channel_too_long(self, owner: int, pts: int, people: Iterable[int]) -> None:
        """Let ``people`` ask what happened in a channel up to ``pts``."""
        update = api.UpdateChannelTooLong(channel_id=bare(owner), pts=pts)
        date = int(self._app.clock.now())
        container = api.Updates(updates=[update], users=[], chats=[], date=date, seq=0)
        made: dict[int, bytes] = {}
        for account in people:
            for link in self.links_of(account):
                if not link.push(encoded(container, link, made)):
                    self._missed.note(link)

    async def sweep(self, owners: Iterable[int] | None = None) -> int:
        """Compare counters of everybody live here (or of ``owners``) with the database; repair
        what a lost hint left. How many owners were behind.
        """
        found = 0
        wanted = list(self._streams if owners is None else owners)
        for first in range(0, len(wanted), 500):
            stored = await service.counters(self._app, wanted[first : first + 500])
            for owner, pts in stored.items():
                stream = self._streams.get(owner)
                if stream is not None and 0 < stream.pts < pts and not stream.ready:
                    found += 1
                    await self.repair(owner)
        return found

    def look(self, owners: Iterable[int]) -> None:
        """See :func:`petitbleu.domain.updates.delivery.look`."""
        if self.remote is not None:
            self._app.spawn(self.remote.look(owners))


FANOUT: Part[Fanout] = Part(Fanout, Fanout.close)


def install(app: App) -> Fanout:
    """Make the instance's fan-out and connect it to the store, to services and to calls."""
    fanout = app.parts[FANOUT]
    app.parts[delivery.DELIVERY] = fanout
    remote = fanout.remote
    app.parts[SUBSCRIBED] = fanout.watchers.load if remote is None else remote.subscribe
    app.parts[UNDELIVERED] = fanout.pending.delivered
    app.store.listen(fanout.announce)
    app.store.on_repeated(lambda _: app.spawn(fanout.sweep()))
    return fanout


def on_planned(app: App, planned: Callable[[int], None]) -> Callable[[], None]:
    """Have ``planned`` called with the due time of each job that is scheduled; what ends that."""
    fanout = app.parts[FANOUT]
    fanout.planned.append(planned)

    def end() -> None:
        fanout.planned.remove(planned)

    return end
