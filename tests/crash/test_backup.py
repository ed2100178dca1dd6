"""A backup taken under load and restored elsewhere: people go on with their keys, nothing is
missing.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from petitbleu.bench.exchange import Address
from petitbleu.bench.server import HOST, Postgres, Server
from tests.crash.crowd import Crowd
from tests.kit.waiting import until

PEOPLE = 10


async def test_backup_under_load_restores_everything_acknowledged_before_it(
    server: Server, tmp_path: Path
) -> None:
    at = Address(HOST, server.port, server.public_key())
    crowd = await Crowd.gather(at, PEOPLE)
    crowd.write()
    await until(lambda: all(member.acknowledged for member in crowd.members))
    await asyncio.sleep(0.5)
    before = [dict(member.acknowledged) for member in crowd.members]
    copy = tmp_path / "copy"
    await asyncio.to_thread(server.run, "backup", str(copy))
    await asyncio.sleep(0.3)
    await crowd.rest()
    server.stop()
    restored = _elsewhere(server, tmp_path)
    await asyncio.to_thread(_restore, restored, copy)
    await asyncio.to_thread(restored.start)
    try:
        for member, acknowledged in zip(crowd.members, before, strict=True):
            member.at = at._replace(port=restored.port)
            stored = await member.stored()
            kept = {id: text for id, text in stored.items() if id in acknowledged}
            assert kept == acknowledged
        crowd.close()
        await _they_go_on(crowd)
    finally:
        restored.stop()


def _elsewhere(server: Server, tmp_path: Path) -> Server:
    postgres: Postgres | None = server.postgres
    database = postgres.database() if postgres is not None else "sqlite"
    return Server(tmp_path / "elsewhere", database=database, postgres=postgres)


def _restore(server: Server, copy: Path) -> None:
    words = [] if server.database == "sqlite" else ["--database", server.database]
    server.run("restore", str(copy), *words)


async def _they_go_on(crowd: Crowd) -> None:
    """Old keys, new messages."""
    had = crowd.acknowledged
    for member in crowd.members:
        member.acknowledged.clear()
    crowd.write()
    await until(lambda: all(member.acknowledged for member in crowd.members))
    await crowd.rest()
    assert had and all(member.acknowledged for member in crowd.members)
    crowd.close()
