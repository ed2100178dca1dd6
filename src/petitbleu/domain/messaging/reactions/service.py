"""Reacting to messages (core.telegram.org/api/reactions).

Reactions belong to the body: everybody who has the message sees the same ones. The sender of a
message in a private chat or group has to look at those that are new (``unread_mentions``). Members
of a channel that are here are told at most once a second per message (``updates/pace.py``); whoever
was away asks for what they look at (messages.getMessagesReactions).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import changes as chat_changes
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import CHANNEL
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import MEMBER, Right, restrictions, role
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import POST, MessageRow, Place
from petitbleu.domain.messaging.reactions import emoji as known
from petitbleu.domain.messaging.reactions import queries as q
from petitbleu.domain.messaging.reactions.emoji import (
    FAVOURITE,
    MAX_PER_USER,
    Allowed,
    allowed,
    pack,
)
from petitbleu.domain.messaging.unread_mentions import service as unread_mentions
from petitbleu.domain.messaging.unread_mentions.service import REACTION
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.people.social_graph import service as social_graph
from petitbleu.domain.updates import log, pace
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Tx

CHANGED = "reactions"
_CHANGE = Right(members.rights.CHANGE_INFO)
"""Of admins alone, also where members may change the title."""
SLICE = 100
DEFAULT = "default_reaction"
"""Key of the account's settings."""


class Reacted(NamedTuple):
    """What somebody is to have on a message now."""

    row: MessageRow
    emojis: Sequence[str]
    big: bool
    remember: bool
    kinds: int
    """How many different reactions the message may have."""


async def react(
    app: App,
    me: Actor,
    peer: int,
    message: int,
    emojis: Sequence[str],
    *,
    big: bool = False,
    remember: bool = False,
) -> list[Event]:
    """My reactions to a message are ``emojis`` from now on; none takes them back.

    ``remember``: put them on my recent list. Raises MESSAGE_ID_INVALID, REACTION_INVALID,
    REACTIONS_TOO_MANY, MESSAGE_NOT_MODIFIED, CHAT_WRITE_FORBIDDEN, USER_BANNED_IN_CHANNEL,
    PEER_ID_INVALID (somebody is blocked) and what :func:`members.require` raises.
    """
    at = await messages.place(app, me, peer)
    row = (await messages.in_place(app, at, [message])).get(message)
    if row is None or row.kind != messages.TEXT:
        raise Fault("MESSAGE_ID_INVALID")
    chosen = list(dict.fromkeys(emojis))
    if len(chosen) > MAX_PER_USER:
        raise Fault("REACTIONS_TOO_MANY")
    rule = allowed(at.chat.reactions) if at.chat is not None else Allowed()
    if rule.some is not None and not set(chosen) <= set(rule.some):
        raise Fault("REACTION_INVALID")
    if chosen:
        await _may(app, me, at)
    what = Reacted(row, chosen, big, remember, rule.kinds)
    event = await app.store.write(_react, me, what, int(app.clock.now()))
    if at.shared:
        # Of posts nobody is told apart: they are the channel's.
        apart = 0 if row.flags & POST else row.sender
        news = log.passing(peer, CHANGED, {**event.data, "sender": apart}, at=event.at, by=me)
        pace.tell(app, (CHANGED, peer, row.id), news)
    return [event]


async def _may(app: App, me: Actor, at: Place) -> None:
    if at.chat is None:
        if at.peer != me.id and (
            await social_graph.blocked(app, at.peer, me.id)
            or await social_graph.blocked(app, me.id, at.peer)
        ):
            raise Fault("PEER_ID_INVALID")
        return
    now = app.clock.now()
    if chats.dead(at.chat):
        raise Fault("CHAT_WRITE_FORBIDDEN")
    if at.chat.kind == CHANNEL:
        return
    if at.member is None or role(at.member, now) < MEMBER:
        if not (at.shared and at.chat.linked is not None):
            raise Fault("CHAT_WRITE_FORBIDDEN")
    elif restrictions(at.member, now) & members.rights.SEND_REACTIONS:
        raise Fault("USER_BANNED_IN_CHANNEL")


