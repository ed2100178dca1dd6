"""Marks on messages that concern somebody, and how many of them are unread in each chat.

All writing happens inside the transaction of what causes it. Counters of one's dialogs are changed
in ascending (account, peer), after owners' counters.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.messaging.unread_mentions import queries as q
from petitbleu.store.api import Reader, Tx

END = 1 << 40
"""An id above every message's."""
MENTION, REACTION = 0, 1
"""``attention.kind``"""
_COUNT = {MENTION: q.COUNT_MENTIONS, REACTION: q.COUNT_REACTIONS}
_UNREAD = {MENTION: q.UNREAD_MENTIONS, REACTION: q.UNREAD_REACTIONS}


class Window(NamedTuple):
    """A page of unread marks: ids below ``below`` and above ``above``, ``newer`` of them at or
    above ``start``, the others below it; ``skip`` of these passed over."""

    start: int
    below: int
    above: int
    newer: int
    limit: int
    skip: int


async def count(reader: Reader, account: int, peer: int, kind: int) -> int:
    """How many unread marks somebody has in a chat."""
    row = await reader.row(_UNREAD[kind], account=account, peer=peer)
    return row.n if row is not None else 0


async def page(app: App, account: int, peer: int, kind: int, window: Window) -> list[int]:
    """Ids of unread marks, newest first."""
    where = {"account": account, "peer": peer, "kind": kind}
    limits = {"below": window.below, "above": window.above}
    ids: list[int] = []
    if window.newer:
        size = min(window.newer, window.limit)
        skip = max(0, window.newer - window.limit)
        rows = await app.store.rows(
            q.NEWER, **where, **limits, from_id=window.start, limit=size, skip=skip
        )
        ids = [row.id for row in reversed(rows)]
    if window.newer < window.limit:
        limits["below"] = min(window.start, window.below)
        rows = await app.store.rows(
            q.OLDER, **where, **limits, limit=window.limit - window.newer, skip=window.skip
        )
        ids += [row.id for row in rows]
    return ids


async def marks(
    reader: Reader, account: int, peer: int, kind: int, ids: Iterable[int]
) -> dict[int, bool]:
    """Those of the messages ``ids`` that concern the account -> whether it is unread."""
    rows = await reader.rows(q.OF, account=account, peer=peer, kind=kind, ids=list(ids))
    return {row.id: bool(row.unread) for row in rows}


# ── writing ─────────────────────────────────────────────────────────────────────────────────────


async def put(tx: Tx, account: int, peer: int, kind: int, message: int) -> None:
    """The message waits for the account to look at it."""
    if await tx.run(q.PUT, account=account, peer=peer, kind=kind, id=message):
        await tx.run(_COUNT[kind], account=account, peer=peer, by=1)


async def read(tx: Tx, account: int, peer: int, kind: int, ids: Iterable[int]) -> list[int]:
    """The account has looked at ``ids``; those that were unread, ascending."""
    wanted = {"account": account, "peer": peer, "kind": kind, "ids": sorted(ids)}
    if kind == MENTION:
        done = [row.id for row in await tx.rows(q.READ, **wanted)]
    else:
        done = [row.id for row in await tx.rows(q.DROP, **wanted)]
    if done:
        await tx.run(_COUNT[kind], account=account, peer=peer, by=-len(done))
    return sorted(done)


async def gone(tx: Tx, owner: int, peer: int, ids: Iterable[int]) -> None:
    """Messages are no more in the box of ``owner`` (a person, or a channel: then for everybody)."""
    if owner < 0:
        rows = await tx.rows(q.POSTS_GONE, peer=owner, ids=sorted(ids))
    else:
        rows = await tx.rows(q.GONE, account=owner, peer=peer, ids=sorted(ids))
    await _count_down(tx, rows)


async def left(tx: Tx, account: int, peer: int) -> None:
    """Somebody is out of a channel: nothing there concerns them any more."""
    await _count_down(tx, await tx.rows(q.LEFT, account=account, peer=peer))


async def _count_down(tx: Tx, rows: Iterable[q.Gone]) -> None:
    by: dict[tuple[int, int, int], int] = {}
    for row in rows:
        if row.unread:
            key = (row.account, row.peer, row.kind)
            by[key] = by.get(key, 0) + 1
    for account, peer, kind in sorted(by):
        await tx.run(_COUNT[kind], account=account, peer=peer, by=-by[account, peer, kind])
