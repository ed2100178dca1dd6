"""Writes whose result nobody needs, gathered so that several are one statement and one round trip.

PostgreSQL runs the parts of ``with a as (insert …), b as (update …) delete …`` on one snapshot, in
no promised order, and none sees another. So only writes that have nothing to do with one another
are gathered: where the next statement names a table that waits to be written, what waits is sent
first. The outcome is that of one after the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import Any

from petitbleu.store.query import Query

MAX_WRITES = 24
"""Writes of one statement."""

_MARK = re.compile(r"\$(\d+)")
_INSERTED = ("inserted",)
"""What a plain insert says of its row: it meets no other insert."""


class Later:
    """The writes of one transaction that wait."""

    __slots__ = ("_rows", "_waiting")

    def __init__(self) -> None:
        self._waiting: list[tuple[Query[Any], tuple[Any, ...]]] = []
        self._rows: dict[str, set[tuple[Any, ...]]] = {}
        """Table -> which rows of it are written; an empty tuple: any of them."""

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def concerns(self, query: Query[Any]) -> bool:
        """Whether ``query`` may see or touch what waits (a word of it is the name of a table)."""
        return not query.words.isdisjoint(self._rows)

    def fits(self, query: Query[Any], params: dict[str, Any]) -> bool:
        """Whether a write may join those that wait."""
        if len(self._waiting) >= MAX_WRITES:
            return False
        target = query.target
        if any(name in query.words for name in self._rows if name != target):
            return False
        known = self._rows.get(target)
        if known is None:
            return True
        row = _row(query, params)
        if row is _INSERTED:
            return known == {_INSERTED}
        return row != () and row not in known and known.isdisjoint(((), _INSERTED))

    def add(self, query: Query[Any], params: dict[str, Any]) -> None:
        """Have a write wait that fits."""
        if not query.target:
            raise TypeError(f"not a plain insert, update or delete: {query.sql!r}")
        self._rows.setdefault(query.target, set()).add(_row(query, params))
        self._waiting.append((query, query.bind_postgres(params)))

    def take(self) -> tuple[str, list[Any]]:
        """The statement of all that waits, and its values; nothing waits any more."""
        queries, values = zip(*self._waiting, strict=True)
        self._waiting, self._rows = [], {}
        return _joined(queries), list(chain.from_iterable(values))


def _row(query: Query[Any], params: dict[str, Any]) -> tuple[Any, ...]:
    if query.apart:
        return tuple(params[name] for name in query.apart)
    return _INSERTED if query.inserts else ()


@lru_cache(1024)
def _joined(queries: tuple[Query[Any], ...]) -> str:
    """One PostgreSQL statement of several, its marks counted through."""
    parts, first = [], 0
    for query in queries:
        shift = first

        def mark(found: re.Match[str], shift: int = shift) -> str:
            return f"${int(found[1]) + shift}"

        parts.append(_MARK.sub(mark, query.postgres))
        first += len(query.names)
    before = ", ".join(f"later{n} as ({part})" for n, part in enumerate(parts[:-1]))
    return f"with {before} {parts[-1]}" if before else parts[-1]