async def _react(tx: Tx, me: Actor, what: Reacted, at: int) -> Event:
    row = what.row
    body = {"author": row.author, "body": row.body}
    copies = await messages.copies(tx, row)
    await messages.lock(tx, {me.id, *copies})
    old = [row.emoji for row in await tx.rows(q.MINE, **body, account=me.id)]
    if old == list(what.emojis):
        raise Fault("MESSAGE_NOT_MODIFIED")
    there = {row.emoji for row in await tx.rows(q.COUNTS, **body)}
    added = [one for one in what.emojis if one not in old]
    gone = [one for one in old if one not in what.emojis]
    if not there.issuperset(added) and len(there.union(added)) > what.kinds:
        raise Fault("REACTIONS_TOO_MANY")
    heard = row.sender if row.sender != me.id and not row.flags & POST else 0
    if gone:
        await tx.run(q.DROP, **body, account=me.id, emojis=gone)
    for place, emoji in enumerate(what.emojis, 1):
        await tx.run(
            q.PUT, **body, account=me.id, emoji=emoji, place=place, at=at, big=int(what.big),
            unread=int(heard > 0),
        )  # fmt: skip
    for emoji in sorted({*added, *gone}):
        await tx.run(q.COUNT, **body, emoji=emoji, by=1 if emoji in added else -1, at=at)
    if gone:
        await tx.run(q.SWEEP_COUNTS, **body)
    if what.remember:
        for emoji in sorted(added):
            await tx.run(q.USED, account=me.id, emoji=emoji, at=at)
    any_left = bool(there) if not gone else bool(await tx.rows(q.COUNTS, **body))
    await _mark(tx, copies, bool(there), any_left or bool(added))
    if heard:
        await _wait(tx, row, copies, heard, bool(added))
    return await _tell(tx, me, row, copies, heard, at)


async def _mark(tx: Tx, copies: dict[int, int], before: bool, after: bool) -> None:
    """All copies say whether there are reactions: only then anybody looks for them."""
    if before != after:
        for owner, message in sorted(copies.items()):
            await tx.run(q.MARK if after else q.UNMARK, owner=owner, id=message)


async def _wait(tx: Tx, row: MessageRow, copies: dict[int, int], sender: int, added: bool) -> None:
    """The sender has something new to look at, or nothing any more."""
    place = _seen_by(row, copies, sender)
    if place is None:
        return
    peer, message = place
    if added:
        await unread_mentions.put(tx, sender, peer, REACTION, message)
        return
    left = await tx.row(q.UNREAD, author=row.author, body=row.body)
    if left is not None and not left.n:
        await unread_mentions.read(tx, sender, peer, REACTION, [message])


def _seen_by(row: MessageRow, copies: dict[int, int], account: int) -> tuple[int, int] | None:
    """(chat, id) of the message as ``account`` sees it; None where they have it no more."""
    if row.owner < 0:
        return row.owner, row.id
    if account not in copies:
        return None
    if row.peer < 0 or account == row.owner:
        return row.peer, copies[account]
    return row.owner, copies[account]


async def _tell(
    tx: Tx, me: Actor, row: MessageRow, copies: dict[int, int], heard: int, at: int
) -> Event:
    """In a private chat or basic group everybody; in a channel me and the sender (the others are
    told apart from the log)."""
    told = {me.id, heard} - {0} if row.owner < 0 else {me.id, *copies}
    if row.peer < 0 < row.owner:
        told.intersection_update(await members.inside(tx, row.peer))
    mine: Event | None = None
    for account in sorted(told):
        place = _seen_by(row, copies, account)
        if place is not None:
            event = await tell(tx, account, *place, at=at, by=me)
            mine = event if account == me.id else mine
    assert mine is not None
    return mine


async def tell(
    tx: Tx, account: int, peer: int, message: int, *, at: int, by: Actor | None = None
) -> Event:
    """Somebody's devices are to show the reactions of a message anew."""
    data = {"peer": peer, "id": message}
    return await log.state(tx, account, CHANGED, f"{peer}:{message}", data, at=at, by=by)


async def given(app: App, row: MessageRow, account: int) -> list[str]:
    """What somebody has on a message."""
    rows = await app.store.rows(q.MINE, author=row.author, body=row.body, account=account)
    return [row.emoji for row in rows]


async def seen(tx: Tx, rows: Iterable[MessageRow]) -> None:
    """The sender has looked at the reactions of these messages."""
    for row in rows:
        await tx.run(q.SEEN, author=row.author, body=row.body)


async def erased(tx: Tx, author: int, body: int) -> None:
    """The body is gone for good."""
    await tx.run(q.ERASE, author=author, body=body)
    await tx.run(q.ERASE_COUNTS, author=author, body=body)


# ── accounts that end ───────────────────────────────────────────────────────────────────────────


