"""What is forgotten of visits: hosts that led hardly anybody, old days, channels that are gone."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from zoneinfo import ZoneInfo

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.publishing.visits import queries as q
from petitbleu.domain.publishing.visits.reading import NAMED_FROM
from petitbleu.domain.publishing.visits.sources import OTHER, SIGNS
from petitbleu.store.api import Tx

DAYS_KEPT = 400
LOOKED_BACK = 7
"""Days that are looked at again: an instance may have been stopped for some."""
_FAR = 1 << 31


async def tidy(app: App) -> None:
    """Forget what need not be kept any longer; done twice, it finds nothing the second time."""
    zone = ZoneInfo(app.config.timezone)
    today = (datetime.fromtimestamp(app.clock.now(), zone).date() - date(1970, 1, 1)).days
    for row in await app.store.rows(q.CHANNELS):
        chat = await chats.get(app, row.chat)
        gone = chat is None or chats.dead(chat)
        before = _FAR if gone else today - DAYS_KEPT
        await app.store.background(_drop_old, row.chat, before)
        if not gone:
            for day in range(today - LOOKED_BACK, today):
                await _fold_rare(app, row.chat, day)


async def _drop_old(tx: Tx, channel: int, before: int) -> None:
    await tx.run(q.DROP_OLD, channel=channel, before=before)


async def _fold_rare(app: App, channel: int, day: int) -> None:
    """Hosts that nobody is shown lose their names."""
    rows = await app.store.rows(q.OF_DAY, channel=channel, day=day)
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row.source] += row.visits
    rare = {one for one, n in totals.items() if one not in SIGNS and n < NAMED_FROM}
    if rare:
        await app.store.background(_fold, channel, day, sorted(rare))


async def _fold(tx: Tx, channel: int, day: int, rare: list[str]) -> None:
    for row in await tx.rows(q.OF_DAY, channel=channel, day=day):
        if row.source in rare:
            where = {"channel": channel, "day": day, "page": row.page}
            await tx.run(q.DROP, **where, source=row.source)
            await tx.run(q.ADD, **where, source=OTHER, n=row.visits)
