"""When the posts of a channel last changed, by parts of it: what a sitemap index says.

Nobody reads a channel to know. ``page_part`` has a moment for every :data:`PART` ids, followed
from the channel's events: by a job before these are pruned, and by whoever asks, for the few that
came since. Where there are none to follow (a page was just switched on, a history was imported)
the dates of the messages are read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from petitbleu.app import App
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.publishing.pages import queries as q
from petitbleu.domain.updates import service as updates
from petitbleu.domain.updates.log import Event
from petitbleu.store.api import Tx

PART = 10_000
"""Message ids of a part."""
_SLICE = 1000
_DELETED = "messages.deleted"
_CHANGES = {
    "message.new",
    "message.edit",
    _DELETED,
    "message.withheld",
    "message.shown",
}
_IMPORTED = "messages.imported"


def part(id: int) -> int:
    """The part in which a message is."""
    return (id - 1) // PART


async def changed(app: App, chats: Sequence[int]) -> dict[int, dict[int, int]]:
    """Channel with a page -> part -> Unix seconds of its newest change."""
    await follow(app, chats)
    times: dict[int, dict[int, int]] = {chat: {} for chat in chats}
    for row in await app.store.rows(q.PARTS, chats=list(chats)):
        times[row.chat][row.part] = row.changed
    return times


async def follow(app: App, chats: Sequence[int]) -> None:
    """Bring ``page_part`` up to date."""
    counters = await updates.counters(app, list(chats))
    for row in await app.store.rows(q.FOLLOWED, chats=list(chats)):
        pts = counters.get(row.chat, 0)
        if row.followed < pts:
            await _follow(app, row.chat, row.followed, pts)


async def _follow(app: App, chat: int, after: int, upto: int) -> None:
    pruned = await updates.pruned(app, chat)
    anew = after == 0 or after < pruned
    moments: dict[int, int] = {}
    gone: list[int] = []
    at = max(after, pruned)
    while True:
        events = await updates.logged(app, chat, at, upto, _SLICE)
        for event in events:
            anew = anew or event.kind == _IMPORTED
            _note(moments, _ids(event), event.at)
            gone += event.data["ids"] if event.kind == _DELETED else ()
        if len(events) < _SLICE:
            break
        at = events[-1].pts
    if anew:
        for one, when in (await _read(app, chat)).items():
            moments[one] = max(moments.get(one, 0), when)
    await app.store.write(_put, chat, moments, gone, upto)


def _ids(event: Event) -> Iterable[int]:
    if event.kind not in _CHANGES:
        return ()
    return event.data["ids"] if "ids" in event.data else (event.data["id"],)


def _note(moments: dict[int, int], ids: Iterable[int], at: int) -> None:
    for number in {part(id) for id in ids}:
        moments[number] = max(moments.get(number, 0), at)


async def _read(app: App, chat: int) -> dict[int, int]:
    """What the messages themselves say; of those that were deleted, nothing."""
    newest = await messages.given_out(app.store, chat)
    times = {}
    for one in range(part(newest) + 1):
        when = await messages.last_dated(app, chat, one * PART, (one + 1) * PART)
        if when:
            times[one] = when
    return times


async def _put(tx: Tx, chat: int, moments: dict[int, int], gone: list[int], upto: int) -> None:
    for first in range(0, len(gone), _SLICE):  # what was said of a picture goes with it
        await tx.run(q.DROP_ALTS, chat=chat, messages=gone[first : first + _SLICE])
    rows = [
        {"chat": chat, "part": moment, "changed": moments[moment]} for moment in sorted(moments)
    ]
    await tx.many(q.PUT_PART, rows)
    await tx.run(q.SET_FOLLOWED, chat=chat, followed=upto)
