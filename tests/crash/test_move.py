"""A server that was killed is moved to the other engine: people go on with their keys, and nothing
they were told is missing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from petitbleu.bench.exchange import Address
from petitbleu.bench.server import HOST, Postgres, Server
from tests.crash.crowd import Crowd
from tests.crash.test_backup import _they_go_on
from tests.kit.waiting import until

PEOPLE = 6


@pytest.fixture
def postgres(apart: Path) -> Iterator[Postgres]:
    made = Postgres(apart)
    yield made
    made.stop()


@pytest.mark.long
async def test_people_go_on_at_the_other_engine_and_back(
    tmp_path: Path, postgres: Postgres
) -> None:
    server = Server(tmp_path / "data")
    server.start()
    try:
        crowd = await Crowd.gather(Address(HOST, server.port, server.public_key()), PEOPLE)
        for where in (postgres.database(), "sqlite"):
            crowd.write()
            await until(lambda: all(member.acknowledged for member in crowd.members))
            await crowd.rest()
            told = [dict(member.acknowledged) for member in crowd.members]
            server.kill()
            if where == "sqlite":
                (tmp_path / "data" / "petitbleu.sqlite").rename(tmp_path / "before.sqlite")
            words = ["--database", server.database, "--to", where]
            print(await asyncio.to_thread(server.run, "move", *words))
            server.database = where
            await asyncio.to_thread(server.start)
            for member, acknowledged in zip(crowd.members, told, strict=True):
                member.at = member.at._replace(port=server.port)
                stored = await member.stored()
                assert {
                    id: text for id, text in stored.items() if id in acknowledged
                } == acknowledged
            if where != "sqlite":
                crowd.close()
        await _they_go_on(crowd)
    finally:
        server.stop()
