"""Posts on the same subject as another: those that carry its hashtags.

Every post of a channel has a page of its own, and many share their hashtags: which posts carry one
is remembered for half a minute. The posts themselves are read anew each time.
"""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.app import App, Part
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.publishing.pages import posts
from petitbleu.domain.publishing.pages.posts import Group, Where, readable
from petitbleu.errors import Fault
from petitbleu.folding import fold

MOST, TAGS = 4, 3
"""Posts that are named, and so many hashtags that are looked at."""
FRESH = 30
_REMEMBERED = 2000

_Known = dict[tuple[int, str], tuple[float, list[int]]]


async def related(app: App, at: Where, group: Group, tags: Sequence[str]) -> list[Group]:
    """Other posts that carry one of the hashtags, the newest first."""
    numbers: set[int] = set()
    for tag in tags[:TAGS]:
        numbers.update(await _tagged(app, at, tag))
    ids = sorted(numbers - {row.id for row in group}, reverse=True)[:MOST]
    rows = await messages.in_place(app, at.place, ids) if ids else {}
    return await readable(app, at, [rows[id] for id in ids if id in rows])


RELATED: Part[_Known] = Part(lambda _: {})


async def _tagged(app: App, at: Where, tag: str) -> list[int]:
    known = app.parts[RELATED]
    key, now = (at.chat.id, fold(tag)), app.clock.now()
    kept = known.get(key)
    if kept is not None and 0 <= now - kept[0] < FRESH:
        return kept[1]
    try:
        listed = (await posts.tagged(app, at, tag)).posts
    except Fault:
        listed = []
    if len(known) >= _REMEMBERED:
        known.clear()
    ids = [post[0].id for post in listed[: MOST + 1]]
    known[key] = (now, ids)
    return ids
