"""TL handlers: Saved Messages as a list of chats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.domain.communities.chats import views as chat_views
from petitbleu.domain.messaging.messages import history, rpc_input, saved, views
from petitbleu.domain.messaging.messages.history import Offsets
from petitbleu.domain.messaging.messages.saved import SavedChat
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.messaging.peers.views import peer_of
from petitbleu.domain.people.contacts.views import hash_of
from petitbleu.domain.updates import service as updates
from petitbleu.errors import Fault
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import rpc
from petitbleu.tl import api


@rpc("messages.getSavedDialogs")
async def get_saved_dialogs(ctx: Ctx, q: api.messages.GetSavedDialogs) -> Any:
    """messages.savedDialogs, its slice, or savedDialogsNotModified. No channel takes direct
    messages here: with a ``parent_peer`` the list is empty."""
    if q.parent_peer is not None:
        return await _list(ctx, [])
    after = 0
    if type(q.offset_peer) is not api.InputPeerEmpty:
        try:
            after = await peers.resolve(ctx, q.offset_peer)
        except Fault:  # no error is documented: a place that is gone is the beginning
            after = 0
    page = await saved.page(
        ctx.app,
        ctx.me,
        after_id=q.offset_id,
        after_peer=after,
        limit=q.limit,
        exclude_pinned=q.exclude_pinned,
    )
    if q.hash and q.hash == hash_of(_marks(page.chats)):
        return api.messages.SavedDialogsNotModified(count=page.total)
    listed = await _list(ctx, page.chats)
    if page.total > len(page.chats):
        return api.messages.SavedDialogsSlice(
            count=page.total,
            dialogs=listed.dialogs,
            messages=listed.messages,
            chats=listed.chats,
            users=listed.users,
        )
    return listed


def _marks(chats: Sequence[SavedChat]) -> list[int]:
    """What the hash of a list is folded from."""
    return [number for chat in chats for number in (int(chat.pinned), chat.peer, chat.top_id)]


async def _list(ctx: Ctx, chats: Sequence[SavedChat]) -> Any:
    rows = await history.by_ids(ctx.app, ctx.me, [chat.top_id for chat in chats])
    named = {chat.peer for chat in chats}
    messages = await views.render_collecting(ctx.app, ctx.me.id, list(rows.values()), named)
    users, groups = await chat_views.named(ctx.app, ctx.me.id, named)
    return api.messages.SavedDialogs(
        dialogs=[
            api.SavedDialog(pinned=chat.pinned, peer=peer_of(chat.peer), top_message=chat.top_id)
            for chat in chats
        ],
        messages=messages,
        chats=groups,
        users=users,
    )


@rpc("messages.getPinnedSavedDialogs")
async def get_pinned_saved_dialogs(ctx: Ctx, q: api.messages.GetPinnedSavedDialogs) -> Any:
    """messages.savedDialogs"""
    every = await saved.chats(ctx.app.store, ctx.me.id)
    return await _list(ctx, [saved_chat for saved_chat in every if saved_chat.pinned])


@rpc("messages.getSavedDialogsByID")
async def get_saved_dialogs_by_id(ctx: Ctx, q: api.messages.GetSavedDialogsByID) -> Any:
    """messages.savedDialogs: those of the chats asked for that something is saved from."""
    if q.parent_peer is not None:
        return await _list(ctx, [])
    wanted = []
    for id in q.ids[: rpc_input.MAX_IDS]:
        try:
            wanted.append(await peers.resolve(ctx, id))
        except Fault:
            continue
    return await _list(ctx, await saved.of_peers(ctx.app, ctx.me, wanted))


@rpc("messages.getSavedHistory")
async def get_saved_history(ctx: Ctx, q: api.messages.GetSavedHistory) -> Any:
    """A page of what is saved from one chat."""
    if q.parent_peer is not None:
        raise Fault("PEER_ID_INVALID")
    chat = await peers.resolve(ctx, q.peer)
    at = Offsets(q.offset_id, q.offset_date, q.add_offset, q.limit, q.max_id, q.min_id)
    page = await saved.messages(ctx.app, ctx.me, chat, at)
    return await views.page(ctx.app, ctx.me.id, page.rows, page.total, q.hash)


@rpc("messages.deleteSavedHistory", limit="write")
async def delete_saved_history(ctx: Ctx, q: api.messages.DeleteSavedHistory) -> Any:
    """messages.affectedHistory; the client calls again while its offset is above 0."""
    if q.parent_peer is not None:
        raise Fault("PEER_ID_INVALID")
    affected = await saved.delete_messages(
        ctx.app,
        ctx.me,
        await peers.resolve(ctx, q.peer),
        max_id=q.max_id,
        min_date=q.min_date,
        max_date=q.max_date,
    )
    pts = affected.pts or (await updates.counters(ctx.app, [ctx.me.id])).get(ctx.me.id, 1)
    return api.messages.AffectedHistory(pts=pts, pts_count=affected.moved, offset=affected.left)


@rpc("messages.readSavedHistory", limit="write")
async def read_saved_history(ctx: Ctx, q: api.messages.ReadSavedHistory) -> bool:
    """Reads the direct messages of a channel: none takes any here."""
    raise Fault("PARENT_PEER_INVALID")


async def _peer(ctx: Ctx, given: Any) -> int:
    if type(given) is not api.InputDialogPeer:
        raise Fault("PEER_ID_INVALID")
    return await peers.resolve(ctx, given.peer)


@rpc("messages.toggleSavedDialogPin", limit="write")
async def toggle_saved_dialog_pin(ctx: Ctx, q: api.messages.ToggleSavedDialogPin) -> bool:
    """True"""
    await saved.toggle_pin(ctx.app, ctx.me, await _peer(ctx, q.peer), pinned=q.pinned)
    return True


@rpc("messages.reorderPinnedSavedDialogs", limit="write")
async def reorder_pinned_saved_dialogs(ctx: Ctx, q: api.messages.ReorderPinnedSavedDialogs) -> bool:
    """True. A chat that cannot be named is passed over (no error is documented)."""
    order = []
    for peer in q.order[: saved.PINNED_MAX]:
        try:
            order.append(await _peer(ctx, peer))
        except Fault:
            continue
    await saved.reorder(ctx.app, ctx.me, order, force=q.force)
    return True
