"""How the events of the messages room look in TL.

New and edited messages are given in their *present* form, deleted ones are left out: a client that
was away must not see an old text as a new message, and some drop edits from a difference.
"""

from __future__ import annotations

from collections.abc import Sequence

from petitbleu.domain.messages import drafts, queries, views
from petitbleu.domain.messages.queries import MessageRow
from petitbleu.domain.peers.views import peer_of
from petitbleu.domain.updates.log import Event
from petitbleu.domain.updates.render import View, renders
from petitbleu.tl import api


async def _present(view: View, events: Sequence[Event]) -> dict[int, MessageRow]:
    """Message id -> row, for the events that still have one."""
    rows: dict[int, MessageRow] = {}
    missing = []
    for event in events:
        row = event.data.get("row")
        if row is None:
            missing.append(event.data["id"])
        else:
            rows[row.id] = row
    if missing:
        found = await view.app.store.rows(queries.BY_IDS, owner=view.viewer, ids=missing)
        rows.update((row.id, row) for row in found)
    return rows


@renders("message.new")
async def message_new(view: View, events: Sequence[Event]) -> None:
    """updateNewMessage"""
    rows = await _present(view, events)
    for event in events:
        row = rows.get(event.data["id"])
        if row is None:
            continue
        message = views.message(row)
        update = api.UpdateNewMessage(message=message, pts=event.pts, pts_count=event.count)
        view.add(event, update, message)
        views.name_peers(row, view.users)


@renders("message.edit")
async def message_edit(view: View, events: Sequence[Event]) -> None:
    """updateEditMessage"""
    rows = await _present(view, events)
    for event in events:
        row = rows.get(event.data["id"])
        if row is None:
            continue
        view.add(
            event,
            api.UpdateEditMessage(message=views.message(row), pts=event.pts, pts_count=event.count),
        )
        views.name_peers(row, view.users)


@renders("messages.deleted")
async def messages_deleted(view: View, events: Sequence[Event]) -> None:
    """updateDeleteMessages"""
    for event in events:
        view.add(
            event,
            api.UpdateDeleteMessages(
                messages=event.data["ids"], pts=event.pts, pts_count=event.count
            ),
        )


@renders("messages.pinned")
async def messages_pinned(view: View, events: Sequence[Event]) -> None:
    """updatePinnedMessages"""
    for event in events:
        peer = event.data["peer"]
        view.add(
            event,
            api.UpdatePinnedMessages(
                pinned=event.data["pinned"],
                peer=peer_of(peer),
                messages=event.data["ids"],
                pts=event.pts,
                pts_count=event.count,
            ),
        )
        view.users.add(peer)


@renders("read.inbox")
async def read_inbox(view: View, events: Sequence[Event]) -> None:
    """updateReadHistoryInbox"""
    for event in events:
        data = event.data
        view.add(
            event,
            api.UpdateReadHistoryInbox(
                folder_id=data.get("folder") or None,
                peer=peer_of(data["peer"]),
                max_id=data["max_id"],
                still_unread_count=data["unread"],
                pts=event.pts,
                pts_count=event.count,
            ),
        )
        view.users.add(data["peer"])


@renders("read.outbox")
async def read_outbox(view: View, events: Sequence[Event]) -> None:
    """updateReadHistoryOutbox"""
    for event in events:
        view.add(
            event,
            api.UpdateReadHistoryOutbox(
                peer=peer_of(event.data["peer"]),
                max_id=event.data["max_id"],
                pts=event.pts,
                pts_count=event.count,
            ),
        )
        view.users.add(event.data["peer"])


@renders("contents.read")
async def contents_read(view: View, events: Sequence[Event]) -> None:
    """updateReadMessagesContents"""
    for event in events:
        view.add(
            event,
            api.UpdateReadMessagesContents(
                messages=event.data["ids"], pts=event.pts, pts_count=event.count, date=event.at
            ),
        )


@renders("draft")
async def draft(view: View, events: Sequence[Event]) -> None:
    """updateDraftMessage: the draft as it is now."""
    for event in events:
        peer = event.data["peer"]
        saved = await drafts.of(view.app, view.viewer, peer)
        view.add(event, api.UpdateDraftMessage(peer=peer_of(peer), draft=views.draft(saved)))
        view.users.add(peer)


@renders("typing")
async def typing_now(view: View, events: Sequence[Event]) -> None:
    """updateUserTyping"""
    for event in events:
        data = event.data
        action = views.TYPING[data["action"]]
        shown = action() if data["progress"] is None else action(progress=data["progress"])
        view.add(event, api.UpdateUserTyping(user_id=data["from"], action=shown))
        view.users.add(data["from"])
