"""Counters of owners (a person, a supergroup, a channel) and of devices: ``account_state``,
``auth_state``.

An owner's row holds the pts of its log and the newest message id of its box. Whoever changes
either, or the order of anything of the owner, locks the row first, several owners in ascending id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from petitbleu.store.api import Reader, Tx
from petitbleu.store.query import query


class Counters(NamedTuple):
    """Counters of an owner that is locked. ``top_id``: the newest message id given out."""

    owner: int
    pts: int
    top_id: int


class TopId(NamedTuple):
    """The newest message id of an owner."""

    id: int


class OwnersTop(NamedTuple):
    """An owner, and the newest message id there."""

    owner: int
    top_id: int


INSERT = query("insert into account_state (owner) values (:owner)")
# An update that changes nothing: the row lock of PostgreSQL, on SQLite the writer is alone anyway.
_HOLD = query("update account_state set pts = pts where owner = :owner")
_LOCK = query(
    "update account_state set pts = pts where owner = :owner returning owner, pts, top_id", Counters
)
_TOP_ID = query("select top_id as id from account_state where owner = :owner", TopId)
_TOPS = query("select owner, top_id from account_state where owner in (:owners)", OwnersTop)
_TAKE_ID = query(
    "update account_state set top_id = top_id + 1 where owner = :owner returning top_id as id",
    TopId,
)
_PUT = query("update account_state set pts = :pts, top_id = :top_id where owner = :owner")
_SET_TOP = query("update account_state set top_id = :top_id where owner = :owner")
_PRUNE_TO = query("update account_state set pruned = :pts where owner = :owner")
_PUT_LOG = query(
    "insert into event_log (owner, pts, count, kind, at, data)"
    " values (:owner, :pts, 1, 'message.new', :at, :data)"
)
_NEW_DEVICE = query(
    "insert into auth_state (auth) values (:auth)"
    " on conflict (auth) do update set qts = 1, seq = 0, seen_pts = 0"
)
_DROP_DEVICE = query("delete from auth_state where auth = :auth")


async def hold(tx: Tx, owner: int) -> None:
    """Have others who change something of ``owner`` wait for this transaction."""
    await tx.run(_HOLD, owner=owner)


async def lock(tx: Tx, owner: int) -> Counters | None:
    """Lock the counters of ``owner``; None: it keeps none (a basic group)."""
    return await tx.row(_LOCK, owner=owner)


async def top_id(reader: Reader, owner: int) -> int:
    """The newest message id that was ever given out there, be the message there or not; or 0."""
    row = await reader.row(_TOP_ID, owner=owner)
    return row.id if row is not None else 0


async def top_ids(reader: Reader, owners: Iterable[int]) -> dict[int, int]:
    """:func:`top_id` of several."""
    rows = await reader.rows(_TOPS, owners=sorted(owners))
    return {row.owner: row.top_id for row in rows}


async def take_id(tx: Tx, owner: int) -> int | None:
    """The next message id of ``owner``, taken; None: it keeps no counters."""
    row = await tx.row(_TAKE_ID, owner=owner)
    return row.id if row is not None else None


async def put(tx: Tx, owner: int, pts: int, top: int) -> None:
    """Set both counters of an owner that is locked."""
    await tx.run(_PUT, owner=owner, pts=pts, top_id=top)


async def set_tops(tx: Tx, tops: Mapping[int, int]) -> None:
    """Set the newest message ids of owners that are locked."""
    await tx.many(_SET_TOP, [{"owner": top, "top_id": tops[top]} for top in sorted(tops)])


async def prune_to(tx: Tx, owner: int, pts: int) -> None:
    """No device may ask for what was logged up to ``pts``: it starts again from the present."""
    await tx.run(_PRUNE_TO, owner=owner, pts=pts)


async def log_messages(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Log new messages: ``owner``, ``pts``, ``at``, ``data`` (msgpack) of each."""
    await tx.many(_PUT_LOG, rows)


async def start_device(tx: Tx, auth: int) -> None:
    """A device that just signed in has seen nothing yet."""
    await tx.later(_NEW_DEVICE, auth=auth)


async def drop_device(tx: Tx, auth: int) -> None:
    """A device has signed out."""
    await tx.run(_DROP_DEVICE, auth=auth)
