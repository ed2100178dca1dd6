"""The chat list: its order, pins, marks and archive (core.telegram.org/api/folders)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.communities.members import service as members
from petitbleu.domain.messaging.dialogs import archive
from petitbleu.domain.messaging.dialogs import queries as q
from petitbleu.domain.messaging.dialogs.queries import DialogRow
from petitbleu.domain.messaging.notifications import service as notifications
from petitbleu.domain.people.accounts import service as accounts
from petitbleu.domain.updates import counters, log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.ids import is_channel
from petitbleu.store.api import Tx

MAIN, ARCHIVE = 0, 1
"""Peer folders. Others do not exist."""
PAGE = 100
DEFAULT_PAGE = 20
PINNED_MAX = {MAIN: 5, ARCHIVE: 100}
"""``pinned_dialogs_count_max`` and ``pinned_infolder_count_max`` of help.getConfig."""
LATE = 1 << 40
"""A date and an id after all others."""


class Place(NamedTuple):
    """Where a page of the list begins: after this chat; all 0: at the top."""

    date: int = 0
    id: int = 0
    peer: int = 0


class Page(NamedTuple):
    """Chats in order, and how many the whole list has."""

    rows: list[DialogRow]
    total: int


def folders(folder: int | None) -> list[int]:
    """The folders a request looks into; None: all. FOLDER_ID_INVALID."""
    if folder is None:
        return [MAIN, ARCHIVE]
    if folder not in (MAIN, ARCHIVE):
        raise Fault("FOLDER_ID_INVALID")
    return [folder]


async def page(
    app: App,
    me: Actor,
    place: Place,
    limit: int,
    *,
    folder: int | None = None,
    exclude_pinned: bool = False,
) -> Page:
    """A page of my list: pinned chats first, then by the date of the newest message."""
    wanted = folders(folder)
    size = min(limit, PAGE) if limit > 0 else DEFAULT_PAGE
    count = await app.store.row(q.COUNT, owner=me.id, folders=wanted)
    total = count.n if count else 0
    pins = await app.store.rows(q.PINNED, owner=me.id, folders=wanted)
    pins = [row for row in pins if row.top_id]
    if exclude_pinned:
        total -= len(pins)
    date, top_id, first = await _after(app, me, place, pins)
    rows = [] if exclude_pinned else pins[first : first + size]
    if len(rows) < size:
        rows += await app.store.rows(
            q.PAGE,
            owner=me.id,
            folders=wanted,
            date=date,
            top_id=top_id,
            limit=size - len(rows),
        )
    return Page(rows, total)


async def _after(
    app: App, me: Actor, place: Place, pins: Sequence[DialogRow]
) -> tuple[int, int, int]:
    """(date, id) below which chats that are not pinned follow, and the next pinned one."""
    if not (place.date or place.id or place.peer):
        return LATE, LATE, 0
    for n, row in enumerate(pins):
        if row.peer == place.peer:
            return LATE, LATE, n + 1
    date = place.date
    if not date and place.id:
        message = await app.store.row(q.MESSAGE_DATE, owner=me.id, id=place.id)
        date = message.date if message else 0
    if not date and place.peer:
        of_peer = (await of_peers(app, me, [place.peer]))[0]
        return of_peer.top_date or LATE, of_peer.top_id or LATE, len(pins)
    return date or LATE, place.id or LATE, len(pins)


async def pinned(app: App, me: Actor, folder: int) -> list[DialogRow]:
    """The pinned chats of a folder, first the highest."""
    rows = await app.store.rows(q.PINNED, owner=me.id, folders=folders(folder))
    return [row for row in rows if row.top_id]


async def of_peers(app: App, me: Actor, peers: Sequence[int]) -> list[DialogRow]:
    """My dialogs with ``peers``, in their order; an empty one where I have none.

    A channel that I am not in and may look into shows what it has itself: its newest message.
    """
    rows = {row.peer: row for row in await app.store.rows(q.OF_PEERS, owner=me.id, peers=peers)}
    nothing = (0,) * 8
    found = []
    for peer in peers:
        row = rows.get(peer) or DialogRow(peer, *nothing, None, 0, None)
        if row.peer not in rows and is_channel(peer) and await _may_read(app, me, peer):
            its = await app.store.row(q.OF_PEERS, owner=peer, peers=[peer])
            if its is not None:
                row = row._replace(
                    top_id=its.top_id, top_date=its.top_date, read_in=its.top_id,
                    read_out=its.read_out,
                )  # fmt: skip
        found.append(row)
    return found


async def _may_read(app: App, me: Actor, channel: int) -> bool:
    try:
        await members.require(app, me, channel)
    except Fault:
        return False
    return True


# ── pins ────────────────────────────────────────────────────────────────────────────────────────


async def toggle_pin(app: App, me: Actor, peer: int, *, pinned: bool) -> list[Event]:
    """Pin a chat above all others of its folder, or unpin it.

    Raises PEER_HISTORY_EMPTY for a chat without messages, PINNED_DIALOGS_TOO_MUCH.
    """
    return await app.store.write(_toggle_pin, me, peer, pinned, int(app.clock.now()))


async def _toggle_pin(tx: Tx, me: Actor, peer: int, pinned: bool, at: int) -> list[Event]:
    await counters.hold(tx, me.id)
    row = await _one(tx, me, peer)
    if row is None or not row.top_id:
        raise Fault("PEER_HISTORY_EMPTY")
    if bool(row.pin_order) == pinned:
        return []
    order = 0
    if pinned:
        others = await tx.rows(q.PINNED, owner=me.id, folders=[row.folder])
        if len(others) >= PINNED_MAX[row.folder]:
            raise Fault("PINNED_DIALOGS_TOO_MUCH")
        order = others[0].pin_order + 1 if others else 1
    await tx.run(q.SET_PIN, owner=me.id, peer=peer, pin_order=order)
    data = {"peer": peer}
    return [await log.state(tx, me.id, "dialog.pinned", str(peer), data, at=at, by=me)]


async def _one(tx: Tx, me: Actor, peer: int) -> DialogRow | None:
    return await tx.row(q.OF_PEERS, owner=me.id, peers=[peer])


async def reorder(
    app: App, me: Actor, folder: int, peers: Sequence[int], *, force: bool
) -> list[Event]:
    """Put the pinned chats of a folder in this order; with ``force`` all others are unpinned."""
    folders(folder)
    wanted = list(dict.fromkeys(peers))
    return await app.store.write(_reorder, me, folder, wanted, force, int(app.clock.now()))


async def _reorder(
    tx: Tx, me: Actor, folder: int, peers: list[int], force: bool, at: int
) -> list[Event]:
    await counters.hold(tx, me.id)
    known = {row.peer: row for row in await tx.rows(q.OF_PEERS, owner=me.id, peers=peers)}
    wanted = [
        peer
        for peer in peers
        if peer in known and known[peer].folder == folder and known[peer].top_id
    ]
    others = [
        row.peer
        for row in await tx.rows(q.PINNED, owner=me.id, folders=[folder])
        if row.peer not in wanted
    ]
    order = wanted if force else [*wanted, *others]
    if len(order) > PINNED_MAX[folder]:
        order = order[: PINNED_MAX[folder]]
    places = dict.fromkeys(others, 0) | {p: len(order) - n for n, p in enumerate(order)}
    for peer in sorted(places):
        await tx.run(q.SET_PIN, owner=me.id, peer=peer, pin_order=places[peer])
    data = {"folder": folder}
    return [await log.state(tx, me.id, "dialog.pins", str(folder), data, at=at, by=me)]


# ── marks and folders ───────────────────────────────────────────────────────────────────────────


async def mark(app: App, me: Actor, peer: int, *, unread: bool) -> list[Event]:
    """Mark a chat as unread by hand, or take the mark away."""
    return await app.store.write(_mark, me, peer, unread, int(app.clock.now()))


async def _mark(tx: Tx, me: Actor, peer: int, unread: bool, at: int) -> list[Event]:
    if not await tx.run(q.SET_MARK, owner=me.id, peer=peer, marked=int(unread)):
        return []
    data = {"peer": peer}
    return [await log.state(tx, me.id, "dialog.marked", str(peer), data, at=at, by=me)]


async def marked(app: App, me: Actor) -> list[int]:
    """Chats marked as unread by hand."""
    return [row.peer for row in await app.store.rows(q.MARKED, owner=me.id)]


async def move(app: App, me: Actor, moves: Sequence[tuple[int, int]]) -> list[Event]:
    """Put chats into folders: ``(peer, folder)``. A chat loses its pin. FOLDER_ID_INVALID."""
    for _, folder in moves:
        folders(folder)
    archived = app.parts[archive.ARCHIVE]
    for peer, folder in moves:
        if folder == ARCHIVE:
            archived.add(me.id, peer)
    wanted = sorted(dict(moves).items())
    events = await app.store.write(_move, me, wanted, int(app.clock.now()))
    for peer, folder in wanted:
        if folder == MAIN:
            archived.drop(me.id, peer)
    return events


async def _move(tx: Tx, me: Actor, moves: list[tuple[int, int]], at: int) -> list[Event]:
    await counters.hold(tx, me.id)
    done = [
        [peer, folder]
        for peer, folder in moves
        if await tx.run(q.SET_FOLDER, owner=me.id, peer=peer, folder=folder)
    ]
    if not done:
        return []
    return [await log.append(tx, me.id, "dialog.folders", {"moves": done}, at=at, by=me)]


# ── the archive ─────────────────────────────────────────────────────────────────────────────────

KEEP_ARCHIVED = "keep_archived_unmuted"
"""Of the global privacy settings: archived chats stay there whatever comes."""
ARCHIVE_ROWS = 1000
"""Archived chats that are looked at to say what the archive holds."""


class Archive(NamedTuple):
    """What the archive holds: its newest chat, and what is unread in it."""

    top: DialogRow
    muted_chats: int
    muted_messages: int
    unmuted_chats: int
    unmuted_messages: int


async def archived(app: App, me: Actor) -> Archive | None:
    """My archive; None while it is empty."""
    rows = await app.store.rows(q.OF_FOLDER, owner=me.id, folder=ARCHIVE, limit=ARCHIVE_ROWS)
    if not rows:
        return None
    counts = [0, 0, 0, 0]
    for row in rows:
        if row.unread or row.marked:
            quiet = await notifications.muted(app, me.id, row.peer)
            counts[0 if quiet else 2] += 1
            counts[1 if quiet else 3] += row.unread
    return Archive(max(rows, key=lambda row: (row.top_date, row.top_id)), *counts)


@log.taps("message.new")
def arrived(app: App, event: Event) -> None:
    """A new message brings an archived chat back, unless it is muted."""
    known = app.parts[archive.ARCHIVE]
    if known.loaded and not known.by_owner:
        return
    row = log.row_of(event)
    if row is None or row.sender == event.owner:
        return
    if not known.loaded or known.waiting(event.owner, row.peer, known.noted):
        app.spawn(_wake(app, event.owner, row.peer, row.sender, known.noted))


async def _wake(app: App, owner: int, peer: int, sender: int, noted: int) -> None:
    known = await archive.load(app)
    for one in known.waiting(owner, peer, noted):
        if one == sender or await notifications.muted(app, one, peer):
            continue
        if KEEP_ARCHIVED in (await accounts.settings(app, one)).get("global_privacy", ()):
            continue
        await move(app, Actor(one), [(peer, MAIN)])


# ── chats that come and go ──────────────────────────────────────────────────────────────────────


async def list_channel(tx: Tx, owner: int, channel: int, read_in: int) -> None:
    """``owner`` has a supergroup or channel in their list, read up to ``read_in``."""
    await tx.run(q.LIST, owner=owner, peer=channel, read_in=read_in)


async def unlist_channel(tx: Tx, owner: int, channel: int) -> None:
    """``owner`` has it in their list no more."""
    await tx.run(q.UNLIST, owner=owner, peer=channel)


async def inherit(tx: Tx, owner: int, *, old: int, new: int) -> None:
    """What ``owner`` set for a basic group holds for the supergroup it became."""
    await tx.run(q.INHERIT, owner=owner, old=old, new=new)
