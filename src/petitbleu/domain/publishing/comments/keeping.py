"""Keeping comments of guests, and the addresses of their authors, no longer than needed."""

from __future__ import annotations

from collections import defaultdict

from petitbleu import acts
from petitbleu.app import App
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.publishing.comments import queries as q
from petitbleu.domain.publishing.comments import queries_calls as qc
from petitbleu.domain.publishing.comments import queries_pictures as qp
from petitbleu.domain.publishing.comments.queries import GuestRow
from petitbleu.domain.safety.antispam import service as antispam
from petitbleu.store.api import Tx

CONFIRM_SECONDS = 2 * 86_400
GONE_DAYS = 180
REMOVED_DAYS = 220
"""Of what was published and is gone: six months for a complaint (Article 20 DSA), and a rest."""
_DAY = 86_400
_AT_ONCE = 500


async def tidy(app: App) -> int:
    """Forget what was never confirmed, what was discarded, and what was refused, taken back or
    removed long ago; how many comments.
    """
    return await app.store.write(_tidy, app, int(app.clock.now()))


async def _tidy(tx: Tx, app: App, now: int) -> int:
    dropped = await tx.run(q.DROP_UNCONFIRMED, before=now - CONFIRM_SECONDS)
    await tx.run(qc.DROP_OLD, before=now - GONE_DAYS * _DAY)
    await tx.run(qp.DROP_OLD, before=now - GONE_DAYS * _DAY)
    dropped += await tx.run(q.DROP_DISCARDED, before=now - antispam.DISCARD_DAYS * _DAY)
    dropped += await tx.run(q.DROP_REMOVED, before=now - REMOVED_DAYS * _DAY)
    dropped += await tx.run(q.DROP_OLD, before=now - GONE_DAYS * _DAY)
    if dropped:
        await acts.log(tx, app, acts.Act("job.comments.tidy", acts.SYSTEM, data={"count": dropped}))
    return dropped


async def sweep(app: App) -> int:
    """Note of published comments that their message is gone, or is back; how many changed.

    The page needs no such note, it reads the group: but from it on runs the time after which the
    comment is forgotten.
    """
    changed = 0
    for was, now in (("published", "removed"), ("removed", "published")):
        after = 0
        while True:
            rows = await app.store.rows(q.IN_STATE, state=was, after=after, limit=_AT_ONCE)
            if not rows:
                break
            after = rows[-1].id
            there = await _there(app, rows)
            moved = [row.id for row in rows if (row.id in there) is (now == "published")]
            if moved:
                at = int(app.clock.now())
                changed += await app.store.write(_move, moved, was, now, at)
    return changed


async def _there(app: App, rows: list[GuestRow]) -> set[int]:
    """The comments whose messages are in their groups."""
    groups: dict[int, list[GuestRow]] = defaultdict(list)
    for row in rows:
        groups[row.chat].append(row)
    ids: set[int] = set()
    for chat, mine in groups.items():
        place = messages.unguarded(chat, chat)
        there = await messages.in_place(app, place, [row.message for row in mine])
        ids |= {row.id for row in mine if row.message in there}
    return ids


async def _move(tx: Tx, ids: list[int], was: str, now: str, at: int) -> int:
    return await tx.run(q.NOTE, ids=ids, was=was, now=now, at=at)
