"""Threads: the answers to one message of a supergroup (core.telegram.org/api/threads).

``box.top`` names the message that a thread hangs on; the batch of ``store/hot/send.py`` counts its
answers in ``thread`` as they are said, :func:`removed` as they go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.messaging.messages import contents, history
from petitbleu.domain.messaging.messages import queries_threads as q
from petitbleu.domain.messaging.messages.chat_scope import Place
from petitbleu.domain.messaging.messages.history import END, Offsets, Page
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.messaging.messages.queries_threads import ThreadRow
from petitbleu.domain.updates import log
from petitbleu.store.api import Reader, Tx

READ_IN, READ_OUT = "thread.read_inbox", "thread.read_outbox"
UNREAD_MAX = 10_000
"""Nobody is shown a larger number of unread answers."""
RECENT = 3
_LOOKED_AT = 30
"""Answers among which those who spoke last are looked for when one was deleted."""
_SENDERS = 100


class Reading(NamedTuple):
    """How far a thread is read by somebody, and by others of theirs."""

    read_in: int
    read_out: int
    unread: int


async def load_threads(reader: Reader, owner: int, tops: Iterable[int]) -> dict[int, ThreadRow]:
    """The threads among ``tops`` (message ids of a supergroup) that have answers."""
    wanted = list(tops)
    if not wanted:
        return {}
    rows = await reader.rows(q.OF, owner=owner, tops=wanted)
    return {row.top: row for row in rows if row.replies}


async def page(app: App, where: Place, top: int, at: Offsets) -> Page:
    """A page of the answers to ``top``, with the offsets of :func:`history.history`."""
    row = await app.store.row(q.ONE, owner=where.owner, top=top)
    if row is None or not row.replies:
        return Page([], 0)
    place = await history.start(app, where.owner, where.peer, at)
    below = at.max_id if at.max_id > 0 else END
    limit = history.page_size(at.limit)
    newer = max(0, -at.add_offset)
    # As in a history: what is withheld is read too, so that the page is as full without it.
    spare = 0 if where.veil is None else min(len(where.veil.ids), history.PAGE)
    bounds = {"owner": where.owner, "top": top, "above": max(at.min_id, where.hidden, 0)}
    rows: list[MessageRow] = []
    if newer:
        size, skip = min(newer, limit), max(0, newer - limit)
        found = await app.store.rows(
            q.NEWER, from_id=place, below=below, limit=size + spare, skip=skip, **bounds
        )
        rows = history.seen(where.veil, found)[-size:]
    if newer < limit:
        size, skip = limit - newer, max(0, at.add_offset)
        found = await app.store.rows(
            q.OLDER, below=min(place, below), limit=size + spare, skip=skip, **bounds
        )
        rows += history.seen(where.veil, found)[:size]
    return Page(rows, row.replies)


# ── deleting ────────────────────────────────────────────────────────────────────────────────────


async def counted(reader: Reader, owner: int, ids: Collection[int]) -> list[q.Answers]:
    """Of messages about to be deleted, how many answers each thread loses."""
    return await reader.rows(q.ANSWERS, owner=owner, ids=list(ids))


async def removed(tx: Tx, owner: int, lost: Iterable[tuple[int, int]]) -> None:
    """Answers are gone (top, how many; negative: came back): look again who spoke last."""
    for top, count in lost:
        await tx.run(q.FEWER, owner=owner, top=top, n=count)
        rows = await tx.rows(q.OLDER, owner=owner, top=top, below=END, above=0, skip=0,
                             limit=_LOOKED_AT)  # fmt: skip
        recent = list(dict.fromkeys(_speaker(row) for row in rows))[:RECENT]
        first, second, third = [*recent, *[None] * RECENT][:RECENT]
        await tx.run(
            q.SET_RECENT, owner=owner, top=top, last_id=rows[0].id if rows else 0,
            recent1=first, recent2=second, recent3=third,
        )  # fmt: skip


def _speaker(row: MessageRow) -> int:
    return contents.speaker(row.sender, row.flags, row.peer, row.extra)


# ── reading ─────────────────────────────────────────────────────────────────────────────────────


async def marks(reader: Reader, account: int, owner: int, tops: Iterable[int]) -> dict[int, int]:
    """Top -> how far the account has read its answers."""
    rows = await reader.rows(q.READ_OF, account=account, owner=owner, tops=list(tops))
    return {row.top: row.read_in for row in rows}


async def reading(app: App, me: Actor, owner: int, top: int) -> Reading:
    """How far I have read a thread, how far others have read mine, how much is left."""
    read_in = (await marks(app.store, me.id, owner, [top])).get(top, 0)
    row = await app.store.row(q.ONE, owner=owner, top=top)
    unread = await app.store.row(
        q.UNREAD, owner=owner, top=top, above=read_in, account=me.id, most=UNREAD_MAX
    )
    return Reading(read_in, row.read_out if row else 0, unread.n if unread else 0)


async def read(app: App, me: Actor, owner: int, top: int, upto: int) -> None:
    """I have read the answers to ``top`` up to ``upto``: told to my other devices, and to those
    whose answers nobody had read before.
    """
    await app.store.write(_read, me, owner, top, upto, int(app.clock.now()))


async def _read(tx: Tx, me: Actor, owner: int, top: int, upto: int, at: int) -> None:
    row = await tx.row(q.ONE, owner=owner, top=top)
    if row is None:
        return
    upto = min(upto, row.last_id)
    if not await tx.run(q.SET_READ, account=me.id, owner=owner, top=top, read_in=upto):
        return
    key, data = f"{owner}:{top}", {"chat": owner, "top": top, "max_id": upto}
    await log.state(tx, me.id, READ_IN, key, data, at=at, by=me)
    if upto <= row.read_out:
        return
    said = await tx.rows(
        q.SENDERS, owner=owner, top=top, above=row.read_out, upto=upto, account=me.id,
        limit=_SENDERS,
    )  # fmt: skip
    newest: dict[int, int] = {}
    for one in said:
        newest.setdefault(one.sender, one.id)
    if said and await tx.run(q.SET_READ_OUT, owner=owner, top=top, read_out=said[0].id):
        for sender in sorted(newest):
            told = data | {"max_id": newest[sender]}
            await log.state(tx, sender, READ_OUT, key, told, at=at)
