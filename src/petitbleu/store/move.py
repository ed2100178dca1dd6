"""Moving an instance from one engine to the other: SQLite to PostgreSQL, and back.

The server is stopped. Table by table, every row is read, counted and digested, written, and read
again at the other end; both must come to the same. Keys, sessions and pts go along, so that devices
notice nothing. Files are moved by themselves (``move_files.py``).

Rows of ``setting`` say how far a move has come (:data:`BEGUN` and :data:`MOVED` in the source,
:data:`PROGRESS` and :data:`ARRIVED` in the target), so that one that was killed goes on with the
table it was at, and so that nobody serves a half-filled database or one that was left behind
(``moved.py``).
"""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from petitbleu.store import counters, migrate
from petitbleu.store.lock import DataLock
from petitbleu.store.migrate import Refused
from petitbleu.store.move_sides import (
    PostgresSide,
    Row,
    Side,
    SqliteSide,
    Table,
    column_mismatch,
    without_password,
)
from petitbleu.store.moved import ARRIVED, BEGUN, LINE, MOVED, PROGRESS, STATES

DATABASE = "petitbleu.sqlite"
_SEARCH = "search.version"
_OWN = frozenset({*STATES, LINE, _SEARCH, counters.PLACE})
"""Rows of ``setting`` that are not the same at both ends."""
_MODULUS = 1 << 128
_encode = msgspec.msgpack.Encoder().encode

Say = Callable[[str], None]


class Sum(NamedTuple):
    """What a table holds: rows, and the sum of their digests (hex), whatever their order."""

    rows: int
    digest: str


class Report(NamedTuple):
    """What was moved."""

    tables: dict[str, Sum]
    seconds: float
    """Of this run, without what an earlier one had done."""
    copied: int
    """Rows this run copied."""

    @property
    def rows(self) -> int:
        """Rows in all."""
        return sum(table.rows for table in self.tables.values())


class _Summing:
    """Rows that pass by, counted and digested."""

    def __init__(self, table: Table) -> None:
        self._count = 0
        self._sum = 0
        self._place = table.columns.index("name") if table.name == "setting" else -1

    async def of(self, batches: AsyncIterator[list[Row]]) -> AsyncIterator[list[Row]]:
        """The same rows, without those of ``setting`` that are not moved."""
        async for batch in batches:
            rows = batch
            if self._place >= 0:
                rows = [row for row in batch if row[self._place] not in _OWN]
            for row in rows:
                digest = hashlib.blake2b(_encode(row), digest_size=16).digest()
                self._sum += int.from_bytes(digest, "big")
            self._sum %= _MODULUS
            self._count += len(rows)
            yield rows

    @property
    def sum(self) -> Sum:
        return Sum(self._count, f"{self._sum:032x}")


async def move(
    data: Path,
    database: str,
    to: str,
    say: Say = lambda line: None,
    *,
    more: Mapping[str, bytes] | None = None,
) -> Report:
    """Move the instance of ``data`` from ``database`` to ``to``: ``sqlite`` or a PostgreSQL URL.

    ``say`` is told how it goes on. ``more``: rows of ``setting`` that the target has besides.
    Raises Refused or StoreUnavailable; nothing is copied where the source is in use or of another
    version, or the target is not empty.
    """
    if (database == "sqlite") == (to == "sqlite"):
        raise Refused(
            "A move goes from SQLite to PostgreSQL or back; source and target are both"
            f" {'SQLite' if to == 'sqlite' else 'PostgreSQL'}."
        )
    if to != "sqlite" and not to.startswith(("postgresql://", "postgres://")):
        raise Refused("The target is `sqlite` or postgresql://user:password@host/name.")
    path = data / DATABASE
    if database == "sqlite" and not path.is_file():
        raise Refused(f"There is no database in {data}: nothing to move.")
    lock = DataLock(data)
    try:
        source = await _open(path, database)
        try:
            target = await _open_target(path, to, source)
            where = f"sqlite:{path}" if to == "sqlite" else to
            try:
                return await _move(source, target, where, say, more or {})
            finally:
                await target.close()
        finally:
            await source.close()
    finally:
        lock.release()


async def _open(path: Path, database: str, *, filling: bool = False) -> Side:
    if database == "sqlite":
        return SqliteSide(path, filling=filling)
    return await PostgresSide.open(database)


async def _open_target(path: Path, to: str, source: Side) -> Side:
    await _refuse_other_version(source)
    if await source.setting(MOVED) is not None:
        raise Refused(f"{source.name} was moved already; it is not moved twice.")
    if await source.setting(PROGRESS) is not None:
        raise Refused(f"{source.name} is the target of a move that did not end: end that first.")
    if to == "sqlite" and path.exists():  # noqa: ASYNC240 - nothing else runs
        where = await _was_moved(path)
        raise Refused(
            f"{path} is there already{where}. Put it elsewhere first; a move fills a new file."
        )
    if to == "sqlite" and shutil.disk_usage(path.parent).free < await source.size():
        raise Refused(f"There is not enough room in {path.parent} for a copy of {source.name}.")
    return await _open(path, to, filling=True)


async def _was_moved(path: Path) -> str:
    """In words, where a file is what an earlier move left behind."""
    left = SqliteSide(path)
    try:
        if await left.is_empty() or await left.setting(MOVED) is None:
            return ""
        return " (what an earlier move left behind)"
    finally:
        await left.close()


