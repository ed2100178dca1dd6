"""Who is online. Kept in memory; ``account.last_seen`` follows, written at most once a minute.

Presence is news of the moment: nothing here is in the event log, and a restart forgets who was
online.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from petitbleu.app import Actor, App, Part
from petitbleu.domain.people.accounts import queries as q
from petitbleu.domain.people.accounts.cache import SIGHTS
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.updates import log
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


class Watch:
    """What this process heard since its start."""

    __slots__ = ("known", "saved")

    def __init__(self) -> None:
        self.known: dict[int, Presence] = {}
        self.saved: dict[int, float] = {}
        """When ``last_seen`` of an account was last written."""


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


async def _save(tx: Tx, account: int, at: int) -> None:
    await tx.run(q.SET_SEEN, id=account, at=at)
