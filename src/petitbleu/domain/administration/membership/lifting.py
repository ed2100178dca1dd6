"""Restrictions and bans that end by themselves.

They count no more from the second they end (``rights.py``); here their rows are tidied and the
person's devices told.
"""

from __future__ import annotations

from petitbleu.app import App
from petitbleu.domain.administration.membership import changes
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.rights import LEFT, OUT
from petitbleu.store.api import Tx

SLICE = 200


async def run(app: App) -> int:
    """Lift what is over; how many that was."""
    lifted = 0
    while True:
        now = int(app.clock.now())
        rows = await members.ended(app.store, now, SLICE)
        for row in rows:
            with chats.changing(app, row.chat), members.changing(app, row.chat, row.account):
                await app.store.write(_lift, row.chat, row.account, now)
        lifted += len(rows)
        if len(rows) < SLICE:
            return lifted


async def _lift(tx: Tx, chat: int, account: int, now: int) -> None:
    await chats.lock(tx, chat)
    row = await members.of_in(tx, chat, account)
    if row is None or not 0 < row.until <= now:
        return
    after = row._replace(role=LEFT if row.role == OUT else row.role, banned=0, until=0)
    if after.role == LEFT and not after.joined_at:
        await members.drop(tx, chat, account)
    else:
        await members.put(tx, after)
    await chats.bump(tx, chat)
    await changes.tell(tx, account, chat, at=now)
