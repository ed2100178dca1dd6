"""Writing events: the only way a change becomes visible to a device.

Called by services *inside* their transaction. Three kinds of news exist:

* :func:`append`: a numbered event. Bumps the owner's pts in the same transaction, is kept in
  ``event_log``, is pushed after commit and comes back in ``updates.getDifference``. (Messages are
  written by ``store/hot/send.py``; those of basic groups are read from their copies.)
* :func:`state`: unnumbered state that changed (a draft, the pinned list, privacy). Only the newest
per
  ``(kind, key)`` is kept; pushed after commit and given again by getDifference to whoever was away.
* :func:`passing`: typing, online: pushed, never stored.

A room declares how its kinds look in TL with ``@renders("kind")`` in its ``updates.py`` (see
``render.py``). Events hold plain values (msgpack), never TL bytes: they are rendered when pushed or
asked for, with the reader's rights and layer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from petitbleu.app import Actor, App
from petitbleu.store.api import Tx
from petitbleu.store.forms import Form
from petitbleu.store.query import query

_encode = msgspec.msgpack.Encoder().encode


class Event(NamedTuple):
    """Something the owner's devices are to learn. ``pts`` is 0 for unnumbered news."""

    owner: int
    pts: int
    count: int  # type: ignore[assignment]  # tuple has a method of this name
    kind: str
    at: int
    data: dict[str, Any]


def row_of(event: Event) -> Any:
    """The message that an event on its way to live sessions carries in memory, None where it is to
    be read: ``data["row"]``, or number n of ``data["copy"] = (maker, n)``.
    """
    row = event.data.get("row")
    if row is None and "copy" in event.data:
        maker, n = event.data["copy"]
        return maker.row(n)
    return row


def _as_stored(event: Event) -> Event:
    """The event without what it carries in memory only."""
    kept = {name: each for name, each in event.data.items() if name not in ("row", "copy")}
    return event._replace(data=kept)


EVENTS: Form[list[Event]] = Form(list[Event], lambda events: list(map(_as_stored, events)))
"""How a transaction that gives events keeps its result (``tx.once``)."""
MADE: Form[tuple[int, list[Event]]] = Form(
    tuple[int, list[Event]], lambda made: (made[0], list(map(_as_stored, made[1])))
)
"""The same of one that makes a chat: its number, and the events."""


class Emit(NamedTuple):
    """An event after its commit, on its way to the live sessions of ``event.owner``.

    ``skip`` is the (auth key, session) that caused it: the answer of its call carries the news.
    ``only_auth`` (if not 0) restricts it to one authorization. ``apart`` (events of a channel): the
    members who do not see it as all others do (its sender, whoever is mentioned). ``alike``:
    shared by the events that tell several people the same thing at once (``render.py``). ``hosts``:
    the workers of a cluster that are to be told (``account_state.hosts``, read under the lock that
    gave the pts); None: to be read after the commit. ``passing``: never stored. ``often``: and told
    again soon, so that hosts known for some seconds will do.
    """

    event: Event
    skip: tuple[int, int] | None = None
    only_auth: int = 0
    apart: tuple[int, ...] = ()
    alike: object | None = None
    hosts: str | None = None
    passing: bool = False
    often: bool = False


UNTOLD = -1
"""The commit told nothing of the channel."""


class Watch(NamedTuple):
    """After commit: ``account`` is to hear the events of ``channel`` from here on, or no more."""

    account: int
    channel: int
    on: bool
    pts: int = UNTOLD
    """Of the channel, before the first event that the same commit told after this; for workers."""


Tap = Callable[[App, Event], None]
TAPS: dict[str, Tap] = {}
"""Kind of event -> what this process does besides telling sessions. Filled at import."""


def taps(kind: str) -> Callable[[Tap], Tap]:
    """Declare ``f(app, event)``, called on the loop after each commit; it must not wait."""

    def register(tap: Tap) -> Tap:
        before = TAPS.get(kind)
        TAPS[kind] = tap if before is None else _both(before, tap)
        return tap

    return register


def _both(one: Tap, other: Tap) -> Tap:
    def tap(app: App, event: Event) -> None:
        one(app, event)
        other(app, event)

    return tap


class _Bumped(NamedTuple):
    pts: int
    hosts: str


BUMP = query(
    "update account_state set pts = pts + :count where owner = :owner returning pts, hosts", _Bumped
)
_APPEND = query(
    "insert into event_log (owner, pts, count, kind, at, data)"
    " values (:owner, :pts, :count, :kind, :at, :data)"
)
_STATE = query(
    "insert into state_event (owner, kind, key, at, data) values (:owner, :kind, :key, :at, :data)"
    " on conflict (owner, kind, key) do update set at = excluded.at, data = excluded.data",
    apart=("owner", "kind", "key"),
)


async def append(
    tx: Tx,
    owner: int,
    kind: str,
    data: dict[str, Any],
    *,
    at: int,
    count: int = 1,
    by: Actor | None = None,
    apart: tuple[int, ...] = (),
) -> Event:
    """Log a numbered event of ``owner`` (a person or a channel) and announce it on commit.

    ``by`` is the actor whose own calling session must not be pushed to (its answer carries it). A
    transaction that appends for several owners does so in ascending owner order (no deadlocks).
    ``apart``: see :class:`Emit`.
    """
    row = await tx.row(BUMP, owner=owner, count=count)
    if row is None:
        raise RuntimeError(f"account {owner} has no state row")
    event = Event(owner, row.pts, count, kind, at, data)
    await tx.later(
        _APPEND, owner=owner, pts=row.pts, count=count, kind=kind, at=at, data=_encode(data)
    )
    # Whoever changes a channel hears of it in the answer, as with the own box.
    own = by is not None and (by.id == owner or owner < 0)
    skip = by.session if by is not None and own else None
    tx.emit(Emit(event, skip, apart=apart, hosts=row.hosts))
    return event


async def state(
    tx: Tx,
    owner: int,
    kind: str,
    key: str,
    data: dict[str, Any],
    *,
    at: int,
    by: Actor | None = None,
    only_auth: int = 0,
) -> Event:
    """Record unnumbered state of ``owner`` (newest per kind and key) and announce it on commit."""
    event = Event(owner, 0, 0, kind, at, data)
    await tx.later(_STATE, owner=owner, kind=kind, key=key, at=at, data=_encode(data))
    tx.emit(Emit(event, by.session if by is not None and by.id == owner else None, only_auth))
    return event


def passing(
    owner: int,
    kind: str,
    data: dict[str, Any],
    *,
    at: int,
    by: Actor | None = None,
    often: bool = False,
) -> Emit:
    """News that is never stored: hand the result to ``fanout.announce(app, [..])``. ``often``: it
    comes again soon, as typing does.
    """
    event = Event(owner, 0, 0, kind, at, data)
    own = by is not None and (by.id == owner or owner < 0)
    skip = by.session if by is not None and own else None
    return Emit(event, skip, passing=True, often=often)
