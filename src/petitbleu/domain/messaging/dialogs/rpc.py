"""TL handlers of the chat list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.dialogs import service, views
from petitbleu.domain.messaging.dialogs.queries import DialogRow
from petitbleu.domain.messaging.dialogs.service import Place
from petitbleu.domain.messaging.peers import views as peers
from petitbleu.domain.people.contacts.views import hash_of
from petitbleu.domain.updates import service as updates
from petitbleu.domain.updates import views as update_views
from petitbleu.domain.updates.service import UpdateState
from petitbleu.errors import Fault
from petitbleu.ids import is_channel
from petitbleu.rpc.ctx import Ctx
from petitbleu.rpc.registry import USER, rpc
from petitbleu.tl import api

MAX_PEERS = 100


async def _peer(ctx: Ctx, given: Any) -> int:
    """The chat an InputDialogPeer names; PEER_ID_INVALID for folders and communities."""
    if type(given) is not api.InputDialogPeer:
        raise Fault("PEER_ID_INVALID")
    return await peers.resolve(ctx, given.peer)


def _offset_peer(ctx: Ctx, given: Any) -> int:
    """The chat after which the page begins, 0 for the top; OFFSET_PEER_ID_INVALID.

    It only says where in the caller's own list to go on, so its id is enough: TDLib names a
    channel by an access hash of 0 here.
    """
    if type(given) is api.InputPeerEmpty:
        return 0
    peer = peers.unproven(ctx, given)
    if peer is None:
        raise Fault("OFFSET_PEER_ID_INVALID")
    return peer


@rpc("messages.getDialogs", counts=True)
async def get_dialogs(ctx: Ctx, q: api.messages.GetDialogs) -> Any:
    """messages.dialogs, its slice, or dialogsNotModified."""
    peer = _offset_peer(ctx, q.offset_peer)
    page = await service.page(
        ctx.app,
        ctx.me,
        Place(q.offset_date, q.offset_id, peer),
        q.limit,
        folder=q.folder_id,
        exclude_pinned=q.exclude_pinned,
    )
    if q.hash and q.hash == hash_of(views.marks(page.rows)):
        return api.messages.DialogsNotModified(count=page.total)
    listed = await views.listed(ctx.app, ctx.me, page.rows)
    at_top = not (q.offset_date or q.offset_id or peer)
    if q.folder_id == service.MAIN and at_top and not q.exclude_pinned:
        listed = await views.with_archive(ctx.app, ctx.me, listed)
    if page.total > len(page.rows):
        return api.messages.DialogsSlice(
            count=page.total,
            dialogs=listed.dialogs,
            messages=listed.messages,
            chats=listed.chats,
            users=listed.users,
        )
    return api.messages.Dialogs(
        dialogs=listed.dialogs,
        messages=listed.messages,
        chats=listed.chats,
        users=listed.users,
    )


async def _peer_dialogs(
    ctx: Ctx, state: UpdateState, rows: Sequence[DialogRow], *, with_archive: bool = False
) -> Any:
    """``state`` was read before ``rows``: what happens in between comes again to a device that
    goes on from there, the other way round it would be lost."""
    listed = await views.listed(ctx.app, ctx.me, rows)
    if with_archive:
        listed = await views.with_archive(ctx.app, ctx.me, listed)
    return api.messages.PeerDialogs(
        dialogs=listed.dialogs,
        messages=listed.messages,
        chats=listed.chats,
        users=listed.users,
        state=update_views.state(state),
    )


@rpc("messages.getPinnedDialogs", counts=True)
async def get_pinned_dialogs(ctx: Ctx, q: api.messages.GetPinnedDialogs) -> Any:
    """messages.peerDialogs; the archive is pinned to the top of the main list."""
    state = await updates.state(ctx.app, ctx.me)
    rows = await service.pinned(ctx.app, ctx.me, q.folder_id)
    return await _peer_dialogs(ctx, state, rows, with_archive=q.folder_id == service.MAIN)


@rpc("messages.getPeerDialogs", counts=True)
async def get_peer_dialogs(ctx: Ctx, q: api.messages.GetPeerDialogs) -> Any:
    """messages.peerDialogs: of each peer asked for, also where no message was said yet."""
    if not q.peers:
        raise Fault("INPUT_PEERS_EMPTY")
    wanted: list[int] = []
    for one in q.peers[:MAX_PEERS]:
        if type(one) is api.InputDialogPeerFolder:
            rows = await service.page(ctx.app, ctx.me, Place(), MAX_PEERS, folder=one.folder_id)
            wanted += [row.peer for row in rows.rows]
        else:
            peer = await _peer(ctx, one)
            if is_channel(peer):
                await members.require(ctx.app, ctx.me, peer)
            wanted.append(peer)
    state = await updates.state(ctx.app, ctx.me)
    asked = await service.of_peers(ctx.app, ctx.me, list(dict.fromkeys(wanted)))
    return await _peer_dialogs(ctx, state, asked)


@rpc("messages.toggleDialogPin", limit="write")
async def toggle_dialog_pin(ctx: Ctx, q: api.messages.ToggleDialogPin) -> bool:
    """True"""
    await service.toggle_pin(ctx.app, ctx.me, await _peer(ctx, q.peer), pinned=q.pinned)
    return True


@rpc("messages.reorderPinnedDialogs", limit="write")
async def reorder_pinned_dialogs(ctx: Ctx, q: api.messages.ReorderPinnedDialogs) -> bool:
    """True"""
    order = [await _peer(ctx, peer) for peer in q.order[:MAX_PEERS]]
    if q.folder_id not in (service.MAIN, service.ARCHIVE):  # of folders it documents no error
        raise Fault("PEER_ID_INVALID")
    await service.reorder(ctx.app, ctx.me, q.folder_id, order, force=q.force)
    return True


@rpc("messages.markDialogUnread", limit="write")
async def mark_dialog_unread(ctx: Ctx, q: api.messages.MarkDialogUnread) -> bool:
    """True"""
    if q.parent_peer is not None:  # no channel takes direct messages
        raise Fault("PEER_ID_INVALID")
    await service.mark(ctx.app, ctx.me, await _peer(ctx, q.peer), unread=q.unread)
    return True


@rpc("messages.getDialogUnreadMarks")
async def get_dialog_unread_marks(ctx: Ctx, q: api.messages.GetDialogUnreadMarks) -> list[Any]:
    """Vector of dialogPeer"""
    if q.parent_peer is not None:  # no channel takes direct messages
        return []
    rows = await service.marked(ctx.app, ctx.me)
    return [api.DialogPeer(peer=peers.peer_of(peer)) for peer in rows]


@rpc("folders.editPeerFolders", who=USER, limit="write")
async def edit_peer_folders(ctx: Ctx, q: api.folders.EditPeerFolders) -> Any:
    """Updates with updateFolderPeers."""
    moves = [
        (await peers.resolve(ctx, peer.peer), peer.folder_id) for peer in q.folder_peers[:MAX_PEERS]
    ]
    return await update_views.answer(ctx, await service.move(ctx.app, ctx.me, moves))
