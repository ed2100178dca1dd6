"""Writing what was said earlier and elsewhere: imports of histories, in batches, dates kept.

The same rows as those of the hot batch (``store/hot/send.py``), without its questions: nobody is
blocked, nothing is unread, nothing is announced one by one. Each owner is told once, at the end
(:func:`tell`), to fetch everything anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from petitbleu.app import App
from petitbleu.domain.messaging.messages import boxes, changes
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages import queries_past as sql
from petitbleu.domain.messaging.messages.chat_scope import Place
from petitbleu.domain.messaging.messages.flags import POST
from petitbleu.domain.messaging.messages.history import END
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.updates import counters, log
from petitbleu.store.api import Tx

IMPORTED = "messages.imported"


class PastCopy(NamedTuple):
    """The message in one owner's box."""

    owner: int
    chat: int
    flags: int = 0
    top: int | None = None


class Past(NamedTuple):
    """One message of the past. ``author`` names the body: a person, or the channel."""

    author: int
    peer: int
    date: int
    edit_date: int | None
    kind: int
    text: str
    entities: bytes | None
    extra: bytes | None
    media: bytes | None
    sender: int | None
    copies: tuple[PastCopy, ...]
    """The author's own first."""
    reply: int | tuple[int, int] | None = None
    """What it answers: the place of an earlier message in the batch, or (author, body)."""
    id: int = 0
    """The id wanted (channels, which are empty before); 0: the next."""


class Written(NamedTuple):
    """Where a message of the past stands."""

    author: int
    body: int
    ids: tuple[int, ...]
    """Its id in the box of each copy."""


async def write(tx: Tx, messages: Sequence[Past]) -> list[Written]:
    """Write messages in order; where each stands. Their owners exist."""
    owners = {copy.owner for message in messages for copy in message.copies}
    await boxes.lock(tx, owners)
    tops = await counters.top_ids(tx, owners)
    bodies: list[dict[str, Any]] = []
    boxed: list[dict[str, Any]] = []
    written: list[Written] = []
    dialogs: dict[tuple[int, int], list[int]] = {}
    threads: dict[int, int] = {}
    for message in messages:
        done = _numbered(message, tops)
        answered = await _answered(tx, message, messages, written)
        bodies.append(_body(message, done))
        for copy, number in zip(message.copies, done.ids, strict=True):
            reply_to = answered.get(copy.owner)
            top = copy.top
            if copy.owner < 0 and reply_to is not None and not copy.flags & POST:
                top = threads[number] = await _thread(tx, copy.owner, reply_to, threads)
            boxed.append(
                {
                    "owner": copy.owner,
                    "id": number,
                    "peer": copy.chat,
                    "author": done.author,
                    "body": done.body,
                    "reply_to": reply_to,
                    "flags": copy.flags,
                    "top": top,
                }
            )
            dialog = dialogs.setdefault((copy.owner, copy.chat), [0, 0, 0])
            dialog[0], dialog[1], dialog[2] = number, message.date, dialog[2] + 1
        written.append(done)
    await tx.many(sql.PUT_BODY, bodies)
    for done in written:
        await changes.note(tx, done.author, done.body)
    await tx.many(q.PUT_BOX, boxed)
    await tx.many(
        sql.PUT_DIALOG,
        [
            {"owner": owner, "peer": peer, "top_id": top, "top_date": date, "total": total}
            for (owner, peer), (top, date, total) in sorted(dialogs.items())
        ],
    )
    await counters.set_tops(tx, {owner: tops[owner] for owner in owners})
    return written


def _numbered(one: Past, tops: dict[int, int]) -> Written:
    ids = []
    for copy in one.copies:
        tops[copy.owner] = max(tops[copy.owner] + 1, one.id)
        ids.append(tops[copy.owner])
    return Written(one.author, ids[0], tuple(ids))


def _body(one: Past, done: Written) -> dict[str, Any]:
    private = one.peer > 0 and one.peer != one.author
    return {
        "author": one.author,
        "id": done.body,
        "peer": one.peer,
        "twin": done.ids[-1] if private else 0,
        "date": one.date,
        "edit_date": one.edit_date,
        "kind": one.kind,
        "text": one.text,
        "entities": one.entities,
        "extra": one.extra,
        "sender": one.sender,
        "media": one.media,
    }


async def _thread(tx: Tx, owner: int, answered: int, known: dict[int, int]) -> int:
    """The first message of the thread that ``answered`` is in: its own id where it began one."""
    copy = known.get(answered)
    if copy is None:
        row = await tx.row(sql.THREAD, owner=owner, id=answered)
        copy = known[answered] = (row.top if row is not None else None) or answered
    return copy


async def _answered(
    tx: Tx, one: Past, messages: Sequence[Past], written: Sequence[Written]
) -> dict[int, int]:
    """Owner -> the id there of the message that ``one`` answers."""
    if one.reply is None:
        return {}
    if isinstance(one.reply, int):
        earlier = written[one.reply]
        owners = [copy.owner for copy in messages[one.reply].copies]
        return dict(zip(owners, earlier.ids, strict=True))
    author, body = one.reply
    if author < 0:
        return {author: body}
    if one.peer > 0:
        row = await tx.row(sql.TWIN, author=author, id=body)
        if row is None:
            return {}
        return {author: body, row.peer: row.twin} if row.twin else {author: body}
    rows = await tx.rows(
        q.COPIES_OF, owners=[copy.owner for copy in one.copies], author=author, body=body
    )
    return {row.owner: row.id for row in rows}


async def following(app: App, where: Place, after: int, limit: int) -> list[MessageRow]:
    """The messages of a chat after the id ``after``, oldest first."""
    rows = await app.store.scan(
        q.NEWER,
        owner=where.owner,
        peer=where.peer,
        from_id=max(after, where.hidden) + 1,
        below=END,
        above=0,
        limit=limit,
        skip=0,
    )
    return [row for row in reversed(rows) if where.veil is None or not where.veil.hides(row.id)]


async def read(tx: Tx, owner: int, channel: int) -> None:
    """``owner`` has read all of a supergroup or channel."""
    await tx.run(sql.READ_ALL, owner=owner, channel=channel)


async def tell(tx: Tx, owner: int, *, at: int) -> None:
    """Make the devices of ``owner`` fetch everything anew: what came does not stand in the log."""
    await boxes.lock(tx, [owner])
    event = await log.append(tx, owner, IMPORTED, {}, at=at)
    await counters.prune_to(tx, owner, event.pts)
