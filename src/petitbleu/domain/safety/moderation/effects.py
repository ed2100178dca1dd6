"""What measures do, inside the transaction that decides them, and how each is undone.

An effect is two functions: ``begin(tx, case) -> Effect`` and ``end(tx, case, undo)``. Both say to
everybody concerned what changed, by ordinary events.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from petitbleu.app import Actor
from petitbleu.config import Config
from petitbleu.domain.administration.membership import changes as member_changes
from petitbleu.domain.communities.chats import changes as chat_changes
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import ChatRow
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.restrictions.service import (
    FROZEN,
    ITSELF,
    LABELLED,
    SUSPENDED,
    WITHHELD,
    Mark,
)
from petitbleu.domain.safety.moderation.refused import Refused as Refused
from petitbleu.domain.updates import log
from petitbleu.ids import SERVICE_USER
from petitbleu.store.api import Tx

MESSAGE_WITHHELD, MESSAGE_SHOWN = "message.withheld", "message.shown"
CHAT_WITHHELD = "chat.withheld"
CONFIG_CHANGED = "config.changed"
HAND = Actor(SERVICE_USER)
"""In whose name members are restricted: the service account."""


class Order(NamedTuple):
    """A decision to be carried out. Times are Unix seconds."""

    command: str
    """Given by whoever decides: the same one again decides nothing new."""
    kind: str
    """remove, withhold, restrict, suspend or label."""
    actor: str
    reason: str
    subject: int = 0
    """The chat or person (peer number)."""
    member: int = 0
    """restrict: whom in the chat."""
    owner: int = 0
    """Whose box the messages lie in: a person, or the channel."""
    messages: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    label: str = ""
    """label: the word. remove without messages: the part of the profile (effects_profile.PARTS)."""
    shown: str = ""
    """What people are told in the place of the content; empty: a standing sentence."""
    until: int = 0
    report: int = 0
    quiet: bool = False
    """Do not tell whom it concerns (an authority forbids it)."""


class Case(NamedTuple):
    """What an effect is given."""

    order: Order
    number: int
    at: int
    config: Config
    shown: str
    """The text for clients, filled in."""


class Effect(NamedTuple):
    """What an effect touched, for the sealed copy, and what its end needs."""

    rows: list[MessageRow]
    undo: dict[str, Any]
    photos: tuple[int, ...] = ()
    """Ids of pictures that were taken away."""


Begin = Callable[[Tx, Case], Awaitable[Effect]]
End = Callable[[Tx, Case, dict[str, Any]], Awaitable[None]]


def _mark(case: Case, kind: int, owner: int, message: int = ITSELF) -> Mark:
    order = case.order
    return Mark(
        owner,
        message,
        case.number,
        kind,
        ",".join(order.countries),
        order.label,
        case.shown,
        case.at,
        order.until,
    )


# ── messages ────────────────────────────────────────────────────────────────────────────────────


async def _rows(tx: Tx, order: Order) -> list[MessageRow]:
    rows = await messages.moderation_access.rows(tx, order.owner, order.messages)
    if not rows:
        raise Refused("no_messages")
    return rows


async def remove(tx: Tx, case: Case) -> Effect:
    """Messages go from everybody."""
    rows = await _rows(tx, case.order)
    taken = await messages.moderation_access.take(
        tx, case.order.owner, [row.id for row in rows], at=case.at
    )
    return Effect(rows, {"taken": [list(one) for one in taken]})


async def give_back(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    """... and come back, as far as they are still held."""
    taken = [messages.moderation_access.Taken(*item) for item in undo["taken"]]
    await messages.moderation_access.give_back(tx, taken, at=case.at)


async def withhold_messages(tx: Tx, case: Case) -> Effect:
    """Messages are not there for people in some countries."""
    return await _mark_messages(tx, case, WITHHELD, MESSAGE_WITHHELD)


async def show_messages(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    """... and are there again."""
    await _unmark_messages(tx, case, MESSAGE_SHOWN)


async def label_messages(tx: Tx, case: Case) -> Effect:
    """Clients blur messages until the reader asks to see them."""
    return await _mark_messages(tx, case, LABELLED, messages.EDITED)


async def unlabel_messages(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    """... no more."""
    await _unmark_messages(tx, case, messages.EDITED)


async def _mark_messages(tx: Tx, case: Case, kind: int, event: str) -> Effect:
    rows = await _rows(tx, case.order)
    where = await messages.moderation_access.copies(tx, rows)
    data = {"countries": list(case.order.countries)}
    await messages.moderation_access.announce(tx, event, where, data, at=case.at)
    await restrictions.put(
        tx, [_mark(case, kind, owner, copy) for owner in sorted(where) for copy in where[owner]]
    )
    return Effect(rows, {})


async def _unmark_messages(tx: Tx, case: Case, event: str) -> None:
    where: dict[int, list[int]] = {}
    for mark in await restrictions.of_measure(tx, case.number):
        where.setdefault(mark.owner, []).append(mark.id)
    data = {"countries": list(case.order.countries)}
    await messages.moderation_access.announce(tx, event, where, data, at=case.at)
    await restrictions.drop(tx, case.number)


# ── groups and channels ─────────────────────────────────────────────────────────────────────────


async def _chat(tx: Tx, order: Order) -> ChatRow:
    return await chats.lock(tx, order.subject)


async def withhold_chat(tx: Tx, case: Case) -> Effect:
    """A supergroup or channel shows nothing to people in some countries."""
    await _chat(tx, case.order)
    await _tell_withheld(tx, case, over=False)
    await restrictions.put(tx, [_mark(case, WITHHELD, case.order.subject)])
    return Effect([], {})


async def show_chat(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    """... and shows everything again."""
    await _chat(tx, case.order)
    await _tell_withheld(tx, case, over=True)
    await restrictions.drop(tx, case.number)


async def _tell_withheld(tx: Tx, case: Case, *, over: bool) -> None:
    data = {"countries": list(case.order.countries), "over": over}
    await log.append(tx, case.order.subject, CHAT_WITHHELD, data, at=case.at)


async def label_chat(tx: Tx, case: Case) -> Effect:
    """A word stands beside the name of a supergroup or channel."""
    row = await _chat(tx, case.order)
    await restrictions.put(tx, [_mark(case, LABELLED, row.id)])
    await chat_changes.tell_all(tx, HAND, row, chat_changes.CHANGED, {"chat": row.id}, at=case.at)
    return Effect([], {})


async def unlabel_chat(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    """... no more."""
    row = await _chat(tx, case.order)
    await restrictions.drop(tx, case.number)
    await chat_changes.tell_all(tx, HAND, row, chat_changes.CHANGED, {"chat": row.id}, at=case.at)


async def restrict_member(tx: Tx, case: Case) -> Effect:
    """Somebody may not write in a supergroup."""
    order = case.order
    row = await _chat(tx, order)
    before = await members.of_in(tx, row.id, order.member)
    if before is None or members.role(before, case.at) < members.MEMBER:
        raise Refused("no_member")
    if before.role == members.CREATOR:
        raise Refused("their_group")
    after = before._replace(
        role=members.MEMBER,
        rights=0,
        banned=members.rights.complete(members.rights.SEND),
        until=order.until,
        changed_by=HAND.id,
        changed_at=case.at,
    )
    await member_changes.change(tx, HAND, row, before, after, at=case.at)
    return Effect([], {"before": list(before), "after": list(after)})


async def unrestrict_member(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    """... as before, unless an admin has decided otherwise since."""
    order = case.order
    row = await _chat(tx, order)
    now = await members.of_in(tx, row.id, order.member)
    before, after = members.MemberRow(*undo["before"]), members.MemberRow(*undo["after"])
    if now is None or (now.role, now.banned, now.until) != (after.role, after.banned, after.until):
        return
    back = now._replace(
        role=before.role,
        rights=before.rights,
        banned=members.restrictions(before, case.at),
        until=before.until,
        changed_by=HAND.id,
        changed_at=case.at,
    )
    await member_changes.change(tx, HAND, row, now, back, at=case.at)


# ── accounts ────────────────────────────────────────────────────────────────────────────────────


async def freeze(tx: Tx, case: Case) -> Effect:
    """An account may read, not act."""
    await restrictions.put(tx, [_mark(case, FROZEN, case.order.subject)])
    tx.emit(log.passing(case.order.subject, CONFIG_CHANGED, {}, at=case.at))
    return Effect([], {})


async def thaw(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    """... may act again."""
    await restrictions.drop(tx, case.number)
    tx.emit(log.passing(case.order.subject, CONFIG_CHANGED, {}, at=case.at))


async def suspend(tx: Tx, case: Case) -> Effect:
    """An account may do nothing, and looks deleted to others."""
    await restrictions.put(tx, [_mark(case, SUSPENDED, case.order.subject)])
    await accounts.announce_name(tx, case.order.subject, at=case.at)
    return Effect([], {})


async def restore(tx: Tx, case: Case, undo: dict[str, Any]) -> None:
    """... is as it was."""
    await restrictions.drop(tx, case.number)
    await accounts.announce_name(tx, case.order.subject, at=case.at)


async def label_account(tx: Tx, case: Case) -> Effect:
    """A word stands beside somebody's name."""
    await restrictions.put(tx, [_mark(case, LABELLED, case.order.subject)])
    await accounts.announce_name(tx, case.order.subject, at=case.at)
    return Effect([], {})
