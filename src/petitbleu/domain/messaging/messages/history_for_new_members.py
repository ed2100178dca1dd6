"""The newest messages of a basic group, given to somebody who just came in
(``fwd_limit`` of core.telegram.org/method/messages.addChatUser)."""

from __future__ import annotations

from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import boxes
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.messaging.messages.contents import TEXT
from petitbleu.domain.messaging.messages.send import NEW
from petitbleu.domain.updates import counters, log
from petitbleu.store.api import Tx

LIMIT = 100
_END = 1 << 40


async def share(tx: Tx, chat: int, giver: int, newcomer: int, limit: int, *, at: int) -> None:
    """Copy the newest messages of ``giver``'s box into the newcomer's; what is there stays once.

    The caller has locked the chat. Says nothing to anybody but the newcomer's devices.
    """
    rows = await tx.rows(
        q.OLDER, owner=giver, peer=chat, below=_END, above=0, limit=min(limit, LIMIT), skip=0
    )
    # All whom the rest of the transaction will lock, in the order of everybody.
    await boxes.lock(tx, {*await members.inside(tx, chat), newcomer})
    ids: dict[int, int] = {}
    for row in reversed(rows):
        if row.kind != TEXT:
            continue
        there = await tx.row(q.COPIES_OF, owners=[newcomer], author=row.author, body=row.body)
        if there is not None:
            ids[row.id] = there.id
            continue
        taken = await counters.take_id(tx, newcomer)
        assert taken is not None
        ids[row.id] = taken
        await tx.run(
            q.PUT_BOX,
            owner=newcomer,
            id=taken,
            peer=chat,
            author=row.author,
            body=row.body,
            reply_to=None if row.reply_to is None else ids.get(row.reply_to),
            flags=0,
            top=None,
        )
        await tx.run(
            q.PUT_DIALOG,
            owner=newcomer,
            peer=chat,
            top_id=taken,
            top_date=row.date,
            unread=int(row.author != newcomer),
            total=1,
        )
        await log.append(tx, newcomer, NEW, {"id": taken}, at=at)
