"""From a question to message ids: by words, by what messages carry.

A list is newest first. Offsets mean what they mean in a history (core.telegram.org/api/offsets).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.messaging.messages.service import END, Offsets, Place, page_size
from petitbleu.domain.search import queries as q
from petitbleu.domain.search import words
from petitbleu.domain.search.queries import Hit
from petitbleu.domain.search.words import Terms

COUNT_MAX = 200
"""So many hits are counted; above that the number is estimated, and said to be inexact."""
FEW_MAX = 5000
"""Lists that are short in practice (mentions) are read whole, up to here."""
_ROUNDS = 20
_SPARE = 24
"""Documents asked for beyond what is wanted: some are not, or no more, in the asker's box."""
_TIES = 16
"""Documents of one second may stand in another order than their ids after the index was made
anew."""


class Window(NamedTuple):
    """Only ids between these, both exclusive."""

    above: int
    below: int


class Found(NamedTuple):
    """A page of ids and how many the whole list has."""

    ids: list[int]
    total: int
    inexact: bool = False


# ── words ───────────────────────────────────────────────────────────────────────────────────────


async def docs(app: App, terms: Terms, below: int, limit: int) -> list[int]:
    """The newest documents under ``below`` that answer, newest first."""
    if app.store.dialect == "sqlite":
        asked = words.match_sqlite(terms)
        rows = await app.store.scan(q.NEWEST, terms=asked, below=below, limit=limit)
        return [row.doc for row in rows]
    newest = await app.store.row(q.DOC_AT_OR_UNDER, doc=below - 1)
    at, size = (newest.doc + 1 if newest else 0), 1 << words.BLOCK_BITS[0]
    numbers: list[int] = []
    while at > 0 and len(numbers) < limit:
        names, begin = words.blocks(at, size)
        asked = words.match_postgres([*terms, names])
        rows = await app.store.scan(q.NEWEST, terms=asked, below=at, limit=limit - len(numbers))
        numbers += [row.doc for row in rows]
        at, size = begin, size * 4
    return numbers


async def in_place(app: App, place: Place, terms: Terms, window: Window, limit: int) -> list[int]:
    """Ids of the newest messages of a chat that answer, at most ``limit``."""
    mark = words.of_place(place.owner, place.peer)
    asked = [*terms, [mark]]
    under = END
    if window.below < END:
        row = await app.store.row(
            q.DOC_UNDER, owner=place.owner, peer=place.peer, below=window.below
        )
        if row is None:
            return []
        under = row.doc + 1 + _TIES
    form = q.IN_PRIVATE if place.peer > 0 else q.IN_CHANNELS if place.shared else q.IN_GROUPS
    ids: list[int] = []
    for _ in range(_ROUNDS):
        wanted = limit - len(ids) + _SPARE
        numbers = await docs(app, asked, under, wanted)
        owner = {} if form is q.IN_CHANNELS else {"owner": place.owner}
        hits = await app.store.scan(form, docs=numbers, **owner) if numbers else []
        ids += [hit.id for hit in hits if _fits(hit, place, window)]
        past = hits and min(hit.id for hit in hits) <= window.above
        if past or len(numbers) < wanted or len(ids) >= limit:
            break
        under = numbers[-1]
    return sorted(set(ids), reverse=True)[:limit]


def _fits(hit: Hit, place: Place, window: Window) -> bool:
    return (
        hit.peer == place.peer
        and window.above < hit.id < window.below
        and not (place.veil is not None and place.veil.hides(hit.id))
    )


async def by_words(
    app: App, place: Place, terms: Terms, window: Window, at: Offsets, start: int
) -> Found:
    """A page of the messages of a chat that answer. ``start``: the id ``at`` names."""
    newest = await in_place(app, place, terms, window, COUNT_MAX + 1)
    if len(newest) <= COUNT_MAX:
        return Found(cut(newest, at, start), len(newest))
    total = _estimate(newest, window)
    limit = page_size(at.limit)
    end = sum(id_ >= start for id_ in newest) + at.add_offset + limit
    if end <= len(newest):
        return Found(cut(newest, at, start), total, True)
    # Further back, the messages around an offset are given from the offset on.
    skip = max(0, at.add_offset)
    limit += min(0, at.add_offset)
    under = window._replace(below=min(start, window.below))
    ids = await in_place(app, place, terms, under, limit + skip) if limit > 0 else []
    return Found(ids[skip:], max(total, COUNT_MAX + len(ids)), True)


