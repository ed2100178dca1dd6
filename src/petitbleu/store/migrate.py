"""Migrations: plain SQL files, one list for both engines, forward only.

``migrations/NNNN_name.sql`` are applied in order, each in one transaction. Type tokens stand where
the engines differ (:func:`translate`). The database remembers, per migration, its version, the
digest of its statements and ``oldest_ok``: the oldest version of the program's list that may still
use the database (header line ``-- oldest_ok: N``, default: the migration itself). So a program that
is older than the data may run within ``oldest_ok``, and refuses to start otherwise. Long backfills
are jobs, not migrations.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "migrations"

_RECORD = """create table if not exists migration (
  version <int> primary key,
  name text not null,
  digest text not null,
  oldest_ok <int> not null
)"""
_TOKENS = {
    "sqlite": {"id": "integer", "int": "integer", "bytes": "blob", "clustered": "without rowid"},
    "postgres": {"id": "bigint", "int": "bigint", "bytes": "bytea", "clustered": ""},
}
# "petitble" in ASCII: servers sharing one PostgreSQL database wait for one another here.
ADVISORY_LOCK = 0x7065_7469_7462_6C65


class Refused(Exception):
    """The database cannot be used by this program; the text is for the operator."""


class Migration(NamedTuple):
    """One file: ``version`` is the number in its name."""

    version: int
    name: str
    sql: str
    oldest_ok: int
    digest: str


def load(folder: Path = FOLDER) -> list[Migration]:
    """All migrations of the program, in order."""
    found = []
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql")):
        sql = path.read_text("utf-8")
        version = int(path.name[:4])
        header = re.search(r"^-- oldest_ok: (\d+)$", sql, re.MULTILINE)
        # Comments and layout may change after release, statements may not.
        bare = " ".join(re.sub(r"--[^\n]*", "", sql).split())
        digest = hashlib.sha256(bare.encode()).hexdigest()
        oldest_ok = int(header[1]) if header else version
        found.append(Migration(version, path.stem, sql, oldest_ok, digest))
    if [m.version for m in found] != list(range(1, len(found) + 1)):
        raise RuntimeError(f"migrations in {folder} are not numbered 1, 2, 3 ...")
    return found


def translate(sql: str, dialect: str) -> str:
    """SQL with tokens -> SQL of ``dialect``.

    Text columns of PostgreSQL compare by bytes as those of SQLite do, whatever the database's
    locale.
    """
    tokens = _TOKENS[dialect]
    sql = re.sub(r"<(id|int|bytes|clustered)>", lambda found: tokens[found[1]], sql)
    if dialect == "postgres":
        sql = re.sub(r"(?m)^(\s+\w+ text)\b", r'\1 collate "C"', sql)
    return sql


def statements(sql: str) -> Iterator[str]:
    """The single statements of a script."""
    pending = ""
    for line in re.sub(r"--[^\n]*", "", sql).splitlines():
        pending += line + "\n"
        if line.rstrip().endswith(";") and sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if pending.strip():
        raise ValueError(f"the script ends inside a statement: {pending.strip()[:60]}")


def pending(
    applied: Sequence[tuple[int, str, str, int]], known: Sequence[Migration]
) -> list[Migration]:
    """What is still to be applied; ``applied`` are rows of the ``migration`` table, in order.

    Raises Refused where the data is too new for this program or was made by unreleased code.
    """
    version, oldest_ok = (applied[-1][0], applied[-1][3]) if applied else (0, 0)
    newest = known[-1].version
    if oldest_ok > newest:
        raise Refused(
            f"This database was written by a newer petitbleu (version {version} of the tables,"
            f" usable by programs that know {oldest_ok}); this program knows {newest}."
            " Install the newer release again, or restore a backup made before the upgrade."
        )
    for (number, name, digest, _), migration in zip(applied, known, strict=False):
        if digest != migration.digest:
            raise Refused(
                f"Table version {number} of this database ({name}) is not the one of this program:"
                " it was made by unreleased code. Start with an empty data directory, or go back to"
                " that code."
            )
    return [m for m in known if m.version > version]


def migrate_sqlite(conn: sqlite3.Connection, known: Sequence[Migration] | None = None) -> int:
    """Bring a SQLite database up to date; the number of migrations applied."""
    known = load() if known is None else known
    conn.execute(translate(_RECORD, "sqlite"))
    applied = conn.execute(
        "select version, name, digest, oldest_ok from migration order by version"
    )
    todo = pending(applied.fetchall(), known)
    for migration in todo:
        conn.execute("begin immediate")
        try:
            for statement in statements(translate(migration.sql, "sqlite")):
                conn.execute(statement)
            conn.execute(
                "insert into migration values (?, ?, ?, ?)",
                (migration.version, migration.name, migration.digest, migration.oldest_ok),
            )
        except BaseException:
            conn.execute("rollback")
            raise
        conn.execute("commit")
    return len(todo)


async def migrate_postgres(conn: Any, known: Sequence[Migration] | None = None) -> int:
    """The same for PostgreSQL (``conn``: an asyncpg connection)."""
    known = load() if known is None else known
    await conn.execute("select pg_advisory_lock($1)", ADVISORY_LOCK)
    try:
        await conn.execute(translate(_RECORD, "postgres"))
        applied = await conn.fetch(
            "select version, name, digest, oldest_ok from migration order by version"
        )
        todo = pending([tuple(row) for row in applied], known)
        for migration in todo:
            async with conn.transaction():
                await conn.execute(translate(migration.sql, "postgres"))
                await conn.execute(
                    "insert into migration values ($1, $2, $3, $4)",
                    migration.version,
                    migration.name,
                    migration.digest,
                    migration.oldest_ok,
                )
    finally:
        await conn.execute("select pg_advisory_unlock($1)", ADVISORY_LOCK)
    return len(todo)
