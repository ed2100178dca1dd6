"""How news about the reading of threads look."""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu import ids
from petitbleu.domain.messaging.discussions import service, views
from petitbleu.domain.messaging.messages.service import threads
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api

__all__ = ["read_inbox", "read_outbox", "views"]


@renders(threads.READ_IN)
async def read_inbox(view: View, events: Sequence[Event]) -> None:
    """updateReadChannelDiscussionInbox: how far my other devices have read"""
    for event in events:
        chat, top = event.data["chat"], event.data["top"]
        post = (await service.of_messages(view.app, chat, [top])).get(top)
        view.add(
            event,
            api.UpdateReadChannelDiscussionInbox(
                channel_id=ids.bare(chat),
                top_msg_id=top,
                read_max_id=event.data["max_id"],
                broadcast_id=None if post is None else ids.bare(post.channel),
                broadcast_post=None if post is None else post.post,
            ),
        )
        view.users.update({chat} if post is None else {chat, post.channel})


@renders(threads.READ_OUT)
async def read_outbox(view: View, events: Sequence[Event]) -> None:
    """updateReadChannelDiscussionOutbox: somebody has read mine"""
    for event in events:
        view.add(
            event,
            api.UpdateReadChannelDiscussionOutbox(
                channel_id=ids.bare(event.data["chat"]),
                top_msg_id=event.data["top"],
                read_max_id=event.data["max_id"],
            ),
        )
        view.users.add(event.data["chat"])
