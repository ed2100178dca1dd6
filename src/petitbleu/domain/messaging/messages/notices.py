"""Notices that stand in one person's chat alone: no copy on the other side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.app import Actor, App
from petitbleu.domain.messaging.messages import contents, send
from petitbleu.domain.messaging.messages.contents import ACTION
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.updates.log import Event
from petitbleu.store.hot.send import Copy, Outgoing


def first_author(row: MessageRow) -> int:
    """Who said a message first: of a forward its author (0: one who hides), else its sender."""
    forward = contents.forward_of(contents.decode(row.extra)) if row.extra is not None else None
    return row.sender if forward is None else forward.author


async def notice(app: App, me: Actor, peer: int, action: Sequence[Any]) -> list[Event]:
    """Tell both sides of a private chat of something I did; the events, mine first."""
    item = Outgoing(
        author=me.id,
        peer=peer,
        date=int(app.clock.now()),
        random_id=None,
        fingerprint=None,
        kind=ACTION,
        text="",
        entities=None,
        extra=contents.encode({"action": list(action)}),
        copies=send.pair(me.id, peer, None),
        session=me.session,
    )
    return send.events(*await send.say(app, item))


async def signed_up(app: App, account: int, to: int) -> list[Event]:
    """ "account joined" in the chat that ``to`` has with ``account``. Said once."""
    item = Outgoing(
        author=account,
        peer=to,
        date=int(app.clock.now()),
        random_id=to,
        fingerprint=b"joined",
        kind=ACTION,
        text="",
        entities=None,
        extra=contents.encode({"action": ["contact_sign_up"]}),
        copies=(Copy(to, account, None, 0, 1),),
        session=None,
        official=True,
    )
    return send.events(*await send.say(app, item))
