"""Updates as TL: the container an answer or a push carries, with everybody named in it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.communities.chats import service as chats
from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.people.accounts import views as account_views
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, render
from petitbleu.domain.updates.service import Difference, UpdateState
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api

NAMES_MISSING_FROM = 177
"""The layer from which the answer of an invitation says who could not be brought in."""


async def named(app: App, view: View) -> tuple[list[Any], list[Any]]:
    """The (users, chats) an update container must carry for ``view``."""
    return await chat_views.named(app, view.viewer, view.users | view.chats)


async def least(app: App, view: View) -> tuple[list[Any], list[Any]]:
    """:func:`named` in the ``min`` forms that many viewers share (core.telegram.org/api/min)."""
    people = [user for user in view.users if user > 0]
    rows = await chats.get_many(app, view.users)
    users = await account_views.least(app, people) if people else []
    return users, [chat_views.least(app, row) for row in rows.values() if row.kind != chats.BASIC]


async def answer(
    ctx: Ctx,
    events: Sequence[Event],
    *,
    first: Sequence[Any] = (),
    also: Iterable[int] = (),
    made: bool = False,
) -> api.Updates:
    """The answer of a call that changed something: its events of the caller's own box and of
    channels, as ``updates``.

    ``first`` are updates that must stand before the events (updateMessageID); ``also`` are peers
    that the answer names in any case. With ``made`` a chat was made: its service messages are
    announced by an updateMessageID each, as clients expect of what they sent. The request carries
    no random_id, so any will do; TDLib refuses an answer without one.
    """
    me = ctx.me.id
    own = [event for event in events if event.owner == me or event.owner < 0]
    view = await render(ctx.app, me, own)
    view.users.update(also)
    users, groups = await named(ctx.app, view)
    ordered = [update for _, update in sorted(view.updates, key=lambda pair: pair[0].pts)]
    if made:
        first = [*first, *map(_announced, _service_messages(ordered))]
    return api.Updates(
        updates=[*first, *ordered],
        users=users,
        chats=groups,
        date=int(ctx.now),
        seq=0,
    )


def _service_messages(found: Iterable[Any]) -> list[api.MessageService]:
    return [
        update.message
        for update in found
        if type(update) in (api.UpdateNewMessage, api.UpdateNewChannelMessage)
        and type(update.message) is api.MessageService
    ]


def _announced(message: api.MessageService) -> api.UpdateMessageID:
    return api.UpdateMessageID(id=message.id, random_id=secrets.randbits(63))


async def invited(
    ctx: Ctx, chat: int, events: Sequence[Event], missing: Sequence[int], *, made: bool = False
) -> api.messages.InvitedUsers:
    """messages.invitedUsers: what happened, and who could not be brought in; ``made`` as in
    :func:`answer`.

    Raises USER_PRIVACY_RESTRICTED where nothing happened and the caller's layer has no other way
    to be told so.
    """
    if missing and not events and ctx.layer < NAMES_MISSING_FROM:
        raise Fault("USER_PRIVACY_RESTRICTED")
    return api.messages.InvitedUsers(
        updates=await answer(ctx, events, also=[chat, *missing], made=made),
        missing_invitees=[api.MissingInvitee(user_id=peer) for peer in missing],
    )


def state(found: UpdateState) -> api.updates.State:
    """updates.state"""
    return api.updates.State(
        pts=found.pts,
        qts=found.qts,
        date=found.date,
        seq=found.seq,
        unread_count=found.unread,
    )


async def difference(app: App, viewer: int, found: Difference) -> Any:
    """updates.difference, its slice, its empty form or its "too long" form."""
    if found.too_long:
        return api.updates.DifferenceTooLong(pts=found.state.pts)
    if not found.events and not found.moved:
        return api.updates.DifferenceEmpty(date=found.state.date, seq=found.state.seq)
    view = await render(app, viewer, found.events, reach=found.reach)
    users, groups = await named(app, view)
    new = {id(event) for event, _ in view.messages}
    view.messages.sort(key=lambda pair: pair[0].pts)
    # What tells the number at the end of the difference stands behind all that leads there.
    view.updates.sort(key=lambda pair: (type(pair[1]) is api.UpdateReadHistoryInbox, pair[0].pts))
    fields: dict[str, Any] = {
        "new_messages": [message for _, message in view.messages],
        "new_encrypted_messages": [],
        "other_updates": [update for event, update in view.updates if id(event) not in new],
        "chats": groups,
        "users": users,
    }
    if found.final:
        return api.updates.Difference(**fields, state=state(found.state))
    return api.updates.DifferenceSlice(**fields, intermediate_state=state(found.state))
