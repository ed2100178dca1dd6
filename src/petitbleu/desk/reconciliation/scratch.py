"""Both sides of the comparison in a temporary file: as many rows as there are, little memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

_TABLES = """
create table known (kind text, key, digest text, more text, line int, primary key (kind, key))
  without rowid;
create table there (kind text, key, digest text, more text, primary key (kind, key)) without rowid;
"""
_KNOWN = "insert or replace into known values (?, ?, ?, ?, ?)"
_THERE = "insert or replace into there values (?, ?, ?, ?)"
_GONE = (
    "select k.kind, k.key from known k left join there t on t.kind = k.kind and t.key = k.key"
    " where k.digest is not null and k.line < ? and t.digest is null"
    " order by k.kind, k.key"
)
_CHANGED = (
    "select k.kind, k.key from known k join there t on t.kind = k.kind and t.key = k.key"
    " where k.digest is not null and k.line < ?"
    " and (k.digest <> t.digest or (k.more is not null and k.more <> t.more))"
    " order by k.kind, k.key"
)
_BACK = (
    "select k.kind, k.key from known k join there t on t.kind = k.kind and t.key = k.key"
    " where k.digest is null and k.line < ? order by k.kind, k.key"
)
_UNKNOWN = (
    "select t.kind, t.key, t.digest from there t"
    " left join known k on k.kind = t.kind and k.key = t.key"
    " where k.line is null order by t.kind, t.key"
)
_BATCH = 5000

Key = int | str


class Row(NamedTuple):
    """What one side has and the other has not, or otherwise."""

    kind: str
    key: Key


class Unknown(NamedTuple):
    """A row that no line tells of."""

    kind: str
    key: Key
    digest: str


class Scratch:
    """``known``: what the newest line about a row says; ``there``: what its table says."""

    def __init__(self, path: str) -> None:
        """``path`` of a new file; empty: one that SQLite removes by itself."""
        self._conn = sqlite3.connect(path, isolation_level=None)
        self._conn.execute("pragma journal_mode = off")
        self._conn.execute("pragma synchronous = off")
        self._conn.execute("pragma cache_size = -32768")
        self._conn.executescript(_TABLES)
        self._conn.execute("begin")
        self._lines: list[tuple[str, Key, str | None, str | None, int]] = []
        self._rows: list[tuple[str, Key, str, str | None]] = []

    def know(self, kind: str, key: Key, digest: str | None, line: int, more: str | None) -> None:
        """Line ``line`` says so of a row; None: that it was erased. ``more``: what else it says,
        None where it is of before that was said.
        """
        self._lines.append((kind, key, digest, more, line))
        if len(self._lines) >= _BATCH:
            self.settle()

    def forget_events(self, first: int, last: int) -> None:
        """The events ``first`` to ``last`` were erased with their case."""
        self.settle()
        self._conn.execute(
            "delete from known where kind = 'event' and key >= ? and key <= ?", (first, last)
        )

    def found(self, kind: str, key: Key, digest: str, more: str | None = None) -> None:
        """A row that is there."""
        self._rows.append((kind, key, digest, more))
        if len(self._rows) >= _BATCH:
            self.settle()

    def settle(self) -> None:
        """Write what waits."""
        self._conn.executemany(_KNOWN, self._lines)
        self._conn.executemany(_THERE, self._rows)
        self._lines.clear()
        self._rows.clear()

    def gone(self, before: int) -> Iterator[Row]:
        """Rows that lines below ``before`` tell of and that are not there."""
        return self._select(_GONE, (before,))

    def changed(self, before: int) -> Iterator[Row]:
        """Rows that hold something else than the newest line about them says."""
        return self._select(_CHANGED, (before,))

    def back(self, before: int) -> Iterator[Row]:
        """Rows that were erased and are there."""
        return self._select(_BACK, (before,))

    def unknown(self) -> Iterator[Unknown]:
        """Rows that no line tells of."""
        self.settle()
        return (Unknown(*row) for row in self._conn.execute(_UNKNOWN))

    def knows(self, kind: str, key: Key) -> bool:
        """Whether a line tells of the row, and not that it was erased."""
        row = self._conn.execute(
            "select digest from known where kind = ? and key = ?", (kind, key)
        ).fetchone()
        return row is not None and row[0] is not None

    def counts(self) -> dict[str, int]:
        """How many rows of each kind are there."""
        rows = self._conn.execute("select kind, count(*) from there group by kind order by kind")
        return dict(rows.fetchall())

    def _select(self, sql: str, values: Sequence[Any]) -> Iterator[Row]:
        self.settle()
        return (Row(*row) for row in self._conn.execute(sql, values))

    def close(self) -> None:
        """Let go of the file."""
        self._conn.close()
