"""Finding messages: in one chat, in all of one's own; how many of each sort, on which days.

Everything is asked of the index (``indexer.py``) and then of the asker's box: what was deleted,
hidden or withheld meanwhile is never shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.dialogs import service as dialogs
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import END, MessageRow, Offsets, Place
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.search import finding, words
from petitbleu.domain.search import queries as q
from petitbleu.domain.search.finding import Found, Window
from petitbleu.domain.search.indexer import INDEXER, SLACK_SECONDS, begin
from petitbleu.domain.search.marking import spans, vocabulary
from petitbleu.domain.search.queries import Day, Hit
from petitbleu.domain.search.words import Terms
from petitbleu.domain.search.words import terms as question
from petitbleu.errors import Fault

__all__ = [
    "INDEXER",
    "Asked",
    "Page",
    "begin",
    "calendar",
    "counts",
    "everywhere",
    "in_box",
    "in_channels",
    "in_chat",
    "question",
    "spans",
    "vocabulary",
]

DAYS_MAX = 100
"""Days of a page of the calendar."""
_PLACES_MAX = 100_000
_CHATS_MAX = 2000
"""Of somebody in more groups and channels, those they joined last are searched."""
_ROUNDS, _ROUNDS_UNORDERED = 20, 200
_STRETCHES = 2
"""What was said just now is found at once, unless there is more of it than so many stretches."""


class Asked(NamedTuple):
    """What is looked for in a chat. All given conditions hold."""

    text: str = ""
    kinds: tuple[int, ...] = ()
    """One of these (``kinds.py``)."""
    speaker: int = 0
    thread: int = 0
    """The first message of a thread; in Saved Messages the chat it came from."""
    pinned: bool = False
    mentions: bool = False
    since: int = 0
    until: int = 0
    """Unix seconds, both inclusive; 0: no limit."""


class Page(NamedTuple):
    """Messages, newest first."""

    rows: list[MessageRow]
    total: int
    inexact: bool = False
    more: bool = False
    """Whether older ones may follow (:func:`everywhere`)."""


class Where(NamedTuple):
    """Which chats :func:`everywhere` looks at; all False: all."""

    users: bool = False
    groups: bool = False
    channels: bool = False
    folder: int | None = None


class After(NamedTuple):
    """The last message of the page before."""

    peer: int
    id: int


# ── in one chat ─────────────────────────────────────────────────────────────────────────────────


async def in_chat(app: App, me: Actor, peer: int, asked: Asked, at: Offsets) -> Page:
    """A page of the messages of a chat that answer.

    Raises SEARCH_QUERY_EMPTY where nothing is asked, and what :func:`messages.place` raises.
    """
    terms = _words(asked)
    place = await _place(app, me, peer)
    return await _in_place(app, me, place, asked, terms, at)


async def in_box(app: App, place: Place, asked: Asked, at: Offsets) -> Page:
    """:func:`in_chat` for whoever made the place: nobody's rights are looked at here."""
    terms = _words(asked)
    await app.parts[INDEXER].before_search(_STRETCHES)
    return await _in_place(app, Actor(0), place, asked, terms, at)


def _words(asked: Asked) -> Terms:
    terms = words.terms(asked.text)
    if not terms and (asked.text.strip() or asked == Asked(asked.text)):
        raise Fault("SEARCH_QUERY_EMPTY")
    return terms


async def _in_place(
    app: App, me: Actor, place: Place, asked: Asked, terms: Terms, at: Offsets
) -> Page:
    if place.veil is not None and place.veil.everything:
        return Page([], 0)
    window = await _window(app, place, asked, at)
    hits = await _found(app, me, place, asked, terms, window, at)
    rows = await messages.in_place(app, place, hits.ids)
    return Page([rows[id] for id in hits.ids if id in rows], hits.total, hits.inexact)


async def _place(app: App, me: Actor, peer: int) -> Place:
    place = await messages.place(app, me, peer)
    await app.parts[INDEXER].before_search(_STRETCHES)
    return place


async def _window(app: App, place: Place, asked: Asked, at: Offsets) -> Window:
    above, below = 0, END
    if asked.since > 0:
        day = Offsets(offset_date=asked.since)
        above = await messages.start(app, place.owner, place.peer, day) - 1
    if asked.until > 0:
        day = Offsets(offset_date=asked.until + 1)
        below = await messages.start(app, place.owner, place.peer, day)
    return finding.window_of(place, at, above, below)


async def _found(
    app: App,
    me: Actor,
    place: Place,
    asked: Asked,
    terms: Terms,
    window: Window,
    at: Offsets,
) -> Found:
    start = await messages.start(app, place.owner, place.peer, at)
    if asked.pinned or asked.mentions:
        few = await _few(app, me, place, asked, terms, window)
        return Found(finding.cut(few, at, start), len(few))
    if asked.kinds and not (terms or asked.speaker or asked.thread):
        return await finding.by_kinds(app, place, asked.kinds, window, at, start)
    return await finding.by_words(app, place, _terms(asked, terms), window, at, start)


