"""Views and forwards on messages: on a post its own, on a forwarded one those of the post."""

from __future__ import annotations

from typing import Any

from petitbleu.app import App
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import POST, MessageRow
from petitbleu.domain.messaging.messages.views import decorates
from petitbleu.domain.messaging.posts import service
from petitbleu.domain.messaging.posts.service import Post


def post_of(row: MessageRow) -> Post | None:
    """The post whose counts a message shows: the one it was forwarded from, else itself."""
    if row.extra is not None and b"forward" in row.extra:
        forward = messages.decode_extra(row.extra).get("forward")
        if forward is not None:
            origin = messages.Forward(*forward)
            if origin.post and origin.author < 0:
                return origin.author, origin.post
    return (row.owner, row.id) if row.flags & POST else None


@decorates(lambda row: row.kind == messages.TEXT and post_of(row) is not None)
async def put(app: App, viewer: int, pairs: list[tuple[MessageRow, Any]]) -> None:
    """``message.views`` and ``message.forwards``"""
    posts = {(row.owner, row.id): post for row, _ in pairs if (post := post_of(row)) is not None}
    counts = await service.counts(app, posts.values())
    for row, message in pairs:
        count = counts[posts[(row.owner, row.id)]]
        message.views = count.views
        message.forwards = count.forwards
