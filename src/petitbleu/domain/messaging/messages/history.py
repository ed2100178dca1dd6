"""Reading messages: a chat's history by offsets, single messages, pinned ones.

Offsets as in core.telegram.org/api/offsets: the chat is a list, newest first; ``offset_id`` names
a place in it, or ``offset_date`` where no id is given (libraries send the date of the last
message beside its id when they page; messages of the same second must not be lost then),
``add_offset`` moves that place (negative: towards newer ones), ``limit`` messages from there are
given (0: 20); ``min_id`` and ``max_id``, both exclusive, cut the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import Place, place
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.restrictions.service import Veil

PAGE = 100
"""Most messages of one page."""
DEFAULT_PAGE = 20
"""Messages of a page where the client names no limit."""
END = 1 << 40
"""An id above every message's."""
SHOWN_MAX = 100_000
"""A history with a hidden beginning is counted up to here."""


class Offsets(NamedTuple):
    """A place in a list of messages; all 0: its beginning."""

    offset_id: int = 0
    offset_date: int = 0
    add_offset: int = 0
    limit: int = PAGE
    max_id: int = 0
    min_id: int = 0


class Page(NamedTuple):
    """Messages, newest first, and how many the whole list has."""

    rows: list[MessageRow]
    total: int


async def history(app: App, me: Actor, peer: int, at: Offsets) -> Page:
    """One page of the chat ``peer`` as I see it."""
    where = await place(app, me, peer)
    counters = await app.store.row(q.COUNTERS, owner=where.owner, peer=where.peer)
    if counters is None or not counters.total:
        return Page([], 0)
    total = counters.total
    if where.hidden:
        at = at._replace(min_id=max(at.min_id, where.hidden))
        total = await count_visible(app, where)
    return Page(await _page(app, where, at), total)


async def count_visible(app: App, where: Place) -> int:
    """How many messages of a chat with a hidden beginning are shown, up to a bound."""
    row = await app.store.row(
        q.SHOWN, owner=where.owner, peer=where.peer, above=where.hidden, most=SHOWN_MAX
    )
    return row.n if row else 0


async def _page(app: App, where: Place, at: Offsets) -> list[MessageRow]:
    limit = page_size(at.limit)
    box = {
        "owner": where.owner,
        "peer": where.peer,
        "below": at.max_id if at.max_id > 0 else END,
        "above": max(at.min_id, 0),
    }
    place = at.offset_id if at.offset_id > 0 else END
    if at.offset_date > 0 >= at.offset_id:
        place = await place_of_date(app, where.owner, where.peer, at.offset_date)
    newer = max(0, -at.add_offset)
    # What is withheld from the reader is read too, so that the page is as full without it.
    veil = where.veil
    spare = 0 if veil is None else min(len(veil.ids), PAGE)
    rows: list[MessageRow] = []
    if newer:
        size, skip = min(newer, limit), max(0, newer - limit)
        found = await app.store.rows(q.NEWER, **box, from_id=place, limit=size + spare, skip=skip)
        rows = seen(veil, found)[-size:]
    if newer < limit:
        size = limit - newer
        box["below"] = min(place, box["below"])
        skip = max(0, at.add_offset)
        found = await app.store.rows(q.OLDER, **box, limit=size + spare, skip=skip)
        rows += seen(veil, found)[:size]
    return rows


def seen(veil: Veil | None, rows: list[MessageRow]) -> list[MessageRow]:
    """Without what is withheld."""
    return rows if veil is None else [row for row in rows if not veil.hides(row.id)]


async def in_box(app: App, where: Place, at: Offsets) -> list[MessageRow]:
    """A page of a chat for whoever made the place: nobody's rights are looked at here."""
    return await _page(app, where, at)


async def newest_below(app: App, owner: int, peer: int, below: int, veil: Veil) -> int:
    """The id of the newest message under ``below`` that is not withheld; 0: there is none."""
    if veil.everything:
        return 0
    rows = await app.store.rows(
        q.OLDER,
        owner=owner,
        peer=peer,
        below=below,
        above=0,
        limit=min(len(veil.ids) + 1, PAGE),
        skip=0,
    )
    return next((row.id for row in rows if not veil.hides(row.id)), 0)


