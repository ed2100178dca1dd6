"""Saying a message: checks, composition, the hot batch, the service chat.

The checks that need the other side (does the account exist, is somebody blocked, was this random_id
used before) are made inside the batch, in its transaction: see ``store/hot/send_private.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import msgspec

from petitbleu import ids
from petitbleu.app import Actor, App
from petitbleu.domain.messages import contents, drafts, entities
from petitbleu.domain.messages import queries as q
from petitbleu.domain.messages.contents import TEXT, Draft, Reply
from petitbleu.domain.messages.entities import Entity
from petitbleu.domain.messages.entity_kinds import CUSTOM_EMOJI, STYLE_KINDS
from petitbleu.domain.messages.queries import MessageRow
from petitbleu.domain.updates.log import Emit, Event
from petitbleu.errors import Fault
from petitbleu.store.hot import send_private
from petitbleu.store.hot.send_private import Collision, Outgoing, Sent

NEW = "message.new"
QUOTE_MAX = 1024
"""UTF-16 units of a quote (``quote_length_max`` of help.getAppConfig)."""
_TRIES = 5
_QUOTE_KINDS = STYLE_KINDS | {CUSTOM_EMOJI}

_encode = msgspec.msgpack.Encoder().encode


async def send(app: App, me: Actor, peer: int, draft: Draft) -> list[Event]:
    """Say ``draft`` in the chat with ``peer``; the events of both sides, the author's own first.

    Raises PEER_ID_INVALID, INPUT_USER_DEACTIVATED, YOU_BLOCKED_USER, USER_IS_BLOCKED,
    RANDOM_ID_DUPLICATE, REPLY_MESSAGE_ID_INVALID, QUOTE_TEXT_INVALID and what
    :func:`entities.normalize` raises.
    """
    item = await compose(app, me, peer, draft)
    return events(item, await say(app, item))


async def send_service(app: App, to: int, text: str, marked: Sequence[Entity] = ()) -> list[Event]:
    """A message of the service account (777000) in the service chat of ``to``."""
    clean, found = entities.normalize(text, marked)
    item = Outgoing(
        author=ids.SERVICE_USER,
        peer=to,
        date=int(app.clock.now()),
        random_id=None,
        fingerprint=None,
        kind=TEXT,
        text=clean,
        entities=entities.encode(found),
        extra=None,
        reply_to=None,
        peer_reply_to=None,
        author_flags=0,
        peer_flags=0,
        official=True,
        session=None,
    )
    return events(item, await say(app, item))


def private(peer: int) -> int:
    """``peer`` if it can hold a private chat; groups and channels are not served yet."""
    if peer <= 0:
        raise Fault("PEER_ID_INVALID")
    return peer


async def compose(app: App, me: Actor, peer: int, draft: Draft) -> Outgoing:
    """``draft`` checked and in the form of the store. Says nothing yet."""
    private(peer)
    if draft.ready:
        text, marked = draft.text, list(draft.entities)
    else:
        text, marked = entities.normalize(draft.text, draft.entities)
    extra = _extra(draft)
    reply_to = peer_reply_to = None
    if draft.reply_to is not None:
        answered = await _answered(app, me, peer, draft.reply_to)
        reply_to, peer_reply_to = answered.id, twin_id(answered)
        if draft.reply_to.quote is not None:
            extra["quote"] = _quote(answered, draft.reply_to)
    if draft.clear_draft:
        await drafts.clear(app, me, peer)
    stored_entities = entities.encode(marked)
    stored_extra = contents.encode(extra)
    return Outgoing(
        author=me.id,
        peer=peer,
        date=int(app.clock.now()),
        random_id=draft.random_id,
        fingerprint=_fingerprint(peer, text, stored_entities, stored_extra, reply_to)
        if draft.random_id is not None
        else None,
        kind=TEXT,
        text=text,
        entities=stored_entities,
        extra=stored_extra,
        reply_to=reply_to,
        peer_reply_to=peer_reply_to,
        author_flags=0,
        peer_flags=0,
        official=False,
        session=me.session,
    )


async def say(app: App, item: Outgoing) -> Sent:
    """Put ``item`` on disk with whatever else waits; returns after the commit."""
    for _ in range(_TRIES):
        try:
            return await app.store.batch(BATCH, item)
        except Collision:
            continue
    raise Fault("RANDOM_ID_DUPLICATE")


def events(item: Outgoing, sent: Sent) -> list[Event]:
    """The numbered events of a said message, the author's first (also of a repeated call)."""
    found = []
    if sent.pts:
        row = None if sent.again else author_row(item, sent)
        found.append(_event(item.author, sent.pts, sent.date, sent.id, row))
    if sent.peer_id:
        found.append(
            _event(item.peer, sent.peer_pts, sent.date, sent.peer_id, _peer_row(item, sent))
        )
    return found