async def forget(app: App, account: int) -> None:
    """Take back all reactions of an account, a message at a time; whoever sees the message is told.
    May be run again.
    """
    while rows := await app.store.rows(q.REACTED_TO, account=account, limit=SLICE):
        for one in rows:
            at = int(app.clock.now())
            row = await app.store.write(_take_back, account, one.author, one.body, at)
            if row is not None and row.owner < 0:
                data = {"peer": row.peer, "id": row.id, "sender": 0}
                news = log.passing(row.peer, CHANGED, data, at=at, by=Actor(0))
                pace.tell(app, (CHANGED, row.peer, row.id), news)
    await app.store.write(_forget_use, account)


async def _forget_use(tx: Tx, account: int) -> None:
    await tx.run(q.FORGET_USE, account=account)


async def _take_back(tx: Tx, account: int, author: int, body: int, at: int) -> MessageRow | None:
    """The message as its author has it; None where they deleted it for themselves."""
    row = next(iter(await messages.moderation_access.rows(tx, author, [body])), None)
    copies = await messages.copies(tx, row) if row is not None else {}
    await messages.lock(tx, copies)
    of = {"author": author, "body": body}
    gone = [row.emoji for row in await tx.rows(q.MINE, **of, account=account)]
    if gone:
        await tx.run(q.DROP, **of, account=account, emojis=gone)
    for emoji in sorted(gone):
        await tx.run(q.COUNT, **of, emoji=emoji, by=-1, at=at)
    await tx.run(q.SWEEP_COUNTS, **of)
    if row is None:
        return None
    await _mark(tx, copies, True, bool(await tx.rows(q.COUNTS, **of)))
    if row.sender != account and not row.flags & POST:
        await _wait(tx, row, copies, row.sender, False)
    told = set(copies) - {account}
    if row.peer < 0 < row.owner:
        told.intersection_update(await members.inside(tx, row.peer))
    for owner in sorted(told):
        place = _seen_by(row, copies, owner)
        if owner > 0 and place is not None:
            await tell(tx, owner, *place, at=at)
    return row


# ── what a chat allows ──────────────────────────────────────────────────────────────────────────


async def allow(app: App, me: Actor, peer: int, what: Allowed) -> list[Event]:
    """Say what members may react with. Raises PEER_ID_INVALID (a person), CHAT_NOT_MODIFIED and
    what :func:`members.require` raises."""
    if peer > 0:
        raise Fault("PEER_ID_INVALID")
    standing = await members.require(app, me, peer, _CHANGE)
    stored = pack(what)
    if stored == standing.chat.reactions:
        raise Fault("CHAT_NOT_MODIFIED")
    with chats.changing(app, peer):
        return await app.store.write(
            chat_changes.set_in,
            me,
            peer,
            chat_changes.SET_REACTIONS,
            {"reactions": stored},
            "reactions",
            int(app.clock.now()),
        )


# ── one's own ───────────────────────────────────────────────────────────────────────────────────


async def top(app: App, account: int, limit: int) -> list[str]:
    """What somebody reacts with most, then the usual order; of what is offered."""
    rows = await app.store.rows(q.MOSTLY, account=account, limit=limit)
    own = [row.emoji for row in rows if row.emoji in known.OFFERED]
    return [*own, *(emoji for emoji in known.OFFERED if emoji not in own)][:limit]


async def recent(app: App, account: int, limit: int) -> list[str]:
    """What somebody reacted with last, of what is offered."""
    rows = await app.store.rows(q.RECENTLY, account=account, limit=limit)
    return [row.emoji for row in rows if row.emoji in known.OFFERED]


async def forget_recent(app: App, account: int) -> None:
    """Empty the recent list."""
    await app.store.write(_forget, account)


async def _forget(tx: Tx, account: int) -> None:
    await tx.run(q.FORGET, account=account)


async def set_default(app: App, account: int, emoji: str) -> None:
    """The reaction of a double tap."""
    kept = None if emoji == FAVOURITE else emoji
    await accounts.change_settings(app, account, {DEFAULT: kept})


async def default(app: App, account: int) -> str:
    """:func:`set_default`"""
    return str((await accounts.settings(app, account)).get(DEFAULT, FAVOURITE))


# ── imported histories ──────────────────────────────────────────────────────────────────────────


async def put_past(tx: Tx, author: int, body: int, emoji: str, *, account: int, at: int) -> None:
    """``account`` reacted to a message of an imported history, at ``at``."""
    await tx.run(q.PUT_PAST, author=author, body=body, account=account, emoji=emoji, place=1, at=at)


async def put_past_count(tx: Tx, author: int, body: int, emoji: str, *, n: int, since: int) -> None:
    """How many reacted so to such a message, and since when."""
    await tx.run(q.PUT_PAST_COUNT, author=author, body=body, emoji=emoji, n=n, since=since)
