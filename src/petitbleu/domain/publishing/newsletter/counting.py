"""Plain numbers of a newsletter, by day: what left, who came, who left. Nobody is followed."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.app import App
from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.store.api import Tx

SENT, CONFIRMED, RETURNED = "sent", "confirmed", "returned"
DAYS = 30
"""Of the figures that owners see."""
_DAY = 86_400


class Figures(NamedTuple):
    """``subscribers``: frequency (or ``new``: not confirmed) -> how many; ``lately``: what happened
    in :data:`DAYS` days.
    """

    subscribers: dict[str, int]
    lately: dict[str, int]


async def add(tx: Tx, channel: int, what: str, now: int, n: int = 1) -> None:
    """So many more of something today."""
    await tx.run(q.COUNT, channel=channel, day=now // _DAY, what=what, n=n)


async def figures(app: App, channel: int) -> Figures:
    """The numbers of a channel's newsletter."""
    after = int(app.clock.now()) // _DAY - DAYS
    there = await app.store.rows(q.SUBSCRIBERS, channel=channel)
    lately = await app.store.rows(q.COUNTS, channel=channel, after=after)
    return Figures({row.what: row.n for row in there}, {row.what: row.n for row in lately})


async def sent(app: App, channel: int, after: int) -> int:
    """How many mails left after a day (days since 1970)."""
    rows = await app.store.rows(q.COUNTS, channel=channel, after=after)
    return sum(row.n for row in rows if row.what == SENT)
