"""Reading the posts of a public channel: pages of them, one, a month, a tag, what is gone.

Albums count as one post: their messages lie side by side and are shown together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow, Offsets, Place
from petitbleu.domain.publishing.pages import authors, corrections
from petitbleu.domain.publishing.pages import queries_articles as qa
from petitbleu.domain.publishing.pages.authors import Author
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.restrictions.service import ITSELF, WITHHELD, Mark
from petitbleu.domain.safety.moderation import service as moderation
from petitbleu.domain.safety.moderation.service import Removal
from petitbleu.domain.search import service as search
from petitbleu.domain.updates import service as updates
from petitbleu.domain.updates.log import Event

PAGE = 20
"""Posts of a page."""
NUMBERED = 10
"""Pages, from the newest on, that a page leads to by their numbers."""
MONTHS_SINCE = 2013
"""No channel is older."""
SPARE = 10
"""The most messages an album has."""
_ROUNDS = 10
_REMEMBERED = 1000
TOMBSTONES = 50
"""Deleted posts that a feed tells of."""
_LOOKED_BACK = 1000
"""Events of the channel that are looked through for them."""
_NOTED_SECONDS = 30 * 86_400
"""How long a feed tells of a correction of an old post."""
_DELETED = "messages.deleted"

Group = list[MessageRow]
"""The messages of one post, oldest first."""


class Where(NamedTuple):
    """A channel as it is read from one country."""

    chat: ChatRow
    country: str
    marks: tuple[Mark, ...]
    """The measures in force that count there."""
    classes: str
    """The country where a measure names it, else empty: readers with the same see the same."""
    divided: bool
    """Whether a measure makes a difference between countries at all."""
    version: tuple[int | str, ...]
    """Changes with every numbered event of the channel, every measure on it and its bylines."""
    authors: tuple[Author, ...] = ()
    """Who is named in bylines there."""

    @property
    def place(self) -> Place:
        """Everything there is, withheld or not."""
        return messages.unguarded(self.chat.id, self.chat.id, self.chat)

    def withheld(self, message: int) -> Mark | None:
        """Why a post is not shown there; None: it is."""
        return next(
            (mark for mark in self.marks if mark.kind == WITHHELD and mark.id in (ITSELF, message)),
            None,
        )

    def held(self, post: Sequence[MessageRow]) -> Mark | None:
        """Why a post is not shown there: an album goes with each of its messages."""
        return next((mark for row in post if (mark := self.withheld(row.id))), None)


class Listing(NamedTuple):
    """A page of posts, newest first, and where the pages beside it begin (``before=``)."""

    posts: list[Group]
    older: int = 0
    """0: there are none."""
    newer: int | None = None
    """None: this is the newest page; 0: the newest page is next."""
    total: int = 0
    """Of a search: how many messages answer, where that is counted; 0: it is not."""


class Neighbours(NamedTuple):
    """The posts before and after one; empty: none."""

    previous: Group
    next: Group


async def where(app: App, chat: ChatRow, country: str) -> Where:
    """The channel for readers in ``country`` (ISO 3166)."""
    marks = (await restrictions.load_marks(app, (chat.id,))).get(chat.id, ())
    named = {code for mark in marks for code in mark.countries.split(",") if code}
    counting = tuple(mark for mark in marks if restrictions.applies(mark, country))
    pts = (await updates.counters(app, [chat.id])).get(chat.id, 0)
    named_there = await authors.of_channel(app, chat.id)
    version = (
        *(pts, chat.version),
        *(number for mark in marks for number in (mark.id, mark.measure)),
        *(fact for author in named_there for fact in author),
    )
    classes = country if country in named else ""
    return Where(chat, country, counting, classes, bool(named), version, named_there)


def held_back(at: Where) -> Mark | None:
    """Why the whole channel is not shown."""
    return at.withheld(ITSELF)


# ── pages of posts ──────────────────────────────────────────────────────────────────────────────


def grouped(rows: Sequence[MessageRow]) -> list[Group]:
    """Rows, newest first, as posts, newest first; what is no text (service messages) left out."""
    groups: list[Group] = []
    album = 0
    for row in rows:
        if row.kind != messages.TEXT:
            continue
        number = messages.albums.number(row)
        if number and number == album:
            groups[-1].insert(0, row)
        else:
            groups.append([row])
        album = number
    return groups


async def listing(
    app: App, at: Where, before: int = 0, *, above: int = 0, below: int = 0
) -> Listing:
    """The posts under the id ``before`` (0: the newest), between ``above`` and ``below``, both
    exclusive."""
    posts: list[Group] = []
    rows: list[MessageRow] = []
    under, wanted, more = before, PAGE + SPARE, True
    for _ in range(_ROUNDS):
        box = Offsets(offset_id=under, limit=wanted, min_id=above, max_id=below)
        found = await messages.in_box(app, at.place, box)
        rows += found
        more = len(found) == wanted
        posts = grouped(rows)
        if len(posts) > PAGE or not more:
            break
        under = rows[-1].id
    older = posts[PAGE - 1][0].id if len(posts) > PAGE or (more and len(posts) == PAGE) else 0
    newer = await _newer(app, at, before, below) if before else None
    return Listing(posts[:PAGE], older, newer)


STARTS: Part[dict[int, tuple[tuple[int | str, ...], list[int]]]] = Part(lambda _: {})
"""Channel -> version of its page, and where its newest pages begin."""


async def starts(app: App, at: Where) -> list[int]:
    """Where the newest pages begin (``before=``), the first of them 0; at most :data:`NUMBERED`."""
    known = app.parts[STARTS]
    kept = known.get(at.chat.id)
    if kept is not None and kept[0] == at.version:
        return kept[1]
    box = Offsets(limit=NUMBERED * PAGE + SPARE)
    posts = grouped(await messages.in_box(app, at.place, box))
    begins = range(PAGE, min(len(posts), NUMBERED * PAGE), PAGE)
    first_ids = [0, *(posts[one - 1][0].id for one in begins)]
    if len(known) >= _REMEMBERED:
        known.clear()
    known[at.chat.id] = (at.version, first_ids)
    return first_ids


async def _newer(app: App, at: Where, before: int, below: int) -> int | None:
    """Where the page above ``before`` begins."""
    wanted = PAGE + SPARE
    box = Offsets(offset_id=before, add_offset=-wanted, limit=wanted, max_id=below)
    posts = grouped(await messages.in_box(app, at.place, box))
    if not posts:
        return None
    return 0 if len(posts) <= PAGE else posts[-PAGE][-1].id + 1


async def month(app: App, at: Where, since: int, until: int, before: int = 0) -> Listing:
    """The posts of ``since <= date < until`` (Unix seconds)."""
    above, below = await first_from(app, at, since), await first_from(app, at, until)
    return await listing(app, at, min(before, below) if before else below, above=above - 1,
                         below=below)  # fmt: skip


async def first_from(app: App, at: Where, date: int) -> int:
    """The first id that a message of ``date`` (Unix seconds) or later has, or would have."""
    return await messages.start(app, at.chat.id, at.chat.id, Offsets(offset_date=date))


async def around(app: App, at: Where, since: int, until: int) -> tuple[int, int]:
    """The dates of the last post before ``since`` and of the first from ``until`` on; 0: none."""
    earlier = await listing(app, at, await first_from(app, at, since))
    start = await first_from(app, at, until)
    box = Offsets(offset_id=start, add_offset=-1, limit=1)
    later = await messages.in_box(app, at.place, box) if start < messages.END else []
    return (
        earlier.posts[0][0].date if earlier.posts else 0,
        later[0].date if later else 0,
    )


async def pinned(app: App, at: Where) -> Group:
    """The newest pinned post; empty: none."""
    ids = await messages.pinned_ids(app, at.place)
    return await with_album(app, at, ids[-1]) if ids else []


# ── one post ────────────────────────────────────────────────────────────────────────────────────


async def with_album(app: App, at: Where, post: int) -> Group:
    """A post with the rest of its album, oldest first; empty where it is gone or never was."""
    rows = await messages.in_place(app, at.place, [post])
    if post not in rows or rows[post].kind != messages.TEXT:
        return []
    return await messages.albums.whole(app, at.place, rows[post])


async def readable(app: App, at: Where, rows: Sequence[MessageRow]) -> list[Group]:
    """The posts of these messages that are shown there, each once."""
    return [post for post in await _whole(app, at.place, rows) if at.held(post) is None]


async def neighbours(app: App, at: Where, group: Group) -> Neighbours:
    """What stands beside a post."""
    found = await beside(app, at, group[0].id, group[-1].id)
    return Neighbours(*[await _whole_post(app, at, row) if row else [] for row in found])


async def _whole_post(app: App, at: Where, row: MessageRow) -> Group:
    return await messages.albums.whole(app, at.place, row)


async def beside(
    app: App, at: Where, first: int, last: int
) -> tuple[MessageRow | None, MessageRow | None]:
    """The posts right before the id ``first`` and behind ``last``, by their first messages."""
    older = await listing(app, at, first)
    box = Offsets(offset_id=last + 1, add_offset=-SPARE, limit=SPARE)
    newer = grouped(await messages.in_box(app, at.place, box))
    return older.posts[0][0] if older.posts else None, newer[-1][0] if newer else None


async def gone(app: App, at: Where, post: int) -> Removal | bool:
    """Of a post that is not there: who removed it; True: its author did; False: it never was."""
    removed = await moderation.removal(app, at.chat.id, post)
    if removed is not None:
        return removed
    if post in await messages.in_place(app, at.place, [post]):
        return False  # a service message: it tells of the channel and was never a post
    newest = await messages.given_out(app.store, at.chat.id)
    return 0 < post <= newest


async def logged(app: App, at: Where) -> list[Event]:
    """What happened in the channel of late, the oldest first."""
    pts = (await updates.counters(app, [at.chat.id])).get(at.chat.id, 0)
    return await updates.logged(app, at.chat.id, max(0, pts - _LOOKED_BACK), pts, _LOOKED_BACK)


async def deleted(
    app: App, at: Where, events: Sequence[Event], *, top: int = 0
) -> list[tuple[int, int]]:
    """The posts that these events deleted or removed: (id, Unix seconds), the newest first.
    ``top``: of a group, the answers in that thread alone."""
    deleted_at = {
        id: event.at for event in events if event.kind == _DELETED for id in _told(event, top)
    }
    back = await messages.in_place(app, at.place, list(deleted_at))
    gone = [(id, when) for id, when in deleted_at.items() if id not in back]
    return sorted(gone, key=lambda one: (-one[1], -one[0]))[:TOMBSTONES]


async def edited(app: App, at: Where, events: Sequence[Event], below: int) -> list[Group]:
    """The posts under the id ``below`` that these events edited or that were corrected of late, the
    newest posts first; of many those that were edited last."""
    since = int(app.clock.now()) - _NOTED_SECONDS
    noted = await corrections.corrected(app, at.chat.id, 0, below - 1)
    fresh = [id for id, when in noted.items() if when >= since]
    edited_ids = {
        event.data["id"]: None for event in reversed(events) if event.kind == messages.EDITED
    }
    ids = [id for id in {**dict.fromkeys(fresh), **edited_ids} if id < below][:PAGE]
    rows = (await messages.in_place(app, at.place, ids)).values()
    changed = (row for row in rows if row.edit_date is not None or row.id in noted)
    said = [row for row in changed if row.kind == messages.TEXT]
    posts = await _whole(app, at.place, said)
    return sorted(
        (post for post in posts if post[-1].id < below), key=lambda one: one[0].id, reverse=True
    )


def _told(event: Event, top: int) -> list[int]:
    """The ids that an event of :data:`_DELETED` names, those of one thread where ``top`` says so.
    Events from before threads were noted have none."""
    ids: list[int] = event.data["ids"]
    if not top:
        return ids
    tops: list[int] = event.data.get("tops", [])
    return [id for id, first in zip(ids, tops, strict=False) if first == top]


async def stretch(app: App, at: Where, above: int, upto: int) -> list[Group]:
    """All posts with ``above < id <= upto``, newest first; without what is withheld there."""
    rows: list[MessageRow] = []
    under = upto + 1
    while True:
        box = Offsets(offset_id=under, limit=messages.PAGE, min_id=above)
        found = await messages.in_box(app, at.place, box)
        rows += found
        if len(found) < messages.PAGE:
            break
        under = found[-1].id
    return [group for group in grouped(rows) if at.held(group) is None]


async def lately(app: App, at: Where, since: int) -> list[Group]:
    """All posts from ``since`` (Unix seconds) on, newest first; without what is withheld there."""
    above = await first_from(app, at, since) - 1
    return await stretch(app, at, above, await messages.given_out(app.store, at.chat.id))


async def given_out(app: App, at: Where) -> int:
    """The newest id that a post of the channel ever had."""
    return await messages.given_out(app.store, at.chat.id)


async def newer_than(app: App, at: Where, post: int) -> int:
    """How many posts there are above an id, counted up to a page."""
    box = Offsets(offset_id=post + 1, add_offset=-PAGE, limit=PAGE)
    return len(grouped(await messages.in_box(app, at.place, box)))


# ── tags and words ──────────────────────────────────────────────────────────────────────────────


async def find_posts(app: App, at: Where, text: str, before: int = 0) -> Listing:
    """The posts of a channel that answer a question of words. Raises SEARCH_QUERY_EMPTY."""
    found = await _answering(app, at, text, Offsets(offset_id=before, limit=PAGE + 1))
    rows = found.rows
    older = rows[PAGE - 1].id if len(rows) > PAGE else 0
    newer = None
    if before:
        box = Offsets(offset_id=before, add_offset=-(PAGE + 1), limit=PAGE + 1)
        above = (await _answering(app, at, text, box)).rows
        newer = above[-PAGE].id + 1 if len(above) > PAGE else 0 if above else None
    total = 0 if found.inexact else found.total
    return Listing(await _whole(app, at.place, rows[:PAGE]), older, newer, total)


async def _answering(app: App, at: Where, text: str, box: Offsets) -> search.Page:
    """The messages in ``box`` that answer, without what is withheld there."""
    veil = await restrictions.veil_in(app, at.country, at.chat.id, at.chat.id)
    return await search.in_box(app, at.place._replace(veil=veil), search.Asked(text), box)


_STRIDE, _STRIDES = 5000, 4
"""Ids that are looked through at once for what somebody signed, and how often for one page."""


async def signed(app: App, at: Where, author: Author, before: int = 0) -> Listing:
    """The posts under the id ``before`` (0: the newest) that bear a byline, without what is
    withheld there."""
    below = before or await messages.given_out(app.store, at.chat.id) + 1
    posts: list[Group] = []
    for _ in range(_STRIDES):
        above = max(0, below - 1 - _STRIDE)
        found = await app.store.rows(
            qa.SIGNED, chat=at.chat.id, account=author.account, above=above, below=below,
            limit=PAGE + SPARE,
        )  # fmt: skip
        rows = await messages.in_place(app, at.place, [row.id for row in found])
        hits = [rows[row.id] for row in found if row.id in rows]
        for post in await _whole(app, at.place, hits):
            account, name = signature(post[0])
            fresh = not posts or post[0].id < posts[-1][0].id
            if fresh and author.signs(account, name) and at.held(post) is None:
                posts.append(post)
        below = found[-1].id if len(found) == PAGE + SPARE else above + 1
        if len(posts) > PAGE or below <= 1:
            break
    if len(posts) > PAGE:
        return Listing(posts[:PAGE], posts[PAGE - 1][0].id)
    return Listing(posts, below if below > 1 else 0)


def signature(row: MessageRow) -> tuple[int, str]:
    """Who signed a post, and how; (0, "") for one that nobody did, or that is another's text."""
    extra = messages.decode_extra(row.extra) if row.extra is not None else {}
    name = str(extra.get("sign") or "")
    return (row.sender, name) if name and "forward" not in extra else (0, "")


async def _whole(app: App, place: Place, hits: Sequence[MessageRow]) -> list[Group]:
    """The posts in which these messages are, each once."""
    posts: dict[int, Group] = {}
    for row in hits:
        if row.kind != messages.TEXT:
            continue
        group = await messages.albums.whole(app, place, row)
        posts.setdefault(group[0].id, group)
    return list(posts.values())


async def tagged(app: App, at: Where, tag: str, before: int = 0) -> Listing:
    """The posts of a channel with a hashtag, in any case and accents."""
    return await find_posts(app, at, f"#{tag}", before)


async def tagged_in(app: App, at: Where, tag: str, box: Offsets) -> list[Group]:
    """Those in ``box`` alone, newest first. Raises SEARCH_QUERY_EMPTY."""
    return await _whole(app, at.place, (await _answering(app, at, f"#{tag}", box)).rows)


async def tagged_everywhere(
    app: App, channels: Sequence[int], text: str, country: str
) -> list[MessageRow]:
    """The newest posts of these channels that answer. Raises SEARCH_QUERY_EMPTY."""
    return await search.in_channels(app, channels, text, country, PAGE)
