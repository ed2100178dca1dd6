"""Update state and differences: what a device asks for after it was away.

Rules (core.telegram.org/api/updates): the state is read *before* the events; a slice ends with an
intermediate state; a client behind the pruned part of the log, or ahead of us (restored backup),
gets ``TooLong`` and starts anew from the present.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

import msgspec

from petitbleu.app import Actor, App, Part
from petitbleu.domain.updates import queries
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

SLICE = 1000
"""Most numbered events in one answer."""
STATE_EVENTS = 500
CHANNEL_SLICE = 1000
CHANNEL_BEHIND = 5000
"""Further behind, a client starts anew from the newest messages of the channel."""
CHANNEL_CHANGED = "channel.changed"

NEW_MESSAGE = "message.new"

_pts = attrgetter("pts")
_decode = msgspec.msgpack.Decoder().decode


class UpdateState(NamedTuple):
    """Counters as updates.getState gives them. ``date`` is Unix seconds."""

    pts: int
    qts: int
    seq: int
    date: int
    unread: int


class Reach(NamedTuple):
    """What a device knows of its box once it has taken a difference."""

    since: int
    """The pts where the difference begins."""
    upto: int
    """The pts where it ends."""
    newest: int
    """The newest message id at its end."""


class Difference(NamedTuple):
    """What happened after a pts. ``final`` is False for a slice, ``too_long`` where the log is
    gone.
    """

    events: list[Event]
    state: UpdateState
    final: bool
    too_long: bool
    moved: bool = False
    """Whether the counter is not where the device believed, be there events or not (a restored
    backup skips ahead).
    """
    reach: Reach | None = None
    """What the device knows at the end of it."""


async def state(app: App, me: Actor) -> UpdateState:
    """The account's counters now."""
    counters = await app.store.row(queries.STATE, owner=me.id)
    if counters is None:
        raise Fault("AUTH_KEY_UNREGISTERED")
    unread = await app.store.row(queries.UNREAD, owner=me.id)
    return await _state_at(app, me, counters.pts, unread.unread if unread else 0)


async def _state_at(app: App, me: Actor, pts: int, unread: int) -> UpdateState:
    own = await app.store.row(queries.AUTH_COUNTERS, auth=me.auth)
    return UpdateState(
        pts, own.qts if own else 1, own.seq if own else 0, int(app.clock.now()), unread
    )


async def difference(
    app: App, me: Actor, pts: int, date: int, *, limit: int | None = None, total: int | None = None
) -> Difference:
    """All that happened to ``me`` after ``pts`` (numbered) and since ``date`` (unnumbered state).

    ``limit`` is the most numbered events in this answer; where more than ``total`` are missing the
    client would rather start anew (``too_long``). Raises PERSISTENT_TIMESTAMP_EMPTY for a pts of 0,
    PERSISTENT_TIMESTAMP_INVALID for a negative one.
    """
    if pts == 0:
        raise Fault("PERSISTENT_TIMESTAMP_EMPTY")
    if pts < 0:
        raise Fault("PERSISTENT_TIMESTAMP_INVALID")
    counters = await app.store.row(queries.STATE, owner=me.id)
    if counters is None:
        raise Fault("AUTH_KEY_UNREGISTERED")
    now = await _state_at(app, me, counters.pts, 0)
    behind = counters.pts - pts
    if behind < 0 or pts < counters.pruned or (total is not None and behind > total):
        return Difference([], now, final=True, too_long=True)
    size = SLICE if limit is None else max(1, min(limit, SLICE))
    events = await logged(app, me.id, pts, counters.pts, size)
    reached = events[-1].pts if events else counters.pts
    final = reached >= counters.pts
    newest = counters.top_id
    if final:
        rows = await app.store.rows(
            queries.STATE_SINCE, owner=me.id, since=max(date, 0), limit=STATE_EVENTS
        )
        events.extend(Event(me.id, 0, 0, row.kind, row.at, _decode(row.data)) for row in rows)
        events.extend(await _changed_channels(app, me, max(date, 0)))
    else:
        now = now._replace(pts=reached, date=events[-1].at)
        beyond = await _next_message(app, me.id, reached, counters.pts)
        newest = beyond - 1 if beyond else newest
    await _note_seen(app, me, pts)
    reach = Reach(pts, reached, newest)
    return Difference(events, now, final=final, too_long=False, moved=behind > 0, reach=reach)


async def _next_message(app: App, owner: int, after: int, upto: int) -> int:
    """The id of the first message with ``after < pts <= upto`` in the box of ``owner``; 0: none."""
    bounds = {"owner": owner, "after": after, "upto": upto}
    row = await app.store.row(queries.NEXT_MESSAGE, **bounds)
    copies = await app.store.rows(queries.GROUP_COPIES_SINCE, **bounds, limit=1)
    ids = [copy.id for copy in copies] + ([_decode(row.data)["id"]] if row is not None else [])
    return min(ids, default=0)


async def _changed_channels(app: App, me: Actor, since: int) -> list[Event]:
    """Channels of mine in which something happened: their own differences tell what."""
    rows = await app.store.rows(
        queries.CHANGED_CHANNELS, account=me.id, since=since, limit=STATE_EVENTS
    )
    return [
        Event(me.id, 0, 0, CHANNEL_CHANGED, since, {"channel": row.owner, "pts": row.pts})
        for row in rows
    ]


