"""After a database was restored by PostgreSQL's own means: all its counters skip ahead.

``petitbleu restore`` does it by itself. A database that was recovered from a base backup and its
WAL archive does not know that it is older than what devices, letters and the EU's database have
seen.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from petitbleu.store import counters
from petitbleu.store.database_lock import KEY
from petitbleu.store.migrate import Refused, refuse_other_tables
from petitbleu.store.postgres_errors import MACHINE, SETTINGS, as_fault

_LAST_SIGN = "select coalesce(max(seen) / 1000, 0) from worker"
"""Workers wrote every two seconds that they are alive: when that was last, of the restored rows."""


async def skip_restored(url: str, outside: Sequence[Path] = ()) -> int:
    """Move every counter ahead, and have the next start tell the desk; the second to which the
    database was restored, 0 where no worker ever wrote there.

    ``outside``: as :func:`petitbleu.store.backup.restore`. Raises Refused, StoreUnavailable.
    """
    known = counters.highest_outside(outside)
    try:
        conn = await asyncpg.connect(url)
        try:
            return await _skip(conn, known)
        finally:
            await conn.close()
    except (*MACHINE, *SETTINGS) as error:
        raise as_fault(error) from error


async def _skip(conn: Any, outside: dict[int, int]) -> int:
    if not await conn.fetchval("select pg_try_advisory_lock($1)", KEY):
        raise Refused("A server or workers use this database: stop them all first.")
    await refuse_other_tables(conn)
    now = int(time.time())
    async with conn.transaction():
        at = int(await conn.fetchval(_LAST_SIGN))
        await counters.skip_postgres(conn, at or now, now, outside)
        await conn.execute("delete from setting where name = $1", counters.PLACE)
        told = msgspec.json.encode({"backup": at or now, "at": now, "live": True})
        await conn.execute(
            "insert into setting (name, value) values ($1, $2)"
            " on conflict (name) do update set value = excluded.value",
            *(counters.RESTORED, told),
        )
    return at
