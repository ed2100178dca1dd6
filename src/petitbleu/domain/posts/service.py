"""Counting views and forwards of posts."""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu.app import App
from petitbleu.domain.posts import queries as q
from petitbleu.domain.posts.queries import PostCount
from petitbleu.ids import is_channel
from petitbleu.store.api import Tx

AGAIN = 86_400
"""Seconds after which the same person's look counts anew."""
_REMEMBERED = 500_000

Post = tuple[int, int]
"""(channel, id)"""


async def counts(app: App, posts: Iterable[Post]) -> dict[Post, PostCount]:
    """What is counted of each post; one view for those that were never counted."""
    wanted = set(posts)
    of_channel: dict[int, list[int]] = {}
    for channel, post in wanted:
        of_channel.setdefault(channel, []).append(post)
    found = {post: PostCount(*post, 1, 0) for post in wanted}
    for channel, ids in of_channel.items():
        for row in await app.store.rows(q.OF, channel=channel, ids=ids):
            found[(channel, row.id)] = row
    return found


async def see(app: App, account: int, posts: Iterable[Post]) -> None:
    """Somebody looks at posts; each counts once a day."""
    now = app.clock.now()
    seen: dict[tuple[int, Post], float] = app.caches.setdefault("posts.seen", {})
    if len(seen) > _REMEMBERED:
        seen.clear()
    fresh = [post for post in set(posts) if now - seen.get((account, post), -AGAIN) >= AGAIN]
    if fresh:
        seen.update(((account, post), now) for post in fresh)
        await app.store.write(_count, sorted(fresh), forwarded=False)


async def forwarded(app: App, posts: Iterable[Post]) -> None:
    """Posts were said again somewhere."""
    counted = sorted(posts)
    if counted:
        await app.store.write(_count, counted, forwarded=True)


async def _count(tx: Tx, posts: list[Post], *, forwarded: bool) -> None:
    change = q.FORWARDED if forwarded else q.SEEN
    for channel, post in posts:
        await tx.run(change, channel=channel, id=post)


async def erased(tx: Tx, author: int, body: int) -> None:
    """The post is gone for good."""
    if is_channel(author):
        await tx.run(q.DROP, channel=author, id=body)
