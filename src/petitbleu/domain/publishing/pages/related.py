"""Posts on the same subject as another: those that share hashtags with it, and words.

A hashtag that few posts carry says more than one that all do, and of a wall of hashtags only the
first few say anything. Which posts carry one is remembered for half a minute: every post of a
channel has a page of its own, and many share their hashtags. The posts are read anew each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from petitbleu.app import App, Part
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.publishing.pages import overview, posts
from petitbleu.domain.publishing.pages.posts import Group, Where, readable
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.search import service as search
from petitbleu.errors import Fault
from petitbleu.folding import fold

MOST = 4
"""Posts that are named."""
FRESH = 30
_REMEMBERED = 2000
_LOOKED_AT = 40
"""Posts whose texts are compared."""
_WORD = 5
"""Letters from which a word says something of the subject."""


class _Carriers(NamedTuple):
    """The newest posts that carry a hashtag, and how many there are."""

    at: float
    ids: list[int]
    total: int


_Known = dict[tuple[int, str], _Carriers]
RELATED: Part[_Known] = Part(lambda _: {})


async def related(app: App, at: Where, group: Group, tags: Sequence[str]) -> list[Group]:
    """Other posts on the subject, those that have most in common first, then the newest."""
    own = list(dict.fromkeys(fold(tag) for tag in tags))[: overview.TAGS_OF_POST]
    worth: dict[str, float] = {}
    hits: Counter[int] = Counter()
    for tag in own:
        carriers = await _tagged(app, at, tag)
        worth[tag] = 1 / log(2 + carriers.total)
        hits.update(carriers.ids)
    mine = {row.id for row in group}
    ids = sorted((id for id in hits if id not in mine), key=lambda id: (-hits[id], -id))
    rows = await messages.in_place(app, at.place, ids[:_LOOKED_AT]) if ids else {}
    others = await readable(app, at, list(rows.values()))
    covered = await restrictions.sensitive(app, [row for other in others for row in other])
    words, scored = _words(group), []
    for other in others:
        if other[0].id in mine:
            continue
        hidden = any((row.owner, row.id) in covered for row in other)
        carried = set(own) if hidden else {fold(name) for name in overview.tag_names(other)}
        shared = sum(worth[tag] for tag in own if tag in carried)
        if shared:
            theirs = set() if hidden else _words(other)
            alike = 2 * len(words & theirs) / max(1, len(words) + len(theirs))
            scored.append((-(shared + alike), -other[0].id, other))
    return [other for _, _, other in sorted(scored, key=lambda one: one[:2])[:MOST]]


def _words(group: Group) -> set[str]:
    return search.vocabulary(" ".join(row.text for row in group), _WORD)


async def _tagged(app: App, at: Where, tag: str) -> _Carriers:
    known = app.parts[RELATED]
    key, now = (at.chat.id, tag), app.clock.now()
    kept = known.get(key)
    if kept is not None and 0 <= now - kept.at < FRESH:
        return kept
    try:
        listed = await posts.tagged(app, at, tag)
    except Fault:
        listed = posts.Listing([])
    if len(known) >= _REMEMBERED:
        known.clear()
    found = known[key] = _Carriers(now, [post[0].id for post in listed.posts], listed.total)
    return found
