"""A channel at a glance: its months and hashtags with how many posts each has.

Of the newest :data:`LOOKED_AT` messages posts are counted; older months are named without a count.
What is withheld where the reader is counts nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow, Offsets
from petitbleu.domain.publishing.pages import posts
from petitbleu.domain.publishing.pages.posts import Group, Where
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.folding import fold

LOOKED_AT = 2000
MONTHS_MAX, TAGS_MAX = 240, 40
_HASHTAG = 2
"""The kind of such an entity (``messages/entity_kinds.py``)."""
HEADLINES = 100
"""Posts of a page of a month."""
TAGS_OF_POST = 5
"""Hashtags of a post that say what it is about; more of them are a wall, and the others say
nothing."""


class Tag(NamedTuple):
    """A hashtag as it was first written (of those looked at), and how many posts have it."""

    name: str
    posts: int


class Overview(NamedTuple):
    """``months``: (year, month) and how many posts it has, None: not counted; the newest first."""

    months: list[tuple[tuple[int, int], int | None]]
    tags: list[Tag]


async def overview(app: App, at: Where, local: Callable[[int], datetime]) -> Overview:
    """The months and hashtags of a channel. ``local``: Unix seconds as the reader's time."""
    rows: list[MessageRow] = []
    under, more = 0, True
    while more and len(rows) < LOOKED_AT:
        box = Offsets(offset_id=under, limit=messages.PAGE)
        found = await messages.in_box(app, at.place, box)
        rows += found
        more = len(found) == messages.PAGE
        under = found[-1].id if found else 0
    groups = [group for group in posts.grouped(rows) if at.held(group) is None]
    counted: Counter[tuple[int, int]] = Counter()
    for group in groups:
        when = local(group[0].date)
        counted[when.year, when.month] += 1
    months: dict[tuple[int, int], int | None] = dict(counted)
    if more:
        # The oldest month that was looked at may go on below.
        months[min(months)] = None
        await _older(app, at, months, local)
    return Overview(sorted(months.items(), reverse=True)[:MONTHS_MAX], await _tags(app, groups))


async def _older(
    app: App,
    at: Where,
    months: dict[tuple[int, int], int | None],
    local: Callable[[int], datetime],
) -> None:
    """Add the months below those that are known."""
    for _ in range(MONTHS_MAX):
        year, month = min(months)
        first = local(0).replace(year=year, month=month, day=1, hour=0, minute=0, second=0)
        before, _ = await posts.around(app, at, int(first.timestamp()), int(first.timestamp()))
        if not before:
            return
        when = local(before)
        if (when.year, when.month) >= (year, month):
            return
        months[when.year, when.month] = None


async def _tags(app: App, groups: list[Group]) -> list[Tag]:
    """The hashtags of most posts."""
    covered = await restrictions.sensitive(app, [row for group in groups for row in group])
    found: dict[str, set[int]] = {}
    written: dict[str, str] = {}
    for number, group in enumerate(groups):
        if not any((row.owner, row.id) in covered for row in group):
            for name in tag_names(group):
                key = fold(name)
                found.setdefault(key, set()).add(number)
                written[key] = name  # the oldest comes last
    most = sorted(found, key=lambda key: (-len(found[key]), key))[:TAGS_MAX]
    return [Tag(written[key], len(found[key])) for key in most]


def tag_names(group: Group) -> list[str]:
    """The hashtags that say what a post is about, without their sign, each once, as they are
    written."""
    names: dict[str, str] = {}
    for row in group:
        if row.entities is None:
            continue
        data = row.text.encode("utf-16-le", "surrogatepass")
        for entity in messages.decode_entities(row.entities):
            if entity.kind == _HASHTAG:
                piece = data[2 * entity.offset : 2 * (entity.offset + entity.length)]
                name = piece.decode("utf-16-le", "replace").lstrip("#＃").partition("@")[0]
                if name:
                    names.setdefault(fold(name), name)
    return list(names.values())[:TAGS_OF_POST]


async def month_posts(app: App, at: Where, since: int, until: int) -> list[Group]:
    """All posts of ``since <= date < until`` (Unix seconds) that are shown there, newest first."""
    above, below = [await posts.first_from(app, at, when) for when in (since, until)]
    newest = await posts.given_out(app, at)
    return await posts.stretch(app, at, above - 1, min(below - 1, newest))
