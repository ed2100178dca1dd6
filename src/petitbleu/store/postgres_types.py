"""The types of PostgreSQL, asked for once in a process instead of once in a connection.

Before its first statement with an array, asyncpg asks each connection what the array is of: the
dearest statement of all for a server that has just started (8 ms, and one round trip more for who
waits), and a pool fills while everybody comes back. What PostgreSQL brings along has the same
number in every database.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

import asyncpg

_FIRST_OWN = 16384
"""Types from this number on are made in a database (FirstNormalObjectId): asked for each time."""
_KNOWN: dict[tuple[int, ...], Any] = {}
_NOTHING_RAN = SimpleNamespace(name="remembered")
"""For asyncpg, in place of the statement that it would have run: it took no other's place."""


class Connection(asyncpg.Connection):  # type: ignore[misc]
    """A connection that remembers what others of its process were told."""

    __slots__ = ()

    async def _introspect_types(self, typeoids: Iterable[int], *rest: Any) -> Any:
        wanted = tuple(sorted(set(typeoids)))
        if wanted in _KNOWN:
            return _KNOWN[wanted], _NOTHING_RAN
        types, statement = await super()._introspect_types(wanted, *rest)
        if all(number < _FIRST_OWN for number in wanted):
            _KNOWN[wanted] = types
        return types, statement