def _terms(asked: Asked, terms: Terms) -> Terms:
    made = list(terms)
    if asked.kinds:
        made.append([words.of_kind(kind) for kind in asked.kinds])
    if asked.speaker:
        made.append([words.of_speaker(asked.speaker)])
    if asked.thread:
        made.append([words.of_thread(asked.thread)])
    return made


async def _few(
    app: App, me: Actor, place: Place, asked: Asked, terms: Terms, window: Window
) -> list[int]:
    """Pinned messages or mentions: read whole, looked through here."""
    if asked.pinned:
        pinned = await messages.pinned_ids(app, place)
    else:
        pinned = await finding.mentions(app, place, me.id, window)
    wanted = [id for id in pinned if window.above < id < window.below]
    rows = await messages.in_place(app, place, wanted)
    kept = [
        row.id
        for row in rows.values()
        if (not asked.thread or row.top == asked.thread)
        and (not asked.speaker or _speaker(row) == asked.speaker)
        and (not terms or words.matches(terms, words.tokens(row.text)))
    ]
    return sorted(kept, reverse=True)


def _speaker(row: MessageRow) -> int:
    return messages.speaker(row.sender, row.flags, row.peer, row.extra)


async def counts(app: App, me: Actor, peer: int, wanted: Sequence[Asked]) -> list[tuple[int, bool]]:
    """For each of ``wanted`` how many messages of the chat answer, and whether that is inexact."""
    place = await _place(app, me, peer)
    totals = []
    for asked in wanted:
        if not (asked.kinds or asked.pinned or asked.mentions):
            totals.append((0, False))
            continue
        at = Offsets(limit=1)
        window = await _window(app, place, asked, at)
        rows = await _found(app, me, place, asked, [], window, at)
        totals.append((rows.total, rows.inexact))
    return totals


# ── days and places ─────────────────────────────────────────────────────────────────────────────


class Calendar(NamedTuple):
    """Days with messages, newest first."""

    days: list[Day]
    firsts: list[MessageRow]
    """The first message of each day."""
    total: int
    min_date: int
    min_id: int
    """Of the oldest message there is."""
    before: int
    """How many messages lie above the offset."""


async def calendar(app: App, me: Actor, peer: int, asked: Asked, at: Offsets) -> Calendar:
    """The days (UTC) on which something of ``asked.kinds`` was said, under the offset."""
    place = await _place(app, me, peer)
    window = await _window(app, place, asked, Offsets())
    start = await messages.start(app, place.owner, place.peer, at)
    total = await finding.count(app, place, asked.kinds, window)
    under = window._replace(below=min(start, window.below))
    left = total if under == window else await finding.count(app, place, asked.kinds, under)
    days: dict[int, Day] = {}
    for kind in asked.kinds:
        rows = await app.store.scan(
            q.MEDIA_DAYS, owner=place.owner, peer=place.peer, kind=kind, **under._asdict()
        )
        for row in rows:
            days[row.day] = _both(row, days.get(row.day))
    shown = sorted(days.values(), reverse=True)
    if not shown:
        return Calendar([], [], total, 0, 0, total - left)
    oldest = shown[-1].first
    found = await messages.in_place(app, place, [oldest, *(day.first for day in shown[:DAYS_MAX])])
    firsts = [found[day.first] for day in shown[:DAYS_MAX] if day.first in found]
    first = found.get(oldest)
    date = first.date if first is not None else shown[-1].day * 86400
    return Calendar(shown[:DAYS_MAX], firsts, total, date, oldest, total - left)


def _both(one: Day, other: Day | None) -> Day:
    if other is None:
        return one
    return Day(one.day, min(one.first, other.first), max(one.last, other.last), one.n + other.n)


class Position(NamedTuple):
    """A message and how many newer ones its list has."""

    id: int
    date: int
    offset: int