def _event(owner: int, pts: int, at: int, box: int, row: MessageRow | None) -> Event:
    # The log holds {"id"} only; the row travels in memory, so that a push reads nothing.
    data: dict[str, Any] = {"id": box} if row is None else {"id": box, "row": row}
    return Event(owner, pts, 1, NEW, at, data)


def author_row(item: Outgoing, sent: Sent) -> MessageRow:
    """The message as its author has it."""
    return MessageRow(
        item.author, sent.id, item.peer, item.author, sent.id, item.reply_to, item.author_flags,
        sent.peer_id, sent.date, None, item.kind, item.text, item.entities, item.extra,
    )  # fmt: skip


def _peer_row(item: Outgoing, sent: Sent) -> MessageRow:
    return MessageRow(
        item.peer, sent.peer_id, item.author, item.author, sent.id, item.peer_reply_to,
        item.peer_flags, sent.peer_id, sent.date, None, item.kind, item.text, item.entities,
        item.extra,
    )  # fmt: skip


def _announce(item: Outgoing, sent: Sent) -> list[Emit]:
    """Called by the store after the commit, in commit order."""
    return [
        Emit(event, item.session if event.owner == item.author else None)
        for event in events(item, sent)
    ]


BATCH = send_private.operation(_announce)


# ── parts ───────────────────────────────────────────────────────────────────────────────────────


def twin_id(row: MessageRow) -> int | None:
    """The id of the same message in the box of the other side of a private chat."""
    if row.peer == row.owner or row.peer < 0:
        return None
    return row.twin if row.author == row.owner else row.body


def _extra(draft: Draft) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if draft.silent:
        extra["silent"] = True
    if draft.noforwards:
        extra["noforwards"] = True
    if draft.no_webpage:
        extra["no_webpage"] = True
    if draft.invert_media:
        extra["invert_media"] = True
    if draft.effect:
        extra["effect"] = draft.effect
    if draft.forward is not None:
        extra["forward"] = list(draft.forward)
    return extra


async def _answered(app: App, me: Actor, peer: int, reply: Reply) -> MessageRow:
    row = await app.store.row(q.ONE, owner=me.id, id=reply.id)
    if row is None or row.peer != peer:
        raise Fault("REPLY_MESSAGE_ID_INVALID")
    return row


def _quote(answered: MessageRow, reply: Reply) -> list[Any]:
    """``[text, entities, offset]``; QUOTE_TEXT_INVALID where the message does not say that."""
    if not reply.quote or not reply.quote.strip():
        raise Fault("QUOTE_TEXT_INVALID")
    text, marked = entities.normalize(reply.quote, reply.quote_entities, find=False)
    marked = [entity for entity in marked if entity.kind in _QUOTE_KINDS]
    if entities.units(text) > QUOTE_MAX:
        raise Fault("QUOTE_TEXT_INVALID")
    wanted = text.encode("utf-16-le")
    said = answered.text.encode("utf-16-le")
    offset = reply.quote_offset
    if offset is not None and offset >= 0 and said[2 * offset :].startswith(wanted):
        return [text, marked, offset]
    at = said.find(wanted)
    while at > 0 and at % 2:
        at = said.find(wanted, at + 1)
    if at < 0:
        raise Fault("QUOTE_TEXT_INVALID")
    return [text, marked, at // 2]


def _fingerprint(
    peer: int, text: str, marked: bytes | None, extra: bytes | None, reply_to: int | None
) -> bytes:
    return blake2b(_encode((peer, text, marked, extra, reply_to)), digest_size=8).digest()
