"""Updates as TL: the container an answer or a push carries, with everybody named in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.app import App
from petitbleu.domain.accounts import views as account_views
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, render
from petitbleu.domain.updates.service import Difference, UpdateState
from petitbleu.rpc.ctx import Ctx
from petitbleu.tl import api


async def named(app: App, view: View) -> tuple[list[Any], list[Any]]:
    """The (users, chats) an update container must carry for ``view``."""
    users = await account_views.users(app, view.viewer, view.users) if view.users else []
    return users, []


async def answer(ctx: Ctx, events: Sequence[Event], *, first: Sequence[Any] = ()) -> api.Updates:
    """The answer of a call that changed something: its own events as ``updates``.

    ``first`` are updates that must stand before the events (updateMessageID).
    """
    own = [event for event in events if event.owner == ctx.me.id]
    view = await render(ctx.app, ctx.me.id, own)
    users, chats = await named(ctx.app, view)
    ordered = sorted(view.updates, key=lambda pair: pair[0].pts)
    return api.Updates(
        updates=[*first, *(update for _, update in ordered)],
        users=users,
        chats=chats,
        date=int(ctx.now),
        seq=0,
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
    view = await render(app, viewer, found.events)
    users, chats = await named(app, view)
    new = {id(event) for event, _ in view.messages}
    view.messages.sort(key=lambda pair: pair[0].pts)
    view.updates.sort(key=lambda pair: pair[0].pts)
    fields: dict[str, Any] = {
        "new_messages": [message for _, message in view.messages],
        "new_encrypted_messages": [],
        "other_updates": [update for event, update in view.updates if id(event) not in new],
        "chats": chats,
        "users": users,
    }
    if found.final:
        return api.updates.Difference(**fields, state=state(found.state))
    return api.updates.DifferenceSlice(**fields, intermediate_state=state(found.state))
