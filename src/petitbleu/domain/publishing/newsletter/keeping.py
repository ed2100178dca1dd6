"""What is forgotten: subscriptions that nobody confirmed, and all of a channel that is gone."""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.publishing.newsletter import queries as q
from petitbleu.domain.publishing.newsletter import queries_sending as qs
from petitbleu.domain.publishing.newsletter.subscribing import CONFIRM_SECONDS
from petitbleu.store.api import Tx

ISSUE_DAYS = 40
"""So long it is kept which posts were mailed: longer than a week's letter looks back."""


async def tidy(app: App) -> None:
    """Forget what need not be kept any longer."""
    now = int(app.clock.now())
    await app.store.write(_unconfirmed, now)
    for row in await app.store.rows(qs.CHANNELS):
        chat = await chats.get(app, row.channel)
        if chat is None or chats.dead(chat):
            await app.store.write(_forget, row.channel)
        else:
            await app.store.write(_issues, row.channel, now)


async def _unconfirmed(tx: Tx, now: int) -> None:
    await tx.run(q.END_UNCONFIRMED, before=now - CONFIRM_SECONDS, now=now)
    await tx.run(q.DROP_UNCONFIRMED, before=now - CONFIRM_SECONDS)


async def _issues(tx: Tx, channel: int, now: int) -> None:
    await tx.run(qs.DROP_OLD_ISSUES, channel=channel, before=now - ISSUE_DAYS * 86_400)


async def _forget(tx: Tx, channel: int) -> None:
    for statement in (
        *(q.DROP_CHANNEL, q.DROP_ENDED, q.DROP_COUNTS),
        *(qs.DROP_ISSUES, qs.DROP_OF_CHANNEL, qs.STOP),
    ):
        await tx.run(statement, channel=channel)
