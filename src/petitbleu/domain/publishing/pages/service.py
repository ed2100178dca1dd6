"""Which channels stand on the web, under which name, and how their owners want them shown.

Off for every channel at first. Only a broadcast channel with a public name can have a page: groups,
private channels and private chats have none at all.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import CHANNEL, ChatRow
from petitbleu.domain.messaging.posts import service as posts
from petitbleu.domain.people.usernames import service as usernames
from petitbleu.domain.publishing.pages import authors, corrections, domains, kept, versions
from petitbleu.domain.publishing.pages import previews as previewing
from petitbleu.domain.publishing.pages import queries as q
from petitbleu.domain.publishing.pages import switches as switching
from petitbleu.domain.publishing.pages.alts import (
    MAX_CHARACTERS,
    EditWaits,
    NoPicture,
    change_shown,
    describe,
    load_alt,
    load_alts,
    undescribed,
)
from petitbleu.domain.publishing.pages.archives import Archive, archive, block, full
from petitbleu.domain.publishing.pages.authors import Author
from petitbleu.domain.publishing.pages.changed import PART, changed, part
from petitbleu.domain.publishing.pages.domains import channel_on, claim, known_channel
from petitbleu.domain.publishing.pages.domains import origin as domain_origin
from petitbleu.domain.publishing.pages.hostnames import domain as normal_domain
from petitbleu.domain.publishing.pages.hostnames import is_address
from petitbleu.domain.publishing.pages.hostnames import own as own_hosts
from petitbleu.domain.publishing.pages.identity import NOTHING, Identity, Section, Unfit, set_logo
from petitbleu.domain.publishing.pages.identity import load as load_identity
from petitbleu.domain.publishing.pages.identity import set_value as set_identity
from petitbleu.domain.publishing.pages.near import nearest
from petitbleu.domain.publishing.pages.overview import (
    HEADLINES,
    Overview,
    month_posts,
    overview,
)
from petitbleu.domain.publishing.pages.owners import (
    CannotShow,
    NotYours,
    Settings,
    address,
    answer,
    lock,
    note,
    set_official,
    set_shown,
    set_switch,
    settings,
    tell,
    waiting,
)
from petitbleu.domain.publishing.pages.posts import (
    MONTHS_SINCE,
    Listing,
    Neighbours,
    Where,
    around,
    deleted,
    edited,
    find_posts,
    given_out,
    gone,
    held_back,
    lately,
    listing,
    logged,
    month,
    neighbours,
    newer_than,
    pinned,
    readable,
    signed,
    starts,
    stretch,
    tagged,
    tagged_everywhere,
    where,
    with_album,
)
from petitbleu.domain.publishing.pages.previews import address as preview
from petitbleu.domain.publishing.pages.previews import quiet
from petitbleu.domain.publishing.pages.purged import Purged, on_purged, tag
from petitbleu.domain.publishing.pages.queries import OFF, ON, WAITING
from petitbleu.domain.publishing.pages.related import related
from petitbleu.domain.publishing.pages.switches import SHARES, Invalid, Switches
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.updates import service as updates

__all__ = [
    "HEADLINES",
    "MAX_CHARACTERS",
    "MONTHS_SINCE",
    "NOTHING",
    "OFF",
    "ON",
    "PART",
    "SHARES",
    "WAITING",
    "Archive",
    "Author",
    "CannotShow",
    "EditWaits",
    "Everywhere",
    "Identity",
    "Invalid",
    "Listing",
    "Moved",
    "Neighbours",
    "NoPicture",
    "NotYours",
    "Overview",
    "Page",
    "Purged",
    "Section",
    "Settings",
    "Switches",
    "Unfit",
    "Where",
    "address",
    "answer",
    "archive",
    "around",
    "authors",
    "block",
    "change_shown",
    "changed",
    "channel_on",
    "claim",
    "corrections",
    "deleted",
    "describe",
    "domain_origin",
    "edited",
    "find",
    "find_posts",
    "full",
    "given_out",
    "gone",
    "held_back",
    "is_address",
    "known_channel",
    "lately",
    "listed",
    "listed_in",
    "listing",
    "load_alt",
    "load_alts",
    "load_identity",
    "load_page",
    "lock",
    "logged",
    "looks",
    "month",
    "month_posts",
    "near",
    "neighbours",
    "newer_than",
    "normal_domain",
    "note",
    "on_purged",
    "overview",
    "own_hosts",
    "part",
    "pinned",
    "preview",
    "quiet",
    "readable",
    "related",
    "see",
    "set_identity",
    "set_logo",
    "set_official",
    "set_shown",
    "set_switch",
    "settings",
    "signed",
    "starts",
    "stretch",
    "tag",
    "tagged",
    "tagged_everywhere",
    "tell",
    "undescribed",
    "versions",
    "waiting",
    "where",
    "with_album",
]

LISTED_MAX = 1000
"""Public channels shown and searched at once."""


class Page(NamedTuple):
    """A channel that anybody may read on the web."""

    chat: ChatRow
    switches: Switches
    since: int
    under: str = ""
    """Of a preview: the name with what lets its reader in; empty: anybody may read it."""
    identity: Identity = NOTHING
    domain: str = ""
    """Where it stands, if it has a domain of its own."""

    @property
    def title(self) -> str:
        """The name of the newspaper."""
        return self.identity.name or self.chat.title

    @property
    def is_newspaper(self) -> bool:
        """Whether it is laid out as a newspaper: its owner gave it a name, sections or a domain."""
        return bool(self.identity.name or self.identity.sections or self.domain)

    @property
    def home(self) -> str:
        """The path of its first page, where it stands."""
        return "/" if self.domain else f"/s/{self.name}"

    @property
    def looks(self) -> Hashable:
        """What changes with anything that its pages show beside posts."""
        return self.switches, self.name, self.identity, self.domain

    @property
    def name(self) -> str:
        """What its addresses begin with: the public name, as the owner writes it."""
        assert self.chat.username is not None
        return self.under or self.chat.username


class Moved(NamedTuple):
    """The channel has this name now."""

    name: str


async def load_page(app: App, chat: int) -> Page | None:
    """The page of a channel (peer number); None where it has none, or none now."""
    if chat >= 0:
        return None
    row = await chats.get(app, chat)
    if row is None or not _can(row):
        return None
    page = await kept.row(app, chat)
    if page.shown != ON or row.creator in await restrictions.suspended(app, [row.creator]):
        return None
    return Page(
        row,
        switching.decode(page.switches),
        page.since,
        identity=await load_identity(app, chat),
        domain=await domains.of_channel(app, chat),
    )


def _can(row: ChatRow) -> bool:
    return row.kind == CHANNEL and row.username is not None and not chats.dead(row)


async def find(app: App, name: str) -> Page | Moved | None:
    """The page under a public name, or under that of a preview; where a channel went that had the
    name within a year.
    """
    if previewing.BETWEEN in name:
        return await _preview(app, name)
    peer = await usernames.resolve(app.store, name)
    if peer is not None:
        return await load_page(app, peer)
    peer = await usernames.former(app, name)
    page = await load_page(app, peer) if peer is not None else None
    return None if page is None else Moved(page.name)


async def _preview(app: App, name: str) -> Page | Moved | None:
    """The page that is not shown yet, for whom its owner gave the link."""
    plain = name.partition(previewing.BETWEEN)[0]
    peer = await usernames.resolve(app.store, plain)
    row = await chats.get(app, peer) if peer is not None and peer < 0 else None
    if row is None or not _can(row) or not previewing.valid(app, row.id, name):
        return None
    if await load_page(app, row.id) is not None:
        return Moved(plain)
    if row.creator in await restrictions.suspended(app, [row.creator]):
        return None
    stands = await settings(app, row.id)
    quiet = previewing.quiet(stands.switches)
    return Page(row, quiet, 0, name, identity=await load_identity(app, row.id))


async def listed(app: App) -> list[Page]:
    """All pages there are, the oldest first."""
    rows = await app.store.rows(q.SHOWN, limit=LISTED_MAX)
    pages = [await load_page(app, row.chat) for row in rows]
    return [page for page in pages if page is not None]


class Everywhere(NamedTuple):
    """The pages that can be read in ``country``. ``version`` changes with whatever any of them
    shows; ``divided``: whether a measure makes a difference between countries.
    """

    pages: list[Page]
    country: str
    version: Hashable
    divided: bool


async def listed_in(app: App, country: str) -> Everywhere:
    """:func:`listed` without the channels that are withheld from readers in ``country``."""
    pages = await listed(app)
    channels = [page.chat.id for page in pages]
    marks = await restrictions.load_marks(app, channels)
    counters = await updates.counters(app, channels)
    held = {
        chat
        for chat, rows in marks.items()
        if any(
            row.kind == restrictions.WITHHELD
            and row.id == restrictions.ITSELF
            and restrictions.applies(row, country)
            for row in rows
        )
    }
    measures = tuple(tuple(rows) for rows in marks.values())
    bylines = tuple((await authors.load_authors(app, channels)).values())
    counted = tuple(counters.get(channel, 0) for channel in channels)
    return Everywhere(
        [page for page in pages if page.chat.id not in held],
        country,
        (tuple(pages), counted, measures, bylines),
        any(row.countries for rows in measures for row in rows),
    )


async def near(app: App, name: str, country: str) -> list[Page]:
    """Pages that can be read in ``country`` whose names look like ``name``, the nearest first."""
    by_name = {page.name: page for page in (await listed_in(app, country)).pages}
    return [by_name[key] for key in nearest(name, by_name)]


def looks(app: App, reader: int, chat: int, post: int) -> bool:
    """Whether this look of somebody without an account counts. ``reader``: a negative number that
    stands for them today."""
    return bool(posts.looked(app, reader, [(chat, post)]))


async def see(app: App, seen: Mapping[tuple[int, int], int]) -> None:
    """(channel, post) -> so many looks of such people that count."""
    await posts.seen_by(app, seen)
