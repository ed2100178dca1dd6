"""Who is online. Kept in memory; ``account.last_seen`` follows, written at most once a minute.

Presence is news of the moment: nothing here is in the event log, and a restart forgets who was
online. The workers of a cluster tell one another who came and went (``seen``); whoever is told by
another worker looks into what is remembered (``cache.py``) and asks no database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from petitbleu.app import Actor, App, Part
from petitbleu.domain.people.accounts import queries as q
from petitbleu.domain.people.accounts.cache import SIGHTS
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.updates import log
from petitbleu.domain.updates.delivery import announce
from petitbleu.domain.updates.log import Emit
from petitbleu.store.api import Tx

ONLINE_FOR = 300
"""Seconds a client counts as online after saying so (it says it again every 210, see
help.getConfig).
"""
SAVE_EVERY = 60


class Presence(NamedTuple):
    """Until when somebody is online (0: is not) and when they last were; Unix seconds."""

    online_until: float
    last_seen: int


TELL_SECONDS = 0.25
"""How long comings and goings gather before other workers are told."""
AGAIN_SECONDS = 30.0
"""Other workers are told of one person at most so often."""
_MANY = 100_000
"""People whose presence is remembered before those that went are forgotten."""


class Watch:
    """What this process heard since its start."""

    __slots__ = ("known", "saved")

    def __init__(self) -> None:
        self.known: dict[int, Presence] = {}
        self.saved: dict[int, float] = {}
        """When ``last_seen`` of an account was last written."""


class Telling:
    """Who came and went here, on the way to the other workers of the cluster. What is too much is
    dropped: they see it at their next look.
    """

    __slots__ = ("_app", "_sent", "_timer", "_waiting")

    def __init__(self, app: App) -> None:
        self._app = app
        self._waiting: dict[int, float] = {}
        self._sent: dict[int, float] = {}
        self._timer: asyncio.TimerHandle | None = None

    def tell(self, account: int, until: float) -> None:
        """Somebody is online until then, or (0) went."""
        limit = self._app.config.cluster.presence_per_second * TELL_SECONDS
        if len(self._waiting) < limit or account in self._waiting:
            self._waiting[account] = until
            if self._timer is None:
                self._timer = asyncio.get_running_loop().call_later(TELL_SECONDS, self.flush)

    def flush(self) -> None:
        """Send what is due, and wait for the rest."""
        self._timer = None
        now = self._app.clock.now()
        self._sent = {one: at for one, at in self._sent.items() if now - at < AGAIN_SECONDS}
        due = [(one, until) for one, until in self._waiting.items() if one not in self._sent]
        for one, _ in due:
            del self._waiting[one]
            self._sent[one] = now
        if due:
            self._app.bus.all("seen", due)
        if self._waiting:
            self._timer = asyncio.get_running_loop().call_later(TELL_SECONDS, self.flush)


TELLING: Part[Telling] = Part(Telling)

WATCH: Part[Watch] = Part(lambda _: Watch())
"""The instance's memory of presence."""


def load_presence(app: App, account: int, last_seen: int) -> Presence:
    """The presence of an account whose row says ``last_seen``."""
    return app.parts[WATCH].known.get(account) or Presence(0.0, last_seen)


Came = Callable[[App, int], Awaitable[None]]
_CAME: list[Came] = []


def when_online(came: Came) -> Came:
    """Have ``came(app, account)`` run whenever somebody comes online who was not."""
    _CAME.append(came)
    return came


async def say(app: App, me: Actor, *, offline: bool) -> list[Emit]:
    """``me`` came online, is still there, or went. Returns the news for those close who are online
    here.
    """
    now = app.clock.now()
    here = app.parts[WATCH]
    before = here.known.get(me.id)
    if offline and before is not None and before.online_until <= now:
        return []
    if not offline and (before is None or before.online_until <= now):
        for came in _CAME:
            app.spawn(came(app, me.id))
    here.known[me.id] = Presence(0.0 if offline else now + ONLINE_FOR, int(now))
    app.parts[SIGHTS].restatus(me.id)
    if app.bus.me:
        app.parts[TELLING].tell(me.id, here.known[me.id].online_until)
    if now - here.saved.get(me.id, 0.0) >= SAVE_EVERY:
        here.saved[me.id] = now
        app.spawn(app.store.write(_save, me.id, int(now)))
    sessions = app.sessions
    if sessions is None:
        return []
    close = await social_graph.circle(app.store, me.id)
    return [
        log.passing(peer, "status", {"user": me.id}, at=int(now))._replace(hosts="")
        for peer in close
        if sessions.of_user(peer)
    ]


def heard(app: App, sender: int, people: Sequence[tuple[int, float]]) -> None:
    """Another worker tells who is online until when, or (0) went: those here who have one of them
    in their contacts and have seen them are told.
    """
    here, sights, sessions = app.parts[WATCH], app.parts[SIGHTS], app.sessions
    now = app.clock.now()
    if len(here.known) > _MANY:
        here.known = {one: was for one, was in here.known.items() if was.online_until > now}
    emits = []
    for account, until in people:
        here.known[account] = Presence(until, int(now))
        viewers = sights.of(account)
        if not viewers:
            continue
        sights.restatus(account)
        if sessions is not None:
            emits += [
                log.passing(viewer, "status", {"user": account}, at=int(now))._replace(hosts="")
                for viewer, sight in viewers.items()
                if sight.close and sessions.of_user(viewer)
            ]
    if emits:
        announce(app, emits)


async def _save(tx: Tx, account: int, at: int) -> None:
    await tx.run(q.SET_SEEN, id=account, at=at)
