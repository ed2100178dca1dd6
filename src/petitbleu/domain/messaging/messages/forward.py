"""Forwarding (core.telegram.org/method/messages.forwardMessages)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats.service import NOFORWARDS
from petitbleu.domain.files.media import service as media
from petitbleu.domain.messaging.messages import (
    contents,
    entities,
    history,
    media_rights,
    origins,
    send,
    slow,
)
from petitbleu.domain.messaging.messages.chat_scope import place
from petitbleu.domain.messaging.messages.contents import TEXT, Draft, Forward, Reply
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.messaging.posts import service as posts
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault

_NUMBER = (1 << 62) - 1


class Forwarded(NamedTuple):
    """One forwarded message: the caller's random_id, its new id, and the events of both sides."""

    random_id: int
    id: int
    events: list[Event]


async def forward(
    app: App,
    me: Actor,
    source: int,
    ids: Sequence[int],
    random_ids: Sequence[int],
    peer: int,
    **how: Any,
) -> list[Forwarded]:
    """Say messages of the chat ``source`` again in the chat ``peer``, in the order given.

    Raises what :func:`drafts` and :func:`send.send` raise.
    """
    return await say(app, me, peer, await drafts(app, me, source, ids, random_ids, peer, **how))


async def say(app: App, me: Actor, peer: int, wanted: Sequence[Draft]) -> list[Forwarded]:
    """Say what :func:`drafts` made."""
    done = []
    counted: list[posts.Post] = []
    for draft in wanted:
        item, sent = await send.say(app, await send.compose(app, me, peer, draft))
        done.append(Forwarded(draft.random_id or 0, sent.id, send.events(item, sent)))
        if draft.forward is not None and draft.forward.post and not sent.again:
            counted.append((draft.forward.author, draft.forward.post))
    await posts.forwarded(app, counted)
    return done


async def drafts(
    app: App,
    me: Actor,
    source: int,
    ids: Sequence[int],
    random_ids: Sequence[int],
    peer: int,
    *,
    drop_author: bool = False,
    drop_captions: bool = False,
    silent: bool = False,
    noforwards: bool = False,
    reply_to: Reply | None = None,
    send_as: int = 0,
) -> list[Draft]:
    """Messages of the chat ``source`` ready to be said again in the chat ``peer``, in that order.

    Messages that are gone or cannot be forwarded (service messages, closed files, media for a time)
    are passed over; MESSAGE_ID_INVALID if none is left. Raises MESSAGE_IDS_EMPTY,
    RANDOM_ID_INVALID, CHAT_FORWARDS_RESTRICTED and what :func:`members.require` raises.
    """
    origin = await place(app, me, source)
    to = await place(app, me, peer)
    if len(ids) > 1 and slow.holds(app, to):
        raise Fault("SLOWMODE_MULTI_MSGS_DISABLED")
    if not ids:
        raise Fault("MESSAGE_IDS_EMPTY")
    if len(ids) != len(random_ids):
        raise Fault("RANDOM_ID_INVALID")
    if origin.chat is not None and origin.chat.flags & NOFORWARDS:
        raise Fault("CHAT_FORWARDS_RESTRICTED")
    rows = await history.in_place(app, origin, ids)
    chosen = [
        (rows[message], random_id)
        for message, random_id in zip(ids, random_ids, strict=True)
        if message in rows and await _can_be_forwarded(app, me, rows[message])
    ]
    if not chosen:
        raise Fault("MESSAGE_ID_INVALID")
    headers: dict[int, Forward] = {}
    if not drop_author:
        headers = await origins.headers(app, me, [row for row, _ in chosen])
    forwarded = []
    albums: dict[int, int] = {}
    how = Draft("", reply_to=reply_to, silent=silent, send_as=send_as, noforwards=noforwards)
    for row, random_id in chosen:
        extra = contents.decode(row.extra) if row.extra is not None else {}
        if "noforwards" in extra:
            raise Fault("CHAT_FORWARDS_RESTRICTED")
        draft = how._replace(
            random_id=random_id or None,
            no_webpage="no_webpage" in extra,
            forward=_header(headers, row, saved=peer == me.id),
            more=_album(albums, extra, random_id),
        )
        forwarded.append(_content(draft, row, captions=not drop_captions))
    return forwarded


async def _can_be_forwarded(app: App, me: Actor, row: MessageRow) -> bool:
    """Whether a message is no service message, shows nothing for a time only, and no measure has
    closed the file that it shows.
    """
    if row.kind != TEXT or media.is_passing(row.media):
        return False
    shown = media.media_id(row.media) if row.media is not None else 0
    return not shown or not await media.closed.is_closed(app, me.id, shown)


def _header(headers: dict[int, Forward], row: MessageRow, *, saved: bool) -> Forward | None:
    """In Saved Messages with where it was taken from."""
    header = headers.get(row.id)
    if header is None or not saved:
        return header
    return header._replace(saved_peer=row.peer, saved_id=row.id)


def _content(draft: Draft, row: MessageRow, *, captions: bool = True) -> Draft:
    """``draft`` with the text and media of a message that was said; without ``captions``, media
    alone (a message that is only text keeps it).
    """
    kept = captions or row.media is None
    return draft._replace(
        text=row.text if kept else "",
        entities=entities.decode(row.entities) if kept and row.entities is not None else (),
        media=row.media,
        right=media_rights.right_of(row.media),
        ready=True,
    )


def _album(albums: dict[int, int], extra: dict[str, Any], random_id: int) -> dict[str, Any] | None:
    """Messages of one album stay together, under a number that a repeated call finds again."""
    old = extra.get("grouped")
    if old is None:
        return None
    return {"grouped": albums.setdefault(old, (old ^ random_id) >> 1 & _NUMBER or old)}
