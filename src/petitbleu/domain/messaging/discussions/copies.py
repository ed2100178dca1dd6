"""Posts of a channel as they stand in its discussion group."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from petitbleu import jobs
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import CHANNEL, Change, ChatRow
from petitbleu.domain.messaging.discussions import queries as q
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import (
    EDITED,
    LINKED_POST,
    PINNED,
    TEXT,
    Copy,
    Forward,
    MessageRow,
    Outgoing,
    Sent,
)
from petitbleu.domain.updates import log
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

_KEPT = ("no_webpage", "invert_media", "grouped", "noforwards")
"""Keys of a post's ``body.extra`` that its copy has too."""
MISSED_MAX = 50
"""Posts of one channel that are copied afterwards."""
_PRINT = b"discussion"


# ── said ────────────────────────────────────────────────────────────────────────────────────────


class FollowEdit(Job, tag="discussions.edit", frozen=True):
    """The copy of an edited post follows it."""

    channel: int
    post: int


@messages.on_post
def posted(app: App, item: Outgoing, sent: Sent) -> None:
    """A post was said: copy it, once the caller has its answer."""
    if item.kind == TEXT and item.peer == item.author:
        app.spawn(_copy_new(app, item.author, sent.id))


async def _copy_new(app: App, channel: int, post: int) -> None:
    row = await chats.get(app, channel)
    if row is not None and row.kind == CHANNEL and row.linked is not None:
        for message in await album(app, channel, post):
            if message <= post:  # an album stands in the group in its order
                await copy(app, row, message)


async def album(app: App, channel: int, post: int) -> list[int]:
    """The posts of the album that a post belongs to, oldest first; the post alone; empty where it
    is gone.
    """
    where = messages.unguarded(channel, channel)
    message = (await messages.in_place(app, where, [post])).get(post)
    if message is None:
        return []
    return [row.id for row in await messages.albums.whole(app, where, message)]


async def copy(app: App, channel: ChatRow, post: int) -> int | None:
    """The copy of a post in the group the channel is linked with, made if it is not there yet.

    None where the post is none that has comments: gone, or older than the link.
    """
    group = channel.linked
    if group is None:
        return None
    known = (await of_posts(app, channel.id, [post])).get(post)
    if known is not None and known.chat == group and known.message:
        return known.message
    start = await begin(app, channel.id, group)
    by_id = await messages.in_place(app, messages.unguarded(channel.id, channel.id), [post])
    row = by_id.get(post)
    if start is None or post <= start or row is None or row.kind != TEXT:
        return None
    _, sent = await messages.say(app, _composed(row, group))
    await app.store.write(_remember, channel.id, post, group, sent.id)
    return sent.id


def _composed(row: MessageRow, group: int) -> Outgoing:
    extra = messages.decode_extra(row.extra) if row.extra is not None else {}
    kept: dict[str, Any] = {name: extra[name] for name in _KEPT if name in extra}
    first = extra.get("forward")
    sign = extra.get("sign", "")
    forward = Forward(row.owner, "", row.date, post=row.id, sign=sign)
    kept |= {
        "as": row.owner,
        "forward": list(Forward(*first) if first else forward),
        LINKED_POST: [row.owner, row.id],
    }
    number = blake2b(f"{row.owner}:{row.id}:{group}".encode(), digest_size=8).digest()
    return Outgoing(
        author=group,
        peer=group,
        date=row.date,
        random_id=int.from_bytes(number, "big", signed=True),  # made once, whoever makes it
        fingerprint=_PRINT,
        kind=TEXT,
        text=row.text,
        entities=row.entities,
        extra=messages.encode_extra(kept),
        copies=(Copy(group, group, None, PINNED, 0),),
        session=None,
        sender=row.sender,
        shown=row.owner,
        media=row.media,
    )


async def _remember(tx: Tx, channel: int, post: int, chat: int, message: int) -> None:
    await tx.run(q.PUT, channel=channel, post=post, chat=chat, message=message)


async def catch_up(app: App) -> int:
    """Copy the newest posts of linked channels that have no copy: the process may have ended
    between a post and its copy. How many were made.
    """
    count = 0
    for channel in await chats.with_discussion(app):
        assert channel.linked is not None
        row = await app.store.row(q.NEWEST, channel=channel.id, chat=channel.linked)
        start = await begin(app, channel.id, channel.linked)
        if start is None:
            continue
        done = max(start, row.post or 0) if row is not None else start
        for post in await messages.newest_posts(app, channel.id, done, MISSED_MAX):
            count += await copy(app, channel, post) is not None
    return count


# ── edited ──────────────────────────────────────────────────────────────────────────────────────


@chats.on_change
async def edited(tx: Tx, change: Change) -> None:
    """A post was edited: its copy is to follow."""
    if change.kind != "edit" or not change.data["new"].flags & messages.POST:
        return
    post = change.data["new"].id
    rows = await tx.rows(q.OF_POSTS, channel=change.chat, posts=[post])
    if rows:
        work = FollowEdit(channel=change.chat, post=post)
        await jobs.schedule(tx, work, due=change.at, key=f"{change.chat}:{post}")


async def follow(app: App, channel: int, post: int) -> None:
    """Make the copy say what the post says now."""
    known = (await of_posts(app, channel, [post])).get(post)
    by_id = await messages.in_place(app, messages.unguarded(channel, channel), [post])
    if known is not None and known.message and post in by_id:
        await app.store.write(_follow, by_id[post], known, int(app.clock.now()))


async def _follow(tx: Tx, post: MessageRow, known: q.Copied, at: int) -> None:
    changed = await messages.rewrite(
        tx, known.chat, known.message, text=post.text, entities=post.entities, media=post.media,
        edit_date=post.edit_date or at,
    )  # fmt: skip
    if changed:
        await log.append(tx, known.chat, EDITED, {"id": known.message}, at=at)


# ── where ───────────────────────────────────────────────────────────────────────────────────────


async def of_posts(app: App, channel: int, posts: Sequence[int]) -> dict[int, q.Copied]:
    """Post -> its copy."""
    rows = await app.store.rows(q.OF_POSTS, channel=channel, posts=list(posts))
    return {row.post: row for row in rows if row.message}


async def of_messages(app: App, chat: int, ids: Sequence[int]) -> dict[int, q.Copied]:
    """Message of a group -> the post it is the copy of."""
    rows = await app.store.rows(q.OF_MESSAGES, chat=chat, messages=list(ids))
    return {row.message: row for row in rows}


async def begin(app: App, channel: int, group: int) -> int | None:
    """The post after which posts have comments in ``group``; None: they never had."""
    row = await app.store.row(q.BEGIN, channel=channel, chat=group)
    return None if row is None else -row.post - 1
