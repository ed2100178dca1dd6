"""Albums: messages that were said together, and the one thread that the copy of one has.

The comments of an album hang on its first message (core.telegram.org/api/discussion).
"""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu.app import App
from petitbleu.domain.messaging.messages import contents, history
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import Place
from petitbleu.domain.messaging.messages.queries import MessageRow

SPREAD = 20
"""Ids over which the at most ten messages of an album lie, with what others said meanwhile."""
_GROUPED = b"grouped"
_COPIED = contents.LINKED_POST.encode("ascii")


def number(row: MessageRow) -> int:
    """The album a message belongs to; 0: none."""
    if row.extra is None or _GROUPED not in row.extra:
        return 0
    return int(contents.decode(row.extra).get("grouped") or 0)


def copied(row: MessageRow) -> bool:
    """Whether it is the copy of a post in a discussion group."""
    return row.extra is not None and _COPIED in row.extra


async def firsts(app: App, owner: int, rows: Iterable[MessageRow]) -> dict[int, int]:
    """Of those among ``rows`` (messages of one channel or supergroup) that belong to an album: id
    -> id of the album's first message.
    """
    own = {row.id: album for row in rows if (album := number(row))}
    if not own:
        return {}
    near = {one for id in own for one in range(max(1, id - SPREAD), id + 1)} - own.keys()
    found = await app.store.rows(q.BY_IDS, owner=owner, ids=sorted(near)) if near else []
    first: dict[int, int] = {}
    for id, album in [*own.items(), *((row.id, number(row)) for row in found)]:
        first[album] = min(id, first.get(album, id))
    return {id: first[album] for id, album in own.items()}


async def whole(app: App, where: Place, row: MessageRow) -> list[MessageRow]:
    """The album of a message, oldest first; the message alone where it has none."""
    album = number(row)
    if not album:
        return [row]
    near = range(max(1, row.id - SPREAD), row.id + SPREAD + 1)
    by_id = await history.in_place(app, where, near)
    return sorted(
        (one for one in by_id.values() if number(one) == album), key=lambda one: one.id
    ) or [row]


async def top(app: App, row: MessageRow) -> int:
    """The message of a supergroup on which the thread of ``row`` hangs: the one it answers at
    last, the first of a copied album, or itself.
    """
    if row.top is not None:
        return row.top
    if not copied(row):
        return row.id
    return (await firsts(app, row.owner, [row])).get(row.id, row.id)
