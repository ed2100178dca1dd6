"""Which channels stand on the web, under which name, and how their owners want them shown.

Off for every channel at first. Only a broadcast channel with a public name can have a page: groups,
private channels and private chats have none at all.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App
from petitbleu.cache import Cache
from petitbleu.domain.chats import service as chats
from petitbleu.domain.chats.service import CHANNEL, ChatRow
from petitbleu.domain.marks import service as marks
from petitbleu.domain.pages import queries as q
from petitbleu.domain.pages import switches as switching
from petitbleu.domain.pages.near import nearest
from petitbleu.domain.pages.posts import (
    MONTHS_SINCE,
    Listing,
    Neighbours,
    Where,
    around,
    deleted,
    find_posts,
    given_out,
    gone,
    held_back,
    lately,
    listing,
    month,
    neighbours,
    newer_than,
    pinned,
    stretch,
    tagged,
    tagged_everywhere,
    where,
    with_album,
)
from petitbleu.domain.pages.queries import PageRow
from petitbleu.domain.pages.switches import SHARES, Invalid, Switches
from petitbleu.domain.posts import service as posts
from petitbleu.domain.usernames import service as usernames
from petitbleu.store.api import Tx

__all__ = [
    "MONTHS_SINCE",
    "SHARES",
    "CannotShow",
    "Invalid",
    "Listing",
    "Moved",
    "Neighbours",
    "Page",
    "Switches",
    "Where",
    "around",
    "deleted",
    "find",
    "find_posts",
    "given_out",
    "gone",
    "held_back",
    "lately",
    "listed",
    "listing",
    "month",
    "near",
    "neighbours",
    "newer_than",
    "of",
    "pinned",
    "see",
    "set_shown",
    "set_switch",
    "settings",
    "stretch",
    "tagged",
    "tagged_everywhere",
    "where",
    "with_album",
]

LISTED_MAX = 1000
"""Public channels shown and searched at once."""
_REMEMBERED = 5000


class Page(NamedTuple):
    """A channel that anybody may read on the web."""

    chat: ChatRow
    switches: Switches
    since: int

    @property
    def name(self) -> str:
        """Its public name, as the owner writes it."""
        assert self.chat.username is not None
        return self.chat.username


class Moved(NamedTuple):
    """The channel has this name now."""

    name: str


def _cache(app: App) -> Cache[int, PageRow]:
    found = app.caches.get("pages")
    if found is None:
        found = app.caches["pages"] = Cache[int, PageRow](_REMEMBERED)
    assert isinstance(found, Cache)
    return found


async def _row(app: App, chat: int) -> PageRow:
    cache = _cache(app)
    known = cache.get(chat)
    if known is not None:
        return known
    generation = cache.generation
    row = await app.store.row(q.GET, chat=chat)
    row = row or PageRow(chat, 0, 0, switching.encode(Switches()))
    cache.keep(chat, row, generation)
    return row


async def of(app: App, chat: int) -> Page | None:
    """The page of a channel (peer number); None where it has none, or none now."""
    if chat >= 0:
        return None
    row = await chats.get(app, chat)
    if row is None or not _can(row):
        return None
    page = await _row(app, chat)
    if not page.shown or row.creator in await marks.suspended(app, [row.creator]):
        return None
    return Page(row, switching.decode(page.switches), page.since)


def _can(row: ChatRow) -> bool:
    return row.kind == CHANNEL and row.username is not None and not chats.dead(row)


async def find(app: App, name: str) -> Page | Moved | None:
    """The page under a public name; where a channel went that had the name within a year."""
    peer = await usernames.resolve(app.store, name)
    if peer is not None:
        return await of(app, peer)
    peer = await usernames.former(app, name)
    page = await of(app, peer) if peer is not None else None
    return None if page is None else Moved(page.name)


async def listed(app: App) -> list[Page]:
    """All pages there are, the oldest first."""
    rows = await app.store.rows(q.SHOWN, limit=LISTED_MAX)
    found = [await of(app, row.chat) for row in rows]
    return [page for page in found if page is not None]


async def near(app: App, name: str) -> list[Page]:
    """Pages whose names look like ``name``, the nearest first."""
    by_name = {page.name: page for page in await listed(app)}
    return [by_name[one] for one in nearest(name, by_name)]


async def see(app: App, reader: int, chat: int, post: int) -> None:
    """Somebody without an account reads a post. ``reader``: a negative number that stands for them
    today."""
    await posts.see(app, reader, [(chat, post)])


# ── the owner's switches ────────────────────────────────────────────────────────────────────────


class CannotShow(Exception):
    """The chat can have no page; the text is one sentence."""


async def settings(app: App, chat: int) -> tuple[bool, Switches]:
    """Whether the page is switched on, and its switches."""
    row = await _row(app, chat)
    return bool(row.shown), switching.decode(row.switches)


async def set_shown(app: App, chat: int, shown: bool) -> None:
    """Switch the page of a channel on or off. Raises CannotShow."""
    row = await chats.get(app, chat)
    if shown and (row is None or row.kind != CHANNEL or chats.dead(row)):
        raise CannotShow("only a channel can have a public page")
    if shown and row is not None and row.username is None:
        raise CannotShow("the channel needs a public name first: it is the address of its page")
    with _cache(app).changing([chat]):
        await app.store.write(_set_shown, chat, shown, int(app.clock.now()))


async def _set_shown(tx: Tx, chat: int, shown: bool, now: int) -> None:
    row = await tx.row(q.GET, chat=chat)
    stored = row.switches if row is not None else switching.encode(Switches())
    since = row.since if row is not None and row.shown else now
    await tx.run(q.PUT, chat=chat, shown=int(shown), since=since, switches=stored)


async def set_switch(app: App, chat: int, name: str, value: str) -> Switches:
    """Set one switch as it was typed. Raises Invalid."""
    with _cache(app).changing([chat]):
        return await app.store.write(_set_switch, chat, name, value)


async def _set_switch(tx: Tx, chat: int, name: str, value: str) -> Switches:
    row = await tx.row(q.GET, chat=chat) or PageRow(chat, 0, 0, switching.encode(Switches()))
    made = switching.changed(switching.decode(row.switches), name, value)
    await tx.run(q.PUT, **row._replace(switches=switching.encode(made))._asdict())
    return made
