"""How an answer to a message of another chat looks to each reader.

Who may read the message that is answered gets its place and its picture or file. Everybody else
gets what the sender quoted, and who said it: a person as forwards show them, a channel only where
it is public. A form that serves all members of a channel at once is that of everybody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.files.media import service as media
from petitbleu.domain.files.media import views as media_views
from petitbleu.domain.messaging.messages import contents, origins
from petitbleu.domain.messaging.messages.contents import Forward
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.messaging.messages.views import decorates
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.tl import api

_MARK = origins.ELSEWHERE.encode()


@decorates(lambda row: row.extra is not None and _MARK in row.extra)
async def add_origin(app: App, viewer: int, pairs: Sequence[tuple[MessageRow, Any]]) -> None:
    """``message.reply_to`` of answers to a message of another chat."""
    for row, message in pairs:
        extra = contents.decode(row.extra) if row.extra is not None else {}
        kept = extra.get(origins.ELSEWHERE)
        if kept is None or type(message) is not api.Message:
            continue
        author, body, forward = kept
        header: Any = message.reply_to or api.MessageReplyHeader()
        there = await origins.readable(app, viewer, author, body)
        if there is not None:
            header.reply_to_msg_id = there.id
            header.reply_to_peer_id = peer_of(there.peer)
            header.reply_media = _media(app, there)
        header.reply_from = await _speaker(app, Forward(*forward), known=there is not None)
        message.reply_to = header


def _media(app: App, row: MessageRow) -> Any | None:
    """Its photo or document, as in the message itself."""
    if row.media is None or not media.media_id(row.media) or media.is_passing(row.media):
        return None
    if media.unpack(row.media).kind not in ("photo", "document"):
        return None
    return media_views.render(app, row.media, row.owner, row.id)


async def _speaker(app: App, said: Forward, *, known: bool) -> Any | None:
    """messageFwdHeader; None for a group or channel that the reader may not know of."""
    if said.author < 0 and not known:
        chat = await chats.get(app, said.author)
        if chat is None or chat.deleted_at is not None or chat.username is None:
            return None
    return api.MessageFwdHeader(
        date=said.date,
        from_id=peer_of(said.author) if said.author else None,
        from_name=said.name or None,
        channel_post=said.post or None,
        post_author=said.sign or None,
    )
