"""``petitbleu check``: is the running server healthy? In words, and as an exit code."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path

import click

from petitbleu.cli.main import common, fail, show


@click.command()
@common
def check(data: Path, as_json: bool) -> None:
    """Ask the running server how it is. Exit code 0: healthy; 1: not; 3: no server runs here.

    Where none runs, the keys are compared with the database all the same.
    """
    from petitbleu.control import CommandRefused
    from petitbleu.run.control_socket import NoServer, ask

    try:
        result = ask(data, "server.check", {}, timeout=15.0)
    except NoServer:
        phrases = "".join(f" {phrase}." for phrase in _problems_of_keys(data))
        fail(f"no server runs on {data}.{phrases}".rstrip("."), as_json, code=3)
        return
    except (CommandRefused, OSError) as error:
        fail(str(error), as_json)
        return
    show(
        result,
        "\n".join([*result["lines"], "Healthy." if result["ok"] else "Not healthy."]),
        as_json,
    )
    if not result["ok"]:
        raise SystemExit(1)


def _problems_of_keys(data: Path) -> list[str]:
    """What a start on the folder would refuse because of its keys; nothing is opened for writing,
    and a database that does not answer has nothing to say here.
    """
    from petitbleu import keyring
    from petitbleu.run.config import ConfigError, load
    from petitbleu.store.backup import DATABASE

    try:
        config = load(data, {})
        if config.database != "sqlite":
            value = asyncio.run(_value_of_postgres(config.database))
        elif (data / DATABASE).exists():
            value = _value_of_sqlite(data / DATABASE)
        else:
            value = None
    except (ConfigError, OSError, sqlite3.Error):
        return []
    expected = {} if value is None else json.loads(value)
    return keyring.problems(data / keyring.FOLDER, expected)


_CHECK_VALUES = "select value from setting where name = 'keys.check'"


def _value_of_sqlite(path: Path) -> bytes | None:
    conn = sqlite3.connect(path)
    try:
        conn.execute("pragma query_only = on")
        row = conn.execute(_CHECK_VALUES).fetchone()
    finally:
        conn.close()
    return None if row is None else bytes(row[0])


async def _value_of_postgres(url: str) -> bytes | None:
    import asyncpg

    try:
        conn = await asyncpg.connect(url, timeout=10.0)
        try:
            value: bytes | None = await conn.fetchval(_CHECK_VALUES)
            return value
        finally:
            await conn.close()
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise OSError(str(error)) from error
