"""The chat list as TL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.communities.chats import service as chats_room
from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.dialogs import service
from petitbleu.domain.messaging.dialogs.queries import DialogRow
from petitbleu.domain.messaging.messages import service as messages
from petitbleu.domain.messaging.messages import views as message_views
from petitbleu.domain.messaging.messages.service import MessageRow
from petitbleu.domain.messaging.notifications import service as notifications
from petitbleu.domain.messaging.notifications import views as sounds
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.restrictions import service as measures
from petitbleu.errors import Fault
from petitbleu.ids import is_channel
from petitbleu.tl import api


class Listed(NamedTuple):
    """Dialogs with their newest messages and whoever is named in them."""

    dialogs: list[Any]
    messages: list[Any]
    chats: list[Any]
    users: list[Any]


def dialog(app: App, viewer: int, row: DialogRow, pts: int | None = None) -> Any:
    """One chat of the list of ``viewer``; ``pts`` of a channel."""
    return api.Dialog(
        pinned=row.pin_order > 0,
        unread_mark=bool(row.marked),
        peer=peer_of(row.peer),
        top_message=row.top_id,
        read_inbox_max_id=row.read_in,
        read_outbox_max_id=row.read_out,
        unread_count=row.unread,
        unread_mentions_count=row.mentions,
        unread_reactions_count=row.reactions,
        unread_poll_votes_count=0,
        notify_settings=sounds.settings(notifications.unpack(row.notify)),
        draft=message_views.draft(app, viewer, messages.decode_draft(row.draft, row.draft_at))
        if row.draft is not None
        else None,
        folder_id=row.folder or None,
        ttl_period=row.ttl or None,
        pts=pts,
    )


async def listed(app: App, me: Actor, rows: Sequence[DialogRow]) -> Listed:
    """Dialogs with everything a client needs to show them."""
    now = {
        row.peer: await messages.channel_now(app, me, row.peer, row.read_in)
        for row in rows
        if is_channel(row.peer)
    }
    rows = [
        row._replace(top_id=now[row.peer].top_id, unread=now[row.peer].unread)
        if row.peer in now and row.top_id
        else row
        for row in rows
    ]
    rows = await _unveiled(app, me, rows)
    tops = await messages.by_ids(
        app, me, [row.top_id for row in rows if row.top_id and not is_channel(row.peer)]
    )
    named = {row.peer for row in rows}
    timers = {
        chat.id: chat.ttl_seconds
        for chat in (await chats_room.get_many(app, [row.peer for row in rows])).values()
    }
    found, dialogs = [], []
    for row in rows:
        row = row._replace(ttl=timers.get(row.peer, row.ttl))
        if is_channel(row.peer):
            top = await _post(app, me, row)
            dialogs.append(dialog(app, me.id, row, now[row.peer].pts))
        else:
            top = tops.get(row.top_id)
            dialogs.append(dialog(app, me.id, row))
        if top is not None:
            found.append(top)
    made = await message_views.render_collecting(app, me.id, found, named)
    users, chats = await chat_views.named(app, me.id, named)
    return Listed(dialogs, made, chats, users)


async def _post(app: App, me: Actor, row: DialogRow) -> MessageRow | None:
    """The newest message of a channel, if it is mine to read."""
    try:
        where = await messages.place(app, me, row.peer)
    except Fault:  # put out, or it is private now: the entry may still stand in the list
        return None
    return (await messages.in_place(app, where, [row.top_id])).get(row.top_id)


async def _unveiled(app: App, me: Actor, rows: Sequence[DialogRow]) -> Sequence[DialogRow]:
    """``rows`` with the newest message that measures in force let me see, where that is another,
    and without those that I cannot see among the unread. (Those of channels are counted so.)
    """
    owners = {me.id, *(row.peer for row in rows if row.peer < 0)}
    if not await measures.load_marks(app, owners):
        return rows
    found = []
    for row in rows:
        owner = row.peer if is_channel(row.peer) else me.id
        veil = await measures.veil(app, me.id, owner, row.peer)
        if veil is not None and veil.hides(row.top_id):
            top = await messages.newest_below(app, owner, row.peer, row.top_id, veil)
            row = row._replace(top_id=top)
        if owner > 0 and veil is not None:
            unread = await messages.seen_of(app, me, owner, row.peer, row.read_in, row.unread)
            row = row._replace(unread=unread)
        found.append(row)
    return found


async def archive(app: App, me: Actor) -> tuple[Any, DialogRow] | None:
    """The archive as one entry of the list, and the chat whose newest message it shows."""
    held = await service.archived(app, me)
    if held is None:
        return None
    folder = api.DialogFolder(
        pinned=True,
        folder=api.Folder(id=service.ARCHIVE, title="Archived Chats"),
        peer=peer_of(held.top.peer),
        top_message=held.top.top_id,
        unread_muted_peers_count=held.muted_chats,
        unread_unmuted_peers_count=held.unmuted_chats,
        unread_muted_messages_count=held.muted_messages,
        unread_unmuted_messages_count=held.unmuted_messages,
    )
    return folder, held.top


async def with_archive(app: App, me: Actor, listed_: Listed) -> Listed:
    """A first page of the main list with the archive at its top, where there is one."""
    held = await archive(app, me)
    if held is None:
        return listed_
    folder, top = held
    shown = await listed(app, me, [top])
    return Listed(
        [folder, *listed_.dialogs],
        _once([*listed_.messages, *shown.messages]),
        _once([*listed_.chats, *shown.chats]),
        _once([*listed_.users, *shown.users]),
    )


def _once(found: list[Any]) -> list[Any]:
    """Each object once: the first of each (class, id, chat)."""
    kept = {(type(one), one.id, str(getattr(one, "peer_id", ""))): one for one in reversed(found)}
    return list(reversed(kept.values()))


def marks(rows: Sequence[DialogRow]) -> list[int]:
    """What the hash of a list is folded from: of each chat the pin, peer, top and unread count."""
    numbers: list[int] = []
    for row in rows:
        numbers += (int(row.pin_order > 0), row.peer, row.top_id, row.unread)
    return numbers
