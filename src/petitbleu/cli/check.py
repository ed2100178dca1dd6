"""``petitbleu check``: is the running server healthy? In words, and as an exit code."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path

import click

from petitbleu.cli.main import common, fail, show

_DIAL_SECONDS = 5.0
_HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "cGV0aXRibGV1IGNoZWNrcw==",
    "Sec-WebSocket-Protocol": "petitbleu.json.1",
}


@click.command()
@click.option("--cluster", is_flag=True, help="Try what several workers need; starts nothing.")
@common
def check(data: Path, as_json: bool, cluster: bool) -> None:
    """Ask the running server how it is. Exit code 0: healthy; 1: not; 3: no server runs here.

    Where none runs, the keys are compared with the database all the same.
    """
    from petitbleu.control import CommandRefused
    from petitbleu.run.control_socket import NoServer, ask

    if cluster:
        _check_cluster(data, as_json)
        return

    try:
        result = ask(data, "server.check", {}, timeout=15.0)
    except NoServer:
        phrases = "".join(f" {phrase}." for phrase in _problems_of_keys(data))
        fail(f"no server runs on {data}.{phrases}".rstrip("."), as_json, code=3)
        return
    except (CommandRefused, OSError) as error:
        fail(str(error), as_json)
        return
    client = result.pop("client", None)
    if client and (problem := problem_of_socket(*client)):
        result["lines"].append(problem)
    show(
        result,
        "\n".join([*result["lines"], "Healthy." if result["ok"] else "Not healthy."]),
        as_json,
    )
    if not result["ok"]:
        raise SystemExit(1)


def _check_cluster(data: Path, as_json: bool) -> None:
    from petitbleu.run.config import ConfigError, load

    try:
        config = load(data, {})
    except ConfigError as error:
        fail(str(error), as_json, code=2)
        return
    from petitbleu.run.cluster_check import look

    report = asyncio.run(look(config))
    show({"ok": report.ok, "lines": report.lines}, "\n".join(report.lines), as_json)
    if not report.ok:
        raise SystemExit(1)


def problem_of_socket(url: str, origin: str) -> str:
    """What a browser meets that opens the web client's socket at its public address; "": nothing.

    Tried from this machine, which a firewall may keep from its own address: a note, no fault.
    """
    import http.client
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=_DIAL_SECONDS)
    try:
        connection.request("GET", "/app/ws", headers=_HANDSHAKE | {"Origin": origin})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return f"The web client: {url} cannot be reached from this machine ({error})."
    finally:
        connection.close()
    if status == 101:
        return ""
    if status == 426:
        return (
            f"The web client: a proxy in front of {url} drops the Upgrade header on /app/ws, so"
            " browsers go on by long polls: docs/operate/web-client.md shows how to pass it on."
        )
    return (
        f"The web client: {url}/app/ws answers {status} where a socket was asked for: another"
        " server, or a proxy that does not lead here."
    )


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
    return keyring.problems(config.keys_folder, expected)


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
