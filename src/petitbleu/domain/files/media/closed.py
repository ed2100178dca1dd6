"""Files that measures have closed: nobody they concern can fetch or send them on.

A measure on messages or on a profile picture closes the photos and documents they show. It holds
by the file's id, so for every reference to it, in whatever message, upload or profile it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.domain.files.media import queries as q
from petitbleu.domain.files.media.queries import Closed
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.stamps import cache_of, room
from petitbleu.store.api import Tx

_REMEMBERED = 20_000


ROOM = room("closed", media_closed=())
CLOSED: Part[Cache[int, tuple[Closed, ...]]] = Part(lambda app: cache_of(app, ROOM, _REMEMBERED))


async def _of(app: App, media: int) -> tuple[Closed, ...]:
    cache = app.parts[CLOSED]
    known = cache.get(media)
    if known is None:
        generation = cache.generation
        known = tuple(await app.store.rows(q.CLOSED, media=media))
        cache.keep(media, known, generation)
    return known


async def is_closed(app: App, viewer: int, media: int) -> bool:
    """Whether a measure in force withholds the photo or document ``media`` from ``viewer``."""
    rows = await _of(app, media) if media else ()
    return bool(rows) and _holds(app, rows, await restrictions.country(app, viewer))


async def is_closed_in(app: App, country: str, media: int) -> bool:
    """:func:`is_closed` for a reader in a country (ISO 3166)."""
    return _holds(app, await _of(app, media), country)


def _holds(app: App, rows: Iterable[Closed], country: str) -> bool:
    now = app.clock.now()
    return any(
        (not row.until or row.until > now)
        and (not row.countries or country in row.countries.split(","))
        for row in rows
    )


@contextmanager
def changing(app: App) -> Iterator[None]:
    """Around every transaction that closes or opens files."""
    cache = app.parts[CLOSED]
    cache.known.clear()
    try:
        with cache.changing(()):
            yield
    finally:
        cache.known.clear()
        cache.generation += 1


async def close_files(
    tx: Tx, measure: int, media: Iterable[int], countries: Iterable[str], until: int
) -> None:
    """From now on ``media`` is closed by ``measure`` in ``countries`` (none: everywhere)."""
    places = ",".join(countries)
    await tx.many(
        q.CLOSE,
        [
            {"media": medium, "measure": measure, "countries": places, "until": until}
            for medium in sorted({medium for medium in media if medium})
        ],
    )


async def open_files(tx: Tx, measure: int) -> None:
    """The measure is over: what only it had closed can be fetched again."""
    await tx.run(q.OPEN, measure=measure)
