"""SQL of the peers room (it owns no table)."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Seen(NamedTuple):
    """Chat and speaker of a message in somebody's box."""

    peer: int
    sender: int
    flags: int
    extra: bytes | None
    entities: bytes | None


MESSAGE = query(
    "select x.peer, coalesce(b.sender, x.author) as sender, x.flags, b.extra, b.entities from box x"
    " join body b on b.author = x.author and b.id = x.body where x.owner = :owner and x.id = :id",
    Seen,
)
