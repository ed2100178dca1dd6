"""The eraser: bodies that are in nobody's box any more lose their text for good.

A legal hold may keep one: whoever answers for holds registers a question with :func:`ask_first`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from petitbleu import ids
from petitbleu.app import App, Part
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import changes
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.queries import Doomed
from petitbleu.store.api import Tx

BATCH = 500
TOGETHER = 50
"""Bodies in one transaction: a commit for each would take most of the time, many more would hold
up those who write.
"""

Holds = Callable[[App, int, int], Awaitable[int]]
"""``holds(app, author, body)`` -> Unix second until which the body must stay; 0: not held."""


HOLDS: Part[Holds | None] = Part(lambda _: None)


def ask_first(app: App, holds: Holds) -> None:
    """Ask ``holds`` before a body is erased."""
    app.parts[HOLDS] = holds


Erased = Callable[[Tx, int, int], Awaitable[None]]
_AFTER: list[Erased] = []


def when_erased(erased: Erased) -> Erased:
    """Have ``erased(tx, author, body)`` called when a body goes: what hangs on it goes as well."""
    _AFTER.append(erased)
    return erased


async def run(app: App) -> int:
    """Erase what is due; the number of bodies erased. Repeats itself until nothing is due."""
    erased = 0
    while True:
        now = int(app.clock.now())
        due = await app.store.rows(q.DUE, now=now, limit=BATCH)
        for at in range(0, len(due), TOGETHER):
            free = await _not_held(app, due[at : at + TOGETHER], now)
            if free:
                erased += await app.store.write(_erase_all, free, now)
        if len(due) < BATCH:
            return erased


async def _not_held(app: App, due: Sequence[Doomed], now: int) -> list[Doomed]:
    """Those of ``due`` that no hold keeps; the others are asked about again when theirs ends."""
    holds = app.parts[HOLDS]
    if holds is None:
        return list(due)
    free = []
    for one in due:
        until = await holds(app, one.author, one.body)
        if until > now:
            await app.store.write(_postpone, one.author, one.body, until)
        else:
            free.append(one)
    return free


async def _postpone(tx: Tx, author: int, body: int, until: int) -> None:
    await tx.run(q.POSTPONE, author=author, body=body, due=until)


async def _erase_all(tx: Tx, doomed: Sequence[Doomed], at: int) -> int:
    """How many of ``doomed`` were erased. In the one order in which deletions lock them too."""
    return sum([await _erase(tx, one.author, one.body, at) for one in sorted(doomed)])


async def _erase(tx: Tx, author: int, body: int, at: int) -> int:
    """Drop the body unless a copy is left (then its last owner's deletion asks again)."""
    await tx.run(q.SPARE, author=author, body=body)
    place = await tx.row(q.BODY_PLACE, author=author, id=body)
    if place is None:
        return 0
    if ids.is_chat(place.peer):
        copies = await tx.row(q.COPIES_IN_GROUP, author=author, body=body, chat=place.peer)
    else:
        copies = await tx.row(q.COPIES, author=author, body=body, peer=place.peer, twin=place.twin)
    if copies is not None and copies.n:
        return 0
    if place.media is not None:
        await media.released(tx, place.media, at)
    for erased in _AFTER:
        await erased(tx, author, body)
    await changes.note(tx, author, body)
    return await tx.run(q.ERASE_BODY, author=author, id=body)
