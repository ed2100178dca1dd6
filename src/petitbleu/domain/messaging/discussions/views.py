"""What discussions add to messages: the answers counted, and where a copied post comes from."""

from __future__ import annotations

from typing import Any

from petitbleu import ids
from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import SUPERGROUP, ChatRow
from petitbleu.domain.messaging.discussions import service
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.messages.service import POST, TEXT, MessageRow, threads
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.updates import service as updates
from petitbleu.tl import api

Pairs = list[tuple[MessageRow, Any]]
_LINKED = messages.LINKED_POST.encode("ascii")


def _said_in_channel(row: MessageRow) -> bool:
    return row.owner < 0 and row.kind == TEXT


@message_views.decorates(_said_in_channel)
async def count_answers(app: App, viewer: int, pairs: Pairs) -> None:
    """``replies`` of posts that have comments, and of messages that were answered."""
    by_chat: dict[int, Pairs] = {}
    for pair in pairs:
        by_chat.setdefault(pair[0].owner, []).append(pair)
    for owner, said in by_chat.items():
        chat = await chats.get(app, owner)
        if chat is None:
            continue
        roots = [row for row, _ in said if _root(row)]
        if chat.kind != SUPERGROUP:
            # The comments of an album hang on its first post.
            first = await messages.albums.firsts(app, owner, roots)
            roots = [row for row in roots if first.get(row.id, row.id) == row.id]
        counts = await replies(app, viewer, chat, [row.id for row in roots])
        copies = [row.id for row in roots if _copied(row) and row.id not in counts]
        if copies and chat.kind == SUPERGROUP:
            counts |= await _unanswered(app, owner, copies)
        for row, message in said:
            message.replies = counts.get(row.id)


async def _unanswered(app: App, group: int, copies: list[int]) -> dict[int, Any]:
    """A copied post has a thread before anybody answers: TDLib opens none whose root says nothing
    of answers.
    """
    pts = (await updates.counters(app, [group])).get(group, 1)
    return {copy: api.MessageReplies(replies=0, replies_pts=pts) for copy in copies}


def _root(row: MessageRow) -> bool:
    return bool(row.flags & POST) or row.top is None


async def replies(app: App, viewer: int, chat: ChatRow, wanted: list[int]) -> dict[int, Any]:
    """Message id -> messageReplies, for those of ``wanted`` that have a thread."""
    if chat.kind == SUPERGROUP:
        return await _answers(app, viewer, chat.id, {one: one for one in wanted})
    group = chat.linked
    if group is None:
        return {}
    start = await service.begin(app, chat.id, group)
    known = await service.of_posts(app, chat.id, wanted)
    tops = {post: one.message for post, one in known.items() if one.chat == group}
    shown = await _answers(app, viewer, group, tops, comments=True)
    for post in wanted:
        if post not in shown and start is not None and post > start:
            shown[post] = _empty(group, 1)  # its copy is on the way
    return shown


def _empty(group: int, pts: int) -> Any:
    return api.MessageReplies(
        comments=True, replies=0, replies_pts=pts, recent_repliers=[], channel_id=ids.bare(group)
    )


async def _answers(
    app: App, viewer: int, group: int, tops: dict[int, int], *, comments: bool = False
) -> dict[int, Any]:
    """``tops``: message id -> message of the group on which its thread hangs."""
    rows = await threads.load_threads(app.store, group, tops.values())
    if not rows and not comments:
        return {}
    pts = (await updates.counters(app, [group])).get(group, 1)
    read = await threads.marks(app.store, viewer, group, rows) if viewer and rows else {}
    shown: dict[int, Any] = {}
    for message, top in tops.items():
        row = rows.get(top)
        if row is None:
            if comments:
                shown[message] = _empty(group, pts)
            continue
        recent = [
            speaker for speaker in (row.recent1, row.recent2, row.recent3) if speaker is not None
        ]
        shown[message] = api.MessageReplies(
            comments=comments,
            replies=row.replies,
            replies_pts=pts,
            recent_repliers=[peer_of(speaker) for speaker in recent] if comments else None,
            channel_id=ids.bare(group) if comments else None,
            max_id=row.last_id or None,
            read_max_id=read.get(top),
        )
    return shown


def _copied(row: MessageRow) -> bool:
    return row.owner < 0 and row.extra is not None and _LINKED in row.extra


@message_views.decorates(_copied)
async def say_where_from(app: App, viewer: int, pairs: Pairs) -> None:
    """The header of a copied post leads back to it; nobody in the group has said it."""
    for row, message in pairs:
        assert row.extra is not None
        channel, post = messages.decode_extra(row.extra)[messages.LINKED_POST]
        message.out = False
        if message.fwd_from is not None:
            message.fwd_from.saved_from_peer = peer_of(channel)
            message.fwd_from.saved_from_msg_id = post
