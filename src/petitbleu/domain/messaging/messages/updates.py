"""How the events of the messages room look in TL.

New and edited messages are given in their *present* form, deleted ones are left out: a client that
was away must not see an old text as a new message, and some drop edits from a difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.app import Actor
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.messages import (
    backfill,
    bot_privacy_mode,
    drafts,
    purge,
    queries,
    read,
    updates_alike,
    updates_saved,
    views,
    views_origins,
)
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.messaging.messages.unread import UnreadAtEnd
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.restrictions import service as restrictions
from petitbleu.domain.updates.log import Event, row_of
from petitbleu.domain.updates.render import View, renders
from petitbleu.ids import bare
from petitbleu.tl import api

__all__ = ["updates_alike", "updates_saved", "views_origins"]  # imported to be registered


async def _present(view: View, events: Sequence[Event]) -> dict[tuple[int, int], MessageRow]:
    """(owner, message id) -> row, for the events that still have one."""
    rows: dict[tuple[int, int], MessageRow] = {}
    missing: dict[int, list[int]] = {}
    for event in events:
        row = row_of(event)
        if row is None:
            missing.setdefault(event.owner, []).append(event.data["id"])
        else:
            rows[(row.owner, row.id)] = row
    for owner, wanted in missing.items():
        found = await view.app.store.rows(queries.BY_IDS, owner=owner, ids=wanted)
        rows.update(((row.owner, row.id), row) for row in found)
    return rows


async def _shown(view: View, events: Sequence[Event]) -> list[tuple[Event, Any]]:
    """Each event with its message as the viewer sees it; without those that are gone."""
    rows = await _present(view, events)
    seen = await restrictions.without_withheld(
        view.app, view.viewer, list(rows.values()), view.country
    )
    seen = await bot_privacy_mode.heard(view.app, view.viewer, await _not_hidden(view, seen))
    if len(seen) < len(rows):
        rows = {(row.owner, row.id): row for row in seen}
    pairs = [
        (event, row)
        for event in events
        if (row := rows.get((event.owner, event.data["id"]))) is not None
    ]
    messages = await views.render_collecting(
        view.app, view.viewer, [row for _, row in pairs], view.users
    )
    return [(event, message) for (event, _), message in zip(pairs, messages, strict=True)]


async def _not_hidden(view: View, rows: Sequence[MessageRow]) -> Sequence[MessageRow]:
    """Without what lies before the viewer came, where a supergroup hides that from newcomers."""
    channels = {row.owner for row in rows if row.owner < 0} if view.viewer else set()
    if not channels:
        return rows
    mine = await members.of_chats(view.app, view.viewer, channels)
    return [row for row in rows if row.owner not in mine or row.id > mine[row.owner].min_id]


@renders("message.new")
async def message_new(view: View, events: Sequence[Event]) -> None:
    """updateNewMessage, updateNewChannelMessage"""
    for event, message in await _shown(view, events):
        form = api.UpdateNewMessage if event.owner > 0 else api.UpdateNewChannelMessage
        update = form(message=message, pts=event.pts, pts_count=event.count)
        view.add(event, update, message)


@renders("message.edit")
async def message_edit(view: View, events: Sequence[Event]) -> None:
    """updateEditMessage, updateEditChannelMessage"""
    for event, message in await _shown(view, events):
        form = api.UpdateEditMessage if event.owner > 0 else api.UpdateEditChannelMessage
        view.add(event, form(message=message, pts=event.pts, pts_count=event.count))


@renders("messages.deleted")
async def messages_deleted(view: View, events: Sequence[Event]) -> None:
    """updateDeleteMessages, updateDeleteChannelMessages"""
    for event in events:
        fields = {"messages": event.data["ids"], "pts": event.pts, "pts_count": event.count}
        if event.owner > 0:
            view.add(event, api.UpdateDeleteMessages(**fields))
            continue
        channel = bare(event.owner)
        view.add(event, api.UpdateDeleteChannelMessages(channel_id=channel, **fields))
        view.users.add(event.owner)


@renders("messages.pinned")
async def messages_pinned(view: View, events: Sequence[Event]) -> None:
    """updatePinnedMessages, updatePinnedChannelMessages"""
    for event in events:
        peer = event.data["peer"]
        fields = {
            "pinned": event.data["pinned"],
            "messages": event.data["ids"],
            "pts": event.pts,
            "pts_count": event.count,
        }
        if event.owner > 0:
            view.add(event, api.UpdatePinnedMessages(peer=peer_of(peer), **fields))
        else:
            view.add(event, api.UpdatePinnedChannelMessages(channel_id=bare(peer), **fields))
        view.users.add(peer)


@renders("read.inbox", last=True)
async def read_inbox(view: View, events: Sequence[Event]) -> None:
    """updateReadHistoryInbox

    Pushed in order of pts, it tells the number of then. In a difference clients have taken all new
    messages before it, and it tells how many are unread of these.
    """
    me = Actor(view.viewer)
    reach, at_end = view.reach, None
    if reach is not None:
        fresh = {event.data["id"] for event, _ in view.messages if event.owner == me.id}
        at_end = UnreadAtEnd(view.app, me, reach, fresh)
    for event in events:
        data = event.data
        peer, upto = data["peer"], data["max_id"]
        unread = data["unread"]
        if at_end is not None:
            unread = await at_end.count(peer, upto)
        newest = reach.newest if reach is not None else None
        unread = await read.seen_of(view.app, me, me.id, peer, upto, unread, newest)
        view.add(
            event,
            api.UpdateReadHistoryInbox(
                folder_id=data.get("folder") or None,
                peer=peer_of(data["peer"]),
                max_id=data["max_id"],
                still_unread_count=unread,
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


@renders("read.channel_inbox")
async def read_channel_inbox(view: View, events: Sequence[Event]) -> None:
    """updateReadChannelInbox: how far my other devices have read"""
    for event in events:
        channel, upto = event.data["peer"], event.data["max_id"]
        now = await read.channel_now(view.app, Actor(view.viewer), channel, upto)
        view.add(
            event,
            api.UpdateReadChannelInbox(
                channel_id=bare(channel),
                max_id=upto,
                still_unread_count=now.unread,
                pts=now.pts,
            ),
        )
        view.users.add(channel)


@renders("read.channel_outbox")
async def read_channel_outbox(view: View, events: Sequence[Event]) -> None:
    """updateReadChannelOutbox: somebody has read mine"""
    for event in events:
        channel, upto = event.data["peer"], event.data["max_id"]
        view.add(event, api.UpdateReadChannelOutbox(channel_id=bare(channel), max_id=upto))
        view.users.add(channel)


@renders("draft")
async def draft(view: View, events: Sequence[Event]) -> None:
    """updateDraftMessage: the draft as it is now."""
    for event in events:
        peer = event.data["peer"]
        saved = await drafts.load_draft(view.app, view.viewer, peer)
        view.add(
            event,
            api.UpdateDraftMessage(
                peer=peer_of(peer), draft=views.draft(view.app, view.viewer, saved)
            ),
        )
        view.users.add(peer)


@renders(backfill.IMPORTED)
async def messages_imported(view: View, events: Sequence[Event]) -> None:
    """updatePtsChanged: there is more than any difference tells"""
    for event in events:
        view.add(event, api.UpdatePtsChanged())


@renders("typing")
async def typing_now(view: View, events: Sequence[Event]) -> None:
    """updateUserTyping, updateChatUserTyping, updateChannelUserTyping"""
    for event in events:
        data = event.data
        user, chat = data["from"], data.get("chat", 0)
        if user == view.viewer:
            continue
        action = views.TYPING[data["action"]]
        shown = action() if data["progress"] is None else action(progress=data["progress"])
        view.users.add(user)
        if not chat:
            view.add(event, api.UpdateUserTyping(user_id=user, action=shown))
            continue
        view.users.add(chat)
        fields = {"from_id": peer_of(user), "action": shown}
        if event.owner < 0:
            view.add(event, api.UpdateChannelUserTyping(channel_id=bare(chat), **fields))
        else:
            view.add(event, api.UpdateChatUserTyping(chat_id=bare(chat), **fields))


@renders(purge.AVAILABLE)
async def available(view: View, events: Sequence[Event]) -> None:
    """updateChannelAvailableMessages: what was said before is hidden from the viewer"""
    for event in events:
        chat = event.data["chat"]
        member = await members.load_member(view.app, chat, view.viewer)
        view.add(
            event,
            api.UpdateChannelAvailableMessages(
                channel_id=bare(chat), available_min_id=member.min_id if member is not None else 0
            ),
        )
        view.users.add(chat)
