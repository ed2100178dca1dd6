"""Counting views and forwards of posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from petitbleu.app import App, Part
from petitbleu.domain.messaging.posts import queries as q
from petitbleu.domain.messaging.posts.queries import PostCount
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
    by_post = {post: PostCount(*post, 1, 0) for post in wanted}
    for channel, ids in of_channel.items():
        for row in await app.store.rows(q.OF, channel=channel, ids=ids):
            by_post[(channel, row.id)] = row
    return by_post


async def see(app: App, account: int, posts: Iterable[Post]) -> None:
    """Somebody looks at posts; each counts once a day."""
    fresh = looked(app, account, posts)
    if fresh:
        await app.store.write(_seen, dict.fromkeys(sorted(fresh), 1))


async def seen_by(app: App, posts: Mapping[Post, int]) -> None:
    """So many people whose looks count (:func:`looked`) have seen each of these posts."""
    await app.store.background(_seen, dict(sorted(posts.items())))


LOOKED: Part[dict[tuple[int, Post], float]] = Part(lambda _: {})
"""(person, post) -> when that look was counted."""


def looked(app: App, account: int, posts: Iterable[Post]) -> list[Post]:
    """Those of the posts at which this person has not looked for a day; now they have."""
    now = app.clock.now()
    seen = app.parts[LOOKED]
    if len(seen) > _REMEMBERED:
        seen.clear()
    fresh = [post for post in set(posts) if now - seen.get((account, post), -AGAIN) >= AGAIN]
    seen.update(((account, post), now) for post in fresh)
    return fresh


async def forwarded(app: App, posts: Iterable[Post]) -> None:
    """Posts were said again somewhere."""
    counted = sorted(posts)
    if counted:
        await app.store.write(_forwarded, counted)


async def _forwarded(tx: Tx, posts: list[Post]) -> None:
    for channel, post in posts:
        await tx.run(q.FORWARDED, channel=channel, id=post)


async def _seen(tx: Tx, posts: dict[Post, int]) -> None:
    for (channel, post), readers in posts.items():
        await tx.run(q.SEEN, channel=channel, id=post, readers=readers)


async def erased(tx: Tx, author: int, body: int) -> None:
    """The post is gone for good."""
    if is_channel(author):
        await tx.run(q.DROP, channel=author, id=body)
