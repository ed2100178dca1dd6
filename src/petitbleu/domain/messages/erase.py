"""The eraser: bodies that are in nobody's box any more lose their text for good.

A legal hold may keep one: whoever answers for holds registers a question with :func:`ask_first`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from petitbleu import ids
from petitbleu.app import App
from petitbleu.domain.media import service as media
from petitbleu.domain.messages import changes
from petitbleu.domain.messages import queries as q
from petitbleu.store.api import Tx

BATCH = 500

Holds = Callable[[App, int, int], Awaitable[int]]
"""``holds(app, author, body)`` -> Unix second until which the body must stay; 0: not held."""


def ask_first(app: App, holds: Holds) -> None:
    """Ask ``holds`` before a body is erased."""
    app.caches["messages.holds"] = holds


Erased = Callable[[Tx, int, int], Awaitable[None]]
_AFTER: list[Erased] = []


def when_erased(erased: Erased) -> Erased:
    """Have ``erased(tx, author, body)`` called when a body goes: what hangs on it goes as well."""
    _AFTER.append(erased)
    return erased


async def run(app: App) -> int:
    """Erase what is due; the number of bodies erased. Repeats itself until nothing is due."""
    erased = 0
    holds: Holds | None = app.caches.get("messages.holds")
    while True:
        now = int(app.clock.now())
        due = await app.store.rows(q.DUE, now=now, limit=BATCH)
        for one in due:
            until = await holds(app, one.author, one.body) if holds is not None else 0
            if until > now:
                await app.store.write(_postpone, one.author, one.body, until)
            else:
                erased += await app.store.write(_erase, one.author, one.body, now)
        if len(due) < BATCH:
            return erased


async def _postpone(tx: Tx, author: int, body: int, until: int) -> None:
    await tx.run(q.POSTPONE, author=author, body=body, due=until)


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
