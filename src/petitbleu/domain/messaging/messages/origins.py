"""Where a message was said first: headers of forwards, and answers to a message of another chat
(``reply_to_peer_id`` of inputReplyToMessage, core.telegram.org/constructor/inputReplyToMessage).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats.service import NOFORWARDS
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import contents, history
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.chat_scope import place
from petitbleu.domain.messaging.messages.contents import TEXT, Forward, Reply
from petitbleu.domain.messaging.messages.flags import POST
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.privacy import service as privacy
from petitbleu.errors import Fault

ELSEWHERE = "elsewhere"
"""Key of ``body.extra``: ``[author, body, forward]`` of the message of another chat that is
answered, ``forward`` as a :class:`Forward`."""


async def answered(app: App, me: Actor, reply: Reply) -> MessageRow:
    """The message of the chat ``reply.peer`` that is answered in another chat, if I may read it.

    Raises REPLY_MESSAGE_ID_INVALID, and CHAT_FORWARDS_RESTRICTED where nothing may be passed on.
    """
    try:
        at = await place(app, me, reply.peer)
        row = (await history.in_place(app, at, [reply.id])).get(reply.id)
    except Fault:
        raise Fault("REPLY_MESSAGE_ID_INVALID") from None
    if row is None or row.kind != TEXT:
        raise Fault("REPLY_MESSAGE_ID_INVALID")
    extra = contents.decode(row.extra) if row.extra is not None else {}
    protected = at.chat is not None and at.chat.flags & NOFORWARDS
    if protected or "noforwards" in extra or media.is_passing(row.media):
        raise Fault("CHAT_FORWARDS_RESTRICTED")
    return row


async def stored(app: App, me: Actor, row: MessageRow) -> list[Any]:
    """What the answer keeps of the message it answers: none of its content."""
    return [row.author, row.body, list((await headers(app, me, [row]))[row.id])]


async def readable(app: App, viewer: int, author: int, body: int) -> MessageRow | None:
    """The message as ``viewer`` may read it now, in their own box or in the channel; else None."""
    if not viewer:
        return None
    peer, number = author, body
    if author > 0:
        number = await _in_box(app, viewer, author, body)
        mine = await app.store.row(q.ONE, owner=viewer, id=number)
        if mine is None or (mine.author, mine.body) != (author, body):
            return None
        peer = mine.peer
    try:
        at = await place(app, Actor(viewer), peer)
        return (await history.in_place(app, at, [number])).get(number)
    except Fault:
        return None


async def _in_box(app: App, viewer: int, author: int, body: int) -> int:
    """The id that a message of a private chat or basic group has for ``viewer``; 0: none."""
    where = await app.store.row(q.BODY_PLACE, author=author, id=body)
    if where is None:
        return 0
    if where.peer > 0:
        return {author: body, where.peer: where.twin}.get(viewer, 0)
    refs = await app.store.rows(q.COPIES_OF, owners=[viewer], author=author, body=body)
    return refs[0].id if refs else 0


# ── headers ─────────────────────────────────────────────────────────────────────────────────────


async def headers(app: App, me: Actor, rows: Sequence[MessageRow]) -> dict[int, Forward]:
    """Message id -> who said it first. Who hides from being linked (privacy ``forwards``) is only
    named.
    """
    first = {row.id: _first(row) for row in rows}
    authors = {forward.author for forward in first.values() if forward.author > 0}
    linked = await privacy.allowed(app, "forwards", authors, me.id)
    names = await accounts.get_many(app, authors - linked)
    forwards = {}
    for row in rows:
        header = first[row.id]
        if header.author > 0 and header.author not in linked:
            hidden = names.get(header.author)
            name = f"{hidden.first_name} {hidden.last_name}".strip() if hidden else ""
            header = header._replace(author=0, name=name or "Deleted Account")
        forwards[row.id] = header
    return forwards


def _first(row: MessageRow) -> Forward:
    """Who said it first: a forwarded message keeps its header, a post is its channel's."""
    extra = contents.decode(row.extra) if row.extra is not None else {}
    earlier = contents.forward_of(extra)
    if earlier is not None:
        return earlier._replace(saved_peer=0, saved_id=0)
    sign = extra.get("sign", "")
    if row.flags & POST:
        return Forward(row.peer, "", row.date, post=row.id, sign=sign)
    return Forward(extra.get("as", row.sender), "", row.date, sign=sign)
