"""Service messages, said inside the transaction of the change they tell of.

The other way into the store beside the hot batch: same plan, same rows, one message at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from petitbleu.app import Actor
from petitbleu.domain.communities.chats.service import BASIC, CHANNEL, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import changes, contents, send
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.contents import ACTION
from petitbleu.domain.messaging.messages.flags import POST
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.updates import counters
from petitbleu.domain.updates.log import Event
from petitbleu.store.api import Tx
from petitbleu.store.hot.send import Copy, Outgoing, Sent, States, owners_of, plan

_BODY = (
    "author", "id", "pts", "peer", "twin", "random_id", "print", "date", "kind", "text",
    "entities", "extra", "sender", "media",
)  # fmt: skip
_BOX = ("owner", "id", "peer", "author", "body", "reply_to", "flags", "top", "pts")
_LOG = ("owner", "pts", "at", "data")


async def act(
    tx: Tx,
    me: Actor,
    chat: ChatRow,
    action: Sequence[Any],
    *,
    at: int,
    also: Iterable[int] = (),
    answered: MessageRow | None = None,
    silent: bool = False,
    anonymous: bool = False,
    media: bytes | None = None,
) -> list[Event]:
    """Tell everybody in ``chat`` of ``action`` (``[name, *arguments]``, see ``views_actions.py``).

    The caller has locked the chat's row and holds no owner's lock above the lowest member (in a
    basic group the members' counters are locked here, in ascending order). ``also``: people who are
    not in a basic group any more and are told all the same. The events, mine first.
    """
    extra: dict[str, Any] = {"action": list(action)}
    if silent:
        extra["silent"] = True
    author, sender = me.id, None
    copies: tuple[Copy, ...]
    if chat.kind == BASIC:
        owners = sorted({*await members.inside(tx, chat.id), *also})
        copies = await send.group_copies(tx, chat.id, owners, me.id, answered)
        if me.id not in owners:
            copies = copies[1:]
    else:
        author, sender = chat.id, me.id
        flags = POST if chat.kind == CHANNEL else 0
        if anonymous:
            extra["as"] = chat.id
        reply_to = None if answered is None else answered.id
        copies = (Copy(chat.id, chat.id, reply_to, flags, 0),)
    item = Outgoing(
        author=author,
        peer=chat.id,
        date=at,
        random_id=None,
        fingerprint=None,
        kind=ACTION,
        text="",
        entities=None,
        extra=contents.encode(extra),
        copies=copies,
        session=me.session,
        sender=sender,
        media=media,
    )
    return send.events(item, await say_in(tx, item))


async def say_in(tx: Tx, item: Outgoing) -> Sent:
    """Write one message of a group or channel; announced when the transaction commits."""
    states: States = {}
    for owner in owners_of([item]):
        row = await counters.lock(tx, owner)
        if row is not None:
            states[owner] = (row.pts, row.top_id, 0, None)
    planned = plan([item], states, {}, set(), {})
    sent = planned.results[0]
    if not isinstance(sent, Sent):
        raise sent
    (body,) = planned.body
    said = dict(zip(_BODY, body, strict=True))
    del said["random_id"], said["print"]  # of requests only
    await tx.run(q.PUT_BODY, **said)
    await changes.note(tx, said["author"], said["id"])
    await tx.many(q.PUT_NUMBERED_BOX, [dict(zip(_BOX, row, strict=True)) for row in planned.box])
    await counters.log_messages(tx, [dict(zip(_LOG, row, strict=True)) for row in planned.log])
    for (owner, peer), (top_id, top_date, unread, total) in planned.dialog.items():
        await tx.run(
            q.PUT_DIALOG,
            owner=owner,
            peer=peer,
            top_id=top_id,
            top_date=top_date,
            unread=unread,
            total=total,
        )
    for owner, (pts, top_id) in planned.counters.items():
        await counters.put(tx, owner, pts, top_id)
    for emit in send.announcements(item, sent):
        tx.emit(emit)
    return sent
