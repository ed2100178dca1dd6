"""Usernames: public names of people (later of channels and bots), unique without regard to case."""

from __future__ import annotations

from collections.abc import Iterable

from petitbleu.domain.usernames import queries as q
from petitbleu.store.api import Reader


async def of(reader: Reader, peers: Iterable[int]) -> dict[int, str]:
    """The username of each of ``peers`` that has one, in the case it was typed."""
    wanted = list(peers)
    if not wanted:
        return {}
    rows = await reader.rows(q.OF, ids=wanted)
    return {row.peer: row.display for row in rows if row.peer is not None}


async def resolve(reader: Reader, name: str) -> int | None:
    """The peer that has ``name`` now, in any case, with or without ``@``."""
    row = await reader.row(q.GET, name=name.removeprefix("@").lower())
    return None if row is None else row.peer