async def _refuse_other_version(source: Side) -> None:
    applied = await source.applied()
    if not applied:
        raise Refused(f"{source.name} is empty: nothing to move.")
    waiting = migrate.pending(applied, migrate.of_this_program())
    if waiting or applied[-1][0] != migrate.of_this_program()[-1].version:
        raise Refused(
            f"{source.name} has tables of another version. Start the server of this version on it"
            " once, stop it, and move then."
        )


async def _move(source: Side, target: Side, to: str, say: Say, more: Mapping[str, bytes]) -> Report:
    mark, done = await _begin(source, target)
    if await target.setting(ARRIVED) is None:
        began = time.monotonic()
        copied = await _copy(source, target, mark, done, say)
        seconds = time.monotonic() - began
        await _arrive(source, target, mark, done, more)
    else:  # the last run was killed between the two ends
        seconds, copied = 0.0, 0
    await target.finish()
    await source.change({BEGUN: None, MOVED: _json(id=mark, at=int(time.time()), to=to)})
    return Report(done, seconds, copied)


async def _begin(source: Side, target: Side) -> tuple[str, dict[str, Sum]]:
    """The mark of this move and what an earlier run of it has copied. Raises Refused."""
    begun = await source.setting(BEGUN)
    mark = json.loads(begun)["id"] if begun is not None else ""
    if not await _is_bare(target):
        state = await _state(target)
        if not mark or state is None or state["id"] != mark:
            raise Refused(
                f"{target.name} is not empty; a move fills an empty database."
                + (" It holds a move that began before the source last ran." if state else "")
            )
        return mark, {name: Sum(*row) for name, row in state.get("done", {}).items()}
    mark = secrets.token_hex(8)
    await source.change({BEGUN: _json(id=mark)})
    await target.migrate()
    await target.change({PROGRESS: _json(id=mark, done={})})
    return mark, {}


async def _is_bare(target: Side) -> bool:
    """Whether there is nothing in the target but tables without rows, if that."""
    if await target.is_empty():
        return True
    if not await target.applied():
        return False
    for table in await target.tables():
        if await target.has_rows(table):
            return False
    return True


async def _state(target: Side) -> dict[str, Any] | None:
    """What a target says of the move that filled it; None where none did."""
    if not await target.applied():
        return None
    for name in (PROGRESS, ARRIVED):
        value = await target.setting(name)
        if value is not None:
            state: dict[str, Any] = json.loads(value)
            return None if state.get("served") else state
    return None


async def _copy(source: Side, target: Side, mark: str, done: dict[str, Sum], say: Say) -> int:
    """Copy the tables that are not done; the rows that were copied."""
    tables, there = await source.tables(), {table.name for table in await target.tables()}
    differing = column_mismatch(tables, await target.tables())
    if differing:
        raise Refused(f"The table {differing} is not the same at both ends: nothing was moved.")
    copied = 0
    for table in (table for table in tables if table.name in there and table.name not in done):
        if table.name == "setting":
            continue
        copied += await _copy_table(source, target, table, done)
        await target.change({PROGRESS: _json(id=mark, done=done)})
        say(f"{table.name}: {done[table.name].rows} rows")
    # Last, in one piece with how far the move is: it is kept in this table.
    settings = next(table for table in tables if table.name == "setting")
    copied += await _copy_settings(source, target, settings, mark, done)
    await target.set_last_numbers(await source.last_numbers())
    return copied


async def _copy_table(source: Side, target: Side, table: Table, done: dict[str, Sum]) -> int:
    read = _Summing(table)
    await target.fill(table, read.of(source.rows(table)))
    written = _Summing(table)
    async for _ in written.of(target.rows(table)):
        pass
    if written.sum != read.sum:
        raise Refused(
            f"The table {table.name} did not arrive as it was ({read.sum} read, {written.sum}"
            " found): the move stops here, and the source is as it was."
        )
    done[table.name] = read.sum
    return read.sum.rows


async def _copy_settings(
    source: Side, target: Side, table: Table, mark: str, done: dict[str, Sum]
) -> int:
    read, rows = _Summing(table), {}
    place = table.columns.index("name")
    async for batch in read.of(source.rows(table)):
        rows.update({row[place]: bytes(row[1 - place]) for row in batch})
    done[table.name] = read.sum
    await target.change({**rows, PROGRESS: _json(id=mark, done=done)})
    written = _Summing(table)
    async for _ in written.of(target.rows(table)):
        pass
    if written.sum != read.sum:
        raise Refused("The table setting did not arrive as it was: the move stops here.")
    return read.sum.rows


async def _arrive(
    source: Side, target: Side, mark: str, done: dict[str, Sum], more: Mapping[str, bytes]
) -> None:
    """Make the target one that is served: what differs between the ends is set there."""
    rows: dict[str, bytes | None] = dict(more)
    if await source.setting(_SEARCH) is not None:
        rows[_SEARCH] = b"0"  # a form that no program has: the index is made anew
    place = await source.setting(counters.PLACE)
    if place is not None:
        rows[counters.PLACE] = _json(**json.loads(place) | {"file": target.file})
    rows[LINE] = _json(
        source=source.name, target=target.name, rows=sum(table.rows for table in done.values())
    )
    await target.change({**rows, PROGRESS: None, ARRIVED: _json(id=mark, served=0)})


def _json(**values: Any) -> bytes:
    return json.dumps(values).encode()


__all__ = ["Report", "Sum", "move", "without_password"]
