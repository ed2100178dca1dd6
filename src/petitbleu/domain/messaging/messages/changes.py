"""The feed of bodies that were said, changed or erased, and of copies that went: what the search
index follows. Written in the transaction of the change itself, so nothing is ever missed.

New messages of the hot batch are noted there (``store/hot/send.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from petitbleu.domain.messaging.messages.queries import BoxRef
from petitbleu.store.api import Reader, Tx
from petitbleu.store.query import query


class Change(NamedTuple):
    """A body to look at anew; where ``owner`` is set, that owner's copy of it went."""

    seq: int
    """In one box, whatever was said later has a higher one."""
    author: int
    body: int
    owner: int
    peer: int
    id: int


_NOTE = query("insert into body_change (author, body) values (:author, :body)")
_GONE = query(
    "insert into body_change (author, body, owner, peer, id)"
    " values (:author, :body, :owner, :peer, :id)"
)
_NEXT = query(
    "select seq, author, body, owner, peer, id from body_change order by seq limit :limit", Change
)


async def note(tx: Tx, author: int, body: int) -> None:
    """The body was said, changed or erased."""
    await tx.run(_NOTE, author=author, body=body)


async def gone(tx: Tx, owner: int, refs: Iterable[BoxRef]) -> None:
    """Copies went out of a box."""
    rows = [
        {"author": ref.author, "body": ref.body, "owner": owner, "peer": ref.peer, "id": ref.id}
        for ref in refs
    ]
    await tx.many(_GONE, rows)


async def pending(reader: Reader, limit: int) -> list[Change]:
    """What was not dealt with yet, oldest first. Whoever has dealt with rows deletes them."""
    return await reader.rows(_NEXT, limit=limit)
