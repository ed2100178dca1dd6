"""A message in a basic group, rendered once for the members who see it alike.

Each member's copy has an id and a pts of its own, and each sees people in their own way (names of
the address book, access hashes, presence); the message and the group are the same for all plain
members. Told alone is whoever may differ in more: the author, admins, bots in privacy mode, and
everybody where a measure is in force or another room adds something to the message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats.service import BASIC
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.communities.members.service import MEMBER
from petitbleu.domain.messaging.messages import views
from petitbleu.domain.messaging.messages.contents import TEXT
from petitbleu.domain.messaging.messages.send import NEW
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.updates.log import Event, row_of
from petitbleu.domain.updates.render import LIKENESSES, Likeness


async def classes(app: App, told: Mapping[int, Sequence[Event]]) -> list[list[int]]:
    """See :class:`petitbleu.domain.updates.render.Likeness`."""
    events = next(iter(told.values()))
    chat = await _chat_of(app, events)
    if not chat or await restrictions.load_marks(app, (chat, *told)):
        return []
    now = app.clock.now()
    apart = set(accounts.bots_in_privacy_mode(app))
    apart.update(event.data["copy"][0].item.author for event in events)
    alike: dict[tuple[tuple[int, bool], ...], list[int]] = {}
    for owner, own in told.items():
        if owner in apart:
            continue
        member = await members.load_member(app, chat, owner)
        if members.role(member, now) == MEMBER:
            alike.setdefault(tuple(map(_form, own)), []).append(owner)
    return list(alike.values())


async def _chat_of(app: App, events: Sequence[Event]) -> int:
    """The one basic group that the events are about and name; 0 where they may differ."""
    named: set[int] = set()
    for event in events:
        row = row_of(event) if "copy" in event.data else None
        if row is None or row.kind != TEXT or views.is_decorated(row):
            return 0
        views.name_peers(row, named)
    groups = [peer for peer in named if peer < 0]
    if len(groups) != 1:
        return 0
    chat = await chats.get(app, groups[0])
    if chat is None or chat.kind != BASIC or chats.dead(chat):
        return 0
    return chat.id


def _form(event: Event) -> tuple[int, bool]:
    """What of a copy decides how it looks, apart from its numbers."""
    group, n = event.data["copy"]
    copy = group.item.copies[n]
    return copy.flags, copy.reply_to is None


def renumber(update: Any, event: Event) -> None:
    """See :class:`petitbleu.domain.updates.render.Likeness`."""
    group, n = event.data["copy"]
    message = update.message
    message.id = event.data["id"]
    reply_to = group.item.copies[n].reply_to
    if reply_to is not None:
        message.reply_to.reply_to_msg_id = reply_to
    update.pts = event.pts


LIKENESSES[NEW] = Likeness(classes, renumber)
