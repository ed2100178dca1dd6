"""How measures reach clients: as deletions, new messages and edits they know.

A message that is withheld in some countries is deleted for whoever is there, and an edit without a
change for everybody else: numbered events are told to all, so that no count has a hole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.safety.moderation import effects, views
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.ids import bare
from petitbleu.tl import api

__all__ = ["views"]
"""Imported here so that messages carry its warnings."""


async def _place(view: View) -> str:
    """Where the viewer is."""
    if view.country is not None:
        return view.country
    return await restrictions.country(view.app, view.viewer)


async def _seen(view: View, event: Event) -> tuple[MessageRow | None, bool]:
    """The message of an event (None: it is gone), and whether the viewer may see it."""
    rows = await messages.moderation_access.rows(view.app.store, event.owner, [event.data["id"]])
    if not rows:
        return None, False
    return rows[0], bool(
        await restrictions.without_withheld(view.app, view.viewer, rows, view.country)
    )


async def _tl(view: View, row: MessageRow) -> Any:
    message_views.name_peers(row, view.users)
    (made,) = await message_views.messages(view.app, view.viewer, [row])
    return made


def _deleted(view: View, event: Event, ids: list[int]) -> None:
    fields: dict[str, Any] = {"messages": ids, "pts": event.pts, "pts_count": event.count}
    if event.owner > 0:
        view.add(event, api.UpdateDeleteMessages(**fields))
    else:
        view.users.add(event.owner)
        channel = bare(event.owner)
        view.add(event, api.UpdateDeleteChannelMessages(channel_id=channel, **fields))


async def _unchanged(view: View, event: Event, row: MessageRow) -> None:
    form = api.UpdateEditMessage if event.owner > 0 else api.UpdateEditChannelMessage
    message = await _tl(view, row)
    view.add(event, form(message=message, pts=event.pts, pts_count=event.count))


@renders(effects.MESSAGE_WITHHELD)
async def message_withheld(view: View, events: Sequence[Event]) -> None:
    """updateDelete(Channel)Messages where it is withheld, updateEdit(Channel)Message elsewhere"""
    for event in events:
        row, shown = await _seen(view, event)
        if row is not None and shown:
            await _unchanged(view, event, row)
        else:
            _deleted(view, event, [event.data["id"]])


@renders(effects.MESSAGE_SHOWN)
async def message_shown(view: View, events: Sequence[Event]) -> None:
    """updateNew(Channel)Message where it was withheld, updateEdit(Channel)Message elsewhere"""
    for event in events:
        row, shown = await _seen(view, event)
        if row is None or not shown:
            _deleted(view, event, [event.data["id"]])
            continue
        countries = event.data["countries"]
        if countries and await _place(view) not in countries:
            await _unchanged(view, event, row)
            continue
        message = await _tl(view, row)
        form = api.UpdateNewMessage if event.owner > 0 else api.UpdateNewChannelMessage
        view.add(event, form(message=message, pts=event.pts, pts_count=event.count), message)


@renders(effects.CHAT_WITHHELD)
async def chat_withheld(view: View, events: Sequence[Event]) -> None:
    """updateChannel, and updateChannelAvailableMessages where all of it is withheld"""
    for event in events:
        channel = bare(event.owner)
        _deleted(view, event, [])  # carries the number: nothing else here does
        view.add(event, api.UpdateChannel(channel_id=channel))
        countries = event.data["countries"]
        if not event.data["over"] and (not countries or await _place(view) in countries):
            newest = await messages.moderation_access.newest(
                view.app.store, event.owner, event.owner, 1
            )
            upto = newest[-1].id if newest else 0
            view.add(
                event,
                api.UpdateChannelAvailableMessages(channel_id=channel, available_min_id=upto),
            )


@renders(effects.CONFIG_CHANGED)
async def config_changed(view: View, events: Sequence[Event]) -> None:
    """updateConfig: what clients may do has changed"""
    for event in events:
        view.add(event, api.UpdateConfig())
