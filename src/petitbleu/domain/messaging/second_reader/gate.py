"""The one check of every way by which a post of a channel could come to exist or change.

Knows no messages: ``messages`` and ``scheduled`` ask here.
"""

from __future__ import annotations

from petitbleu import jobs
from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import CHANNEL, SECOND_READER, ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import WRITE
from petitbleu.errors import Fault
from petitbleu.jobs import Job
from petitbleu.store.api import Tx

REFUSED = "CHAT_SEND_UNAPPROVED_FORBIDDEN"
"""What is answered to who would publish something that nobody else has approved."""
_HOUR = 3600

WAITS, EDIT_WAITS, OVERDUE, LAPSED = "waits", "edit_waits", "overdue", "lapsed"
APPROVED, EDIT_APPROVED, ALONE, LOST = "approved", "edit_approved", "alone", "lost"
DROPPED, SWITCHED_ON, SWITCHED_OFF, HOW = "dropped", "switched_on", "switched_off", "how"


class Tell(Job, tag="second_reader.tell", frozen=True):
    """People of a channel hear of something in the service chat.

    ``kind``: one of the names above. ``id``: what waits, or the post; 0: none. ``by``: who did it,
    and is not told. ``to``: who alone is told; 0: all who may post.
    """

    kind: str
    channel: int
    at: int
    id: int = 0
    seen: str = ""
    by: int = 0
    to: int = 0
    text: str = ""


def is_demanded(chat: ChatRow) -> bool:
    """Whether nobody publishes alone there."""
    return chat.kind == CHANNEL and bool(chat.flags & SECOND_READER)


async def is_demanded_in(app: App, chat: int) -> bool:
    """:func:`is_demanded` of a peer number."""
    row = await chats.get(app, chat) if chat < 0 else None
    return row is not None and is_demanded(row)


async def refuse(app: App, me: Actor, chat: int) -> None:
    """CHAT_SEND_UNAPPROVED_FORBIDDEN, and the service chat says how it is done, once an hour."""
    if not me.bot:
        now = int(app.clock.now())
        how = Tell(kind=HOW, channel=chat, at=now - now % _HOUR, to=me.id)
        await app.store.write(tell, how)
    raise Fault(REFUSED)


async def tell(tx: Tx, work: Tell) -> None:
    """Have it said once this transaction is on disk."""
    key = f"{work.kind}:{work.channel}:{work.id}:{work.to}"
    await jobs.schedule(tx, work, due=work.at, key=key)


async def reader(tx: Tx, channel: int, account: int, now: float) -> ChatRow:
    """The channel, locked, for who may approve there: a person with the right to post.

    CHAT_ADMIN_REQUIRED for everybody else; rights are read again, under the lock.
    """
    row = await chats.lock(tx, channel)
    member = await members.of_in(tx, channel, account)
    if chats.dead(row) or not members.may(row, member, WRITE, now):
        raise Fault("CHAT_ADMIN_REQUIRED")
    return row


async def still_reads(tx: Tx, row: ChatRow, account: int, now: float) -> bool:
    """Whether who approved something may still post, so that the approval holds."""
    return members.may(row, await members.of_in(tx, row.id, account), WRITE, now)