async def positions(
    app: App, me: Actor, peer: int, asked: Asked, offset_id: int, limit: int
) -> tuple[list[Position], int]:
    """Evenly spread places of the list of ``asked.kinds``, from the offset on; its length."""
    place = await _place(app, me, peer)
    window = await _window(app, place, asked, Offsets())
    rows = []
    for kind in asked.kinds:
        rows += await app.store.scan(
            q.MEDIA_PLACES, owner=place.owner, peer=place.peer, kind=kind, limit=_PLACES_MAX,
            **window._asdict(),
        )  # fmt: skip
    rows.sort(reverse=True)
    first = sum(row.id >= offset_id for row in rows) if offset_id > 0 else 0
    total = await finding.count(app, place, asked.kinds, window)
    wanted = max(1, min(limit, 1000))
    step = max(1, (len(rows) - first) // wanted)
    spread = range(first, len(rows), step)[:wanted]
    return [Position(rows[n].id, rows[n].date, n) for n in spread], total


# ── in all of one's chats ───────────────────────────────────────────────────────────────────────


async def everywhere(
    app: App, me: Actor, asked: Asked, where: Where, after: After | None, limit: int
) -> Page:
    """A page of the messages of all my chats that answer, by time.

    Raises SEARCH_QUERY_EMPTY, FOLDER_ID_INVALID.
    """
    terms = _terms(asked, words.terms(asked.text))
    if not terms:
        raise Fault("SEARCH_QUERY_EMPTY")
    dialogs.folders(where.folder)
    await app.parts[INDEXER].before_search(_STRETCHES)
    terms.append(await _mine(app, me, where))
    if not terms[-1]:
        return Page([], 0)
    under = END
    if asked.until > 0 and app.parts[INDEXER].ordered:
        under = await finding.doc_of_date(app, asked.until + 1 + SLACK_SECONDS)
    newest, more = await _hits(app, me, terms, where, asked, under, finding.COUNT_MAX + 1)
    size = messages.page_size(limit)
    total, inexact = len(newest), more or len(newest) > finding.COUNT_MAX
    if after is not None:
        owner = after.peer if ids.is_channel(after.peer) else me.id
        last = await finding.doc_under(app, owner, after.peer, after.id + 1)
        newest = [hit for hit in newest if hit.doc < last]
        if inexact and len(newest) < size:
            newest, more = await _hits(app, me, terms, where, asked, min(last, under), size + 1)
            total += len(newest)
    more = more or len(newest) > size
    return Page(await _rows(app, newest[:size]), total, inexact, more)


async def in_channels(
    app: App, channels: Sequence[int], text: str, place: str, limit: int
) -> list[MessageRow]:
    """The newest posts of these channels that answer, for somebody in the country ``place``.

    For readers without an account: the caller has seen that the channels are for everybody.
    Raises SEARCH_QUERY_EMPTY.
    """
    terms = words.terms(text)
    if not terms:
        raise Fault("SEARCH_QUERY_EMPTY")
    if not channels:
        return []
    await app.parts[INDEXER].before_search(_STRETCHES)
    terms.append([words.of_place(channel, channel) for channel in channels])
    under, kept = END, list[Hit]()
    for _ in range(_ROUNDS):
        hits, under, last = await finding.everywhere(app, 0, terms, under, limit + 1)
        kept += await restrictions.without_withheld(app, 0, hits, place)
        if last or len(kept) >= limit:
            break
    return await _rows(app, kept[:limit])


async def _mine(app: App, me: Actor, where: Where) -> list[str]:
    """The marks of my chats, as far as they are asked for."""
    every = not (where.users or where.groups or where.channels)
    terms = [words.of_owner(me.id)] if every or where.users else []
    if every or where.groups or where.channels:
        joined = (await members.chats_of(app.store, me.id))[:_CHATS_MAX]
        rows = await chats.get_many(app, joined)
        for chat, row in rows.items():
            if every or (where.channels if row.kind == chats.CHANNEL else where.groups):
                terms.append(words.of_place(chat, chat))
    return terms


async def _hits(
    app: App, me: Actor, terms: Terms, where: Where, asked: Asked, under: int, limit: int
) -> tuple[list[Hit], bool]:
    """The newest hits, and whether there may be more."""
    ordered, oldest = app.parts[INDEXER].ordered, 0
    if asked.since > 0 and ordered:
        oldest = await finding.doc_of_date(app, asked.since - SLACK_SECONDS)
    until = asked.until if asked.until > 0 else END
    kept: list[Hit] = []
    # Where documents do not follow dates, what is asked for may lie anywhere.
    for _ in range(_ROUNDS if ordered else _ROUNDS_UNORDERED):
        hits, under, last = await finding.everywhere(app, me.id, terms, under, limit + 1)
        hits = [hit for hit in hits if asked.since <= hit.date <= until]
        kept += await _allowed(app, me, where, hits)
        if last or under <= oldest:
            return kept[:limit], len(kept) > limit
        if len(kept) >= limit:
            break
    return kept[:limit], True


async def _allowed(app: App, me: Actor, where: Where, hits: list[Hit]) -> list[Hit]:
    """Without what is hidden from me, withheld, or in another folder."""
    joined = await members.of_chats(app, me.id, {hit.peer for hit in hits if hit.peer < 0})
    hits = [hit for hit in hits if hit.peer not in joined or hit.id > joined[hit.peer].min_id]
    if where.folder is not None:
        peers = sorted({hit.peer for hit in hits})
        rows = await dialogs.of_peers(app, me, peers)
        inside = {row.peer for row in rows if row.folder == where.folder}
        hits = [hit for hit in hits if hit.peer in inside]
    return list(await restrictions.without_withheld(app, me.id, hits))


async def _rows(app: App, hits: Iterable[Hit]) -> list[MessageRow]:
    of_owner: dict[int, list[int]] = {}
    order = [(hit.owner, hit.id) for hit in hits]
    for owner, message in order:
        of_owner.setdefault(owner, []).append(message)
    by_place = {
        (owner, row.id): row
        for owner, wanted in of_owner.items()
        for row in await messages.moderation_access.rows(app.store, owner, wanted)
    }
    return [by_place[key] for key in order if key in by_place]