async def channel_difference(
    app: App, channel: int, pts: int, limit: int, *, hidden: int = 0
) -> Difference:
    """What happened in a channel after ``pts``; the caller has seen that the reader may look.

    ``hidden``: messages up to this id are not the reader's to see. ``state.pts`` is the pts the
    events lead to. Raises PERSISTENT_TIMESTAMP_EMPTY, PERSISTENT_TIMESTAMP_INVALID.
    """
    if pts == 0:
        raise Fault("PERSISTENT_TIMESTAMP_EMPTY")
    if pts < 0:
        raise Fault("PERSISTENT_TIMESTAMP_INVALID")
    counters = await app.store.row(queries.STATE, owner=channel)
    assert counters is not None
    now = int(app.clock.now())
    state = UpdateState(counters.pts, 0, 0, now, 0)
    behind = counters.pts - pts
    if behind < 0 or pts < counters.pruned or behind > CHANNEL_BEHIND:
        return Difference([], state, final=True, too_long=True)
    events = await logged(app, channel, pts, counters.pts, max(1, min(limit, CHANNEL_SLICE)))
    reached = events[-1].pts if events else counters.pts
    shown = [event for event in events if not _is_hidden(event, hidden)]
    return Difference(
        shown, state._replace(pts=reached), final=reached >= counters.pts, too_long=False
    )


def _is_hidden(event: Event, upto: int) -> bool:
    if not upto:
        return False
    ids: list[int] = event.data.get("ids") or [event.data.get("id", upto + 1)]
    return max(ids) <= upto


async def logged(app: App, owner: int, after: int, upto: int, limit: int) -> list[Event]:
    """Numbered events with ``after < pts <= upto`` in order, at most ``limit``.

    A number may be missing: of a group's message that was deleted since, or where a restored
    backup skipped ahead (:func:`filled`).
    """
    if after >= upto:
        return []
    rows = await app.store.rows(queries.SINCE, owner=owner, after=after, upto=upto, limit=limit)
    events = [Event(owner, row.pts, row.count, row.kind, row.at, _decode(row.data)) for row in rows]
    end = rows[-1].pts if len(rows) == limit else upto
    if owner < 0 or sum(row.count for row in rows) == end - after:
        return events
    # What is missing in the log of a person are the messages of basic groups: their copies tell.
    copies = await app.store.rows(
        queries.GROUP_COPIES_SINCE, owner=owner, after=after, upto=end, limit=limit
    )
    events.extend(Event(owner, row.pts, 1, NEW_MESSAGE, row.at, {"id": row.id}) for row in copies)
    events.sort(key=_pts)
    return events[:limit]


async def logged_of_kind(app: App, owner: int, kind: str, after: int, upto: int) -> list[Event]:
    """Events of one kind in the log with ``after < pts <= upto``, in order."""
    rows = await app.store.scan(queries.OF_KIND, owner=owner, kind=kind, after=after, upto=upto)
    return [Event(owner, row.pts, row.count, row.kind, row.at, _decode(row.data)) for row in rows]


def filled(owner: int, events: Sequence[Event], after: int, upto: int) -> list[Event]:
    """``events`` (all with ``after < pts <= upto``) and, for each number that is missing among
    them, an event that shows nothing.
    """
    complete: list[Event] = []
    at = events[-1].at if events else 0
    for event in (*events, None):
        start = upto if event is None else event.pts - event.count
        complete += [
            Event(owner, pts, 1, NEW_MESSAGE, at, {"id": 0}) for pts in range(after + 1, start + 1)
        ]
        if event is not None:
            complete.append(event)
            after = event.pts
    return complete


async def pruned(app: App, owner: int) -> int:
    """The pts up to which numbered events are kept no more."""
    row = await app.store.row(queries.STATE, owner=owner)
    return row.pruned if row is not None else 0


async def counters(app: App, owners: list[int]) -> dict[int, int]:
    """Owner -> pts."""
    rows = await app.store.rows(queries.COUNTERS, owners=owners)
    return {row.owner: row.pts for row in rows}


async def states_since(app: App, owners: Sequence[int], since: int) -> list[Event]:
    """Unnumbered state of ``owners`` that changed at ``since`` or later, in order."""
    events = []
    for first in range(0, len(owners), 500):
        rows = await app.store.rows(
            queries.STATES_SINCE, owners=list(owners[first : first + 500]), since=since
        )
        events += [Event(row.owner, 0, 0, row.kind, row.at, _decode(row.data)) for row in rows]
    return events


SEEN: Part[dict[int, int]] = Part(lambda _: {})
"""Login -> the pts that it said last and that was written."""


async def _note_seen(app: App, me: Actor, pts: int) -> None:
    """A device told how far it is: pruning keeps what a device may still need."""
    seen = app.parts[SEEN]
    if me.auth and pts >= seen.get(me.auth, 0) + SLICE // 4:
        seen[me.auth] = pts
        app.spawn(app.store.write(_write_seen, auth=me.auth, pts=pts))


async def _write_seen(tx: Tx, *, auth: int, pts: int) -> None:
    await tx.run(queries.SEEN, auth=auth, pts=pts)
