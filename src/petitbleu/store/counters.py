"""Every counter of the database, in one list: what gives out numbers that others may know.

After a restore none of them may give out a number again that was given out after the backup: a
device, a letter or the EU's database knows it. So all skip ahead (:func:`skip_sqlite`,
:func:`skip_postgres`), and beyond the highest case number in what was kept outside. A test fails
for a counter that is neither here nor in :data:`HARMLESS`.
"""

from __future__ import annotations

import datetime
import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from petitbleu.store.api import Tx
from petitbleu.store.query import query

SKIP = 100_000
"""How far the counters of each account jump."""
SKIP_NUMBERS = 10_000
"""How far all others do."""

SETTINGS = ("next_user", "next_chat", "next_channel")
"""Rows of ``setting`` that hold the next number, as ASCII digits."""
CASES = "reference."
"""The same, one a year: numbers of cases, reports and releases."""


class Column(NamedTuple):
    """A column that counts."""

    table: str
    column: str
    skip: int


COLUMNS = (
    Column("account_state", "pts", SKIP),
    Column("account_state", "top_id", SKIP),
    Column("auth_state", "qts", SKIP_NUMBERS),
    Column("auth_state", "seq", SKIP_NUMBERS),
    Column("chat", "version", SKIP_NUMBERS),
    Column("poll", "version", SKIP_NUMBERS),
)
"""Numbers that devices compare with those they saw. Ids of tables (``<serial>``) are found by the
schema: all of them skip.
"""

HARMLESS = {
    "accounts": "how many, counted",
    "asked": "how often",
    "bytes": "how much",
    "calls": "how often",
    "counted": "how many messages an alarm stands for",
    "forwards": "how often",
    "gen": "the generation of a content: a name among files, which no device knows",
    "ham": "how often, what the spam filter learnt",
    "looks": "how often",
    "members": "how many",
    "mentions": "how many",
    "missed": "how often",
    "n": "how often, and places in a list",
    "position": "places of pictures in a list",
    "readers": "how many, estimated",
    "renewals": "how often",
    "replies": "how many",
    "size": "lines of the log: what was lost is missing, and its heads say so",
    "spam": "how often, what the spam filter learnt",
    "times": "how often",
    "total": "how many",
    "tries": "how often",
    "unread": "how many",
    "used": "how often",
    "visits": "how often",
    "views": "how often",
    "wrong": "how often",
}
"""Columns that are counted up and give out nothing, and what they count."""

_NUMBER = re.compile(r"\bPB-(\d{4})-(\d{6,9})\b", re.IGNORECASE)
_MOST = 64 << 20
"""Bytes of a file kept outside that are looked at."""
RESTORED = "desk.restored"
"""Row of ``setting`` that tells the next start of a restore."""
PLACE = "desk.place"


def highest_outside(paths: Iterable[Path]) -> dict[int, int]:
    """The highest number of a case in each year, in files and folders that were kept outside."""
    highest: dict[int, int] = {}
    for path in _files(paths):
        with path.open("rb") as file:
            text = file.read(_MOST).decode("utf-8", "replace")
        for year, number in _NUMBER.findall(text):
            highest[int(year)] = max(highest.get(int(year), 0), int(number))
    return highest


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from (file for file in sorted(path.rglob("*")) if file.is_file())
        else:
            yield path


def moved(name: str, value: bytes, outside: dict[int, int]) -> bytes | None:
    """What a row of ``setting`` holds after a restore; None where it counts nothing."""
    if name in SETTINGS:
        return b"%d" % (int(value) + SKIP_NUMBERS)
    if name.startswith(CASES):
        highest = outside.get(int(name.removeprefix(CASES)), 0) + 1
        return b"%d" % max(int(value) + SKIP_NUMBERS, highest)
    return None


def years(at: int, now: int, outside: dict[int, int]) -> set[str]:
    """Rows of case numbers that must be there though the backup may have none: of all years since
    it was taken, and of what was kept outside.
    """
    first, last = (
        datetime.datetime.fromtimestamp(one, datetime.UTC).year for one in (at, max(at, now))
    )
    # A day around New Year may be another year at the operator's place.
    return {f"{CASES}{year}" for year in {*range(first, last + 2), *outside}}


async def skip_live(tx: Tx) -> None:
    """Move what devices and letters know of an opened database that turned out to be older than
    what it knew (a copy that was put back). Ids of tables stay: nobody outside knows them.
    """
    for table, column, by in COLUMNS:
        await tx.run(query(f"update {table} set {column} = {column} + {by}"))  # noqa: S608
    for name, value in await tx.rows(_SETTINGS):
        new = moved(name, bytes(value), {})
        if new is not None:
            await tx.run(_SET, name=name, value=new)


_SETTINGS = query("select name, value from setting where name >= 'n' and name < 's'")
"""Few rows, by the key: the names of all counters begin so."""
_SET = query("update setting set value = :value where name = :name")


def skip_sqlite(conn: sqlite3.Connection, at: int, now: int, outside: dict[int, int]) -> None:
    """Move all counters of a restored database, in the caller's transaction."""
    for table, column, by in COLUMNS:
        conn.execute(f"update {table} set {column} = {column} + {by}")  # noqa: S608
    rows = dict(conn.execute("select name, value from setting").fetchall())
    for name in years(at, now, outside) - set(rows):
        rows[name] = b"1"
        conn.execute("insert into setting (name, value) values (?, ?)", (name, b"1"))
    for name, value in rows.items():
        new = moved(name, value, outside)
        if new is not None:
            conn.execute("update setting set value = ? where name = ?", (new, name))
    counted = conn.execute(
        "select name from sqlite_master where type = 'table' and sql like '%autoincrement%'"
    ).fetchall()
    known = {row[0] for row in conn.execute("select name from sqlite_sequence")}
    for (table,) in counted:
        if table not in known:
            conn.execute("insert into sqlite_sequence (name, seq) values (?, 0)", (table,))
    conn.execute("update sqlite_sequence set seq = seq + ?", (SKIP_NUMBERS,))


async def skip_postgres(conn: Any, at: int, now: int, outside: dict[int, int]) -> None:
    """The same on PostgreSQL. COPY brings no sequences: they begin after the highest id, or after
    what they gave out last where they are of the database itself.
    """
    for table, column, by in COLUMNS:
        await conn.execute(f"update {table} set {column} = {column} + {by}")  # noqa: S608
    rows = {row[0]: bytes(row[1]) for row in await conn.fetch("select name, value from setting")}
    for name in years(at, now, outside) - set(rows):
        rows[name] = b"1"
        await conn.execute("insert into setting (name, value) values ($1, $2)", name, b"1")
    for name, value in rows.items():
        new = moved(name, value, outside)
        if new is not None:
            await conn.execute("update setting set value = $1 where name = $2", new, name)
    ids = await conn.fetch(
        "select table_name, column_name from information_schema.columns"
        " where table_schema = current_schema() and is_identity = 'YES'"
    )
    for table, column in ids:
        highest = await conn.fetchval(
            f"select greatest(coalesce(max({column}), 0),"  # noqa: S608
            f" coalesce(pg_sequence_last_value(pg_get_serial_sequence($1, $2)), 0)) from {table}",
            *(table, column),
        )
        await conn.execute(
            "select setval(pg_get_serial_sequence($1, $2), $3)",
            *(table, column, highest + SKIP_NUMBERS),
        )
