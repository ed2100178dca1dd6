"""A channel's posts in documents that stay as they are: archives of its feed (RFC 5005 §4).

An archive holds the posts of one month whose ids lie in one block of :data:`BLOCK`; that of the
feed of a hashtag those of them that have it. Which posts these are is said by id and date, not by
counting: what is deleted moves nothing to another archive. It is *closed*, and can be read, once
nothing can come to it: its month is over or its ids are given out. What is in no closed archive
fits into the feed's newest page, because a block has no more ids than a page has posts.
"""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow, Offsets
from petitbleu.domain.publishing.pages.posts import (
    PAGE,
    SPARE,
    Group,
    Where,
    beside,
    given_out,
    grouped,
    tagged_in,
)

BLOCK = PAGE
"""Ids of an archive."""


class Archive(NamedTuple):
    """The posts of an archive, newest first, and what stands beside them."""

    posts: list[Group]
    earlier: MessageRow | None
    """The newest post before them; None: there is none."""
    later: MessageRow | None


def block(post: int) -> int:
    """The block in which a post is; that of an album is the block of its first message."""
    return (post - 1) // BLOCK


async def full(app: App, at: Where) -> int:
    """How many blocks have given out all their ids: the number of the one that has not."""
    return await given_out(app, at) // BLOCK


async def archive(
    app: App, at: Where, number: int, since: int, until: int, *, tag: str = ""
) -> Archive | None:
    """The posts of block ``number`` with ``since <= date < until`` (Unix seconds), those with a
    hashtag where there is a ``tag``; None: none. Raises SEARCH_QUERY_EMPTY.

    Nobody asks here whether it is closed.
    """
    start, end = number * BLOCK, (number + 1) * BLOCK
    # An album that begins in the block ends at most SPARE messages above it.
    box = Offsets(offset_id=end + SPARE + 1, limit=BLOCK + 2 * SPARE, min_id=max(start - SPARE, 0))
    grouped_posts = (
        await tagged_in(app, at, tag, box)
        if tag
        else grouped(await messages.in_box(app, at.place, box))
    )
    posts = [
        group
        for group in grouped_posts
        if start < group[0].id <= end and since <= group[0].date < until
    ]
    if not posts:
        return None
    first, last = posts[-1][0].id, posts[0][-1].id
    if not tag:
        return Archive(posts, *await beside(app, at, first, last))
    older = await tagged_in(app, at, tag, Offsets(offset_id=first, limit=1))
    above = Offsets(offset_id=last + 1, add_offset=-1, limit=1)
    newer = await tagged_in(app, at, tag, above)
    return Archive(posts, *(one[0][0] if one else None for one in (older, newer)))
