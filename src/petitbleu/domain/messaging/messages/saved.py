"""Saved Messages as a list of chats (core.telegram.org/api/saved-messages).

Every message there is filed under the chat it was saved from (``contents.saved_from``): own notes
under oneself. The chats are few, so their list is read whole, one index step for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from petitbleu.app import Actor, App
from petitbleu.domain.messaging.messages import boxes, delete, history
from petitbleu.domain.messaging.messages import queries_saved as q
from petitbleu.domain.messaging.messages.chat_scope import place
from petitbleu.domain.messaging.messages.delete import FOREVER, SLICE, Affected
from petitbleu.domain.messaging.messages.history import END, Offsets, Page
from petitbleu.domain.messaging.messages.queries import MessageRow
from petitbleu.domain.updates import log
from petitbleu.domain.updates.log import Event
from petitbleu.errors import Fault
from petitbleu.store.api import Reader, Tx

PINNED_MAX = 100
"""``saved_dialogs_pinned_limit`` of help.getAppConfig is what clients keep to; this bounds it."""
PINNED, PINS = "saved.pinned", "saved.pins"


class SavedChat(NamedTuple):
    """A chat in the list; ``top_id`` is its newest saved message."""

    peer: int
    top_id: int
    pinned: bool


class Chats(NamedTuple):
    """A page of the list, and how long the whole is."""

    chats: list[SavedChat]
    total: int


async def chats(reader: Reader, owner: int) -> list[SavedChat]:
    """All chats that something is saved from: pinned ones first, then by the newest message."""
    tops = {row.peer: row.top_id for row in await reader.rows(q.CHATS, owner=owner)}
    pins = [row.peer for row in await reader.rows(q.PINS, owner=owner) if row.peer in tops]
    first = [SavedChat(peer, tops[peer], True) for peer in pins]
    others = sorted(tops.keys() - set(pins), key=lambda peer: -tops[peer])
    return first + [SavedChat(peer, tops[peer], False) for peer in others]


async def page(
    app: App, me: Actor, *, after_id: int, after_peer: int, limit: int, exclude_pinned: bool
) -> Chats:
    """A page of my list: what follows the chat ``after_peer``, or the newest message ``after_id``;
    both 0: from its beginning."""
    every = await chats(app.store, me.id)
    if exclude_pinned:
        every = [saved_chat for saved_chat in every if not saved_chat.pinned]
    start = 0
    if after_peer or after_id:
        start = next((n + 1 for n, one in enumerate(every) if one.peer == after_peer), -1)
        if start < 0:
            start = sum(
                1
                for saved_chat in every
                if saved_chat.pinned or saved_chat.top_id >= (after_id or END)
            )
    return Chats(every[start : start + history.page_size(limit)], len(every))


async def of_peers(app: App, me: Actor, peers: Sequence[int]) -> list[SavedChat]:
    """Those of my chats that are among ``peers``, in that order."""
    by_peer = {saved_chat.peer: saved_chat for saved_chat in await chats(app.store, me.id)}
    return [by_peer[peer] for peer in dict.fromkeys(peers) if peer in by_peer]


async def messages(app: App, me: Actor, peer: int, at: Offsets) -> Page:
    """A page of what is saved from ``peer``, newest first."""
    where = await place(app, me, me.id)
    count = await app.store.row(q.COUNT, owner=me.id, top=peer)
    below = at.max_id if at.max_id > 0 else END
    above = max(at.min_id, 0)
    start = await history.start(app, me.id, me.id, at)
    size = history.page_size(at.limit)
    newer = max(0, -at.add_offset)
    rows: list[MessageRow] = []
    if newer:
        rows = await app.store.rows(
            q.NEWER,
            owner=me.id,
            top=peer,
            from_id=start,
            below=below,
            above=above,
            limit=min(newer, size),
            skip=max(0, newer - size),
        )
    if newer < size:
        rows += await app.store.rows(
            q.OLDER,
            owner=me.id,
            top=peer,
            below=min(start, below),
            above=above,
            limit=size - newer,
            skip=max(0, at.add_offset),
        )
    if where.veil is not None:
        rows = [row for row in rows if not where.veil.hides(row.id)]
    return Page(rows, count.n if count else 0)


async def delete_messages(
    app: App, me: Actor, peer: int, *, max_id: int, min_date: int | None, max_date: int | None
) -> Affected:
    """Delete what is saved from ``peer`` up to ``max_id`` (0: all), a slice at a time."""
    rows = await app.store.rows(
        q.SLICE,
        owner=me.id,
        top=peer,
        upto=max_id if max_id > 0 else FOREVER,
        since=min_date or 0,
        until=FOREVER if max_date is None else max_date,
        limit=SLICE + 1,
    )
    affected = await delete.delete(app, me, [row.id for row in rows[:SLICE]], revoke=False)
    return affected._replace(left=int(len(rows) > SLICE))


# ── pins ────────────────────────────────────────────────────────────────────────────────────────


async def toggle_pin(app: App, me: Actor, peer: int, *, pinned: bool) -> list[Event]:
    """Pin a chat of Saved Messages above all others, or unpin it.

    Raises PEER_ID_INVALID where nothing is saved from it, or too many are pinned.
    """
    return await app.store.write(_toggle_pin, me, peer, pinned, int(app.clock.now()))


async def _toggle_pin(tx: Tx, me: Actor, peer: int, pinned: bool, at: int) -> list[Event]:
    await boxes.lock(tx, [me.id])
    pins = await tx.rows(q.PINS, owner=me.id)
    if pinned == any(pin.peer == peer for pin in pins):
        return []
    if not pinned:
        await tx.run(q.DROP_PIN, owner=me.id, peer=peer)
    else:
        count = await tx.row(q.COUNT, owner=me.id, top=peer)
        if count is None or not count.n or len(pins) >= PINNED_MAX:
            raise Fault("PEER_ID_INVALID")
        top = pins[0].position if pins else 0
        await tx.run(q.PUT_PIN, owner=me.id, peer=peer, position=top + 1)
    return [await log.state(tx, me.id, PINNED, str(peer), {"peer": peer}, at=at, by=me)]


async def reorder(app: App, me: Actor, peers: Sequence[int], *, force: bool) -> list[Event]:
    """Put the pinned chats in this order; with ``force`` all others are unpinned.

    Chats that nothing is saved from are passed over.
    """
    wanted = list(dict.fromkeys(peers))[:PINNED_MAX]
    return await app.store.write(_reorder, me, wanted, force, int(app.clock.now()))


async def _reorder(tx: Tx, me: Actor, peers: list[int], force: bool, at: int) -> list[Event]:
    await boxes.lock(tx, [me.id])
    known = {saved_chat.peer for saved_chat in await chats(tx, me.id)}
    before = [pin.peer for pin in await tx.rows(q.PINS, owner=me.id)]
    order = [peer for peer in peers if peer in known]
    if not force:
        order += [peer for peer in before if peer not in order]
    for peer in before:
        if peer not in order:
            await tx.run(q.DROP_PIN, owner=me.id, peer=peer)
    for n, peer in enumerate(order[:PINNED_MAX]):
        await tx.run(q.PUT_PIN, owner=me.id, peer=peer, position=len(order) - n)
    return [await log.state(tx, me.id, PINS, "", {}, at=at, by=me)]