async def last_dated(app: App, channel: int, above: int, upto: int) -> int:
    """When a message of a channel with ``above < id <= upto`` was last said or edited; 0: none."""
    (rows,) = await app.store.scan(q.LAST_DATED, author=channel, above=above, upto=upto)
    return rows.at or 0


async def start(app: App, owner: int, peer: int, at: Offsets) -> int:
    """The id that ``offset_id`` or ``offset_date`` names: the page lies below it."""
    if at.offset_date > 0 >= at.offset_id:
        return await place_of_date(app, owner, peer, at.offset_date)
    return at.offset_id if at.offset_id > 0 else END


def page_size(limit: int) -> int:
    """The number of messages a client gets for a ``limit``."""
    return min(limit, PAGE) if limit > 0 else DEFAULT_PAGE


async def place_of_date(app: App, owner: int, peer: int, date: int) -> int:
    """The id at which messages of ``date`` and later begin: ids follow dates, so halve the way."""
    newest = await app.store.row(q.AT_OR_BELOW, owner=owner, peer=peer, id=END)
    if newest is None or newest.date < date:
        return END
    # Invariant: everything of the chat at or below `low` is older, `high` is not.
    low, high = 0, newest.id
    while high - low > 1:
        middle = (low + high) // 2
        row = await app.store.row(q.AT_OR_BELOW, owner=owner, peer=peer, id=middle)
        if row is None or row.date < date:
            low = middle
        elif row.id <= low:
            break
        else:
            high = row.id
    return high


async def by_ids(app: App, me: Actor, ids: Sequence[int]) -> dict[int, MessageRow]:
    """My messages among ``ids``, whatever chat they are in."""
    if not ids:
        return {}
    rows = await app.store.rows(q.BY_IDS, owner=me.id, ids=list(ids))
    return {row.id: row for row in await restrictions.without_withheld(app, me.id, rows)}


async def in_place(app: App, where: Place, ids: Sequence[int]) -> dict[int, MessageRow]:
    """The messages of one chat among ``ids``, without what is hidden from the reader."""
    if not ids:
        return {}
    rows = await app.store.rows(q.BY_IDS, owner=where.owner, ids=list(ids))
    veil = where.veil
    return {
        row.id: row
        for row in rows
        if row.peer == where.peer
        and row.id > where.hidden
        and (veil is None or not veil.hides(row.id))
    }


async def newest(app: App, me: Actor, peer: int, limit: int) -> list[MessageRow]:
    """The newest messages of a chat, newest first."""
    return (await history(app, me, peer, Offsets(limit=limit))).rows


async def newest_posts(app: App, channel: int, above: int, most: int) -> list[int]:
    """The ids of the newest posts of a channel above one, oldest first."""
    rows = await app.store.rows(
        q.OLDER, owner=channel, peer=channel, below=END, above=above, limit=most, skip=0
    )
    return [row.id for row in reversed(rows)]


async def newest_pin(app: App, me: Actor, peer: int) -> int | None:
    """The newest pinned message of a chat."""
    where = await place(app, me, peer)
    row = await app.store.row(q.NEWEST_PIN, owner=where.owner, peer=where.peer)
    return row.id if row is not None and row.id > where.hidden else None


async def pinned_ids(app: App, where: Place) -> list[int]:
    """The pinned messages of a chat, oldest first."""
    refs = await app.store.rows(q.PINNED_REFS, owner=where.owner, peer=where.peer)
    return [ref.id for ref in refs]


async def pinned(app: App, me: Actor, peer: int, at: Offsets) -> Page:
    """The pinned messages of a chat, newest first."""
    where = await place(app, me, peer)
    by_id = await in_place(app, where, await pinned_ids(app, where))
    rows = sorted(by_id.values(), key=lambda row: row.id, reverse=True)
    return Page(cut(rows, at), len(rows))


def cut(rows: list[MessageRow], at: Offsets) -> list[MessageRow]:
    """The page of a whole list (newest first) that ``at`` names: the meaning of :func:`history`."""
    kept = [row for row in rows if row.id > at.min_id and (at.max_id <= 0 or row.id < at.max_id)]
    place = sum(
        1
        for row in kept
        if (at.offset_id > 0 and row.id >= at.offset_id)
        or (at.offset_date > 0 >= at.offset_id and row.date >= at.offset_date)
    )
    start = place + at.add_offset
    limit = page_size(at.limit)
    return kept[max(0, start) : max(0, start + limit)]
