"""Statements whose conditions are chosen at run time (lists with filters, searches)::

    where = Where()
    if since:
        where.add("created_at >= :since", since=since)
    listed = where.query("select a, b from t", Row, "order by a limit 50")
    rows = await store.scan(listed, **where.params)

Values always travel as parameters. Equal texts are translated once.
"""

from __future__ import annotations

import functools
from typing import Any, TypeVar

from petitbleu.store.query import Query, query

R = TypeVar("R")


class Where:
    """Conditions joined by ``and``, with their parameters."""

    __slots__ = ("_conditions", "params")

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.params: dict[str, Any] = {}

    def add(self, condition: str, **params: Any) -> Where:
        """One more condition; a parameter name is used once only."""
        if self.params.keys() & params.keys():
            raise ValueError(f"a parameter of {condition!r} is in use already")
        self._conditions.append(f"({condition})")
        self.params |= params
        return self

    def query(self, select: str, row: type[R], tail: str = "") -> Query[R]:
        """``select`` where all conditions hold, then ``tail`` (order, limit)."""
        where = f"where {' and '.join(self._conditions)}" if self._conditions else ""
        kind: Any = row
        return _translated(f"{select} {where} {tail}", kind)


def contains(text: str) -> str:
    """The pattern of ``x like :p escape '!'`` that finds ``text`` anywhere, as it stands."""
    escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


@functools.lru_cache(512)
def _translated(sql: str, row: Any) -> Query[Any]:
    return query(sql, row)