def _estimate(newest: Sequence[int], window: Window) -> int:
    """How many there may be, if those further back lie as densely."""
    span = max(1, newest[0] - newest[-1])
    return max(len(newest), len(newest) * (newest[0] - window.above) // span)


async def everywhere(
    app: App, account: int, terms: Terms, under: int, limit: int
) -> tuple[list[Hit], int, bool]:
    """Documents under ``under`` that answer, as they lie in the boxes of ``account`` and of
    channels, newest first; where the search stopped; whether there is nothing older.
    """
    numbers = await docs(app, terms, under, limit)
    if not numbers:
        return [], under, True
    scan = app.store.scan
    hits = [
        *await scan(q.IN_PRIVATE, docs=numbers, owner=account),
        *await scan(q.IN_GROUPS, docs=numbers, owner=account),
        *await scan(q.IN_CHANNELS, docs=numbers),
    ]
    return sorted(hits, reverse=True), numbers[-1], len(numbers) < limit


async def doc_under(app: App, owner: int, peer: int, below: int) -> int:
    """The document of the newest message of a chat under an id; 0: none."""
    row = await app.store.row(q.DOC_UNDER, owner=owner, peer=peer, below=below)
    return row.doc if row is not None else 0


async def doc_of_date(app: App, date: int) -> int:
    """Where the documents of ``date`` and later begin: documents follow dates, so halve the way."""
    newest = await app.store.row(q.DOC_AT_OR_UNDER, doc=END)
    if newest is None or newest.date < date:
        return END
    low, high = 0, newest.doc
    while high - low > 1:
        middle = (low + high) // 2
        row = await app.store.row(q.DOC_AT_OR_UNDER, doc=middle)
        if row is None or row.date < date:
            low = middle
        elif row.doc <= low:
            break
        else:
            high = row.doc
    return high


# ── media ───────────────────────────────────────────────────────────────────────────────────────


async def by_kinds(
    app: App, place: Place, kinds: Sequence[int], window: Window, at: Offsets, start: int
) -> Found:
    """A page of the messages of a chat that carry one of ``kinds``."""
    where = {"owner": place.owner, "peer": place.peer, **window._asdict()}
    # What is withheld from the reader is read too, so that the page is as full without it.
    spare = 0 if place.veil is None else min(len(place.veil.ids), 100)
    limit, newer = page_size(at.limit), max(0, -at.add_offset)
    ids: list[int] = []
    if newer:
        skip = max(0, newer - limit)
        for kind in kinds:
            rows = await app.store.rows(
                q.MEDIA_NEWER, **where, kind=kind, from_id=start, limit=newer + spare
            )
            ids += [row.id for row in rows]
        ids = _shown(place, sorted(ids))[skip:newer][::-1]
    if newer < limit:
        size, skip = limit - newer, max(0, at.add_offset)
        older: list[int] = []
        under = {**where, "below": min(start, window.below)}
        for kind in kinds:
            rows = await app.store.rows(
                q.MEDIA_OLDER, **under, kind=kind, limit=size + skip + spare
            )
            older += [row.id for row in rows]
        ids += _shown(place, sorted(older, reverse=True))[skip : skip + size]
    return Found(ids, await count(app, place, kinds, window))


def _shown(place: Place, ids: list[int]) -> list[int]:
    return ids if place.veil is None else [id for id in ids if not place.veil.hides(id)]


async def count(app: App, place: Place, kinds: Sequence[int], window: Window) -> int:
    """How many messages of a chat carry one of ``kinds`` (none carries two that one filter
    names)."""
    total = 0
    for kind in kinds:
        row = await app.store.row(
            q.MEDIA_COUNT, owner=place.owner, peer=place.peer, kind=kind, **window._asdict()
        )
        total += row.n if row is not None else 0
    return total


async def mentions(app: App, place: Place, account: int, window: Window) -> list[int]:
    """The messages of a chat that mention ``account``, newest first."""
    rows = await app.store.rows(
        q.MENTIONED, account=account, peer=place.peer, limit=FEW_MAX, **window._asdict()
    )
    return _shown(place, [row.id for row in rows])


def cut(ids: Sequence[int], at: Offsets, start: int) -> list[int]:
    """The page of a whole list (newest first) that ``at`` names."""
    first = sum(id >= start for id in ids) + at.add_offset
    return list(ids[max(0, first) : max(0, first + page_size(at.limit))])


def window_of(place: Place, at: Offsets, above: int, below: int) -> Window:
    """What the limits of a request leave of a chat."""
    below = min(below, at.max_id) if at.max_id > 0 else below
    return Window(max(place.hidden, at.min_id, above, 0), below)
