"""Auto-delete timers as the messages of a chat need them: how long each lives.

Groups and channels keep theirs in the chat's row, private chats in both dialogs. Setting one stands
in the timers room. Freshness is the law of :mod:`petitbleu.cache`.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from petitbleu.app import App, Part
from petitbleu.cache import Cache
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.messaging.messages import queries as q
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.stamps import cache_of, room
from petitbleu.store.api import Tx

DEFAULT = "history_ttl"
"""Key of the account's settings: the timer of chats it begins."""
_CACHE_LIMIT = 100_000


ROOM = room("timers", dialog=("ttl",))
TIMERS: Part[Cache[tuple[int, int], int]] = Part(lambda app: cache_of(app, ROOM, _CACHE_LIMIT))


async def seconds(app: App, me: int, peer: int, chat: ChatRow | None) -> int:
    """How long a message said now by ``me`` in the chat lives; 0: for ever."""
    if chat is not None:
        return chat.ttl_seconds
    if peer == me:
        return 0
    cache = app.parts[TIMERS]
    known = cache.get((me, peer))
    if known is None:
        generation = cache.generation
        row = await app.store.row(q.TIMER, owner=me, peer=peer)
        known = row.seconds if row is not None else await _begin(app, me, peer)
        cache.keep((me, peer), known, generation)
    return known


async def load_timer(app: App, me: int, peer: int) -> int:
    """The timer of a private chat; 0: none."""
    row = await app.store.row(q.TIMER, owner=me, peer=peer)
    return row.seconds if row is not None else 0


async def default(app: App, account: int) -> int:
    """The timer of chats the account begins; 0: none."""
    return int((await accounts.settings(app, account)).get(DEFAULT, 0))


async def _begin(app: App, me: int, peer: int) -> int:
    """A chat that is just begun gets the timer its beginner wants for new chats."""
    period = await default(app, me)
    if period:
        await app.store.write(put, me, peer, period)
    return period


def changing(app: App, me: int, peer: int) -> AbstractContextManager[None]:
    """Around every transaction that changes the timer of a private chat."""
    return app.parts[TIMERS].changing([(me, peer), (peer, me)])


async def put(tx: Tx, me: int, peer: int, period: int) -> None:
    """The timer of a private chat, on both sides."""
    for owner, other in sorted({(me, peer), (peer, me)}):
        await tx.run(q.SET_TIMER, owner=owner, peer=other, ttl=period)
