"""SQL of the peers room (it owns no table)."""

from __future__ import annotations

from typing import NamedTuple

from petitbleu.store.query import query


class Seen(NamedTuple):
    """Chat and author of a message in somebody's box."""

    peer: int
    author: int


MESSAGE = query("select peer, author from box where owner = :owner and id = :id", Seen)
