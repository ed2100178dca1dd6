"""``petitbleu check --cluster``: is what several workers need there? One sentence each.

It starts nothing: run it before the first worker, or when one refuses to start.
"""

from __future__ import annotations

import json
import time

import asyncpg

from petitbleu import __version__, keyring
from petitbleu.config import Config
from petitbleu.keys import Secrets
from petitbleu.run import cluster_access
from petitbleu.store import migrate
from petitbleu.store.workers import CLOCK_SECONDS, Standing
from petitbleu.web.app import Report

_SECONDS = 5.0
_CHECK_VALUES = "select value from setting where name = 'keys.check'"


async def look(config: Config) -> Report:
    """Clock, tables, keys, standby, bus, bucket, and who else reaches them."""
    lines: list[str] = []
    ok = True

    def note(good: bool, line: str) -> None:
        nonlocal ok
        ok = ok and good
        lines.append(line)

    if config.database == "sqlite" or not config.cluster.bus:
        return Report(False, ["This server is alone: [cluster] bus is empty."])
    try:
        conn = await asyncpg.connect(config.database, timeout=_SECONDS, command_timeout=_SECONDS)
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        why = str(error) or f"no answer in {_SECONDS:.0f} seconds"
        return Report(False, [f"The database cannot be reached: {why}."])
    try:
        off = time.time() - await conn.fetchval(
            "select extract(epoch from clock_timestamp())::float8"
        )
        note(abs(off) <= CLOCK_SECONDS, f"This clock is {abs(off):.1f} s off the database's.")
        try:
            await migrate.refuse_other_tables(conn)
        except migrate.Refused as refused:
            note(False, str(refused))
        else:
            note(True, "The tables are those of this version.")
            note(*_keys(config, await conn.fetchval(_CHECK_VALUES)))
            if ok:
                note(*await _bus(config))
        lines += await cluster_access.describe_database(conn)
        standby = await conn.fetchval(
            "select count(*) from pg_stat_replication where sync_state in ('sync', 'quorum')"
        )
        lines.append(
            f"The database has {standby} synchronous standby servers."
            if standby
            else "The database has no synchronous standby: what it held alone is lost with it."
        )
    finally:
        conn.terminate()
    for good, more in (
        await cluster_access.describe_bus(config),
        await cluster_access.describe_bucket(config),
    ):
        ok = ok and good
        lines += more
    return Report(ok, lines)


def _keys(config: Config, value: bytes | None) -> tuple[bool, str]:
    folder = config.keys_folder
    if not any(folder.glob("rsa-*.pem")) or not (folder / keyring.SECRETS).exists():
        return False, f"There are no keys in {folder}: `petitbleu keys init {folder}` makes them."
    phrases = keyring.problems(folder, json.loads(value)) if value is not None else []
    if phrases:
        return False, f"The keys are not those of this database: {', '.join(phrases)}."
    return True, f"The keys in {folder} are those of this database."


async def _bus(config: Config) -> tuple[bool, str]:
    """Whether the NATS server takes this cluster's frames. They are sealed under the number of a
    worker, so this is one for a moment.
    """
    from petitbleu.run.joining import join

    try:
        secrets = Secrets.load(config.keys_folder)
        standing = await Standing.join(config.database, name="check", version=__version__)
    except (OSError, ValueError, LookupError, migrate.Refused) as error:
        return False, f"The bus was not tried: {error}"
    try:
        bus = await join(config, secrets, standing)
        up = bus.up()
        await bus.close()
    except migrate.Refused as refused:
        return False, f"{refused}"
    finally:
        await standing.leave()
    return up, "The bus answers." if up else "The bus does not answer."
